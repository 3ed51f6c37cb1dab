#!/usr/bin/env bash
# How replications scale over threads: the same replications with -j 1 and with -j THREADS in turn, RUNS times; prints the median of seconds on the clock and of processor time,
# their ratios, and the conditions. The ratio on the clock means something on an idle machine only; that of processor time says what running side by side costs in itself.
#   tests/bench/scale.sh [--program BIN] [--scenario FILE] [--replications N] [--ticks N] [--threads N] [--runs N] [RUN-OPTION...]
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
program=$root/build/release/bin/wijksim scenario=$root/scenarios/00_reference.cfg
replications=8 ticks=120 threads=2 runs=3
while [ $# -gt 0 ]; do
    case $1 in
        --program) program=$2; shift 2 ;;
        --scenario) scenario=$2; shift 2 ;;
        --replications) replications=$2; shift 2 ;;
        --ticks) ticks=$2; shift 2 ;;
        --threads) threads=$2; shift 2 ;;
        --runs) runs=$2; shift 2 ;;
        *) break ;;
    esac
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
TIMEFORMAT='%R %U %S'

one() { # THREADS: a line "wall processor" of a run, added to $work/THREADS
    rm -rf "$work/out"
    { time "$program" run "$scenario" -r "$replications" -t "$ticks" -j "$1" -q -o "$work/out" "${@:2}" >/dev/null; } 2>"$work/time"
    awk '{ print $1, $2 + $3 }' "$work/time" >>"$work/$1"
    cat "$work/out/city.csv" | sha256sum >>"$work/sums"
}

median() { # FILE COLUMN
    awk -v c="$2" '{ print $c }' "$1" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

echo "$(date -u +%FT%TZ)  $(nproc) processors, load $(cut -d' ' -f1-3 /proc/loadavg) before; $replications replications of $ticks months, $runs runs each"
for _ in $(seq "$runs"); do
    one 1 "$@"
    one "$threads" "$@"
done
[ "$(sort -u "$work/sums" | wc -l)" -eq 1 ] || { echo "scale.sh: results differ between runs" >&2; exit 1; }
for j in 1 "$threads"; do
    printf '%-4s wall %8.2f s   processor %8.2f s\n' "-j $j" "$(median "$work/$j" 1)" "$(median "$work/$j" 2)"
done
awk -v a="$(median "$work/1" 1)" -v b="$(median "$work/$threads" 1)" -v c="$(median "$work/1" 2)" -v d="$(median "$work/$threads" 2)" -v n="$threads" 'BEGIN {
    printf "ratio on the clock %.2f; processor time grows by %.1f %%, which alone would allow %.2f\n", a / b, 100 * (d / c - 1), n * c / d }'
echo "load $(cut -d' ' -f1-3 /proc/loadavg) after"
