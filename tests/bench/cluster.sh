#!/usr/bin/env bash
# What a replication costs and what merge costs, for docs/cluster.md: processor-seconds, megabytes on disk, memory. modelstad, one thread, default outputs,
# and the least that still tells the indicators at the end. Processor time, because the clock of a busy machine says little. Not a test.
#   tests/bench/cluster.sh [--program BIN] [--replications N]    N (default 8) replications a measurement, in 4 parts for merge
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
program=$root/build/release/bin/wijksim n=8
while [ $# -gt 0 ]; do
    case $1 in
        --program) program=$(realpath "$2"); shift 2 ;;
        --replications) n=$2; shift 2 ;;
        *) sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
    esac
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
reference=$root/scenarios/00_reference.cfg cap=$root/scenarios/01_cap.cfg
lean=(--set output.lettings=false --set output.monitor=false --set output.city_every=2400 --set output.buurt_every=2400 --set output.segregation_every=2400
    --set 'output.levels=["city"]')

# Processor-seconds of a command, user and system.
seconds() { local TIMEFORMAT='%U %S'; { time "$@" >/dev/null 2>&1 || echo "failed: $*" >&2; } 2>&1 | awk '{ print $1 + $2 }'; }
bytes() { du -sb --exclude=report.html "$@" | awk '{ sum += $1 } END { print sum }'; }
number() { sed -n "s/^  \"$1\": \\([0-9.e+-]*\\),\\{0,1\\}$/\\1/p" "$2"; } # KEY FILE of a manifest
per() { awk -v a="$1" -v b="$2" -v n="$3" 'BEGIN { printf "%.3f", (b - a) / n }'; }

# A first replication pays for the population and the folder; the others show what one costs.
row() { # NAME COMMAND... (of which one ends with -r)
    local name=$1 one many
    shift
    rm -rf one many
    one=$(seconds "$@" 1 -o one)
    many=$(seconds "$@" $((n + 1)) -o many)
    printf '| %s | %s s | %s MB | %.0f MiB |\n' "$name" "$(per "$one" "$many" "$n")" "$(awk -v b="$(per "$(bytes one)" "$(bytes many)" "$n")" 'BEGIN { printf "%.2f", b / 1e6 }')" \
        "$(number peak_rss_mib many/manifest.json)"
}

echo "| a replication of | processor time | on disk | memory of the process |"
echo "|---|---|---|---|"
for ticks in 120 240; do
    row "run, $ticks months" "$program" run "$reference" -q -j 1 -t "$ticks" -r
    row "run, $ticks months, least output" "$program" run "$reference" "${lean[@]}" -q -j 1 -t "$ticks" -r
done
row "compare, 2 scenarios, 120 months, a part" "$program" compare "$reference" "$cap" -q -j 1 -t 120 --part 1/1 -r
row "compare, 2 scenarios, 120 months, least output" "$program" compare "$reference" "$cap" "${lean[@]}" -q -j 1 -t 120 --part 1/1 -r

echo
echo "| merge of | processor time | a part | memory |"
echo "|---|---|---|---|"
join() { # NAME COMMAND... : 4 parts of n replications each
    local name=$1 i spent
    shift
    rm -rf part-* out
    for i in 1 2 3 4; do "$@" -q -j 2 -t 120 -r $((4 * n)) --part "$i/4" -o "part-$i" >/dev/null 2>&1; done
    spent=$(seconds "$program" merge out part-1 part-2 part-3 part-4 -q)
    printf '| %s: 4 parts of %d replications | %s s | %s s | %.0f MiB |\n' "$name" "$n" "$spent" "$(per 0 "$spent" 4)" "$(number peak_rss_mib out/manifest.json)"
}
join "run" "$program" run "$reference"
join "run, least output" "$program" run "$reference" "${lean[@]}"
join "compare, 2 scenarios" "$program" compare "$reference" "$cap"
join "compare, 2 scenarios, least output" "$program" compare "$reference" "$cap" "${lean[@]}"
