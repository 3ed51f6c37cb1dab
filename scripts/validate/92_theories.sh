#!/usr/bin/env bash
# Theories about leefbaarheid: the accepted set of T1 and what the three patterns it was matched to can rule out; the Rotterdam Act as a test and its power; restructuring.
set -euo pipefail
cd "$(dirname "$0")/../.."
failed=0
replications=${WIJKSIM_THEORY_REPLICATIONS:-12}
area='^BU990104' site='^BU9901040[12]$'
match=$WIJKSIM_OUT/match made=$WIJKSIM_OUT/t1.csv out=$WIJKSIM_OUT/runs
members=$(sed -n 's/.*history-match.sh -n \([0-9]*\):.*/\1/p' scenarios/theories/t1.csv)
WIJKSIM_OUT=$match scripts/history-match.sh -k -n "${members:-24}" -o "$made"
[ -f "$out/report.html" ] || "$WIJKSIM_BIN/wijksim" compare scenarios/theories/{reference,art8,sloop_koop,sloop_huur}.cfg --theories T0,T1,T2 -r "$replications" -o "$out" -q >/dev/null

change() { # THEORY SCENARIO AREAS INDICATOR [OPTION...]: mean, half-width, sd, level
    local theory=$1 scenario=$2 areas=$3 what=$4
    shift 4
    awk -F, -v what="$what" -v tick=60 -v areas="$areas" "$@" -f scripts/validate/area.awk "$out/$theory/zonder_ingreep/buurt.csv" "$out/$theory/$scenario/buurt.csv"
}
between() { # SCENARIO SCENARIO: the same, second less first, in the demolished area under T1
    awk -F, -v what=leefbaarheid -v tick=60 -v areas="$site" -f scripts/validate/area.awk "$out/$3/$1/buurt.csv" "$out/$3/$2/buurt.csv"
}
row() { # PATTERN TARGET KIND SOURCE RESULT HALF VERDICT
    [ "$7" != FAIL ] || failed=1
    printf '| %s | %s | %s | %s | %s +- %s | %s |\n' "$@"
}
judge() { awk -v m="$1" -v h="$2" -v want="$3" 'BEGIN { ok = want == "price" ? m + h < 0 && m - h < -0.03 && m + h > -0.05 : want == "above" ? m - h > 0 : want == "none" ? m - h > -0.02 && m + h < 0.02 : m + h < 0; print ok ? "pass" : "FAIL" }'; }

cat <<TXT
## Theories about leefbaarheid

Three theories of how the score depends on residents are run side by side. T1 is an accepted set: coefficients that three patterns at once do not rule out. Modelstad; intervals 95 %, paired
over $replications replications of 60 months. *Seeded*: given to the model. *Imposed*: its sign is a coefficient's. *Fitted*: T1 was matched to it. *Emergent*: none of these.

### The accepted set of T1

TXT
same=differs; cmp -s "$made" scenarios/theories/t1.csv && same='is the same'
[ "$same" = 'is the same' ] || failed=1
printf '%s of %s members of a Latin hypercube are not ruled out. `scenarios/theories/t1.csv` %s.\n\n' "$(grep -c ',accepted$' "$match/match.csv")" "$(tail -n +2 "$match/design.csv" | wc -l)" "$same"
awk -F, 'FNR == 1 { file++ }
    file == 1 { if ($NF == "accepted") kept[$1] = 1; if (FNR > 1) for (k = 6; k <= 11; k++) { if ($k > most[k]) most[k] = $k; out[k] += $k >= 3 } else for (k = 6; k <= 11; k++) name[k] = substr($k, 3); next }
    FNR == 1 { for (c = 2; c <= NF; c++) { head[c] = $c; sub(/.*\./, "", head[c]) } n = NF; next }
    { for (c = 2; c <= n; c++) { if (!(c in low) || $c < low[c]) low[c] = $c; if (!(c in high) || $c > high[c]) high[c] = $c
        if ($1 in kept) { if (!(c in alow) || $c < alow[c]) alow[c] = $c; if (!(c in ahigh) || $c > ahigh[c]) ahigh[c] = $c } } }
    END {
        print "| coefficient | drawn from | accepted |\n|---|---|---|"
        for (c = 2; c <= n; c++) printf "| %s | %s to %s | %s to %s |\n", head[c], low[c], high[c], alow[c], ahigh[c]
        print "\n| pattern (scripts/validate/match.awk) | largest implausibility | members it rules out alone |\n|---|---|---|"
        for (k = 6; k <= 11; k++) printf "| %s | %.2f | %d |\n", name[k], most[k], out[k]
    }' "$match/match.csv" "$match/design.csv"

cat <<TXT

### The Rotterdam Act (V19)

Art. 8 in the wijk with the lowest score. "None" counts as passed when the whole interval lies within 0.02 of 0, the prices when theirs lies below 0 and reaches into -0.05 to -0.03.

| pattern | target | kind | source | result | verdict |
|---|---|---|---|---|---|
TXT
declare -A art8
for theory in T0 T1 T2; do
    read -r mean half _ _ < <(change $theory art8 "$area" leefbaarheid)
    row "change of the score in the area, $theory" none "$([ $theory = T1 ] && echo fitted || echo emergent)" '[S31]' "$mean" "$half" "$(judge "$mean" "$half" none)"
    art8[$theory]=$mean
done
read -r mean half _ level < <(change T1 art8 "$area" share -v group=uitkering)
row "share of households on a benefit in the area (reference $level)" 'mechanical only' emergent '[S30]' "$mean" "$half" -
read -r mean half _ _ < <(change T1 art8 "$area" share -v group=kwetsbaar)
row 'share of vulnerable households in the area' 'hardly any' emergent '[S30]' "$mean" "$half" -
read -r mean half _ _ < <(change T1 art8 "$area" price_index -v log_of=1)
row 'relative prices in the area (logarithm)' '-0.05 to -0.03' imposed '[S30]' "$mean" "$half" "$(judge "$mean" "$half" price)"
printf '\n| lettings a year to newcomers without work (the barred group), T1 | without | with art. 8 |\n|---|---|---|\n'
awk -F, -v areas="$area" -v years=5 -f scripts/validate/barred.awk scenarios/cities/modelstad/buurten.csv "$out/T1/zonder_ingreep/lettings.csv" "$out/T1/art8/lettings.csv" |
    sed 's/^area/in the area/; s/^edge/on the edge of the city (farthest third)/; s/^rest/elsewhere/' | sed -E 's/^(.*) ([0-9.]+) ([0-9.]+)$/| \1 | \2 | \3 |/'
awk -v t0="${art8[T0]}" -v t2="${art8[T2]}" 'BEGIN {
    error = 0.054 * sqrt(1 / 5); slope = (t2 - t0) / 0.7805
    printf "\n**Power.** A study of five wijken, each with the sd of four-year change of six cities (0.054), has a standard error of %.3f: at 5 %% it rejects a link only if that implies a change above %.3f; ", error, 1.96 * error
    printf "in the model art. 8 changes the score by %.4f for each unit of the link a_v (1 + d_s) (T2 less T0 over 0.78). ", slope
    if (slope > 0) {
        need = 1.96 * error / slope
        printf "So it can reject no link below %.1f; the cross-section has 0.78 and the strongest member 1.03: the null finding %s. ", need, need > 1.03 ? "rules out none of them" : "rules out the strongest"
        printf "A change within 0.02 (V19) would be passed by any link up to %.1f.\n", 0.02 / slope
    } else printf "So no strength of the link would show: the null finding says nothing about it.\n"
}'

cat <<TXT

### Restructuring (V20)

200 social homes demolished in the two weakest buurten and rebuilt, as owner-occupied or as social homes; 60 months, about two and a half years after completion.

| pattern | target | kind | source | result | verdict |
|---|---|---|---|---|---|
TXT
for theory in T0 T1 T2; do
    kind=$([ $theory = T1 ] && echo 'fitted, sign imposed' || echo 'sign imposed')
    read -r own half _ _ < <(change $theory sloop_koop "$site" leefbaarheid)
    row "owner-occupied replacement, $theory" positive "$kind" '[S78]' "$own" "$half" "$(judge "$own" "$half" above)"
    read -r mean half _ _ < <(change $theory sloop_huur "$site" leefbaarheid)
    row "social replacement, $theory" positive "$kind" '[S78]' "$mean" "$half" "$(judge "$mean" "$half" above)"
    read -r mean half _ _ < <(between sloop_huur sloop_koop $theory)
    row "owner-occupied less social, $theory" positive "$kind" '[S78]' "$mean" "$half" "$(judge "$mean" "$half" above)"
done
read -r own _ < <(change T1 sloop_koop "$site" leefbaarheid)
for what in won fys vrz soc onv; do
    read -r mean half _ _ < <(change T1 sloop_koop "$site" leefbaarheid_$what)
    row "of it by $what, T1" "$([ $what = won ] || [ $what = fys ] && echo 'most of it' || echo -)" 'fitted' '[S78]' "$mean" "$half" -
done
read -r mean half _ _ < <(change T1 sloop_koop "$site" share -v group=uitkering)
row 'share of households on a benefit, owner-occupied' lower emergent '[S78]' "$mean" "$half" "$(judge "$mean" "$half" below)"

printf '\n### Where the order turns\n\n| difference | T0 | T1 | T2 | break-even, of T2 | verdict |\n|---|---|---|---|---|---|\n'
awk -F, 'NR > 1 && $5 == "leefbaarheid" { printf "| %s less %s | %.5f | %.5f | %.5f | %s | %s |\n", $2, $1, $11, $14, $17, $22 == "" ? "-" : sprintf("%.0f %%", 100 * $22 / $21), $25 }' "$out/breakeven.csv"
cat <<'TXT'

How to read this (written by hand about the run of commit 947c1f2; a new run does not change these lines). The three patterns are weak: the Rotterdam Act moves so few people that no coefficient in the range would have shown, restructuring has the sign that woningvoorraad was given, and the
upper bound is the one the range was taken from. T1 therefore says how wide the answers are, not which is right. What is told of a scenario should hold under all three theories.
TXT
exit $failed
