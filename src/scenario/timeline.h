/* Events of a scenario in time. */
#ifndef WKS_SCENARIO_TIMELINE_H
#define WKS_SCENARIO_TIMELINE_H

#include "scenario/scenario.h"

/** The event "set": { at = "2027-01"; set = "processes.market.b_price"; value = 2.0; }, used when the catalogue has no event "set" of its own
 *  (whose first parameter must be the text `set`). text[0] is the path. */
extern const wks_spec wks_timeline_set;

/** Reads the list `timeline` into scenario->timeline, sorted by month (stable); completes the tree. Needs groups and processes. */
wks_status wks_timeline_read(wks_config_node *list, wks_scenario *scenario, wks_problems *problems, wks_err *err);

/** What a path of a "set" event means: process and parameter (-1: `enabled`). false when it means nothing that an event can change. */
bool wks_timeline_target(const wks_scenario *scenario, const char *path, int32_t *out_process, int32_t *out_param);

#endif
