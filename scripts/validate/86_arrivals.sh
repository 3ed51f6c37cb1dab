#!/usr/bin/env bash
# Who comes by another way than a search, and who has no home: statushouders, care leavers, labour migrants, students, unhoused by kind. Ten and twenty years of
# scenarios/00_reference.cfg without policy on modelstad and, when its files are beside the project, on Utrecht.
set -euo pipefail
cd "$(dirname "$0")/../.."
. scripts/lib/cities.sh
data=../shared/data
failed=0
mkdir -p "$WIJKSIM_OUT"
cat >"$WIJKSIM_OUT/arrivals.cfg" <<TXT
base = "$PWD/scenarios/00_reference.cfg";
name = "arrivals";
groups = (
  { name = "first";   where = "place == coa and referral == statushouder"; use = [ "measure" ]; },
  { name = "family";  where = "place == coa and referral == statushouder and n_adults >= 2 and n_children >= 1"; use = [ "measure" ]; },
  { name = "again";   where = "place != coa and came_as == statushouder"; use = [ "measure" ]; },
  { name = "student"; where = "is_student"; use = [ "measure" ]; },
  { name = "labour";  where = "came_as == labour"; use = [ "measure" ]; }
);
TXT

# Means over replications; sums over the years from the third on, or the stock at a tick.
figures() { # FILE
    awk -F, 'FNR > 1 {
        key = $5 "," $6
        if ($3 % 12 == 0 && $3 > 24) sum[key] += $8
        if ($3 == 12 || $3 == 24 || $3 == 120 || $3 == 240) { stock[key "," $3] += $8 }
        if ($3 == 0) start[key] += $8
    }
    function ratio(a, b) { return b > 0 ? a / b : "nan" }
    function drift(name, from,   b) { b = from == 0 ? start[name] : stock[name "," from]; return ratio(stock[name ",120"], b) " " ratio(stock[name ",240"], b) }
    END {
        print "share", ratio(sum["lettings,first"], sum["lettings,"] - sum["lettings,student"]), ""
        print "families", ratio(sum["lettings,family"], sum["lettings,first"]), ""
        print "firsts", ratio(sum["lettings,first"], sum["lettings,first"] + sum["lettings,again"]), ""
        print "onward", ratio(sum["statushouders_left,"], sum["statushouders_housed,"]), ""
        print "own", ratio(sum["care_contracts_own,"], sum["care_contracts_own,"] + sum["care_contracts_ended,"]), ""
        print "months_coa", stock["unhoused_months_p50,coa,240"] / 1, ""
        print "arrears", stock["taakstelling_arrears,,240"] / 1, ""
        n = split("at_parents ex_partner hosted shelter coa", place, " ")
        for (i = 1; i <= n; i++) print place[i], drift("unhoused," place[i], 0)
        print "residents", drift("residents_care,", 0)
        print "students", drift("households,student", 12)
        print "labour", drift("households,labour", 12)
    }' "$1"
}
row() { # NAME WHAT PUBLISHED LOW HIGH NATURE FIELD
    local v verdict
    v=$(awk -v n="$1" -v f="$7" '$1 == n { print $f }' <<<"$found")
    verdict=$(awk -v v="$v" -v a="$4" -v b="$5" 'BEGIN { print (v >= a && v <= b) ? "met" : "MISSED" }')
    [ "$verdict" = met ] || failed=1
    printf '| %s | %s | %.3f | %s to %s | %s | %s |\n' "$2" "$3" "$v" "$4" "$5" "$6" "$verdict"
}
study() { # TITLE FOLDER REPLICATIONS [OPTION...]
    local title=$1 out=$WIJKSIM_OUT/$2 replications=$3 k
    shift 3
    "$WIJKSIM_BIN/wijksim" run "$WIJKSIM_OUT/arrivals.cfg" -t 240 -r "$replications" -o "$out" -q "$@" >/dev/null
    found=$(figures "$out/city.csv")
    printf '\n### %s\n\n| target | published | model | range that counts as met | nature | verdict |\n|---|---|---|---|---|---|\n' "$title"
    row share 'first housing of statushouders among social lettings (campus left out), V12' '0.04-0.07 [S2b]' 0.04 0.07 emergent 2
    row families 'couples with children among them, V13' '0.32 [S2d]' 0.27 0.37 seeded 2
    row firsts 'first housing among all lettings to statushouders' '0.5 (CBS 2025/21)' 0.4 0.6 emergent 2
    row onward 'to another gemeente within three years, over first homes' '0.167 (CBS 2025/21)' 0.14 0.19 fitted 2
    row own 'care contracts that became own' 'none' 0.80 0.90 seeded 2
    for k in at_parents ex_partner hosted shelter coa; do
        row $k "unhoused, $k: year 10 over start" 'none' 0.8 1.25 emergent 2
        row $k "unhoused, $k: year 20 over start" 'none' 0.8 1.25 emergent 3
    done
    row residents 'residents of institutions of 18-64: year 10 over start' 'none' 0.8 1.25 emergent 2
    row residents 'residents of institutions of 18-64: year 20 over start' 'none' 0.8 1.25 emergent 3
    row students 'students: year 10 over year 1' 'none' 0.9 1.11 emergent 2
    row students 'students: year 20 over year 1' 'none' 0.9 1.11 emergent 3
    row labour 'labour migrants: year 10 over year 1' 'none' 0.8 1.25 fitted 2
    row labour 'labour migrants: year 20 over year 1' 'none' 0.8 1.25 fitted 3
    printf '\nMedian months at COA of who is there at the end: %s; arrears: %s persons (sums over replications).\n' \
        "$(awk '$1 == "months_coa" { print $2 }' <<<"$found")" "$(awk '$1 == "arrears" { print $2 }' <<<"$found")"
}

cat <<'TXT'
## Arrivals and people without a home

Question: do the special arrivals have the published size, and do the stocks of people without a home, in institutions, of students and of labour migrants stay when no policy changes? Sums
are of years 3 to 20. *Seeded*: put in; *fitted*: one parameter was set with the figure in view; *emergent*: follows from the rest.
TXT
study Modelstad modelstad 3
if [ -f $data/kwb/CBS-Utrecht-kwb-2023.xlsx ]; then
    import_utrecht city
    study Utrecht utrecht 1 --set "city=$WIJKSIM_OUT/city"
else
    printf '\nUtrecht: not run, its CBS files are not beside the project.\n'
fi
exit $failed
