#!/usr/bin/env bash
# Do 95 % intervals of differences hold the true difference 95 times in 100? A queue with impatience (Erlang A) whose difference between two values of patience is known: 1,000 studies by
# `compare`, each with its own seed, with a fixed number of pairs, and stopped when a half-width holds, with and without look-ahead. WIJKSIM_STUDIES: how many studies a variant (default 1000).
set -euo pipefail
cd "$(dirname "$0")/../.."
studies=${WIJKSIM_STUDIES:-1000}
ticks=${WIJKSIM_TICKS:-60000}
work=$(mktemp -d "${TMPDIR:-/tmp}/wijksim-coverage.XXXXXX")
trap 'rm -rf "$work"' EXIT

for patience in 100 120; do
    cat >"$work/patience-$patience.cfg" <<CFG
base = "$PWD/scenarios/exact/impatience.cfg"; name = "patience-$patience"; ticks = $ticks;
queue = { patience = $patience.0; };
output = { city_every = $ticks; lettings = false; monitor = false; };
outcomes = ( { indicator = "queue_mean"; }, { indicator = "wait_mean"; }, { indicator = "waited_share"; }, { indicator = "left_share"; } );
precision = { max_replications = 400; look_ahead = 5; batch = 1; };
CFG
done

# one VARIANT SEED OPTION...: a study; its rows of the last tick as coverage.awk reads them
one() {
    local variant=$1 seed=$2 out="$work/$1-$2"
    shift 2
    out=${out// /_}
    "$WIJKSIM_BIN/wijksim" compare "$work/patience-100.cfg" "$work/patience-120.cfg" -s "$seed" -j 1 -q -o "$out" "$@" >/dev/null || return 255 # xargs stops
    awk -F, -v study="$seed" -v variant="$variant" -v last="$ticks" 'FNR > 1 && $3 == last && $5 ~ /^(queue_mean|wait_mean|waited_share|left_share)$/ && $6 == "" {
        print study "," variant "," $5 "," $16 "," $10 "," $13 "," $14 "," $15 }' "$out/contrasts.csv"
    rm -rf "$out"
}
export -f one
export work ticks

# variant NAME OPTION...
variant() {
    local name=$1
    shift
    echo "coverage: $name" >&2
    seq "$studies" | xargs -P "$(nproc)" -I{} bash -c 'one "$@"' one "$name" {} "$@" >"$WIJKSIM_OUT/${name// /_}.csv"
    sort -t, -k1,1n -k3,3 -s "$WIJKSIM_OUT/${name// /_}.csv" -o "$WIJKSIM_OUT/${name// /_}.csv"
}

cat <<TXT
## Do the intervals of a comparison cover?

Question: do 95 % intervals of differences hold the true difference 95 times in 100? A queue with impatience (Erlang A, ${ticks} ticks) with patience 120 against 100, whose long-run difference is known
(*true*); $studies studies by \`compare\`, each with another seed. *mean*: of the estimates, in brackets standard errors from the truth. With a fixed number of pairs 93 to 97 % is asked. *stopped*: from 10 pairs
on, one at a time, until half the interval of queue_mean is at most 0.015, for that number only (look-ahead 0) or also for the next five (look-ahead 5): stopping when the interval happens to be narrow lowers coverage.

| studies of | outcome | interval | studies | pairs | true | mean | half-width | covered |
|---|---|---|---|---|---|---|---|---|
TXT
variant "20 pairs" -r 20
variant "30 pairs" -r 30
variant "stopped look-ahead 0" -r 10 --precision queue_mean=0.015 --set precision.look_ahead=0
variant "stopped look-ahead 5" -r 10 --precision queue_mean=0.015
awk -v patience=100,120 -f scripts/validate/erlang.awk -f scripts/validate/coverage.awk "$WIJKSIM_OUT"/20_pairs.csv "$WIJKSIM_OUT"/30_pairs.csv \
    "$WIJKSIM_OUT"/stopped_look-ahead_0.csv "$WIJKSIM_OUT"/stopped_look-ahead_5.csv
