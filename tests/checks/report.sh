#!/usr/bin/env bash
# Reports made by the program: driven in a browser with the network off (browse.mjs), and every number in their tables and sentences held
# against the tables of the folder (numbers.py): of comparisons with many and with few replications, a run, sweeps, a calibration, a city, a
# population; numbers.py also holds more kinds of comparison and run, see below.
#   report.sh OUT WIJKSIM browse MODULES    exit code 77: skipped, no node, Chromium, pdftotext or npm packages
#   report.sh OUT WIJKSIM numbers
set -euo pipefail
cd "$(dirname "$0")/../.."
out=$1 wijksim=$2 what=$3

case "$what" in
    browse)
        for program in node chromium pdftotext; do
            command -v "$program" >/dev/null || { echo "skipped: no $program (scripts/install-deps.sh --tests)"; exit 77; }
        done
        [ -d "$4/playwright-core" ] || { echo "skipped: no $4/playwright-core (npm at configure time)"; exit 77; }
        ;;
    numbers) command -v python3 >/dev/null || { echo "skipped: no python3"; exit 77; } ;;
    *) echo "report.sh: unknown '$what'" >&2; exit 2 ;;
esac

rm -rf "$out"
mkdir -p "$out"
"$wijksim" demo --ticks 14 --replications 11 --progress none --quiet -o "$out/many" >/dev/null # intervals are told from ten on
"$wijksim" demo --ticks 3 --replications 2 --lang en --progress none --quiet -o "$out/few" >/dev/null
"$wijksim" run scenarios/00_reference.cfg --ticks 14 --replications 2 --progress none --quiet -o "$out/single" >/dev/null
"$wijksim" report "$out/single" --lang en >/dev/null
"$wijksim" sweep tests/report/sweep.cfg -q -o "$out/sweep" >/dev/null
"$wijksim" sweep scenarios/studies/00_ishigami.cfg -q -o "$out/saltelli" >/dev/null # indices with intervals, by Sobol
"$wijksim" calibrate tests/report/calibrate.cfg -q -o "$out/calibrate" >/dev/null
"$wijksim" synth scenarios/cities/modelstad -q -o "$out/synth" >/dev/null
cp -r scenarios/cities/modelstad "$out/city"
for one in sweep saltelli synth; do "$wijksim" report "$out/$one" >/dev/null; done
for one in calibrate city; do "$wijksim" report "$out/$one" --lang en >/dev/null; done

pages=()
for one in many few single sweep saltelli calibrate city; do pages+=("$out/$one"); done
if [ "$what" = browse ]; then
    node tests/report/browse.mjs "$4" "${pages[@]/%//report.html}" --tables "$out/synth/report.html"
else
    "$wijksim" compare scenarios/00_reference.cfg scenarios/experiments/07_restructuring/3_both.cfg scenarios/levers/programme_focus_area.cfg \
        --theories T0,T1,T2 --ticks 2 --replications 2 --progress none --quiet -o "$out/theories" >/dev/null
    # Of one alternative, under two theories, after a run-in; of a city whose names have digits; with a sweep beside it.
    "$wijksim" compare scenarios/00_reference.cfg scenarios/02_loting.cfg --theories T0,T1 --set warmup=3 --ticks 6 --replications 10 --progress none --quiet \
        -o "$out/two" >/dev/null
    cp -r scenarios/cities/modelstad "$out/named"
    sed -i '2s/,[^,]*/,2e Dwarsbuurt 05 Oost/; 3s/,[^,]*/,1813-buurt/' "$out/named/buurten.csv"
    "$wijksim" run scenarios/00_reference.cfg --set "city=$out/named" --ticks 2 --replications 2 --progress none --quiet -o "$out/digits" >/dev/null
    "$wijksim" report "$out/digits" >/dev/null
    cp -r "$out/single" "$out/beside"
    "$wijksim" report "$out/beside" --sweep "$out/sweep" >/dev/null
    grep -q '2e Dwarsbuurt 05 Oost' "$out/digits/report.html"
    python3 tests/report/numbers.py "${pages[@]}" "$out/synth" "$out/theories" "$out/two" "$out/digits" "$out/beside+$out/sweep"
fi
