#!/usr/bin/env bash
# Do the classic models on a grid give what is known of them? scenarios/classic/ as shipped, and the mechanisms told apart: shares off and on both sides of a fraction, orders, destinations.
# What the models are: docs/odd.md, grid.
set -euo pipefail
cd "$(dirname "$0")/../.."
failed=0

# run_case NAME FILE [ARGUMENT]...: into $WIJKSIM_OUT/NAME
run_case() {
    "$WIJKSIM_BIN/wijksim" run "scenarios/classic/$2.cfg" "${@:3}" -o "$WIJKSIM_OUT/$1" --force -q >/dev/null
}
# row TITLE NAME INDICATOR GROUP LOW HIGH: a line of the table, at the last tick; LOW and HIGH - when nothing is known beforehand
row() {
    awk -F, -v title="$1" -v indicator="$3" -v group="$4" -v low="$5" -v high="$6" '
        FNR > 1 && $5 == indicator && $6 == group { tick = $3; mean = $10; sd = $11; n = $17 }
        END {
            known = low != "-"; met = !known || (mean >= low + 0 && mean <= high + 0)
            printf "| %s | %d | %s | %s | %s | %.4g | %.2g | %d | %s |\n", title, tick, indicator (group == "" ? "" : " " group),
                known ? low : "", known ? high : "", mean, sd, n, !known ? "" : met ? "yes" : "**no**"
            exit !met
        }' "$WIJKSIM_OUT/$2/summary.csv" || failed=1
}
# same A B: yes when both runs wrote the same rows
same() { if cmp -s "$WIJKSIM_OUT/$1/city.csv" "$WIJKSIM_OUT/$2/city.csv"; then echo yes; else echo no; fi; }

cat <<'TXT'
## Classic models on a grid

Question: do Schelling's, Sakoda's and the bounded-neighbourhood model come out as known? As shipped, in the ordinary commands. *low* and *high* were written down before the first run (issue 5; known answers); rows
without them are told for comparison. `alike_pooled`: pairs of neighbours of the same group over all pairs. Mean and standard deviation are over replications at the last tick.

| case | tick | indicator | low | high | mean | sd | n | met |
|---|---|---|---|---|---|---|---|---|
TXT
run_case schelling schelling
row 'Schelling, 51x51 torus, density .95, share .30, order pass' schelling alike_pooled '' 0.73 0.76
row 'the same' schelling unhappy_share '' 0 0
run_case mesa mesa
row "Mesa's example, 20x20 with borders, density .8, share .4" mesa alike_pooled '' 0.80 0.84
row 'the same' mesa unhappy_share '' 0 0
run_case bounded bounded
row 'bounded neighbourhood, 100 and 100, tolerance 5' bounded inside a 80 80
row 'the same' bounded inside b 80 80
run_case part bounded --set grid.density=0.375 --set grid.group_share=0.66666666667 --set relocation.tolerance.a=2.0 --set relocation.tolerance.b=2.0
row 'bounded neighbourhood, 100 and 50, tolerance 2: one group only' part alike_pooled '' 1 1
run_case sakoda sakoda
row 'Sakoda, mutual suspicion' sakoda unhappy_share '' 0 0
row 'the same' sakoda alike_pooled '' - -
run_case small schelling_small
row 'yardstick small, after 20 passes' small alike_pooled '' - -
row 'the same' small unhappy_share '' - -
run_case large schelling_large
row 'yardstick large, after 20 passes' large alike_pooled '' - -
row 'the same' large unhappy_share '' - -

for order in random event synchronous; do
    run_case "$order" schelling --set "relocation.order=$order"
    row "Schelling as above, order $order" "$order" alike_pooled '' - -
done
run_case nearest schelling --set relocation.destination=nearest
row 'Schelling as above, destination nearest' nearest alike_pooled '' - -
row 'the same' nearest unhappy_share '' - -

cat <<'TXT'

What must hold exactly, over all replications:

| case | holds |
|---|---|
TXT
# holds TITLE ANSWER: a line; anything but yes is a failure
holds() {
    echo "| $1 | $2 |"
    [ "$2" = yes ] || failed=1
}
run_case share80 schelling --set relocation.alike_share=0.80 -t 2000
holds 'share .80 never settles: after 2,000 passes more than half are unhappy in every replication' \
    "$(awk -F, '$3 == 2000 && $5 == "unhappy_share" { n++; if ($8 <= 0.5) bad++ } END { print n == 20 && !bad ? "yes" : "no" }' "$WIJKSIM_OUT/share80/city.csv")"
run_case s29 schelling --set relocation.alike_share=0.29
run_case s33 schelling --set relocation.alike_share=0.33
holds 'shares .29 and .33, no k/n with n at most 8 between them: the same moves' "$(same s29 s33)"
run_case s34 schelling --set relocation.alike_share=0.34
holds 'shares .33 and .34, 1/3 between them: other moves' "$(if [ "$(same s33 s34)" = no ]; then echo yes; else echo no; fi)"
run_case off schelling --set relocation.alike_share=0.0
holds 'share 0: nobody moves' "$(awk -F, '$5 == "moves" && $8 != 0 { bad = 1 } END { print bad ? "no" : "yes" }' "$WIJKSIM_OUT/off/city.csv")"
holds 'order event writes the rows of order random' "$(same random event)"
exit "$failed"
