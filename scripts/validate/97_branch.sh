#!/usr/bin/env bash
# Does branching keep every byte, for every lever that only adds events? And what does it save?
#   WIJKSIM_BRANCH_LEVERS=0 leaves the levers out, WIJKSIM_BRANCH_SAVING=0 the measured saving.
set -euo pipefail
cd "$(dirname "$0")/../.."
program=$WIJKSIM_BIN/wijksim
failed=0
TIMEFORMAT='%U %S'

# Some file differs but for what tells of the session: manifest and report.
differ() {
    ! diff -rq -x manifest.json -x report.html "$1" "$2" >&2
}

branched() { # FOLDER...: smallest and largest tick at which the scenarios in it turned off
    sed -n 's/^  "branched_at": \([0-9]*\),$/\1/p' "$1"/*/manifest.json "$1"/*/*/manifest.json 2>/dev/null | sort -n | awk 'NR == 1 { a = $1 } { b = $1 } END { print NR " " a " " b }'
}

cat <<'TXT'
## Branching

`compare` runs the months that scenarios share once. Here the same comparisons with and without (`--unbranched`): every table and file of households has to be the same, byte for byte.

TXT
if [ "${WIJKSIM_BRANCH_LEVERS:-1}" = 1 ]; then
    mapfile -t levers < <(grep -l timeline scenarios/levers/*.cfg | xargs grep -LE '^ *(processes|rules|groups|filters|channels|spreiding) *=')
    echo "| levers | theory | turned off after | same bytes |"
    echo "|---|---|---|---|"
    for ((i = 0; i < ${#levers[@]}; i += 9)); do
        files=("${levers[@]:i:9}")
        names=$(printf '%s\n' "${files[@]}" | sed 's|.*/||; s|\.cfg||' | paste -sd' ')
        echo "levers $names" >&2
        for how in branched unbranched; do
            option=()
            [ "$how" = branched ] || option=(--unbranched)
            "$program" compare scenarios/levers/00_nothing.cfg "${files[@]}" --set start=2024-08 -t 10 -r 1 --theories T1 --verify -q --force \
                -o "$WIJKSIM_OUT/levers-$how" "${option[@]}" >/dev/null
        done
        read -r n first last < <(branched "$WIJKSIM_OUT/levers-branched")
        verdict=yes
        if differ "$WIJKSIM_OUT/levers-branched" "$WIJKSIM_OUT/levers-unbranched"; then verdict=NO failed=1; fi
        [ "$n" -eq ${#files[@]} ] || { verdict="$verdict, but only $n of ${#files[@]} shared anything"; failed=1; }
        echo "| $names | T1 | $first to $last of 10 months | $verdict |"
    done
    echo
fi
if [ "${WIJKSIM_BRANCH_SAVING:-1}" = 1 ]; then
    for k in 1 2 3; do
        printf 'base = "%s";\nname = "beleid_%s";\ntimeline = ( { at = "2030-01"; event = "safety"; areas = [ "WK990104" ]; effect = 0.0%s; } );\n' \
            "$PWD/scenarios/00_reference.cfg" "$k" "$k" >"$WIJKSIM_OUT/beleid_$k.cfg"
    done
    for how in branched unbranched; do
        option=()
        [ "$how" = branched ] || option=(--unbranched)
        { time "$program" compare scenarios/00_reference.cfg "$WIJKSIM_OUT"/beleid_[123].cfg -t 120 -r 2 -q --force -o "$WIJKSIM_OUT/saving-$how" "${option[@]}" >/dev/null; } \
            2>"$WIJKSIM_OUT/$how.time"
    done
    differ "$WIJKSIM_OUT/saving-branched" "$WIJKSIM_OUT/saving-unbranched" && failed=1

    awk -v a="$(awk '{ print $1 + $2 }' "$WIJKSIM_OUT/branched.time")" -v b="$(awk '{ print $1 + $2 }' "$WIJKSIM_OUT/unbranched.time")" 'BEGIN {
        printf "Modelstad, the reference and three policies from year 5 of 10 on, two replications: %.1f s of processor time instead of %.1f (%.0f %% less; tables and report included, which are the same work).\n", a, b, 100 * (1 - a / b) }'
fi
exit $failed
