#!/usr/bin/env bash
# A small but whole run, for builds with sanitizers and for valgrind: clean means that the program ends well and says nothing of an error.
#   small_run.sh OUT TICKS REPLICATIONS COMMAND...    COMMAND is the program, perhaps with valgrind before it
# Every law is checked at every tick (--verify). WKS_SCENARIO chooses another scenario.
set -euo pipefail
cd "$(dirname "$0")/../.."
out=$1 ticks=$2 replications=$3
shift 3

rm -rf "$out"
"$@" run "${WKS_SCENARIO:-scenarios/01_cap.cfg}" --ticks "$ticks" --replications "$replications" --threads 2 --verify --progress none -o "$out"
for file in manifest.json scenario.cfg city.csv buurt.csv lettings.csv compliance.csv budget.csv flows.csv destinations.csv monitor.csv queue.csv summary.csv codebook.csv; do
    [ -s "$out/$file" ] || { echo "error: $out/$file is missing or empty"; exit 1; }
done
grep -q '"status": *"complete"' "$out/manifest.json" || { echo "error: the manifest does not say complete"; exit 1; }
[ "$(wc -l <"$out/lettings.csv")" -gt 1 ] || { echo "error: nothing was let"; exit 1; }
