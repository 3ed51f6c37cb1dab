/* Parts of a rule set that need each other, contradict each other or do nothing as they are set. Shows without people. */
#ifndef WKS_SCENARIO_RULESET_PARTS_H
#define WKS_SCENARIO_RULESET_PARTS_H

#include "scenario/scenario.h"

/** Adds warnings, each where it is written: channels that nothing reaches, that send to each other in a ring or to one that never fits; gemengd wonen without
 *  a channel or with other askers than the mix counts; contingents nobody is proposed for; labels nobody asks; points that nothing earns or counts;
 *  caps that behaviour never reaches; penalties that cost nothing; two rents without passend; a file (art10) that finds nobody or the wrong ones.
 *  WKS_ERR_NOMEM without memory. */
wks_status wks_ruleset_parts_check(const wks_scenario *scenario, int32_t rule, wks_problems *problems, wks_err *err);
/** True when a filter or order part reads the points of a registration (order part `points`, or `points` in an expression): else they are worth
 *  nothing to who has them. O(parts). */
bool wks_ruleset_parts_count_points(const wks_rule_set *rules);

#endif
