#!/usr/bin/env bash
# Published figures about allocation that the model does not set: inschrijfduur against loting (Breda 2018), turnover, referred groups, starters. A target that is missed stays here as missed.
set -euo pipefail
cd "$(dirname "$0")/../.."
failed=0
out=$WIJKSIM_OUT/compare
"$WIJKSIM_BIN/wijksim" compare scenarios/00_reference.cfg scenarios/02_loting.cfg -t 120 -r 6 -o "$out" -q >/dev/null

mean() { # SCENARIO INDICATOR [GROUP]: mean over replications at the last tick
    awk -F, -v s="$1" -v i="$2" -v g="${3:-}" 'FNR > 1 && $1 == s && $3 == 120 && $5 == i && $6 == g && $8 == "" && $9 == "" { print $10; exit }' "$out/summary.csv"
}
row() { # ID WHAT PUBLISHED MODEL LOW HIGH NATURE
    local verdict
    verdict=$(awk -v v="$4" -v a="$5" -v b="$6" 'BEGIN { print (v >= a && v <= b) ? "met" : "MISSED" }')
    [ "$verdict" = met ] || failed=1
    printf '| %s | %s | %s | %.3g | %s to %s | %s | %s |\n' "$1" "$2" "$3" "$4" "$5" "$6" "$7" "$verdict"
}
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { print b == 0 ? 0 : a / b }'; }

lettings=$(mean reference lettings)
# CBS counts self-contained dwellings; rooms of students are a count of its own. Last year's lettings of self-contained social homes over their number.
"$WIJKSIM_BIN/wijksim" synth modelstad -o "$WIJKSIM_OUT/synth" >/dev/null
turnover=$(awk -F, 'FNR == 1 { file++; next }
    file == 1 && $3 == "self_contained" && $7 == "social" { home[$1] = 1; n++ }
    file == 2 && $3 > 108 && ($6 in home) { let++ }
    END { print n == 0 ? 0 : let / 6 / n }' "$WIJKSIM_OUT/synth/units.csv" "$out/reference/lettings.csv")
cat <<'TXT'
## Allocation against published figures

Modelstad, 6 replications, after ten years. Emergent: the model does not set it. Fitted: a parameter was chosen with this figure in view, so it proves nothing. V9 was first
counted with student rooms (0.10, missed), then over self-contained homes as CBS does, then moved from 0.052 to 0.054 by raising departures and arrivals; it lies low in its range.

| target | what | published | model | range that counts as met | nature | verdict |
|---|---|---|---|---|---|---|
TXT
row V3a "refusals per letting, inschrijfduur" "4.4 (Breda [S9])" "$(mean reference refusals_per_letting)" 3 8 fitted
row V3b "refusals inschrijfduur over loting" "2.3 (Breda [S9])" "$(ratio "$(mean reference refusals_per_letting)" "$(mean loting refusals_per_letting)")" 1.6 3.0 fitted
row V4 "search time loting over inschrijfduur" "0.53 (Breda [S9])" "$(ratio "$(mean loting search_p50_months)" "$(mean reference search_p50_months)")" 0.38 0.68 emergent
row V9 "turnover of self-contained social homes" "0.07 a year (NL [S2, S3]), 0.063 (Arnhem-Nijmegen [S12])" "$turnover" 0.053 0.08 fitted
row V10 "search time over inschrijfduur at letting" "0.3 to 0.6 [S57, S58]" "$(ratio "$(mean reference search_p50_months)" "$(mean reference wait_p50_months)")" 0.3 0.6 emergent
row V11 "active seekers per letting" "11.5 (Arnhem-Nijmegen [S12])" "$(ratio "$(mean reference active)" "$lettings")" 5 15 fitted
row V12 "share of lettings to referred groups" "0.06 to 0.10, statushouders only [S2b, S2c]" "$(ratio "$(mean reference lettings verwezen)" "$lettings")" 0.04 0.12 fitted
row starters "share of starters" "about 0.5 (Amsterdam region [S1c])" "$(mean reference starters_share)" 0.4 0.6 fitted
cat <<'TXT'

How to read the misses. Search time in the model starts with the decision to look, and many long-registered households are housed soon after it; portals count from the first reaction of people who
often react for years. For the same reason starters, who look from the first day, get fewer of the homes let by inschrijfduur than in the figures of portals. The search process needs a phase of looking without urgency before V4 and V10 can be met; until then search time is not to be quoted from this program.
TXT
exit $failed
