#!/usr/bin/env bash
# Does doing nothing keep the queue as it is? Twenty years of scenarios/00_reference.cfg on modelstad and, when its files are beside the project, on Utrecht:
# waiting, reactions, refusals and the share of starters in the first full year against the last. Fitted: parameters and the queue at the start were tuned with these figures in view.
set -euo pipefail
cd "$(dirname "$0")/../.."
declared=wait_p50_months,wait_mean_months,reactions_per_advert,refusals_per_letting,starters_share
context=search_p50_months,success_rate,lettings,active,registered,households,persons,births,deaths,net_migration,leefbaarheid,unhoused/at_parents,unhoused/hosted,unhoused/shelter
data=../shared/data
failed=0

study() { # TITLE FOLDER REPLICATIONS [OPTION...]
    local title=$1 out=$WIJKSIM_OUT/$2 replications=$3
    shift 3
    "$WIJKSIM_BIN/wijksim" run scenarios/00_reference.cfg -t 240 -r "$replications" -o "$out" -q "$@" >/dev/null
    printf '\n### %s\n\nReplications: %s; 240 months. Twelve-month windows; first year: ticks 12 to 23, last: 229 to 240.\n\n' "$title" "$replications"
    awk -v names=$declared -v last=240 -v limit=0.1 -v path=1 -f scripts/validate/drift.awk "$out/city.csv" || failed=1
    printf '\nFor the explanation:\n\n'
    awk -v names=$context -v last=240 -v limit=0.1 -f scripts/validate/drift.awk "$out/city.csv" || true
}

cat <<'TXT'
## Drift of doing nothing

Question: do waiting times, reactions per advert, refusals and the share of starters stay within 10 % of their start when nothing changes? A contrast on a drifting queue means little.

Fitted, not emergent: parameters of search, arrivals and offers and the queue at tick 0 were changed several times with these figures in view, on modelstad with seed 1
and on Utrecht. It shows that a steady state can be kept, not that the model finds the real one; other cities and seeds are not covered by it.
TXT
study Modelstad modelstad 4
study 'Modelstad, seeds that nobody tuned on (dynamics 99, population 5)' modelstad-seeds 3 --seed 99 --seed-population 5
if [ -f $data/kwb/CBS-Utrecht-kwb-2023.xlsx ]; then
    "$WIJKSIM_BIN/wijksim" import cbs $data/kwb/CBS-Utrecht-kwb-2023.xlsx --geometry $data/geo/GM0344_utrecht_buurten_lbm2024.geojson \
        --leefbaarometer $data/leefbaarometer/lbm3_buurtscore24.csv -o "$WIJKSIM_OUT/city" >/dev/null
    study Utrecht utrecht 1 --set "city=$WIJKSIM_OUT/city"
else
    printf '\nUtrecht: not run, its CBS files are not beside the project.\n'
fi
cat <<'TXT'

What explains the drift that is left:

- *Births* fall by a fifth to a quarter in twenty years: those of 25 to 45 become fewer. Ages and types against their path: `80_path`. The number of households stays, because homes do.
- *Filling of the queue.* Who is registered and looking at tick 0 is not published by home. It is drawn near what the model keeps up (docs/population.md), not equal to it: in the first two years
  the usual inschrijfduur at letting is still being learned, and offers are refused less often than later.
- *Depletion.* Households that registered long ago and never looked are fewer after twenty years than CBS margins and the registration rates make them at the start, so the longest waits become rarer.

Contrasts are paired within the same month, so that the drift is the same on both sides; levels of the first two years should not be quoted.
TXT
exit $failed
