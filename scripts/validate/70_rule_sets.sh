#!/usr/bin/env bash
# What does each ready rule set of scenarios/rules/ do against the plain list, after five years? No target: a table to choose from. It fails only when a run fails or a figure is missing.
set -euo pipefail
cd "$(dirname "$0")/../.."
out=$WIJKSIM_OUT/compare
sets=(loting amsterdam_2022 amsterdam_2023 breda_zonder_maximum breda_maximum_3 arnhem_nijmegen_entree groningen tilburg wbmgp gemengd_50_50 gemengd_70_30 versterking_regie_uit versterking_regie_aan)
files=()
for name in "${sets[@]}"; do files+=("scenarios/rules/$name.cfg"); done
"$WIJKSIM_BIN/wijksim" compare scenarios/rules/inschrijfduur.cfg scenarios/00_reference.cfg "${files[@]}" -t 60 -r 4 \
    --set output.buurt_every=60 --set output.lettings=false -o "$out" -q >/dev/null

# Paired differences in the fifth year; a star: the 95 % interval over replications does not hold 0.
table() {
    awk -F, 'FNR > 1 && $3 == 60 && $8 == "" && $9 == "" && $7 == "" {
            if (!(($2) in seen)) { seen[$2] = 1; order[++n] = $2 }
            if ($11 != "") base[$5, $6] = $11; diff[$2, $5, $6] = $10 == 4 ? $13 : ""; low[$2, $5, $6] = $14; high[$2, $5, $6] = $15
        }
        function known(key) { if (!(key in diff)) { print "70_rule_sets: no " key > "/dev/stderr"; failed = 1 } }
        function cell(s, i, g, scale, format,   key, star) {
            key = s SUBSEP i SUBSEP g
            known(key)
            if (diff[key] == "") { printf " n |"; return } # somebody of the group looked under both in fewer than four replications
            star = low[key] != "" && (low[key] > 0 || high[key] < 0) ? "*" : ""
            printf " " format "%s |", scale * diff[key], star
            if ((i == "success_rate" || i == "starters_share") && star != "" && diff[key] < 0) loses = loses (loses == "" ? "" : ", ") (g == "" ? "starters" : g)
        }
        function plain(i, g, scale, format) { if (base[i, g] == "") { printf " n |"; return } printf " " format " |", scale * base[i, g] }
        END {
            split("verwezen jongeren gezinnen ouderen kwetsbaar", group, " ")
            print "| rule set | inschrijfduur | search | refusals | starters | lettings verwezen | verwezen | jongeren | gezinnen | ouderen | kwetsbaar | who loses |"
            print "|---|---|---|---|---|---|---|---|---|---|---|---|"
            printf "| *plain list* |"
            plain("wait_p50_months", "", 1, "%.0f"); plain("search_p50_months", "", 1, "%.0f"); plain("refusals_per_letting", "", 1, "%.1f")
            plain("starters_share", "", 100, "%.1f"); plain("lettings", "verwezen", 1, "%.0f")
            for (k = 1; k <= 5; k++) plain("success_rate", group[k], 100, "%.1f")
            print " |"
            for (s = 1; s <= n; s++) {
                loses = ""
                printf "| %s |", order[s]
                cell(order[s], "wait_p50_months", "", 1, "%+.0f"); cell(order[s], "search_p50_months", "", 1, "%+.0f")
                cell(order[s], "refusals_per_letting", "", 1, "%+.1f"); cell(order[s], "starters_share", "", 100, "%+.1f")
                cell(order[s], "lettings", "verwezen", 1, "%+.0f")
                for (k = 1; k <= 5; k++) cell(order[s], "success_rate", group[k], 100, "%+.1f")
                print " " (loses == "" ? "-" : loses) " |"
            }
            exit failed
        }' "$out/contrasts.csv"
}

cat <<'TXT'
## Ready rule sets against the plain list

Question: what do the rule sets of `scenarios/rules/` do, and who loses? Modelstad, 4 replications, the fifth year; first row the plain list (`inschrijfduur.cfg`), the others the difference from it, replication by
replication. Medians of inschrijfduur and search time at letting in months; refusals per letting; starters in % of lettings; lettings a year to who is referred; then the success rate of each group in % of its active
seekers a year (n: in a replication nobody of it was looking, as often of the referred, whom direct mediation houses at once). A star: the 95 % interval (paired t) does not hold 0. Who loses: groups whose success rate falls by that measure, and
starters when their share does.

TXT
table
cat <<'TXT'

How to read it. The rules are those of a region, the city is not: modelstad has its own queue, so compare rows with each other and with the reference, not with the region's published figures. The plain list has no direct
mediation: nearly every other rule set houses the referred, and what they get others do not. Shares of channels are partly assumptions; each file marks them. Some differences are of two things at once: the
two of the Wet versterking regie build homes, which no other does, so compare them with each other; Amsterdam labels homes for the old and the young, which sets homes free. Gemengd wonen fills its complexes
with referred people first under both shares, and 50/50 and 70/30 part only once 30 % is reached. Under Entree the inschrijfduur falls because meettijd orders: tenants who move on go first, each of their moves sets a home
free, so success rises nearly everywhere while starters get a smaller part. With 14 rows of ten figures about seven stars are expected by chance alone.
TXT
