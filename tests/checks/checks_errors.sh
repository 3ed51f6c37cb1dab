#!/usr/bin/env bash
# The checks of scripts/ do find what they look for: each is shown one offence in a tree or an object file made for it.
#   checks_errors.sh OUT
set -euo pipefail
scripts=$(cd "$(dirname "$0")/../../scripts" && pwd)
mkdir -p "$1"
tree=$(cd "$1" && pwd)
failed=0

# expect NAME TEXT COMMAND...: the command fails and says TEXT
expect() {
    local name=$1 text=$2 said
    shift 2
    if said=$("$@" 2>&1); then echo "$name: passed, but should have failed"; failed=1
    elif ! grep -qF -- "$text" <<<"$said"; then echo "$name: failed without saying '$text':"; echo "$said"; failed=1
    fi
}

# layers FILE LINE: a tree with base, num, process and one more line in one file
layers() {
    rm -rf "$tree/layers"
    mkdir -p "$tree"/layers/src/{base,num,process}
    printf '%s\n' 'wks_library(base PACKAGES csv)' 'wks_library(num LINKS base)' 'wks_library(process LINKS num base)' >"$tree/layers/CMakeLists.txt"
    for file in base/csv.h base/csv.c num/stat.h process/market.h process/search.h process/search.c; do : >"$tree/layers/src/$file"; done
    echo "$2" >>"$tree/layers/src/$1"
}
layers num/stat.h '#include "base/csv.h"'
"$scripts/check-layers.sh" "$tree/layers" >/dev/null || { echo "layers: an allowed include was refused"; failed=1; }
layers base/csv.h '#include "num/stat.h"'
expect layers-upwards 'base may not include num/stat.h' "$scripts/check-layers.sh" "$tree/layers"
layers process/search.c '#include "process/market.h"'
expect layers-process 'process search includes process market' "$scripts/check-layers.sh" "$tree/layers"
layers process/search.c '#include <jansson.h>'
expect layers-third-party '<jansson.h> belongs in' "$scripts/check-layers.sh" "$tree/layers"
layers process/search.c '#pragma omp parallel for'
expect layers-openmp 'OpenMP belongs in' "$scripts/check-layers.sh" "$tree/layers"
layers process/search.c '#include "market.h"'
expect layers-no-folder 'names no folder' "$scripts/check-layers.sh" "$tree/layers"

# object LIBRARY CODE: a build with one object file of that library
object() {
    rm -rf "$tree/build"
    mkdir -p "$tree/build/CMakeFiles/$1.dir"
    echo "$2" | ${CC:-cc} -x c -fno-builtin -c -o "$tree/build/CMakeFiles/$1.dir/thing.c.o" -
}
object wks_world 'double log(double); double wks_thing_half(double x) { return x / 2; }'
"$scripts/check-names.sh" "$tree/build" >/dev/null || { echo "names: a right name was refused"; failed=1; }
"$scripts/check-libm.sh" "$tree/build" >/dev/null || { echo "calls: harmless code was refused"; failed=1; }
object wks_world 'double wks_other_half(double x) { return x / 2; }'
expect names-other-file 'expected wks_thing_' "$scripts/check-names.sh" "$tree/build"
object wks_world 'double log(double); double wks_thing_log(double x) { return log(x); }'
expect calls-libm 'calls log: use num/math.h' "$scripts/check-libm.sh" "$tree/build"
object wks_num 'double log(double); double wks_thing_log(double x) { return log(x); }'
"$scripts/check-libm.sh" "$tree/build" >/dev/null || { echo "calls: log was refused in num"; failed=1; }
object wks_num 'int rand(void); int wks_thing_draw(void) { return rand(); }'
expect calls-rand 'draws are keyed' "$scripts/check-libm.sh" "$tree/build"
object wks_world 'int puts(const char *); int wks_thing_say(void) { return puts("x"); }'
expect calls-print 'nothing below cli prints' "$scripts/check-libm.sh" "$tree/build"
object wks_measure 'void *fopen(const char *, const char *); void *wks_thing_open(void) { return fopen("x", "r"); }'
expect calls-open 'opens no files' "$scripts/check-libm.sh" "$tree/build"

[ "$failed" -ne 0 ] || echo "checks: each finds its offence"
exit "$failed"
