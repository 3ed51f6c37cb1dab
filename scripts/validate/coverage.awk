# How often intervals of repeated studies hold the true difference: awk -v patience=P1,P2 -f erlang.awk -f coverage.awk FILE...
# FILE: lines "STUDY,VARIANT,INDICATOR,METHOD,N,DIFFERENCE,LOW,HIGH" of Erlang A (10 dwellings, 0.06 a tick, stay 200) under the second patience less the first.
# Prints a Markdown row for each variant and indicator; ends with 1 when one of a fixed number of pairs covers less than 93 or more than 97 %.
BEGIN {
    FS = ","
    split(patience, patience_of, ",")
    for (i = 1; i <= 2; i++) {
        distribution(10, 0.06, 200, patience_of[i])
        theory["queue_mean", i] = queue; theory["waited_share", i] = waits; theory["left_share", i] = queue / patience_of[i] / 0.06
        theory["wait_mean", i] = wait_of_housed(10, 0.06, 200, patience_of[i])
    }
}
{
    key = $2 SUBSEP $3; truth = theory[$3, 2] - theory[$3, 1]
    if (!(key in n)) order[++n_keys] = key
    method[key] = $4; n[key]++; pairs[key] += $5; sum[key] += $6; squares[key] += $6 * $6; width[key] += ($8 - $7) / 2
    if ($7 <= truth && truth <= $8) covered[key]++
    if (least[key] == "" || $5 < least[key]) least[key] = $5
    if ($5 > most[key]) most[key] = $5
}
END {
    for (i = 1; i <= n_keys; i++) {
        key = order[i]; split(key, part, SUBSEP)
        truth = theory[part[2], 2] - theory[part[2], 1]; share = covered[key] / n[key]; mean = sum[key] / n[key]
        error = sqrt((squares[key] / n[key] - mean * mean) / n[key])
        printf "| %s | %s | %s | %d | %s | %.5f | %.5f (%+.1f) | %.5f | %.1f %% |\n", part[1], part[2], method[key], n[key],
            least[key] == most[key] ? least[key] : sprintf("%.1f (%d to %d)", pairs[key] / n[key], least[key], most[key]), truth, mean, (mean - truth) / error, width[key] / n[key], 100 * share
        if (part[1] ~ /^[0-9]+ pairs/ && (share < 0.93 || share > 0.97)) failed = 1
    }
    exit failed
}
