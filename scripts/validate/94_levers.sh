#!/usr/bin/env bash
# What does each lever of scenarios/levers/ do against doing nothing, with which sign, how sure, and does the sign hold when all assumptions are drawn anew? No target: a table.
# It fails when a run fails, a lever acts on nothing of what it names, or its sign is for sure the other than its file expects. That a lever at zero differs by exactly zero is a test (tests/cli/test_levers_off.c).
# More: raise these from outside. As they are some 3,500 runs of two years: half an hour on two idle processors.
set -euo pipefail
cd "$(dirname "$0")/../.."
. scripts/lib/parallel.sh
REPLICATIONS=${WIJKSIM_LEVERS_REPLICATIONS:-30}   # paired, each lever
MONTHS=${WIJKSIM_LEVERS_MONTHS:-24}               # effects are those of the last month (counts and rates: of its year)
DRAWS=${WIJKSIM_LEVERS_DRAWS:-10}                 # of all assumption parameters at once
DRAW_REPLICATIONS=${WIJKSIM_LEVERS_DRAW_REPLICATIONS:-1}
THEORIES=${WIJKSIM_LEVERS_THEORIES-T0,T2}         # beside T1, for levers whose claims name leefbaarheid; empty: none
THEORY_REPLICATIONS=${WIJKSIM_LEVERS_THEORY_REPLICATIONS:-10}
ONLY=${WIJKSIM_LEVERS_ONLY:-}                     # names, for a try

nothing=scenarios/levers/00_nothing.cfg
all=()
for file in scenarios/levers/*.cfg; do
    name=$(basename "$file" .cfg)
    [ "$file" = "$nothing" ] || { [ -n "$ONLY" ] && [[ " $ONLY " != *" $name "* ]]; } || all+=("$file")
done
few=(--set "output.city_every=$MONTHS" --set "output.buurt_every=$MONTHS" --set output.lettings=false --set output.monitor=false)

# what a draw may not touch because a lever sets it
mapfile -t kept < <(sed -n 's|^// Off: \(processes\.[a-z_.]*\)=.*|\1|p' "${all[@]}" | sort -u)
echo "levers: ${#all[@]} levers, $REPLICATIONS replications of $MONTHS months" >&2

# run_set FOLDER OPTIONS...: the reference and every lever of $members, a process each so that all processors are busy
run_set() {
    local folder=$1
    shift
    mkdir -p "$folder"
    for file in "${members[@]}"; do
        echo "$file $folder/$(basename "$file" .cfg)"
    done | parallel_lines "$WIJKSIM_BIN/wijksim" run "${few[@]}" -t "$MONTHS" -q -j 1 --force "$@"
}
members=("$nothing" "${all[@]}")
run_set "$WIJKSIM_OUT/T1" -r "$REPLICATIONS"
"$WIJKSIM_BIN/wijksim" describe keys --assumptions --json >"$WIJKSIM_OUT/keys.json"
failed=()
for ((draw = 1; draw <= DRAWS; draw++)); do
    drawn=$WIJKSIM_OUT/scenarios$draw
    mkdir -p "$drawn"
    members=()
    for file in "$nothing" "${all[@]}"; do # the lever on top of the draw would need its keys twice: the draw goes on top, without the keys that levers set
        {
            echo "base = \"$PWD/$file\";"
            python3 scripts/lib/draws.py "$draw" "${kept[@]}" <"$WIJKSIM_OUT/keys.json"
        } >"$drawn/$(basename "$file")"
        members+=("$drawn/$(basename "$file")")
    done
    run_set "$WIJKSIM_OUT/draw$draw" -r "$DRAW_REPLICATIONS" || failed+=("$draw")
    echo "levers: draw $draw of $DRAWS" >&2
done
members=()
for file in "${all[@]}"; do grep -q '^// Acts on: leefbaarheid' "$file" && members+=("$file"); done
members+=("$nothing")
for theory in ${THEORIES//,/ }; do
    run_set "$WIJKSIM_OUT/$theory" -r "$THEORY_REPLICATIONS" --set "processes.neighbourhood.theory=$theory"
done

cat <<TXT
## Levers

Question: what does each lever do against doing nothing (scenarios/levers/00_nothing.cfg), how sure is its sign, and does it hold when all assumptions are drawn anew? Modelstad, $REPLICATIONS paired replications of
$MONTHS months, theory T1; difference in the last month with its 95 % interval (paired t). Expected: the sign written in the file before any run. Draws: in $DRAWS draws of all assumption parameters of the processes at once
(scripts/lib/draws.py), $DRAW_REPLICATIONS replication each, the share in which the difference has the sign of the estimate; left as they are: switches, what is off, and ${kept[*]-none}, which levers set.
"No detectable effect": the interval has 0 in it; smallest: the half width of the interval, what would have been seen. Two years are short for what works through turnover, cohesion or building. Many comparisons
are made here: of a hundred levers that do nothing, five have an interval without 0.

TXT
[ ${#failed[@]} -eq 0 ] || printf 'Runs failed in draws %s: those count for the levers that ran.\n\n' "${failed[*]}"
python3 scripts/lib/levers.py "$WIJKSIM_OUT" "$MONTHS" "$DRAWS" "${THEORIES//,/ }" "${all[@]}"
