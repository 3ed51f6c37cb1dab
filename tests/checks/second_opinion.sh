#!/usr/bin/env bash
# Every figure of `wijksim measure` against tests/reference/segregation.py, which is slow and shares nothing with src/: on hand-made tables, and on the public
# tables of counts when their folder is there (WKS_SHARED_DATA).
#   second_opinion.sh PROGRAM
set -euo pipefail
cd "$(dirname "$0")/../.."
program=$1
failed=0

opinion() { python3 tests/reference/segregation.py "$program" "$@" || failed=1; }

for folder in tests/data/segregation/*/; do
    opinion "${folder}table.csv" --coords "${folder}coords.csv" --contiguity "${folder}links.csv" --boundary "${folder}links.csv"
done

public=${WKS_SHARED_DATA:-../shared/data}/segregation
if [ ! -d "$public" ]; then
    echo "skipped: the public tables of counts are not on this machine ($public)"
    exit "$failed"
fi
for folder in "$public"/s1*/ "$public"/r02*/; do
    opinion "${folder}table.csv" --coords "${folder}coords.csv" --contiguity "${folder}w_queen.csv" --boundary "${folder}boundary.csv"
done
opinion "$public/r01_sacramento_4g/table.csv" --coords "$public/r01_sacramento_4g/coords.csv" --contiguity "$public/r01_sacramento_4g/w_rook.csv" \
    --boundary "$public/r01_sacramento_4g/boundary.csv"
opinion "$public/r04_schools00_bw/table.csv"
exit "$failed"
