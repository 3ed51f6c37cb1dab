#!/usr/bin/env bash
# How many homes does a new home set free in the first and the second link of its vacancy chain? CBS over all tenures: 64,200 new homes of 2019 freed 44,200, then almost 26,000.
# CBS counts the whole country; one city sees only what is left here. Both are shown: with the homes that newcomers leave elsewhere, and the city alone.
set -euo pipefail
cd "$(dirname "$0")/../.."
failed=0
out=$WIJKSIM_OUT/run
"$WIJKSIM_BIN/wijksim" run scenarios/00_reference.cfg -t 120 -r 6 --set processes.stock.build=0.009 -o "$out" -q >/dev/null

# Sums of chain_moves over the years from the third on, by kind: the first two years fill the chains. Ratios by replication, their mean and 95 % interval (t, 5 df).
figures=$(awk -F, 'FNR > 1 && $5 == "chain_moves" && $3 % 12 == 0 && $3 > 24 { s[$2, $6] += $8; rep[$2] = 1; all[$6] += $8 }
    function value(name, r,   new, first, second, fe, se) {
        new = s[r, "new"]; first = s[r, "first"]; second = s[r, "second"]; fe = s[r, "first_elsewhere"]; se = s[r, "second_elsewhere"]
        if (name == "first") return (first + fe) / new
        if (name == "second") return (second + se) * (1 + fe / first) / new      # links of homes freed elsewhere imputed at the rate of the city
        if (name == "second_known") return (second + se) / new
        if (name == "first_city") return first / new
        if (name == "second_city") return second / new
        if (name == "third_city") return s[r, "third"] / new
        if (name == "first_local") return first / (new - s[r, "new_outside"])
        if (name == "second_local") return second / (first - s[r, "first_outside"])
        if (name == "rate") return (second + se) / first
    }
    function line(name,   r, v, n, sum, sq) {
        for (r in rep) { v = value(name, r); sum += v; sq += v * v; n++ }
        printf "%s %.4f %.4f\n", name, sum / n, (n > 1 ? 2.571 * sqrt((sq - sum * sum / n > 0 ? sq - sum * sum / n : 0) / (n - 1) / n) : 0)
    }
    END {
        n = split("first second second_known first_city second_city third_city first_local second_local rate", name, " ")
        for (i = 1; i <= n; i++) line(name[i])
        printf "outside_new %.4f 0\noutside_first %.4f 0\n", all["new_outside"] / all["new"], all["first_outside"] / all["first"]
        printf "home %.4f 0\n", (all["first_elsewhere"] + all["second_elsewhere"]) / (all["new_outside"] + all["first_outside"])
    }' "$out/city.csv")
value() { awk -v n="$1" '$1 == n { print $2 }' <<<"$figures"; }
half() { awk -v n="$1" '$1 == n { print $3 }' <<<"$figures"; }
percent() { awk -v v="$(value "$1")" 'BEGIN { printf "%.0f", 100 * v }'; }
row() { # NAME CITY WHAT PUBLISHED LOW HIGH
    local verdict
    verdict=$(awk -v v="$(value "$1")" -v a="$5" -v b="$6" 'BEGIN { print (v >= a && v <= b) ? "met" : "MISSED" }')
    [ "$verdict" = met ] || failed=1
    printf '| %s | %s | %.2f +- %.2f | %s to %s | %.2f +- %.2f | %s |\n' "$3" "$4" "$(value "$1")" "$(half "$1")" "$5" "$6" "$(value "$2")" "$(half "$2")" "$verdict"
}

cat <<'TXT'
## Vacancy chains of new homes

Question: how many homes does a new home set free, by link? Reference scenario on modelstad with building at a normal rate (`build` 0.9 % a year), 6 replications, years 3 to 10; all tenures; rooms are no homes
that others wait for. 95 % interval over replications. CBS counts the whole country: *model* adds the homes that newcomers leave elsewhere; *city* is what is freed in the city alone.

| target | published [S113] | model | range that counts as met | city | verdict |
|---|---|---|---|---|---|
TXT
row first first_city 'homes set free in the first link, per new home' 0.69 0.62 0.76
row second second_city 'homes set free in the second link, per new home' 0.40 0.33 0.47
cat <<TXT

Nature: what is freed in the city is emergent, it follows from who moves into new homes and from where. Homes left elsewhere are an assumption (\`arrivals.region_leaves_home\`: $(percent home) % of those who came from outside into these homes
leave one). An imputation: homes freed elsewhere in the first link free second ones at the city's own rate, $(value rate) (CBS, of everybody: 26/44.2 = 0.59); without it the second link is $(value second_known).

For the explanation, without a target: third link in the city $(value third_city). Of the new homes $(percent outside_new) % and of those set free in the first link $(percent outside_first) % are taken from outside the city. A new home taken by
somebody of the city sets $(value first_local) homes free, and a home of the first link $(value second_local).
TXT
exit $failed
