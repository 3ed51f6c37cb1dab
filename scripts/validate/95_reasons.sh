#!/usr/bin/env bash
# Why do levers show no effect where they name one, or the other sign? Every reason stands with its claim in scenarios/levers/ and is checked by runs (scripts/lib/reasons.py).
# More replications: raise WIJKSIM_REASONS_REPLICATIONS from outside. As it is some twenty minutes on two idle processors.
set -euo pipefail
cd "$(dirname "$0")/../.."
REPLICATIONS=${WIJKSIM_REASONS_REPLICATIONS:-12}

cat <<TXT
## Why no effect was seen

Where the section before has "no detectable effect" or "other sign", this is the reason, as it stands with the claim in \`scenarios/levers/\`, and what was run to check it. Modelstad, theory T1,
$REPLICATIONS paired replications, 95 % interval (paired t). "Other side": doing nothing, unless it says the lever without what is set. A reason holds when its interval lies on the side it names
("none": has 0 in it, which proves little by itself). Reasons and checks were written after a first look at runs with the same seeds: they say what happens in the model, and are no independent test.

TXT
python3 scripts/lib/reasons.py "$WIJKSIM_OUT" "$REPLICATIONS" scenarios/levers/[a-z]*.cfg
