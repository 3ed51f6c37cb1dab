#!/usr/bin/env bash
# Without policy, do population, household types, ages, tenure and vacancy follow a path written down before the run? The path is made of the start population alone: stationary,
# growing with the stock that is built. It is written to path.csv before the run of 240 months begins.
set -euo pipefail
cd "$(dirname "$0")/../.."
data=../shared/data
failed=0
measures='"persons", "persons_age", "households_type", "dwellings", "vacancy_share"'

# The value of a setting as the scenario resolves it.
setting() { "$WIJKSIM_BIN/wijksim" show scenarios/00_reference.cfg | awk -v key="$1" '$1 == key { print $3 }'; }

write_path() { # FOLDER OPTION...: the state at tick 0 of every replication, and what it becomes when the stock grows by `build` a year
    local folder=$1 build
    shift
    build=$(setting processes.stock.build)
    "$WIJKSIM_BIN/wijksim" run scenarios/00_reference.cfg -t 1 -o "$folder/start" -q --set "output.indicators=($measures)" "$@" >/dev/null
    awk -F, -v build="$build" 'FNR > 1 && $3 == 0 && $8 != "" { k = $5 "," $6; if (!(k in n)) order[++m] = k; n[k]++; sum[k] += $8 }
        END {
            print "indicator,kind,start,after_10,after_20"
            for (i = 1; i <= m; i++) {
                v = sum[order[i]] / n[order[i]]
                g = order[i] ~ /_share/ ? 0 : build
                printf "%s,%.6g,%.6g,%.6g\n", order[i], v, v * (1 + g) ^ 10, v * (1 + g) ^ 20
            }
        }' "$folder/start/city.csv" >"$folder/path.csv"
}

study() { # TITLE FOLDER REPLICATIONS OPTION...
    local title=$1 folder=$WIJKSIM_OUT/$2 replications=$3
    shift 3
    mkdir -p "$folder"
    write_path "$folder" -r 1 "$@"
    "$WIJKSIM_BIN/wijksim" run scenarios/00_reference.cfg -t 240 -r "$replications" -o "$folder/run" -q --set "output.indicators=($measures)" "$@" >/dev/null
    printf '\n### %s\n\nReplications: %s; 240 months.\n\n' "$title" "$replications"
    awk -f scripts/validate/path.awk "$folder/path.csv" "$folder/run/city.csv" || failed=1
}

cat <<TXT
## The path of doing nothing

Question: without policy, do population, ages, household types, tenure and vacancy follow a path written down before the run, within 5 % a decade? The path: the values of the start population, all numbers growing with the stock that the
scenario builds ($(setting processes.stock.build) a year), shares unchanged. It is computed from the start alone (\`path.csv\`), before the run.

Nature: the start is seeded from published margins (ages, types, tenure) and assumptions; rates of births, deaths, leaving home, couples, arrivals and departures are inputs, some fitted so that doing nothing keeps a city as it is
(docs/odd.md); the number of seekers from outside, students, and who finds a home by age were fitted to this path on modelstad (seeds 1 and 7; Utrecht seen), so that it is kept there is no emergent result; other cities are not fitted. A stationary path is a choice: real cities age and their households get smaller (one person: 38.5 % in 2021, 42.5 % in 2070 [S52]).
TXT
study 'Modelstad, dynamics 99, population 5' modelstad-99 3 --seed 99 --seed-population 5
study 'Modelstad, dynamics 2718, population 31' modelstad-2718 3 --seed 2718 --seed-population 31
if [ -f $data/kwb/CBS-Utrecht-kwb-2023.xlsx ]; then
    "$WIJKSIM_BIN/wijksim" import cbs $data/kwb/CBS-Utrecht-kwb-2023.xlsx --geometry $data/geo/GM0344_utrecht_buurten_lbm2024.geojson \
        --leefbaarometer $data/leefbaarometer/lbm3_buurtscore24.csv -o "$WIJKSIM_OUT/city" >/dev/null
    study Utrecht utrecht 1 --seed 99 --seed-population 5 --set "city=$WIJKSIM_OUT/city"
else
    printf '\nUtrecht: not run, its CBS files are not beside the project.\n'
fi
exit $failed
