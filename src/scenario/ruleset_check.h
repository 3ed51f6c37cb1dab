/* Contradictions within and between the rule sets of a scenario that show without people. What the law says of them: ruleset_law.h. */
#ifndef WKS_SCENARIO_RULESET_CHECK_H
#define WKS_SCENARIO_RULESET_CHECK_H

#include "scenario/scenario.h"

/** Adds problems, each at the place where it is written. Errors, because nothing could be let or nobody could get it: no channel, shares other
 *  than 1, filters that nobody can pass together, a channel for a group that filters shut out or a cap of 0 stops, dwellings no channel lets,
 *  from after until, months without rules or with two, two conduct parts of which one is meant. Warnings, because a part can never matter: order keys after a total order, ties_first
 *  behind a filter on the same vacancies, a cap on a group that filters shut out or below a stricter one, a filter for a label no channel lets, a
 *  group that can hold for nobody; and what ruleset_parts.h finds. Call after all of the scenario is read without errors. WKS_ERR_NOMEM without memory. */
wks_status wks_ruleset_check(const wks_scenario *scenario, wks_problems *problems, wks_err *err);

#endif
