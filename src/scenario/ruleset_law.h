/* What the law of their months says of the rule sets of a scenario: legal basis, bills, norms. For `check`; a run does not ask. */
#ifndef WKS_SCENARIO_RULESET_LAW_H
#define WKS_SCENARIO_RULESET_LAW_H

#include "scenario/scenario.h"

/** Adds problems, each where it is written. Errors: what the law of the months of the run forbids (more vacancies with ties than art. 14 allows, passend below the norm,
 *  Wbmgp areas for longer than a designation with all its extensions). Warnings: no known legal basis, an assumption as basis, a bill that is no
 *  law here, a Wbmgp part without designation or beyond its first term, a designation that ends before or begins after, a free share above the norm or above what an agreement allows, conditions
 *  on ties beside art. 14, norms no part keeps, and rules that a bill counted as law contradicts. Call on a scenario without errors. */
void wks_ruleset_law_check(const wks_scenario *scenario, wks_problems *problems);

#endif
