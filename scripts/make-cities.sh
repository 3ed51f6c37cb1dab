#!/usr/bin/env bash
# Builds the six cities of "Sturen op gemengde wijken?" (Breda, Ede, Groningen, Leeuwarden, Nijmegen, Tilburg) from files of CBS and BZK that you downloaded.
# What comes out is derived from their figures and not ours to pass on: it stays out of git. Our own scenarios stand beside it and stay as they are.
#   scripts/make-cities.sh [DATA [FOLDER [CITY...]]]
#     DATA    folder with the downloaded files under the names of scripts/lib/cities.sh (default ../shared/data); when it is not there the script says so and ends with 0
#     FOLDER  where the city folders come (default scenarios/cities): then --set city=breda finds them; elsewhere --set city=FOLDER/breda
#     CITY    which of the six (default all)
# The program: $WIJKSIM_BIN, default build/release/bin, else build/dev/bin.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/cities.sh

data=${1:-../shared/data}
folder=${2:-scenarios/cities}
[ $# -lt 1 ] || shift
[ $# -lt 1 ] || shift
WIJKSIM_BIN=${WIJKSIM_BIN:-build/release/bin}
[ -x "$WIJKSIM_BIN/wijksim-import" ] || WIJKSIM_BIN=build/dev/bin
if [ ! -d "$data" ]; then
    echo "make-cities: no folder $data with downloaded files; nothing is built (docs/guide-own-city.md tells what to download)"
    exit 0
fi
[ -x "$WIJKSIM_BIN/wijksim-import" ] || { echo "make-cities: no program in build/; run scripts/build.sh release" >&2; exit 1; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
WIJKSIM_OUT=$scratch
[ $# -gt 0 ] || set -- breda ede groningen leeuwarden nijmegen tilburg
for city in "$@"; do
    case "$city" in
    breda) import_city breda Breda GM0758 ;;
    ede) import_city ede Ede GM0228 ;;
    groningen) import_city groningen Groningen GM0014 ;;
    leeuwarden) import_city leeuwarden Leeuwarden GM0080 ;;
    nijmegen) import_city nijmegen Nijmegen GM0268 ;;
    tilburg) import_city tilburg Tilburg GM0855 ;;
    *) echo "make-cities: $city is none of breda, ede, groningen, leeuwarden, nijmegen, tilburg" >&2; exit 2 ;;
    esac
    mkdir -p "$folder/$city"
    cp "$scratch/$city"/* "$folder/$city/"
    echo "$folder/$city"
done
