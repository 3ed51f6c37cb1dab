#!/usr/bin/env bash
# What would make results depend on the processor, the clock, the locale or the order of threads is not called:
# no transcendental function of libm outside num (glibc picks other last bits of exp, log, pow on other processors), no rand(), no time(),
# no setlocale. Below cli nothing prints or exits, and only scenario, city, world/checkpoint, output, export and cli open files.
#   scripts/check-libm.sh [BUILD]    default build/dev
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:-build/dev}

libm='a?(sin|cos|tan)h?|atan2|sincos|exp|exp2|exp10|expm1|log|log2|log10|log1p|pow|cbrt|hypot|[lt]gamma|lgamma_r|gamma|erfc?|[jy][01n]'
objects=$(find "$build/CMakeFiles" -path '*.dir/*.c.o' ! -path '*/CompilerId*' | LC_ALL=C sort)
[ -n "$objects" ] || { echo "check-libm.sh: no object files in $build; build first" >&2; exit 1; }

# shellcheck disable=SC2086 # a list of files without spaces
nm -A --undefined-only $objects | awk -v libm="^_*((${libm})[fl]?(_finite)?|_ZGV.*)\$" '
function problem(why) { printf "%s: error: calls %s: %s\n", file, symbol, why; failed = 1 }
{
    split($0, half, ":"); symbol = $NF; sub(/@.*/, "", symbol)
    file = half[1]; sub(/.*CMakeFiles\//, "", file)
    folder = file; sub(/\.dir\/.*/, "", folder); sub(/^wks_/, "", folder)
    is_program = (folder == "wijksim" || folder == "wijksim-import")
    n++
    if (folder != "num" && symbol ~ libm) problem("use num/math.h")
    if (symbol ~ /^(rand|srand|rand_r|random|srandom|[delmnj]rand48|srand48|arc4random)$/) problem("draws are keyed, use base/rng.h")
    if (symbol == "setlocale") problem("numbers are read and printed without a locale")
    if (symbol ~ /^(time|gettimeofday|ftime|clock_gettime|localtime|localtime_r)$/ && !is_program && folder !~ /^(base|output)$/) problem("the clock is no input of the model")
    if (is_program || folder == "base") next
    if (symbol ~ /^(printf|puts|putchar|vprintf|__printf_chk|__vprintf_chk|stdout|stderr|perror)$/) problem("nothing below cli prints")
    if (symbol ~ /^(exit|_exit|_Exit|abort|quick_exit)$/) problem("nothing below cli exits; report an error")
    if (symbol ~ /^(fopen|freopen|open|open64|fopen64|openat|creat|sqlite3_open(_v2)?)$/ && folder !~ /^(scenario|city|output|export)$/ && file !~ /wks_world\.dir.*\/checkpoint/)
        problem("this layer opens no files")
}
END {
    if (!failed) printf "calls: %d references, none forbidden\n", n
    exit failed
}'
