/* Whom the parts of a rule set reach: filters nobody passes, targets that filters shut out, labels no channel lets, groups that hold for nobody. Shows
 * without people. */
#ifndef WKS_SCENARIO_RULESET_REACH_H
#define WKS_SCENARIO_RULESET_REACH_H

#include "scenario/scenario.h"

/** Adds the problems of one rule set, each where it is written. Errors: filters that nobody can pass together, a channel whose group or referral filters
 *  shut out, dwellings no channel lets. Warnings: spreiding for such a group, labels and filters for labels that can never matter. WKS_ERR_NOMEM. */
wks_status wks_ruleset_reach_check(const wks_scenario *scenario, int32_t rule, wks_problems *problems, wks_err *err);
/** Warns of groups of the scenario that can hold for nobody. WKS_ERR_NOMEM. */
wks_status wks_ruleset_reach_groups(const wks_scenario *scenario, wks_problems *problems, wks_err *err);

#endif
