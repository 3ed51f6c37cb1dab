#!/usr/bin/env bash
# The two tables of a memo, as Markdown, from the result of a comparison: what changes (mean difference and 95 % interval, from contrasts.csv at the last tick) and
# who notices it (the same households under both, from losers.csv). Numbers that are not shown to differ are marked; nothing is left out because of its size.
#   scripts/memo.sh [--lang nl|en] [--theory T] DIR
# DIR: what `wijksim compare -o DIR` wrote. Of several theories the one to show (default: the first in the file).
set -euo pipefail
lang=nl theory= dir=
while [ $# -gt 0 ]; do
    case $1 in
        --lang) lang=${2:-}; shift 2 || shift ;;
        --theory) theory=${2:-}; shift 2 || shift ;;
        -h | --help) sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 0 ;;
        -*) echo "memo.sh: unknown option '$1'; expected --lang or --theory" >&2; exit 2 ;;
        *) dir=$1; shift ;;
    esac
done
[ -n "$dir" ] || { echo "memo.sh: no DIR; expected the folder of a comparison, as results/utrecht-memo (memo.sh --help)" >&2; exit 2; }
case $lang in nl | en) ;; *) echo "memo.sh: unknown language '$lang'; expected nl or en" >&2; exit 2 ;; esac
for table in contrasts.csv losers.csv; do
    [ -s "$dir/$table" ] || { echo "memo.sh: $dir/$table is not there; expected the folder of a comparison (wijksim compare -o DIR)" >&2; exit 3; }
done

LC_ALL=C awk -F, -v lang="$lang" -v theory="$theory" '
    function say(nl, en) { return lang == "nl" ? nl : en }
    # A number with its decimals, with the decimal comma in Dutch; no minus before a zero.
    function number(value, decimals, text) {
        text = sprintf("%." decimals "f", value)
        if (text ~ /^-0(\.0*)?$/) text = substr(text, 2)
        if (lang == "nl") sub(/\./, ",", text)
        return text
    }
    function signed(value, decimals, text) { text = number(value, decimals); return text ~ /^-/ || text + 0 == 0 && text !~ /[1-9]/ ? text : "+" text }
    function judged(verdict) {
        if (lang == "en") return verdict
        return verdict in dutch ? dutch[verdict] : verdict
    }
    function row(label, indicator, group, scale, factor, decimals, key, line, i) {
        key = indicator SUBSEP group SUBSEP scale
        if (!(key in level)) return
        line = "| " label (group == "" ? "" : ", " group) " | " (level[key] == "" ? "-" : number(factor * level[key], decimals)) " |"
        for (i = 1; i <= n_scenarios; i++) line = line " " cell(key SUBSEP scenario[i], factor, decimals) " |"
        print line
    }
    # Whether the bound of a difference that is shown would be printed as 0, as if it were none.
    function bound_is_zero(key, factor, decimals, bound) {
        bound = verdict[key] ~ /^higher/ ? low[key] : verdict[key] ~ /^lower/ ? high[key] : ""
        return bound != "" && bound + 0 != 0 && number(factor * bound, decimals) !~ /[1-9]/
    }
    function cell(key, factor, decimals) {
        if (!(key in difference)) return "-"
        while (decimals < 4 && bound_is_zero(key, factor, decimals)) decimals++
        if (difference[key] == "" || low[key] == "" || verdict[key] == "too few pairs") return judged(verdict[key])
        return signed(factor * difference[key], decimals) " (" signed(factor * low[key], decimals) say(" tot ", " to ") signed(factor * high[key], decimals) "), " judged(verdict[key])
    }
    BEGIN {
        dutch["higher"] = "hoger"; dutch["lower"] = "lager"; dutch["within the noise"] = "geen verschil aangetoond"
        dutch["exactly equal"] = "precies gelijk"; dutch["too few pairs"] = "te weinig herhalingen"; dutch["not defined"] = "niet te bepalen"
        dutch["smaller than the threshold you set"] = "zeker kleiner dan uw drempel"
        dutch["higher by more than the threshold you set"] = "hoger, zeker meer dan uw drempel"; dutch["lower by more than the threshold you set"] = "lager, zeker meer dan uw drempel"
        dutch["higher but smaller than the threshold you set"] = "hoger, zeker minder dan uw drempel"; dutch["lower but smaller than the threshold you set"] = "lager, zeker minder dan uw drempel"
    }
    FNR == 1 { file++; for (i = 1; i <= NF; i++) column[file, $i] = i; next }
    file == 1 && $column[1, "level"] == "" {
        if (theory == "") theory = $column[1, "theory"]
        if ($column[1, "theory"] != theory) next
        tick = $column[1, "tick"] + 0
        if (tick < last) next
        if (tick > last) { last = tick; split("", level); split("", difference) }
        date = $column[1, "date"]; reference = $column[1, "reference"]; name = $column[1, "scenario"]
        if (!(name in seen)) { seen[name] = 1; scenario[++n_scenarios] = name }
        key = $column[1, "indicator"] SUBSEP $column[1, "group"] SUBSEP $column[1, "scale"]
        level[key] = $column[1, "mean_reference"]
        key = key SUBSEP name
        difference[key] = $column[1, "mean_difference"]; low[key] = $column[1, "ci_low"]; high[key] = $column[1, "ci_high"]; verdict[key] = $column[1, "verdict"]
        if ($column[1, "n_pairs"] > pairs) pairs = $column[1, "n_pairs"]
    }
    file == 2 && $column[2, "outcome"] == "home_at_end" && $column[2, "theory"] == theory {
        group = $column[2, "group"]
        if (!(group in known)) { known[group] = 1; groups[++n_groups] = group }
        key = group SUBSEP $column[2, "scenario"]
        better[key] = $column[2, "better"]; worse[key] = $column[2, "worse"]; of[key] = $column[2, "n"]
    }
    END {
        if (n_scenarios == 0) { print "memo.sh: no rows of theory " theory > "/dev/stderr"; exit 3 }
        heading = "| " date ", " pairs say(" paren", " pairs") " | " reference " |"; rule = "|---|---|"
        for (i = 1; i <= n_scenarios; i++) { heading = heading " " scenario[i] say(": verschil (95 %-interval)", ": difference (95 % interval)") " |"; rule = rule "---|" }
        print heading; print rule
        for (g = 1; g <= n_groups; g++) row(say("inschrijfduur bij verhuring, mediaan in maanden", "months registered at letting, median"), "wait_p50_months", groups[g], "", 1, 1)
        for (g = 1; g <= n_groups; g++) row(say("slaagkans in een jaar, %", "chance of a home in a year, %"), "success_rate", groups[g], "", 100, 1)
        row(say("aandeel starters, % van de verhuringen", "starters, % of lettings"), "starters_share", "", "", 100, 1)
        row(say("weigeringen per verhuring", "refusals a letting"), "refusals_per_letting", "", "", 1, 2)
        for (g = 2; g <= n_groups; g++) row(say("ongelijke spreiding over buurten (D)", "uneven spread over buurten (D)"), "D", groups[g], "buurt", 1, 3)
        row(say("leefbaarheid (gemodelleerd, Leefbaarometer-punt)", "leefbaarheid (modelled, Leefbaarometer units)"), "leefbaarheid", "", "", 1, 4)
        print ""
        heading = say("| eigen woning aan het eind, dezelfde huishoudens | huishoudens x herhalingen |", "| a home of their own at the end, same households | households x replications |"); rule = "|---|---|"
        for (i = 1; i <= n_scenarios; i++) { heading = heading " " scenario[i] say(": wel / niet meer (%)", ": gained / lost (%)") " |"; rule = rule "---|" }
        print heading; print rule
        for (g = 1; g <= n_groups; g++) {
            line = "| " (groups[g] == "" ? say("iedereen", "everybody") : groups[g]) " | " of[groups[g] SUBSEP scenario[1]] " |"
            for (i = 1; i <= n_scenarios; i++) {
                key = groups[g] SUBSEP scenario[i]
                line = line " " (of[key] > 0 ? number(100 * better[key] / of[key], 2) " / " number(100 * worse[key] / of[key], 2) : "-") " |"
            }
            print line
        }
    }' "$dir/contrasts.csv" "$dir/losers.csv"
