# Low incomes among the lettings of regular social homes (no rooms, no campus) of some wijken, in months FROM to TO, per replication; paired differences of two scenarios.
#   awk -v from=M -v to=M -f inflow.awk households.csv units.csv BASE/lettings.csv ALT/lettings.csv    (the first two of wijksim synth)
# Low: within the limits of passend toewijzen of 2025 (28,375 alone, 38,500 together), brought to the month by 2.5 % a year. Low-income wijken: the third of wijken with the highest
# share of them among all households with a home and not of students, at the start. Prints: measure, mean of base, mean of alt, mean difference, half-width of its 95 % interval.
BEGIN { FS = "," }
FNR == 1 { file++; for (i = 1; i <= NF; i++) at[$i] = i; next }
function is_low(income, alone, year) { return income / 1.025 ^ (year - 2025) <= (alone ? 28375 : 38500) }
function wijk(buurt) { return substr(buurt, 1, 8) }
file == 1 {
    if ($at["buurt"] == "" || $at["unit"] == "" || $at["income_source"] == "study") next
    all[wijk($at["buurt"])]++
    low[wijk($at["buurt"])] += is_low($at["income_eur"], $at["n_persons"] == 1, 2025)
    next
}
file == 2 {
    if ($at["kind"] == "self_contained" && $at["label"] != "campus") regular[$at["unit"]] = 1
    next
}
file == 3 && !picked { # the third of wijken with the highest share, by repeated search: they are few
    picked = 1
    for (w in all) n_wijken++
    for (k = 1; k <= int((n_wijken + 1) / 3); k++) {
        best = ""
        for (w in all) if (!(w in poor) && (best == "" || low[w] / all[w] > low[best] / all[best])) best = w
        poor[best] = 1
    }
}
$at["tick"] >= from && $at["tick"] <= to && ($at["unit"] in regular) {
    r = $at["replication"]; s = file - 2; rep[r] = 1
    split($at["date"], d, "-")
    is = is_low($at["income_eur"], index(";" $at["groups"] ";", ";alleen;") > 0, d[1] + (d[2] - 1) / 12)
    here = wijk($at["buurt"]) in poor
    n[s, r]++; m[s, r] += is
    if (here) { nh[s, r]++; mh[s, r] += is }
}
function value(what, s, r) {
    if (what == 1) return mh[s, r] / nh[s, r]
    if (what == 2) return (m[s, r] - mh[s, r]) / (n[s, r] - nh[s, r])
    if (what == 3) return m[s, r] / n[s, r]
    return mh[s, r] / m[s, r]
}
END {
    split("inflow_low_wijken inflow_other_wijken inflow_city placed_in_low_wijken", name, " ")
    split("12.706 4.303 3.182 2.776 2.571 2.447 2.365 2.306 2.262 2.228 2.201 2.179 2.160 2.145 2.131 2.120 2.110 2.101 2.093", t, " ")
    for (what = 1; what <= 4; what++) {
        sum = sq = base = alt = k = 0
        for (r in rep) { d0 = value(what, 2, r) - value(what, 1, r); base += value(what, 1, r); alt += value(what, 2, r); sum += d0; sq += d0 * d0; k++ }
        mean = sum / k; sd = k > 1 ? sqrt((sq - k * mean * mean > 0 ? sq - k * mean * mean : 0) / (k - 1)) : 0
        printf "%s %.4f %.4f %.4f %.4f\n", name[what], base / k, alt / k, mean, (k > 1 && k < 21 ? t[k - 1] : 1.96) * sd / sqrt(k)
    }
}
