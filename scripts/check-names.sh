#!/usr/bin/env bash
# Every symbol that x.o shows to others starts with wks_x, so that a name tells its file.
#   scripts/check-names.sh [BUILD]    default build/dev
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:-build/dev}

objects=$(find "$build/CMakeFiles" -path '*.dir/*.c.o' ! -name 'empty_*' ! -path '*/CompilerId*' | LC_ALL=C sort)
[ -n "$objects" ] || { echo "check-names.sh: no object files in $build; build first" >&2; exit 1; }

# shellcheck disable=SC2086 # a list of files without spaces
nm -A --defined-only --extern-only $objects | awk '
{
    split($0, half, ":"); symbol = $NF
    file = half[1]; sub(/.*\//, "", file); sub(/\.c\.o$/, "", file)
    if (!(file in seen)) { seen[file] = 1; n_files++ }
    n++
    if (symbol == "main" && file == "main") next
    if (symbol == "wks_" file || index(symbol, "wks_" file "_") == 1) next
    if (symbol ~ /^(__asan|__odr_asan|__tsan|__ubsan|__gcov|__llvm|asan\.|DW\.ref)/) next
    printf "%s: error: symbol %s; expected wks_%s_...\n", half[1], symbol, file
    failed = 1
}
END {
    if (!failed) printf "names: %d symbols of %d files start with their file'\''s name\n", n, n_files
    exit failed
}'
