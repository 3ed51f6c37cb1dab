# Theory beside what was measured: awk -v title=T -v order=list|lot -f erlang.awk -f exact.awk scenario.cfg summary.csv. Ends with 1 when a theory is missed (50_exact.sh says how).
BEGIN { FS = "," }
function trim(text) { gsub(/[ ;"]/, "", text); return text }
FNR == NR {
    if ($0 ~ /^(pool|queue|choice) = /) { model = $0; sub(/ .*/, "", model) }
    if (split($0, part, "=") == 2) {
        key = trim(part[1]); value = trim(part[2])
        if (value ~ /^[0-9.eE+-]+$/) value += 0 # else 0.0 is a text, and texts are true
        if (model == "choice" && key == "name") type[++n_types] = value
        if (key == "share") share[n_types] = value
        if (key == "outside") outside[n_types] = value
        set[key] = value
    }
    next
}
FNR > 1 && $3 == set["ticks"] { mean[$5, $6] = $10; sd[$5, $6] = $11; n = $17 }

# Student's t, two-sided 99 %, for n - 1 degrees of freedom
function t_of(n) { return n == 30 ? 2.7564 : n == 10 ? 3.2498 : 0 }
function abs(x) { return x < 0 ? -x : x }
function shown(x) { return sprintf(abs(x) >= 1000 ? "%.0f" : abs(x) >= 10 ? "%.2f" : "%.4f", x) }
function row(indicator, group, theory, is_strict,    m, error, half, away, name) {
    m = mean[indicator, group]; error = sd[indicator, group] / sqrt(n); half = t_of(n) * error
    away = error > 0 ? (m - theory) / error : abs(m - theory) <= 1e-9 * abs(theory) ? 0 : 99
    name = indicator (group == "" ? "" : " " group)
    printf "| %s | %s | %s | %s | %s | %s to %s | %.1f %% | %+.1f |\n", title, order, name, shown(theory), shown(m), shown(m - half), shown(m + half), (theory > 0 ? 100 * half / theory : 0), away
    if (abs(away) > 4 || (is_strict && (abs(m - theory) > half || half > 0.1 * theory))) failed = 1
}
function pool(    p) {
    p = set["housed"] / set["waiting"]
    row("wait_mean", "", 1 / p)
    row("wait_variance", "", order == "list" ? 0 : (1 - p) / (p * p))
    row("housed", "", set["housed"] * (set["ticks"] - set["warmup"]))
    row("queue_mean", "", set["waiting"])
}
function mmc(c, l, stay,    theta, w, load) {
    distribution(c, l, stay, 0)
    load = l * stay / c; theta = c / stay - l; w = waits / theta
    row("wait_mean", "", w, 1)
    row("wait_variance", "", 2 * waits / (theta * theta) * (order == "list" ? 1 : 2 / (2 - load)) - w * w)
    row("queue_mean", "", l * w); row("waited_share", "", waits)
}
function cobham(c, l, stay, share_first,    unit, load) {
    distribution(c, l, stay, 0)
    load = l * stay / c; unit = waits * stay / c
    row("wait_mean", "priority", unit / (1 - share_first * load), 1)
    row("wait_mean", "regular", unit / (1 - share_first * load) / (1 - load), 1)
    row("wait_mean", "", unit / (1 - load), 1)
}
function erlang_a(c, l, stay, patience) {
    distribution(c, l, stay, patience)
    row("waited_share", "", waits); row("left_share", "", queue / patience / l); row("queue_mean", "", queue)
    if (order == "lot") return
    row("wait_mean", "", wait_of_housed(c, l, stay, patience))
}
function least(x, o) { return (1 - sqrt(1 - x * (x + 2 * (1 - x) * o))) / x }
function housed_of(x, t,    q) { q = 1 - least(x, outside[t]); return share[t] * x * q / (1 - x * (1 - q)) }
function arnosti_shi(    low, high, x, t, sum, fit, i) {
    x = 1 - 1 / set["patience"]; low = 0; high = x
    for (i = 0; i < 60 && set["priority"] == "renewed"; i++) {
        x = (low + high) / 2; sum = 0
        for (t = 1; t <= n_types; t++) sum += housed_of(x, t)
        if (sum < set["dwellings"] / set["joining"]) low = x; else high = x
    }
    sum = 0; fit = 0
    for (t = 1; t <= n_types; t++) { sum += housed_of(x, t); fit += housed_of(x, t) * (1 + least(x, outside[t])) / 2 }
    for (t = 1; t <= n_types; t++) row("housed_share", type[t], housed_of(x, t) / sum)
    row("fit_mean", "", fit / sum)
}
END {
    if (model == "pool" && "reactors" in set) row("chance", "", 1 - (1 - 1 / set["reactors"]) ^ set["entries"])
    else if (model == "pool") pool()
    else if (model == "choice") arnosti_shi()
    else if (set["patience"] > 0) erlang_a(set["dwellings"], set["arrivals"], set["stay"], set["patience"])
    else if (set["priority_share"] > 0) cobham(set["dwellings"], set["arrivals"], set["stay"], set["priority_share"])
    else mmc(set["dwellings"], set["arrivals"], set["stay"])
    exit failed
}
