#!/usr/bin/env bash
# How well does the synthetic population meet its margins? Counts of persons, households and dwellings per buurt, wijk and gemeente against the reconciled margins, and these against
# the published ones. Seeded, not emergent: it says that the start is right, nothing about the dynamics.
set -euo pipefail
cd "$(dirname "$0")/../.."
data=../shared/data
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

cat <<'TXT'
## Fit of the synthetic population

Question: do counts lie within 1 % or 5 units of the reconciled margins, at every level?
TXT
study modelstad modelstad
if [ -f $data/kwb/CBS-Utrecht-kwb-2023.xlsx ]; then
    "$WIJKSIM_BIN/wijksim" import cbs $data/kwb/CBS-Utrecht-kwb-2023.xlsx --geometry $data/geo/GM0344_utrecht_buurten_lbm2024.geojson \
        --leefbaarometer $data/leefbaarometer/lbm3_buurtscore24.csv -o "$WIJKSIM_OUT/city" >/dev/null
    study utrecht "$WIJKSIM_OUT/city"
else
    printf '\nUtrecht: not run, its CBS files are not beside the project.\n'
fi
exit $failed
