#!/usr/bin/env bash
# What checkpoints cost on modelstad: 120 months, one replication, one thread, default outputs on disk. Without a checkpoint, at the default interval, and at
# every tick (in turns, the fastest of --runs); size of one in the middle; how long --resume looks at it before it goes on; peak memory without checkpoints, with
# one at every tick, and of going on from the one in the middle. Not a test: figures depend on the machine and its disk.
#   tests/bench/checkpoint.sh [--program BIN] [--scenario FILE] [--ticks N] [--runs N]
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
program=$root/build/release/bin/wijksim scenario=$root/scenarios/00_reference.cfg ticks=120 runs=3
while [ $# -gt 0 ]; do
    case $1 in
        --program) program=$2 ;;
        --scenario) scenario=$2 ;;
        --ticks) ticks=$2 ;;
        --runs) runs=$2 ;;
        *) sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
    esac
    shift 2
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
run=("$program" run "$scenario" -t "$ticks" -r 1 -j 1 -q)

seconds() { # COMMAND...: wall seconds
    local start end
    start=$(date +%s.%N)
    "$@" >/dev/null
    end=$(date +%s.%N)
    awk -v a="$start" -v b="$end" 'BEGIN { printf "%.3f\n", b - a }'
}
fastest() { sort -n "$1" | head -n 1; }

for _ in $(seq "$runs"); do
    rm -rf never default every
    seconds "${run[@]}" -o never --checkpoint-every 100000 >>t.never
    seconds "${run[@]}" -o default >>t.default
    seconds "${run[@]}" -o every --checkpoint-every 0 >>t.every
done
for table in never/*.csv; do cmp "$table" "every/$(basename "$table")"; done

peak() { sed -n 's/.*"peak_rss_mib": *\([0-9.]*\).*/\1/p' "$1/manifest.json" | head -n 1; }
# One in the middle: stopped as soon as it was written after half of the months.
rm -rf half
"${run[@]}" -o half --checkpoint-every 0 2>/dev/null &
pid=$!
until [ -e half/parts/000001.city.csv.part ] && tail -n 1 half/parts/000001.city.csv.part 2>/dev/null | grep -q ",1,$((ticks / 2)),"; do sleep 0.01; done
kill -TERM "$pid"
wait "$pid" || [ $? -eq 5 ]
size=$(stat -c %s half/checkpoint/000001.ckpt)
for _ in $(seq "$runs"); do
    seconds "${run[@]}" -o none --dry-run >>t.dry
    seconds "${run[@]}" -o half --resume --dry-run >>t.look
done
"${run[@]}" -o half --resume >/dev/null
for table in never/*.csv; do cmp "$table" "half/$(basename "$table")"; done

awk -v never="$(fastest t.never)" -v default="$(fastest t.default)" -v every="$(fastest t.every)" -v dry="$(fastest t.dry)" -v look="$(fastest t.look)" \
    -v ticks="$ticks" -v size="$size" 'BEGIN {
    printf "%d months: %.2f s without checkpoints, %.2f s at the default interval, %.2f s at every tick\n", ticks, never, default, every
    printf "a checkpoint: %.1f ms, %.2f MB; looking at it before going on: %.0f ms\n", 1000 * (every - never) / ticks, size / 1e6, 1000 * (look - dry)
}'
printf 'peak memory: %.1f MiB without checkpoints, %.1f MiB with one at every tick, %.1f MiB when going on from one\n' "$(peak never)" "$(peak every)" "$(peak half)"
