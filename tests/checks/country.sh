#!/usr/bin/env bash
# A country in small: wijken and gemeenten by buurt, some gemeenten as one single buurt, no polygons, no places. Everything behind the import goes
# through, the tables of the population have a row for everybody, and the same bytes come from any number of threads. Counts, never times.
#   country.sh OUT PROGRAM [BUURTEN]
set -euo pipefail
cd "$(dirname "$0")/../.."
out=$(realpath -m "$1") program=$2 buurten=${3:-280}
fail() { echo "error: $1"; exit 1; }

rm -rf "$out"
mkdir -p "$out"
scripts/make-country.py "$out/country" "$buurten"
areas=$(($(wc -l <"$out/country/buurten.csv") - 1))
[ "$areas" -eq "$buurten" ] || fail "$areas buurten instead of $buurten"
[ "$(wc -l <"$out/country/quality.csv")" -eq $((34 * buurten + 1)) ] || fail "quality.csv is not a row a value"

said=$("$program" synth "$out/country" -o "$out/one" -j 1)
"$program" synth "$out/country" -o "$out/three" -j 3 >/dev/null
for table in households persons latent registrations units fit; do
    cmp "$out/one/$table.csv" "$out/three/$table.csv" || fail "$table.csv depends on threads"
done

# What the program says it made is what stands in the tables.
for pair in persons:persons households:households "latent units:latent" registrations:registrations; do
    number=$(sed -nE "1s/.*[ :,]([0-9]+) ${pair%:*}.*/\\1/p" <<<"$said")
    rows=$(($(wc -l <"$out/one/${pair#*:}.csv") - 1))
    [ "$number" = "$rows" ] || fail "${pair#*:}.csv has $rows rows instead of $number"
done
# Every margin of every area is met.
missed=$(awk -F, 'NR > 1 && $6 != $7' "$out/one/fit.csv" | wc -l)
[ "$missed" -eq 0 ] || fail "$missed margins are missed"
n_areas=$(cut -d, -f3,5 "$out/country/buurten.csv" | tail -n +2 | awk -F, '{ w[$1]; g[$2] } END { print length(w) + length(g) }')
[ "$(wc -l <"$out/one/fit.csv")" -eq $((19 * (buurten + n_areas) + 1)) ] || fail "fit.csv is not a row a margin cell"

"$program" check scenarios/00_reference.cfg --set "city=$out/country" | grep -q 'geometry *none' || fail "check does not say that there is no geometry"
"$program" run scenarios/00_reference.cfg --set "city=$out/country" -t 2 -r 1 -q --verify -o "$out/run" >/dev/null
! grep -qiE ',-?(nan|inf)' "$out/run/city.csv" "$out/run/buurt.csv" || fail "a number that is none"
# People who look by gemeente: the same bytes from any number of threads, every conservation law, and other lives than where all see everything.
echo 'regio = "gemeente";' >>"$out/country/city.cfg"
"$program" check scenarios/03_country.cfg --set "city=$out/country" | grep -q 'homes are looked for by gemeente: [1-9]' || fail "check does not tell the regions"
for threads in 1 3; do
    "$program" run scenarios/03_country.cfg --set "city=$out/country" -t 3 -r 1 -j $threads -q --verify -o "$out/region-$threads" >/dev/null
done
for table in city buurt summary; do
    cmp "$out/region-1/$table.csv" "$out/region-3/$table.csv" || fail "$table.csv of a country by gemeente depends on threads"
done
# Stopped half-way and taken up again: the same bytes.
long=(run scenarios/03_country.cfg --set "city=$out/country" -t 36 -r 1 -q)
stopped=0
"$program" "${long[@]}" --max-time=00:00:01 -o "$out/halves" >/dev/null 2>&1 || stopped=$?
[ "$stopped" -eq 5 ] || fail "three years within a second: exit $stopped instead of 5"
"$program" "${long[@]}" --resume -o "$out/halves" >/dev/null
"$program" "${long[@]}" -o "$out/whole" >/dev/null
for table in city buurt summary; do
    cmp "$out/whole/$table.csv" "$out/halves/$table.csv" || fail "$table.csv of a country by gemeente that was stopped is another"
done
sed -i '/^regio/d' "$out/country/city.cfg"
"$program" run scenarios/03_country.cfg --set "city=$out/country" -t 3 -r 1 -q -o "$out/stad" >/dev/null
! cmp -s "$out/region-1/city.csv" "$out/stad/city.csv" || fail "regio = gemeente changes nothing"
rm -rf "$out"
echo "country: $buurten buurten, $n_areas wijken and gemeenten"
