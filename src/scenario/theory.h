/* How strongly a theory about leefbaarheid ties the score to who lives in a buurt: one number to put T0, T1 and T2 on a line. */
#ifndef WKS_SCENARIO_THEORY_H
#define WKS_SCENARIO_THEORY_H

#include "scenario/scenario.h"

/** Total long-run effect on the score (soc and onv together) of a whole share of households with unmet support need: a_v * (1 + d_s), in LBM per
 *  share; 0.78 at the cross-section's values. 0 under T0; under T1 with an accepted set by the member that replication `number` takes; NaN without
 *  leefbaarheid (no city, or the process is off). Source: docs/odd.md, theories. */
double wks_theory_strength(const wks_scenario *scenario, int32_t number);

#endif
