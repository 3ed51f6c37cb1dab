#!/usr/bin/env bash
# How well does the synthetic population meet its margins? Counts of persons, households and dwellings per buurt, wijk and gemeente against the reconciled margins, and these against
# the published ones. Seeded, not emergent: it says that the start is right, nothing about the dynamics.
set -euo pipefail
cd "$(dirname "$0")/../.."
data=../shared/data
. scripts/lib/cities.sh
failed=0

study() { # TITLE CITY
    "$WIJKSIM_BIN/wijksim" synth "$2" -o "$WIJKSIM_OUT/$1" --force >"$WIJKSIM_OUT/$1.txt"
    printf '\n### %s\n\n| level | margin | cells | outside 1 %% and 5 units | largest gap | largest gap published to reconciled |\n|---|---|---|---|---|---|\n' "$1"
    awk -F, 'FNR > 1 {
        k = $1 " | " $3; n[k]++
        gap = $7 - $6; gap = gap < 0 ? -gap : gap
        pub = $6 - $5; pub = pub < 0 ? -pub : pub
        if (gap > 5 && gap > 0.01 * $6) bad[k]++
        if (gap > most[k]) most[k] = gap
        if (pub > far[k]) far[k] = pub
    } END { for (k in n) { printf "| %s | %d | %d | %d | %.1f |\n", k, n[k], bad[k], most[k], far[k]; total += bad[k] } exit total > 0 }' "$WIJKSIM_OUT/$1/fit.csv" | sort || failed=1
    [ "${PIPESTATUS[0]}" -eq 0 ] || failed=1
}

# Standardised absolute error of a buurt: the gaps of a margin added, over its total. Asked: below 1 % for 95 % of buurten with 500 or more households; smaller ones within 5 units
# or half a point in every cell.
standardised() { # NAME:CITY...
    printf '\n### Standardised absolute error, all cities\n\nAgainst reconciled margins, per buurt the worst of its margins.\n\n'
    printf '| city | buurten of 500 households or more | of those below 1 %% | smaller buurten | of those within 5 units or half a point | persons against CBS |\n|---|---|---|---|---|---|\n'
    for pair in $1; do
        name=${pair%%:*}
        "$WIJKSIM_BIN/wijksim" synth "${pair#*:}" -o "$WIJKSIM_OUT/sae-$name" --force >/dev/null
        awk -F, -v name="$name" 'FNR > 1 && $1 == "gemeente" && $3 == "persons" { met += $7; pub += $5 }
            FNR > 1 && $1 == "buurt" {
                gap = $7 - $6; gap = gap < 0 ? -gap : gap; k = $2 SUBSEP $3; e[k] += gap; t[k] += $6; cells[k] = k
                if ($3 == "household_type") h[$2] += $6
                if (gap > most[k]) most[k] = gap
            } END {
                for (k in cells) {
                    split(k, a, SUBSEP); sae = t[k] > 0 ? e[k] / t[k] : 0
                    if (sae > worst[a[1]]) worst[a[1]] = sae
                    if (most[k] > 5 && most[k] > 0.005 * t[k]) far[a[1]] = 1
                    seen[a[1]] = 1
                }
                for (b in seen) { if (h[b] >= 500) { n++; ok += worst[b] < 0.01 } else { m++; okm += !far[b] } }
                printf "| %s | %d | %d | %d | %d | %s |\n", name, n, ok, m, okm, (pub > 0 ? sprintf("%+.3f %%", 100 * (met / pub - 1)) : "-")
                exit (ok < 0.95 * n || okm < m)
            }' "$WIJKSIM_OUT/sae-$name/fit.csv" || failed=1
    done
}

cat <<'TXT'
## Fit of the synthetic population

Question: do counts lie within 1 % or 5 units of the reconciled margins, at every level?
TXT
study modelstad modelstad
if [ -f $data/kwb/CBS-Utrecht-kwb-2023.xlsx ]; then
    import_utrecht city
    study utrecht "$WIJKSIM_OUT/city"
    import_amsterdam amsterdam-city
    cities="amsterdam-2017:$WIJKSIM_OUT/amsterdam-city utrecht:$WIJKSIM_OUT/city modelstad:modelstad"
    for six in Groningen:GM0014 Leeuwarden:GM0080 Ede:GM0228 Nijmegen:GM0268 Breda:GM0758 Tilburg:GM0855; do
        import_city "${six%:*}-city" "${six%:*}" "${six#*:}"
        cities="$cities ${six%:*}:$WIJKSIM_OUT/${six%:*}-city"
    done
    standardised "$cities"
else
    printf '\nUtrecht, Amsterdam and the six cities: not run, their files are not beside the project.\n'
fi
exit $failed
