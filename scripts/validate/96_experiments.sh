#!/usr/bin/env bash
# The ten experiments of scenarios/experiments/: every outcome that a file expects, against its sign stated before any run; who loses; the ablation; where the order turns with the theory.
# As it is some 500 runs of three to ten years: half an hour on one idle processor. With --keep of validate.sh experiments that are there are not run again.
# From outside: WIJKSIM_EXPERIMENTS_REPLICATIONS and _MONTHS for all of them, WIJKSIM_EXPERIMENTS_ONLY for some (their folders' names).
set -euo pipefail
cd "$(dirname "$0")/../.."

# NAME REPLICATIONS MONTHS THEORIES: small, for a page that can be made again. Three theories where the outcome is leefbaarheid. Below ten pairs breakeven.csv gives no verdict.
plan() {
    cat <<'TXT'
01_order 4 36 T1
02_cap_scale 4 36 T1
03_passend 4 36 T1
04_contingents 4 36 T1
05_urgency 4 36 T1
06_wbmgp 4 36 T0,T1,T2
07_restructuring 4 36 T0,T1,T2
08_spread_or_support 4 120 T0,T1,T2
09_ageing 4 36 T1
10_long 4 36 T0,T1,T2
TXT
}
names=()
while read -r name replications months theories; do
    [ -z "${WIJKSIM_EXPERIMENTS_ONLY:-}" ] || [[ " $WIJKSIM_EXPERIMENTS_ONLY " == *" $name "* ]] || continue
    names+=("$name")
    [ ! -s "$WIJKSIM_OUT/$name/contrasts.csv" ] || continue
    WIJKSIM_ABLATION=T1 scripts/experiments.sh "$name" -r "${WIJKSIM_EXPERIMENTS_REPLICATIONS:-$replications}" -t "${WIJKSIM_EXPERIMENTS_MONTHS:-$months}" --theories "$theories" >"$WIJKSIM_OUT/$name.md"
    echo "experiments: $name" >&2
done < <(plan)

cat <<'TXT'
## Experiments

Question: what comes of the ten experiments, against the signs written in their files before any run? Modelstad; difference with the reference in the last month with its 95 % interval (paired t; few
pairs, so wide). Kind: *imposed*: the setting does it by itself; *fitted*: T1 was matched to it; *emergent*: neither; none is seeded. Verdict under T1: pass, FAIL (the other sign), not seen (the
interval has 0 in it: too few pairs, too short, or nothing there), up or down where no sign was expected. No ranking is told of fewer than three theories.

TXT
python3 scripts/lib/experiments.py "$WIJKSIM_OUT" "${names[@]}"
