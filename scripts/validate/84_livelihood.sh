#!/usr/bin/env bash
# Do spells of low income, evictions, benefits, net rent and vulnerabilities stay near what is published, or near their start, for twenty years without policy?
set -euo pipefail
cd "$(dirname "$0")/../.."
data=../shared/data
. scripts/lib/cities.sh
failed=0
out=$WIJKSIM_OUT/run
scenario=$WIJKSIM_OUT/livelihood.cfg
replications=4

# The reference scenario with a group for every share that is measured.
{
    sed '/^groups = (/q' scenarios/00_reference.cfg
    for source in benefit pension work; do
        printf '  { name = "s_%s"; where = "income_source == %s"; use = [ "measure" ]; },\n' $source $source
    done
    for flag in psychiatric lvb addiction debt frail nuisance; do
        printf '  { name = "v_%s"; where = "%s"; use = [ "measure" ]; },\n' $flag $flag
    done
    sed '1,/^groups = (/d' scenarios/00_reference.cfg
} >"$scenario"
"$WIJKSIM_BIN/wijksim" run "$scenario" -t 240 -r $replications -o "$out" -q >/dev/null

# "NAME VALUE": means over replications and, of flows, over ticks 25 to 240.
figures=$(awk -F, 'FNR == 1 { next }
    $5 ~ /^low_income/ && $3 > 24 && $8 != "" { sum[$5] += $8; n[$5]++ }
    $5 == "evictions_social" && $3 > 24 && $3 % 12 == 0 { sum[$5] += $8; n[$5]++ }
    $5 == "units_social" && $3 > 24 && $3 % 12 == 0 { sum[$5] += $8; n[$5]++ }
    $5 == "households" && $3 % 120 == 0 { h[$6, $3] += $8 }
    ($5 == "rent_burden" || $5 == "rent_burden_high") && $3 % 120 == 0 && $8 != "" { name = $5 "_" $3 "_" ($6 == "" ? "all" : $6); sum[name] += $8; n[name]++ }
    END {
        for (name in sum) printf "%s %.5f\n", name, sum[name] / n[name]
        printf "eviction_rate %.6f\n", (sum["evictions_social"] / n["evictions_social"]) / (sum["units_social"] / n["units_social"])
        for (k in h) { split(k, part, SUBSEP); if (part[1] != "") printf "share_%s_%s %.5f\n", part[1], part[2], h[k] / h["", part[2]] }
    }' "$out/city.csv")
value() { awk -v n="$1" '$1 == n { print $2 }' <<<"$figures"; }
target() { # WHAT NAME LOW HIGH PUBLISHED NATURE
    local verdict v
    v=$(value "$2")
    verdict=$(awk -v v="$v" -v a="$3" -v b="$4" 'BEGIN { print (v >= a && v <= b) ? "met" : "MISSED" }')
    [ "$verdict" = met ] || failed=1
    printf '| %s | %s | %.4f | %s to %s | %s | %s |\n' "$1" "$5" "$v" "$3" "$4" "$6" "$verdict"
}
path() { # WHAT GROUP NATURE: within 5 % of the start a decade
    local a b c verdict
    a=$(value "share_$2_0") b=$(value "share_$2_120") c=$(value "share_$2_240")
    verdict=$(awk -v a="$a" -v b="$b" -v c="$c" 'BEGIN { d = b / a - 1; e = c / b - 1; print (d * d <= 0.0025 && e * e <= 0.0025) ? "met" : "MISSED" }')
    [ "$verdict" = met ] || failed=1
    printf '| %s | %.4f | %.4f | %.4f | %s | %s |\n' "$1" "$a" "$b" "$c" "$3" "$verdict"
}

cat <<TXT
## Livelihood

Question: do spells of low income, evictions, sources of income, net rent and vulnerabilities keep to what is published, or to their start, without policy? Reference scenario on modelstad, 240 months,
$replications replications. Low income: an income below \`livelihood.low_limit\` (0.85, assumption) times the social minimum, in households with a home of their own that do not live on a study.
Counted by hand over the months of each household: of those low twelve months ago, who is not now; of those low now, who was not then; of those who left twelve months ago, who was low since.

| target | published | model | range that counts as met | nature | verdict |
|---|---|---|---|---|---|
TXT
target 'low income, exit a year' low_income_exit 0.36 0.46 '0.41 [S85]' fitted
target 'low income, entrants over stock' low_income_entry 0.35 0.45 '0.40 [S85]' fitted
target 'low income, relapse within a year of leaving' low_income_relapse 0.09 0.15 '0.12 [S85]' fitted
target 'evictions a year per social dwelling' eviction_rate 0.0003 0.0020 '0.0005 (2022), 0.0020 (2016) [S117]' fitted
cat <<TXT

Shares of households at the start and after ten and twenty years; met: within 5 % of it a decade. The start is seeded from CBS margins or assumptions.

| share | start | 10 years | 20 years | nature | verdict |
|---|---|---|---|---|---|
TXT
path 'income from work' s_work 'emergent, of ageing and work'
path 'benefit' s_benefit 'fitted'
path 'pension' s_pension 'emergent, of ageing'
path 'psychiatric problems' v_psychiatric 'fitted'
path 'mild intellectual disability' v_lvb 'seeded'
path 'addiction' v_addiction 'fitted'
path 'problem debt' v_debt 'fitted'
path 'frailty' v_frail 'emergent, of ageing'
path 'nuisance file' v_nuisance 'fitted'
cat <<TXT

Net rent over income of tenants, and the part of them above 40 %, without a target:

| tenants | start | 10 years | 20 years | above 40 %: start | 10 years | 20 years |
|---|---|---|---|---|---|---|
TXT
for group in all s_benefit s_work s_pension jongeren gezinnen ouderen; do
    printf '| %s |' "${group#s_}"
    for name in rent_burden rent_burden_high; do
        for tick in 0 120 240; do printf ' %.3f |' "$(value "${name}_${tick}_$group")"; done
    done
    printf '\n'
done
cat <<'TXT'

Dissimilarity D by buurt of households on a benefit and of those with a vulnerability, when nothing is done. Emergent: only tick 0 is seeded, from the buurt's bijstand, ao and ww. No target was found; a group that spreads by
itself would hide what rules do.

| city | group | start | 1 year | 2 years | 5 years | 10 years | 20 years |
|---|---|---|---|---|---|---|---|
TXT
course() { # CITY FOLDER GROUP: means over replications
    awk -F, -v city="$1" -v group="$3" '$5 == "D" && $6 == group && $7 == "buurt" { sum[$3] += $8; n[$3]++ }
        END {
            printf "| %s | %s |", city, group
            split("0 12 24 60 120 240", tick, " ")
            for (k = 1; k <= 6; k++) if (n[tick[k]] > 0) printf " %.3f |", sum[tick[k]] / n[tick[k]]; else printf " - |"
            printf "\n"
        }' "$2/city.csv"
}
for group in uitkering kwetsbaar; do course "modelstad ($replications replications)" "$out" $group; done
if [ -f $data/kwb/CBS-Utrecht-kwb-2023.xlsx ]; then
    import_utrecht city
    "$WIJKSIM_BIN/wijksim" run "$scenario" --set "city=$WIJKSIM_OUT/city" -t 240 -r 2 -o "$WIJKSIM_OUT/utrecht" -q >/dev/null
    for group in uitkering kwetsbaar; do course 'Utrecht, CBS 2023 (2)' "$WIJKSIM_OUT/utrecht" $group; done
else
    printf '\nUtrecht: not run, its CBS files are not beside the project.\n'
fi
exit $failed
