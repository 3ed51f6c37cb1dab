#!/usr/bin/env bash
# Speed that no other program on the machine can blur: the instructions of fixed runs (valgrind's callgrind, one thread), held against those of
# tests/bench/instructions.csv. More than 5 % above is an error; more than 5 % below asks for a new line (--write), so that the gain is kept.
#   instructions.sh PROGRAM [--write]      PROGRAM: preset release. Exit code 77: no valgrind, or another compiler than that of the table
set -euo pipefail
program=$1 mode=${2:-}
root=$(cd "$(dirname "$0")/../.." && pwd)
table=$root/tests/bench/instructions.csv
tolerance=5 # percent: other builds of the C library count a little differently
command -v valgrind >/dev/null || { echo "skipped: no valgrind (apt-get install valgrind)"; exit 77; }
compiler=$("$program" --version | sed -n 's/^compiler *//p' | sed 's/, Release$//; t; s/.*/no release/')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

count() { # SCENARIO TICKS
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$program" run "$root/scenarios/$1" -t "$2" -r 1 -j 1 -q --progress none --force \
        -o "$work/out" 2>&1 >/dev/null | sed -n 's/.*Collected : *\([0-9]*\).*/\1/p'
}

failed=0 lines=""
while IFS=, read -r scenario ticks told made_by; do
    [ "$scenario" != scenario ] || continue
    if [ "$mode" != --write ] && [ "$made_by" != "$compiler" ]; then
        echo "skipped: the table is of $made_by, this program of $compiler"
        exit 77
    fi
    n=$(count "$scenario" "$ticks")
    [ -n "$n" ] || { echo "error: $scenario: valgrind counted nothing"; exit 1; }
    lines+="$scenario,$ticks,$n,$compiler"$'\n'
    [ "$mode" != --write ] || { echo "$scenario, $ticks ticks: $n instructions"; continue; }
    change=$(awk -v n="$n" -v t="$told" 'BEGIN { printf "%+.1f", 100 * (n / t - 1) }')
    echo "$scenario, $ticks ticks: $n instructions, $change % against the table"
    awk -v c="$change" -v t="$tolerance" 'BEGIN { exit !(c > t || c < -t) }' && failed=1
done <"$table"
if [ "$mode" = --write ]; then
    printf 'scenario,ticks,instructions,compiler\n%s' "$lines" >"$table"
elif [ "$failed" -ne 0 ]; then
    echo "error: more than $tolerance % off; where a change is meant: tests/bench/instructions.sh $program --write"
fi
[ "$mode" = --write ] || exit "$failed"
