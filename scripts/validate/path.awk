# Holds a run against a path that was written before it. First file: path.csv (indicator,kind,start,after_10,after_20); then city.csv. All replications together.
# Within 5 % after ten and 10 % after twenty years. Ends with 1 when a row is missed.
BEGIN { FS = "," }
FNR == NR { if (FNR > 1) { n++; name[n] = $1 "," $2; start[n] = $3; path[n, 10] = $4; path[n, 20] = $5 } next }
FNR > 1 && ($3 == 120 || $3 == 240) && $8 != "" { sum[$5 "," $6, $3 / 12] += $8; count[$5 "," $6, $3 / 12]++ }
function cell(i, years, limit,   value, off) {
    if (count[name[i], years] == 0) { failed = 1; return "- | not measured" }
    value = sum[name[i], years] / count[name[i], years]
    if (path[i, years] + 0 == 0) { if (value != 0) failed = 1; return sprintf("%.6g | %s", value, value == 0 ? "met" : "MISSED") }
    off = value / path[i, years] - 1
    rows++
    if (off > limit || off < -limit) { failed = 1; missed++; return sprintf("%.6g (%+.1f %%) | MISSED", value, 100 * off) }
    return sprintf("%.6g (%+.1f %%) | met", value, 100 * off)
}
END {
    print "| indicator | kind | start | path, 10 years | run | within 5 % | path, 20 years | run | within 10 % |\n|---|---|---|---|---|---|---|---|---|"
    for (i = 1; i <= n; i++) {
        split(name[i], part, ",")
        ten = cell(i, 10, 0.05)
        twenty = cell(i, 20, 0.1)
        printf "| %s | %s | %.6g | %.6g | %s | %.6g | %s |\n", part[1], part[2] == "" ? "all" : part[2], start[i], path[i, 10], ten, path[i, 20], twenty
    }
    printf "\nRows missed: %d of %d.\n", missed, rows
    exit failed
}
