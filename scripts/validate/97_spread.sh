#!/usr/bin/env bash
# Left alone, why does the spread of leefbaarheid over buurten shrink? By ablation, path by path, and by who comes, goes, gets into trouble and out of it in weak and strong buurten.
set -euo pipefail
cd "$(dirname "$0")/../.."
replications=4

cat >"$WIJKSIM_OUT/spread.cfg" <<TXT
base = "$PWD/scenarios/00_reference.cfg"; name = "spread"; ticks = 120; replications = $replications;
output = { levels = [ "city", "buurt" ]; city_every = 12; buurt_every = 12; lettings = false; };
groups = ( { name = "lvb"; where = "lvb"; use = [ "measure" ]; }, { name = "debts"; where = "debt"; use = [ "measure" ]; },
  { name = "conditions"; where = "psychiatric or addiction"; use = [ "measure" ]; }, { name = "files"; where = "nuisance"; use = [ "measure" ]; } );
TXT
run() { # NAME KEY=VALUE...
    local name=$1 settings=()
    shift
    for pair in "$@"; do settings+=(--set "processes.$pair"); done
    "$WIJKSIM_BIN/wijksim" run "$WIJKSIM_OUT/spread.cfg" "${settings[@]}" -o "$WIJKSIM_OUT/$name" -q >/dev/null
}
# Mean over replications of the sd at a tick, and its standard error.
sd() { awk -F, -v t="$2" '$5 == "leefbaarheid_sd" && $3 == t { n++; s += $8; q += $8 * $8 } END { m = s / n; v = q / n - m * m; printf "%.4f (%.4f)", m, sqrt((v > 0 ? v : 0) / (n - 1)) }' "$WIJKSIM_OUT/$1/city.csv"; }
row() { printf '| %s | %s | %s |\n' "$2" "$(sd "$1" 60)" "$(sd "$1" 120)"; }

run default
run no_v neighbourhood.a_v=0
run no_n neighbourhood.a_n=0
run no_l neighbourhood.a_l=0 neighbourhood.a_l_onv=0
run t0 neighbourhood.theory=T0
run even livelihood.debt_social=1 livelihood.debt_owner=1 livelihood.debt=0.0272
cat <<TXT
## Spread of leefbaarheid when nothing is done

Question: the sd of the score over buurten shrinks in ten years of doing nothing. By which path, and is it that entrants differ from leavers, or that trouble begins and ends everywhere alike? modelstad, reference, $replications
replications; nothing was fitted to it. At tick 0 the sd is $(sd default 0 | cut -d' ' -f1). In brackets the standard error over replications.

| run | sd at tick 60 | sd at tick 120 |
|---|---|---|
TXT
row default 'reference'
row no_v 'vulnerable share does not count (`a_v` = 0)'
row no_n 'nuisance files do not count (`a_n` = 0)'
row no_l 'overload does not count (`a_l`, `a_l_onv` = 0)'
row t0 'nothing of residents counts (T0)'
row even 'onset of debt alike in all tenures (`debt_social`, `debt_owner` = 1, `debt` = 0.0272), as it was before'
cat <<'TXT'

Buurten in thirds by their score at the start. Per 1,000 households at tick 0 and 120; then per 1,000 households and year, mean of ten years: moved in less moved out, onset, recovery, formed less ended.

| who | buurten | tick 0 | tick 120 | in - out | onset | recovery | formed - ended |
|---|---|---|---|---|---|---|---|
TXT
awk -F, '
    $5 != "buurt" || $9 == "" { next }
    $7 == "leefbaarheid" && $3 == 0 && $2 == 1 { score[$6] = $9 }
    $7 == "households" { if ($3 == 0 || $3 == 120) all[$6, $3] += $9; if ($3 > 0) years[$6] += $9 }
    $7 == "count" && ($3 == 0 || $3 == 120) { n[$6, $8, $3] += $9 }
    $7 ~ /^group_/ && $3 > 0 { flow[$6, $8, $7] += $9 }
    END {
        for (b in score) { k = 0; for (c in score) k += score[c] < score[b]; third[b] = int(3 * k / length(score)) }
        split("lvb debts conditions files", group, " "); split("weakest middle strongest", name, " ")
        split("group_inflow group_outflow group_onset group_recovery group_other", what, " ")
        for (g = 1; g <= 4; g++) for (q = 0; q < 3; q++) {
            h0 = h1 = y = n0 = n1 = 0; split("", f)
            for (b in score) if (third[b] == q) {
                h0 += all[b, 0]; h1 += all[b, 120]; y += years[b]; n0 += n[b, group[g], 0]; n1 += n[b, group[g], 120]
                for (i = 1; i <= 5; i++) f[i] += flow[b, group[g], what[i]]
            }
            printf "| %s | %s | %.1f | %.1f | %+.1f | %.1f | %.1f | %+.1f |\n", group[g], name[q + 1], 1000 * n0 / h0, 1000 * n1 / h1,
                1000 * (f[1] - f[2]) / y, 1000 * f[3] / y, 1000 * f[4] / y, 1000 * f[5] / y
        }
    }' "$WIJKSIM_OUT/default/buurt.csv"
cat <<'TXT'

What it says. T0 keeps the spread: all of the shrinking comes by what residents bring, somewhat more by nuisance files than by the vulnerable share, hardly by overload. **Debts** shrank towards the mean because their onset did not depend on
the tenure, while their prevalence at the start does; that is repaired as far as tenure goes (last run: as it was). **Lvb** is for life: in weak buurten more households with it end than are formed, and somewhat more leave than come,
because newcomers and new households have the national share (5 and 9 %) wherever they go, and sitting tenants of social homes 20 % at the start. **Files** begin at one rate everywhere where there are no conditions, but are
seeded by tenure. The last two are inconsistencies of the start with the moves that are not repaired: no source tells how entrants and heirs differ. Compare scenarios, not levels.
TXT
