#!/usr/bin/env bash
# How much does pairing gain against independent seeds, for a cap, a support programme and two demolitions, and how fast do lives part?
# It fails when a run fails, a scenario against itself is not exactly equal, or pairing nowhere gains ten or more. More or fewer runs: from outside. Half an hour on two idle processors.
set -euo pipefail
cd "$(dirname "$0")/../.."
. scripts/lib/parallel.sh
REPLICATIONS=${WIJKSIM_PAIRING_REPLICATIONS:-30} # pairs
MONTHS=${WIJKSIM_PAIRING_MONTHS:-120}
TWO_MONTHS=${WIJKSIM_PAIRING_TWO_MONTHS:-36} # of the smallest lever
LEVERS=${WIJKSIM_PAIRING_LEVERS:-allocation_cap_share support_wijkteam stock_demolish_rebuild sloop_200}
OTHER_SEED=${WIJKSIM_PAIRING_OTHER_SEED:-4711} # of the runs that are really independent

nothing=scenarios/levers/00_nothing.cfg
few=(--set output.city_every=12 --set output.buurt_every=12 --set output.lettings=false --set output.monitor=false -t "$MONTHS" -r "$REPLICATIONS" -q -j 1 --force)
{
    echo "$nothing $WIJKSIM_OUT/nothing"
    for lever in $LEVERS; do # sloop_200 stands on another reference: the same rules; its groups and output are those of the levers here
        file=scenarios/levers/$lever.cfg
        [ -f "$file" ] || {
            file=$WIJKSIM_OUT/$lever.cfg
            sed "s|^base = .*|base = \"$PWD/$nothing\";|" "scenarios/published/$lever.cfg" >"$file"
        }
        echo "$file $WIJKSIM_OUT/$lever"
    done
} >"$WIJKSIM_OUT/runs"
parallel_lines "$WIJKSIM_BIN/wijksim" run "${few[@]}" <"$WIJKSIM_OUT/runs"
sed "s| $WIJKSIM_OUT/| $WIJKSIM_OUT/other_|" "$WIJKSIM_OUT/runs" | tail -n +2 | parallel_lines "$WIJKSIM_BIN/wijksim" run "${few[@]}" --seed "$OTHER_SEED"
echo "pairing: lives side by side" >&2
mapfile -t files < <(cut -d' ' -f1 "$WIJKSIM_OUT/runs")
sed "s|^name = .*|name = \"again\";|; s|^base = .*|base = \"$PWD/scenarios/00_reference.cfg\";|" "$nothing" >"$WIJKSIM_OUT/again.cfg"
"$WIJKSIM_BIN/wijksim" compare "$nothing" "$WIJKSIM_OUT/again.cfg" "${files[@]:1}" --set output.city_every=12 --set output.lettings=false --set output.monitor=false -t "$MONTHS" \
    -r 2 -q -j "${WIJKSIM_JOBS:-$(nproc)}" --force -o "$WIJKSIM_OUT/lives" >/dev/null
# The smallest lever there is: two homes gone. How far does that go, and through what?
few=("$nothing" "$WIJKSIM_OUT/two.cfg" --set output.city_every=12 --set output.lettings=false --set output.monitor=false -t "$TWO_MONTHS" -r 4 -q -j "${WIJKSIM_JOBS:-$(nproc)}" --force)
sed 's|^base = .*|base = "'"$PWD/$nothing"'";|; s|^name = .*|name = "two";|; s|dwellings = [0-9]*|dwellings = 2|' scenarios/levers/stock_demolish_rebuild.cfg >"$WIJKSIM_OUT/two.cfg"
"$WIJKSIM_BIN/wijksim" compare "${few[@]}" -o "$WIJKSIM_OUT/two" >/dev/null
"$WIJKSIM_BIN/wijksim" compare "${few[@]}" -o "$WIJKSIM_OUT/two_no_market" --set processes.market.look=0 >/dev/null
"$WIJKSIM_BIN/wijksim" compare "${few[@]}" -o "$WIJKSIM_OUT/two_all_seen" --set processes.market.sample=64 >/dev/null
"$WIJKSIM_BIN/wijksim" compare "${few[@]}" -o "$WIJKSIM_OUT/two_no_lots" --set processes.market.landlord_income=1 >/dev/null
"$WIJKSIM_BIN/wijksim" compare "${few[@]}" -o "$WIJKSIM_OUT/two_rounds" --set processes.market.rounds=8 >/dev/null
# shellcheck disable=SC2086
python3 scripts/lib/pairing.py "$WIJKSIM_OUT" "$REPLICATIONS" "$MONTHS" $LEVERS
