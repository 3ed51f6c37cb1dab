#!/usr/bin/env bash
# Do queues and lotteries with known answers come out? scenarios/exact/ as shipped (30 replications), by list and by lot, and at other values, against theory that exact.awk works out from
# the settings of the run: M/M/c, Cobham, Erlang A, geometric waits, separate lotteries, the equilibrium of Arnosti and Shi (2020). What the model is: docs/odd.md, queue.
set -euo pipefail
cd "$(dirname "$0")/../.."
failed=0

# case TITLE FILE ORDER [PATH=VALUE]...: runs it and prints a line for each quantity with a theory; ORDER: list or lot
case_of() {
    local title=$1 file=$2 part=inschrijfduur first='' sets=()
    if [ "$3" = lot ]; then part=lot; fi
    if [ "$file" = priority ]; then first='{ part = "urgency"; }, '; fi
    for set in "${@:4}"; do sets+=(--set "$set"); done
    "$WIJKSIM_BIN/wijksim" run "scenarios/exact/$file.cfg" --set "rules.regio.order=( $first{ part = \"$part\"; } )" "${sets[@]}" \
        -o "$WIJKSIM_OUT/run" --force -q >/dev/null
    awk -v title="$title" -v order="$3" -f scripts/validate/erlang.awk -f scripts/validate/exact.awk "$WIJKSIM_OUT/run/scenario.cfg" "$WIJKSIM_OUT/run/summary.csv" || failed=1
}

cat <<'TXT'
## Queues and lotteries with known answers

Question: does the program find what theory knows, by list and by lot? As shipped: 30 replications; interval: 99 %, Student's t. *away*: standard errors between theory and mean; the study fails
beyond 4, or where a mean wait of M/M/c is outside its interval or the interval is wider than 10 % to either side. 99 % intervals miss one theory in a hundred, by design.

| case | order | quantity | theory | measured | 99 % interval | half-width | away |
|---|---|---|---|---|---|---|---|
TXT
case_of 'pool, 120 wait, 10 a tick' waiting_list list
case_of 'pool, 120 wait, 10 a tick' lottery lot
case_of 'pool, 900 wait, 25 a tick' waiting_list list pool.waiting=900 pool.housed=25 pool.joining=25
case_of 'pool, 900 wait, 25 a tick' lottery lot pool.waiting=900 pool.housed=25 pool.joining=25
case_of '104 lotteries, 1,094 reactors' lottery_chance lot
case_of '20 lotteries, 50 reactors' lottery_chance lot pool.reactors=50 pool.entries=20
case_of 'M/M/10, load 0.8' mmc list
case_of 'M/M/10, load 0.8' mmc lot
case_of 'M/M/3, load 0.5' mmc list queue.dwellings=3 queue.arrivals=0.0075 ticks=4020000
case_of 'M/M/3, load 0.5' mmc lot queue.dwellings=3 queue.arrivals=0.0075 ticks=4020000
case_of 'M/M/10, one in five has priority' priority list
case_of 'M/M/10, one in five has priority' priority lot
case_of 'M/M/10, load 1.2, patience 100' impatience list
case_of 'M/M/10, load 1.2, patience 100' impatience lot
case_of 'Arnosti and Shi, priority renewed' arnosti_shi lot
case_of 'Arnosti and Shi, priority renewed' arnosti_shi list
cat <<'TXT'

One lot for all dwellings against a list without penalty (priority = "kept"): equal in the limit of many dwellings a tick only, because a lot near the margin is sometimes enough and sometimes not.
Shares of those housed, beside the limit (*away* counts standard errors; the gap shrinks as the market grows and is not counted as a failure):

| case | order | quantity | theory | measured | 99 % interval | half-width | away |
|---|---|---|---|---|---|---|---|
TXT
counted=$failed
for dwellings in 20 200; do
    for order in lot list; do
        case_of "kept, $dwellings dwellings a tick" arnosti_shi $order 'choice.priority=kept' choice.dwellings=$dwellings choice.joining=$((dwellings * 5 / 2)) replications=10
    done
done
exit "$counted"
