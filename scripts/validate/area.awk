# Paired change of an indicator in some buurten, over replications. Run as
#   awk -F, -v what=INDICATOR [-v group=GROUP] -v tick=T -v areas=REGEX [-v other=1] [-v log_of=1] -f area.awk REFERENCE/buurt.csv SCENARIO/buurt.csv
# and prints: mean difference, half-width of its 95 % t interval, sd over replications, level in the reference. Buurten count by their households in the reference; with
# other=1 those that do not match; with log_of=1 the difference is of logarithms.
FNR == 1 { file++; next }
$3 != tick || $5 != "buurt" { next }
{ inside = $6 ~ areas; if (other + 0 ? inside : !inside) next }
$7 == "households" && $8 == "" && file == 1 { homes[$2, $6] = $9 }
$7 == what && $8 == group { value[file, $2, $6] = $9; if (file == 2) { rep[$2] = 1; buurt[$6] = 1 } }
END {
    split("12.706 4.303 3.182 2.776 2.571 2.447 2.365 2.306 2.262 2.228 2.201 2.179 2.160 2.145 2.131 2.120 2.110 2.101 2.093", t, " ")
    for (r in rep) {
        a = b = w = 0
        for (c in buurt) {
            if (!((1, r, c) in value) || !((2, r, c) in value)) continue
            h = homes[r, c]; w += h
            a += h * (log_of + 0 ? log(value[1, r, c]) : value[1, r, c]); b += h * (log_of + 0 ? log(value[2, r, c]) : value[2, r, c])
        }
        d = (b - a) / w; level += a / w; sum += d; sq += d * d; n++
    }
    mean = sum / n; sd = n > 1 && sq > n * mean * mean ? sqrt((sq - n * mean * mean) / (n - 1)) : 0
    printf "%.5f %.5f %.5f %.5f\n", mean, (n > 1 && n < 21 ? t[n - 1] : 1.96) * sd / sqrt(n), sd, level / n
}
