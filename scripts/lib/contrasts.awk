# Rows of contrasts.csv that were asked for, at the last tick of the run, as a Markdown table with the sign that was expected.
#   awk -F, -f contrasts.awk ASKED EXPECTED contrasts.csv contrasts.csv
# ASKED: lines indicator:group@area; EXPECTED: lines "scenario indicator:group@area sign"; contrasts.csv twice: once for the last tick.
function key(   k) {
    k = $(c["indicator"])
    if ($(c["group"]) != "") k = k ":" $(c["group"])
    if ($(c["area"]) != "") k = k "@" $(c["area"])
    return k
}
function header(   i) { for (i = 1; i <= NF; i++) c[$i] = i }
FNR == 1 { file++ }
file == 1 { asked[$1] = 1; next }
file == 2 { split($0, part, " "); expected[part[1], part[2]] = part[3]; asked[part[2]] = 1; next }
FNR == 1 { header(); if (file == 4) print "| scenario | theory | indicator | reference | difference | 95 % interval | expected | verdict |\n|---|---|---|---|---|---|---|---|"; next }
file == 3 { if ($(c["tick"]) + 0 > last) last = $(c["tick"]) + 0; next }
$(c["tick"]) + 0 == last && ($(c["scale"]) == "" || $(c["scale"]) == "buurt") {
    k = key()
    if (!(k in asked)) next
    sign = expected[$(c["scenario"]), k]
    low = $(c["ci_low"]); high = $(c["ci_high"]); d = $(c["mean_difference"])
    if (low == 0 && high == 0 && low != "") verdict = "exactly nothing"
    else if (low == "" || d == "") verdict = "not defined"
    else if (low > 0) verdict = sign == "+" ? "as expected" : sign == "-" ? "OTHER SIGN" : "up"
    else if (high < 0) verdict = sign == "-" ? "as expected" : sign == "+" ? "OTHER SIGN" : "down"
    else verdict = "no detectable effect"
    if (low == "" || d == "") printf "| %s | %s | %s | | | | %s | %s |\n", $(c["scenario"]), $(c["theory"]), k, sign, verdict
    else printf "| %s | %s | %s | %.4g | %+.3g | %+.3g to %+.3g | %s | %s |\n", $(c["scenario"]), $(c["theory"]), k, $(c["mean_reference"]), d, low, high, sign, verdict
}
