# Mean of indicators over the first full year (ticks 12-23) and over the last (ticks LAST-11 to LAST) of a city.csv, over all replications; the 12-month windows of tick 12 hold
# the first year. Variables: names (comma list of indicators, of everybody or indicator/group), last, limit (largest relative change that passes).
BEGIN {
    FS = ","
    n = split(names, name, ",")
    for (i = 1; i <= n; i++) wanted[name[i]] = 1
}
FNR > 1 && $7 == "" && $8 != "" {
    key = $6 == "" ? $5 : $5 "/" $6
    if (!(key in wanted)) next
    tick = $3 + 0
    if (tick >= 12 && tick < 24) { first[key] += $8; n_first[key]++ }
    if (tick > last - 12) { late[key] += $8; n_late[key]++ }
    if (tick >= 12 && tick % 12 == 0) { sum[key, tick / 12] += $8; count[key, tick / 12]++ }
}
END {
    printf "| indicator | first year | last year | change | within %s %% |\n|---|---|---|---|---|\n", 100 * limit
    failed = 0
    for (i = 1; i <= n; i++) {
        k = name[i]
        if (n_first[k] == 0 || n_late[k] == 0) { printf "| %s | - | - | not measured | no |\n", k; failed = 1; continue }
        a = first[k] / n_first[k]; b = late[k] / n_late[k]; change = a == 0 ? 0 : b / a - 1
        ok = change <= limit && change >= -limit
        if (!ok) failed = 1
        printf "| %s | %.4g | %.4g | %+.1f %% | %s |\n", k, a, b, 100 * change, ok ? "yes" : "no"
    }
    if (path != "") {
        printf "\nCourse by year:\n\n| indicator |"
        for (y = 1; y <= last / 12; y += 1) printf " %d |", y
        printf "\n|---|"
        for (y = 1; y <= last / 12; y += 1) printf "---|"
        printf "\n"
        for (i = 1; i <= n; i++) {
            printf "| %s |", name[i]
            for (y = 1; y <= last / 12; y += 1) printf " %s |", count[name[i], y] ? sprintf("%.3g", sum[name[i], y] / count[name[i], y]) : "-"
            printf "\n"
        }
    }
    exit failed
}
