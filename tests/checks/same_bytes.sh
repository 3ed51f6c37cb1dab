#!/usr/bin/env bash
# The same run writes the same bytes with one and two threads, compiled by gcc and by clang, on a processor with and without FMA and AVX2,
# and from the scenario.cfg that the run itself wrote.
#   same_bytes.sh OUT GCC_PROGRAM CLANG_PROGRAM
# Exempt: manifest.json, report.html and the timestamps inside xlsx and gpkg (docs: results).
set -euo pipefail
cd "$(dirname "$0")/../.."
out=$1 gcc=$2 clang=$3
rm -rf "$out"
mkdir -p "$out"

size=(--ticks 13 --replications 2 --progress none)
"$gcc" run scenarios/01_cap.cfg "${size[@]}" --threads 1 -o "$out/gcc-1"
"$gcc" run scenarios/01_cap.cfg "${size[@]}" --threads 2 -o "$out/gcc-2"
"$clang" run scenarios/01_cap.cfg "${size[@]}" --threads 2 -o "$out/clang-2"
GLIBC_TUNABLES=glibc.cpu.hwcaps=-FMA,-AVX2 "$gcc" run scenarios/01_cap.cfg "${size[@]}" --threads 2 -o "$out/other-cpu"
"$gcc" run "$out/gcc-1/scenario.cfg" --progress none --threads 2 -o "$out/rerun"

failed=0
files=$(cd "$out/gcc-1" && find . -type f ! -name manifest.json ! -name report.html ! -name '*.xlsx' ! -name '*.gpkg' ! -path './checkpoint/*' | LC_ALL=C sort)
[ "$(echo "$files" | wc -l)" -ge 7 ] || { echo "error: the run wrote only: $files"; exit 1; }
[ "$(wc -l <"$out/gcc-1/lettings.csv")" -gt 1 ] || { echo "error: nothing was let, so nothing is compared"; exit 1; }
for variant in gcc-2 clang-2 other-cpu rerun; do
    for file in $files; do
        # The intervals come from GSL, whose last bits follow the processor's libm.
        if [ "$variant" = other-cpu ] && [ "$file" = ./summary.csv ]; then continue; fi
        cmp "$out/gcc-1/$file" "$out/$variant/$file" || failed=1
    done
done
[ "$failed" -ne 0 ] || echo "same bytes: $(echo "$files" | wc -l) files, 5 runs"
exit "$failed"
