# Lettings to the barred group in the designated wijk, on the edge of the city (the third of the other buurten farthest from its middle) and in the rest, a year, reference against art. 8.
# awk -F, -v areas=REGEX -v years=Y -f barred.awk buurten.csv REFERENCE/lettings.csv SCENARIO/lettings.csv
FNR == 1 { file++; for (c = 1; c <= NF; c++) at[file, $c] = c; next }
file == 1 { x[$1] = $at[1, "x_m"]; y[$1] = $at[1, "y_m"]; w[$1] = $at[1, "households"]; mx += w[$1] * x[$1]; my += w[$1] * y[$1]; all += w[$1]; next }
file > 1 && !edged {
    edged = 1; mx /= all; my /= all
    for (b in x) if (b !~ areas) { far[b] = (x[b] - mx) ^ 2 + (y[b] - my) ^ 2; n++ }
    for (k = 1; k <= int(n / 3); k++) {
        best = ""
        for (b in far) if (!(b in edge) && (best == "" || far[b] > far[best])) best = b
        edge[best] = 1
    }
}
{ reps[$at[file, "replication"]] = 1 }
index(";" $at[file, "groups"] ";", ";geweerd;") {
    b = $at[file, "buurt"]
    count[file, b ~ areas ? "area" : b in edge ? "edge" : "rest"]++
}
END {
    for (r in reps) m++
    split("area edge rest", where, " ")
    for (i = 1; i <= 3; i++) printf "%s %.1f %.1f\n", where[i], count[2, where[i]] / m / years, count[3, where[i]] / m / years
}
