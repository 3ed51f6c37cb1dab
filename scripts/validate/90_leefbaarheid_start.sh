#!/usr/bin/env bash
# Does a run begin with the scores that BZK published? Six cities, tick 0: what the program measures of its own state against figures of the publication.
set -euo pipefail
cd "$(dirname "$0")/../.."
source scripts/lib/cities.sh
data=../shared/data
failed=0

cat <<'TXT'
## Leefbaarheid at the start

Question: are the scores with which a run begins those that BZK published (Leefbaarometer 3.0, 2024), and do classes, spread and clustering come out alike? Over buurten with a published score, each counting once.
**Input, not validation**: the scores are read from the publication; what is tested is import, classes and indicators. *published*: counted by BZK's own classes, or computed from its table [D1].
Moran's I of the total and of overlast en onveiligheid over the six nearest buurten, by the mean of the corners of the polygon; *r*: correlation of sociale samenhang with overlast en onveiligheid.
Equal: the same digits as published. Published distances were on a sphere, the program's are in EPSG:28992, so which of two buurten that are equally far within a few metres counts as sixth may differ.

TXT
if [ ! -f $data/leefbaarometer/lbm3_buurtscore24.csv ]; then
    printf 'Not run: the files are not beside the project.\n'
    exit 0
fi
at_start() { # CITY INDICATOR KIND
    awk -F, -v i="$2" -v k="$3" '$3 == 0 && $5 == i && $6 == k { print $8 }' "$WIJKSIM_OUT/run-$1/city.csv"
}
row() { # CITY FIGURE MEASURED PUBLISHED
    local result=equal
    [ "$3" = "$4" ] || { result=DIFFERS; failed=1; }
    printf '| %s | %s | %s | %s | %s |\n' "$1" "$2" "$3" "$4" "$result"
}
moran() { # CITY FIGURE MEASURED PUBLISHED
    local result
    result=$(awk -v a="$3" -v b="$4" 'BEGIN { print sprintf("%.2f", a) == b ? "equal" : "DIFFERS" }')
    [ "$result" != DIFFERS ] || failed=1
    printf '| %s | %s | %s | %s | %s |\n' "$1" "$2" "$(two "$3" 3)" "$4" "$result"
}
two() { awk -v v="$1" -v d="$2" 'BEGIN { s = sprintf("%.*f", d, v); print s }'; }
study() { # CITY CODE N SD I_TOTAL I_ONV R
    local classes=() published n=$3
    import_city "$1-city" "$1" "$2"
    "$WIJKSIM_BIN/wijksim" run scenarios/00_reference.cfg --set city="$WIJKSIM_OUT/$1-city" -t 1 -r 1 -o "$WIJKSIM_OUT/run-$1" -q >/dev/null
    for k in 1 2 3 4 5 6 7 8 9; do classes+=("$(awk -v v="$(at_start "$1" class_share class_$k)" -v n="$n" 'BEGIN { printf "%.6g", v * n }')"); done
    published=$(awk -F, -v c="$1" '$3 == c { n[$4]++ } END { for (k = 1; k <= 9; k++) printf "%d%s", n[k], k < 9 ? " " : "" }' $data/leefbaarometer/lbm3_buurtscore24.csv)
    row "$1" "buurten in class 1 to 9" "${classes[*]}" "$published"
    row "$1" "sd" "$(two "$(at_start "$1" leefbaarheid_sd "")" 3)" "$4"
    moran "$1" "Moran's I, total" "$(at_start "$1" moran_knn6 leefbaarheid)" "$5"
    moran "$1" "Moran's I, onv" "$(at_start "$1" moran_knn6 onv)" "$6"
    row "$1" "r" "$(two "$(at_start "$1" soc_onv_correlation "")" 2)" "$7"
}
printf '| city | figure | measured at tick 0 | published | |\n|---|---|---|---|---|\n'
study Breda GM0758 52 0.139 0.35 0.48 0.76
study Ede GM0228 63 0.105 0.39 0.58 0.85
study Groningen GM0014 104 0.135 0.45 0.60 0.83
study Leeuwarden GM0080 97 0.145 0.37 0.74 0.86
study Nijmegen GM0268 40 0.136 0.52 0.24 0.71
study Tilburg GM0855 204 0.152 0.58 0.72 0.85
exit $failed
