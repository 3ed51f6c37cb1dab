#!/usr/bin/env bash
# Runs one of the ten experiments of scenarios/experiments/ and prints what came of it: contrasts with their intervals against the sign that each file expected,
# who loses, and the same without the mechanism (ablation).
#   scripts/experiments.sh [NAME [OPTION...]]    NAME: a folder of scenarios/experiments or its number (06, 6_wbmgp); without it: lists them
#     OPTIONs go to wijksim compare: -r, -t, -s, --theories T0,T1,T2 (the default where the program knows it), --set
#   Results stay in $WIJKSIM_OUT, default results/experiments/NAME (and NAME-ablation). Program: $WIJKSIM_BIN, default build/release/bin, else build/dev/bin.
# By hand it is: wijksim compare scenarios/experiments/NAME/*.cfg --theories T0,T1,T2
# $WIJKSIM_ABLATION=no leaves the ablation out; T1 runs it under that theory only.
set -euo pipefail
cd "$(dirname "$0")/.."
WIJKSIM_BIN=${WIJKSIM_BIN:-build/release/bin}
[ -x "$WIJKSIM_BIN/wijksim" ] || WIJKSIM_BIN=build/dev/bin

list() {
    for folder in scenarios/experiments/*/; do
        printf '%-20s %s\n' "$(basename "$folder")" "$(sed -n '1s|^// Question: ||p' "$folder"/0_*.cfg)"
    done
}
if [ $# -eq 0 ]; then
    list
    exit 0
fi
name=
for folder in scenarios/experiments/*/; do
    base=$(basename "$folder")
    case "$base" in "$1" | "$1"_* | "0$1" | "0$1"_* | ??_"$1") name=$base ;; esac
done
if [ -z "$name" ]; then
    echo "experiments: no experiment '$1' in scenarios/experiments; there are:" >&2
    list >&2
    exit 2
fi
shift
out=${WIJKSIM_OUT:-results/experiments}/$name
files=(scenarios/experiments/"$name"/[0-9]_*.cfg)
options=()
case " $* " in *" --theories "*) ;; *)
    # not "grep -q" behind a pipe: with pipefail the program would end by SIGPIPE
    help=$("$WIJKSIM_BIN/wijksim" compare --help)
    case "$help" in *--theories*) options=(--theories "T0,T1,T2") ;; esac
    ;;
esac

# show FOLDER: contrasts of the last month (sign expected behind them) and losers.
show() {
    grep -h '^// Contrasts: ' "${files[0]}" | sed 's|^// Contrasts: ||; s/, */\n/g' >"$1/asked.txt"
    for file in "${files[@]}"; do
        sed -n "s|^// Expects: |$(sed -n 's/^name = "\(.*\)";$/\1/p' "$file") |p" "$file"
    done >"$1/expected.txt"
    awk -F, -f scripts/lib/contrasts.awk "$1/asked.txt" "$1/expected.txt" "$1/contrasts.csv" "$1/contrasts.csv"
    if [ -s "$1/losers.csv" ]; then
        printf '\n| scenario | theory | group | outcome | better | equal | worse | n |\n|---|---|---|---|---|---|---|---|\n'
        awk -F, 'NR > 1 { print "| " $2 " | " $3 " | " ($4 == "" ? "all" : $4) " | " $5 " | " $6 " | " $7 " | " $8 " | " $9 " |" }' "$1/losers.csv"
    fi
}

mkdir -p "$(dirname "$out")"
"$WIJKSIM_BIN/wijksim" compare "${files[@]}" "${options[@]}" -q --force -o "$out" "$@" >/dev/null
echo "# $name"
echo
sed -n '1s|^// Question: ||p' "${files[0]}"
echo
show "$out"

ablation=$(sed -n 's|^// Ablation: ||p' "${files[0]}")
if [ -n "$ablation" ] && [ "${WIJKSIM_ABLATION:-yes}" != no ]; then
    sets=()
    for set in $ablation; do sets+=(--set "$set"); done
    printf '\n## Ablation\n\n%s\n%s\n\n' "$ablation" "$(sed -n '/^\/\/ Ablation: /{n; s|^//  *||p}' "${files[0]}")"
    case "${WIJKSIM_ABLATION:-}" in T[012]*) options=(--theories "$WIJKSIM_ABLATION") ;; esac
    "$WIJKSIM_BIN/wijksim" compare "${files[@]}" "${options[@]}" -q --force -o "$out-ablation" "${sets[@]}" "$@" >/dev/null
    show "$out-ablation"
fi
