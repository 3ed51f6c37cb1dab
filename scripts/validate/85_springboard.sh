#!/usr/bin/env bash
# Do buurten with much social rent work as a springboard, as was found, and does every programme for residents act within two years where it runs?
set -euo pipefail
cd "$(dirname "$0")/../.."
failed=0
replications=10
areas='WK990104'

scenario() { # NAME TICKS SETTINGS
    printf 'base = "%s/scenarios/00_reference.cfg";\nname = "%s"; ticks = %s; replications = %s;\n' "$PWD" "$1" "$2" "$replications"
    printf 'output = { levels = [ "city", "buurt", "wijk" ]; city_every = 12; buurt_every = 12; lettings = false; };\n'
    printf 'groups = ( '
    printf '{ name = "benefit"; where = "income_source == benefit"; use = [ "measure" ]; }, '
    printf '{ name = "debtors"; where = "debt"; use = [ "measure" ]; }, { name = "files"; where = "nuisance"; use = [ "measure" ]; }, '
    printf '{ name = "middle_families"; where = "n_children >= 1 and income_eur > 54847"; use = [ "measure" ]; }, '
    printf '{ name = "network"; where = "kin_nearby"; use = [ "measure" ]; } );\n%s\n' "$3"
}
run() { # NAME TICKS SETTINGS
    scenario "$1" "$2" "$3" >"$WIJKSIM_OUT/$1.cfg"
    "$WIJKSIM_BIN/wijksim" run "$WIJKSIM_OUT/$1.cfg" -o "$WIJKSIM_OUT/$1" -q >/dev/null
}
# "MEAN LOW HIGH" of numbers, one a line: mean and its 95 % interval (t of nine degrees of freedom).
interval() { awk '{ n++; s += $1; q += $1 * $1 } END { m = s / n; d = 2.262 * sqrt((q - n * m * m) / (n - 1) / n); printf "%.4f %.4f %.4f", m, m - d, m + d }'; }
verdict() { awk -v low="$1" -v high="$2" 'BEGIN { print (low > 0 ? "as found" : high < 0 ? "OPPOSITE" : "no difference seen") }'; }

# --- the springboard ---------------------------------------------------------------------------------------------------------
# A share and another, per replication: mean over ticks 24 to 120.
gap() { # RUN KIND OTHER
    awk -F, -v a="$2" -v b="$3" '$5 == "springboard" && $3 >= 24 && $8 != "" { if ($6 == a) s[$2] += $8; if ($6 == b) s[$2] -= $8; if ($6 == a) n[$2]++ }
        END { for (r in s) print s[r] / n[r] }' "$WIJKSIM_OUT/$1/city.csv" | interval
}
level() { awk -F, -v a="$2" '$5 == "springboard" && $6 == a && $3 >= 24 && $8 != "" { s += $8; n++ } END { printf "%.4f", s / n }' "$WIJKSIM_OUT/$1/city.csv"; }
pattern() { # RUN WHAT KIND OTHER MUST
    local g result
    read -ra g <<<"$(gap "$1" "$3" "$4")"
    result=$(verdict "${g[1]}" "${g[2]}")
    [ "$5" = shown ] || [ "$result" = 'as found' ] || failed=1
    printf '| %s | %s | %s | %s | %s (%s to %s) | %s |\n' "$1" "$2" "$(level "$1" "$3")" "$(level "$1" "$4")" "${g[0]}" "${g[1]}" "${g[2]}" "$result"
}
run default 120 ''
run rise_1.5 120 'processes = { search = { rise = 1.5; }; };'
cat <<TXT
## Springboard and programmes

Question: do buurten with much social rent (at least half of the dwellings at the start) take in low incomes, let them rise and let risers go, as CBS found for stadswijken in 1999-2008 [S79]? modelstad, reference,
$replications replications, mean of years 2 to 10 of \`springboard\`, 95 % interval over replications. Emergent: nothing was fitted to it; \`search.rise\`, which would make risers leave sooner, is 1 (off) by default and shown at 1.5.

| run | found | share | of whom compared | difference | verdict |
|---|---|---|---|---|---|
TXT
for name in default rise_1.5; do
    must=$([ $name = default ] && echo must || echo shown)
    pattern $name 'low income: entrants over residents' entrants_low residents_low "$must"
    pattern $name 'stayers: rise over fall' stayers_rise stayers_fall "$must"
    pattern $name 'rise: leavers over stayers' leavers_rise stayers_rise "$must"
done

# --- programmes ---------------------------------------------------------------------------------------------------------------
programme() { run "$1" 24 "timeline = ( { at = \"2025-01\"; areas = [ \"$areas\" ]; $2 } );"; }
run nothing 24 ''
programme work 'event = "programme"; kind = "work"; factor = 1.5;'
programme debt 'event = "programme"; kind = "debt"; factor = 1.5;'
programme jobs 'event = "programme"; kind = "jobs"; places = 200;'
programme school 'event = "programme"; kind = "school"; factor = 0.8;'
programme workspace 'event = "programme"; kind = "workspace"; factor = 1.5;'
programme arrival 'event = "arrival"; factor = 1.3;'
programme safety 'event = "safety"; effect = 0.02;'
programme files 'event = "safety"; effect = 0.0; nuisance = 0.8;'
values() { awk -F, -v w="$areas" -v i="$2" -v g="$3" '$6 == w && $7 == i && $8 == g && $3 == 24 { print $2, $9 }' "$WIJKSIM_OUT/$1/buurt.csv" | sort; }
effect() { # RUN LEVER INDICATOR GROUP SIGN
    local e base result
    read -ra e <<<"$(join <(values "$1" "$3" "$4") <(values nothing "$3" "$4") | awk -v s="$5" '{ print s * ($2 - $3) }' | interval)"
    base=$(values nothing "$3" "$4" | awk '{ s += $2; n++ } END { printf "%.4g", s / n }')
    result=$(awk -v low="${e[1]}" 'BEGIN { print (low > 0 ? "acts" : "no effect seen") }')
    [ "$result" = acts ] || failed=1
    awk -v a="$1" -v b="$2" -v c="$3${4:+, $4}" -v d="$base" -v s="$5" -v m="${e[0]}" -v l="${e[1]}" -v h="${e[2]}" -v r="$result" 'BEGIN {
        if (s < 0) { t = -h; h = -l; l = t; m = -m } printf "| %s | %s | %s | %s | %+.4g (%.4g to %.4g) | %s |\n", a, b, c, d, m, l, h, r }'
}
cat <<TXT

Does each programme act within 24 months where it runs? $areas (about 4,100 households), from month 1, $replications paired replications. That factors act is what the scenario says; the sizes tell what follows from them.

| programme | lever | measured in the area, month 24 | without | difference | verdict |
|---|---|---|---|---|---|
TXT
effect work 'factor 1.5' count benefit -1
effect work 'factor 1.5' springboard low_exit 1
effect debt 'factor 1.5' count debtors -1
effect jobs '200 places' count benefit -1
effect jobs '200 places' springboard low_exit 1
effect school 'factor 0.8' count middle_families 1
effect workspace 'factor 1.5' count benefit -1
effect arrival 'factor 1.3' count network 1
effect arrival 'factor 1.3' springboard low_exit 1
effect safety 'effect 0.02' leefbaarheid_onv '' 1
effect files 'nuisance 0.8' count files -1
exit $failed
