/* Rule sets (woonruimteverdeling) of a scenario: reading. */
#ifndef WKS_SCENARIO_RULESET_H
#define WKS_SCENARIO_RULESET_H

#include "scenario/scenario.h"

/** The lists of a rule set: key in the scenario and kind of the parts that may stand in it. */
enum { WKS_RULESET_N_LISTS = 5 };
typedef struct wks_ruleset_list {
    const char *key, *kind;
} wks_ruleset_list;
extern const wks_ruleset_list wks_ruleset_lists[WKS_RULESET_N_LISTS];
/** The parts of one list (0 channels, 1 filters, 2 order, 3 spreiding, 4 conduct). */
const wks_settings *wks_ruleset_parts(const wks_rule_set *rules, int32_t list, int32_t *out_n);

/** Reads the list `rules` into scenario->rules; completes the tree. Needs scenario->group and scenario->catalogue. */
wks_status wks_ruleset_read(wks_config_node *list, wks_scenario *scenario, wks_problems *problems, wks_err *err);
void wks_ruleset_free(wks_rule_set *rules);

#endif
