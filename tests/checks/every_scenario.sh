#!/usr/bin/env bash
# Every scenario that is shipped runs for a few ticks and ends well: for builds with sanitizers, where the tests that run each for its own length take too long.
#   every_scenario.sh OUT TICKS PROGRAM
set -euo pipefail
cd "$(dirname "$0")/../.."
out=$1 ticks=$2 program=$3

# Left out: scenarios/cities, whose cities are built from what the user downloads.
one() {
    local name=${4#scenarios/}
    name=${name//\//-}
    if ! "$3" run "$4" --ticks "$2" --replications 1 --threads 1 --verify --progress none -q -o "$1/$name" >"$1/$name.log" 2>&1; then
        echo "error: $4 does not run:"
        cat "$1/$name.log"
        return 1
    fi
    rm -rf "${1:?}/$name" "$1/$name.log"
}
export -f one

rm -rf "$out"
mkdir -p "$out"
find scenarios -name '*.cfg' -not -path 'scenarios/cities/*' -not -path 'scenarios/studies/*' -print0 | sort -z | xargs -0 -n 1 -P 2 bash -c 'one "$@"' one "$out" "$ticks" "$program"
