/* Declared outcomes: what a comparison is about, the smallest difference that matters, and how precisely it is asked. They change no replication. */
#ifndef WKS_SCENARIO_OUTCOMES_H
#define WKS_SCENARIO_OUTCOMES_H

#include "scenario/scenario.h"

/** Reads the list `outcomes` and the group `precision` where they are written; else they do not come into the tree, and precision has its defaults.
 *  Problems: an unknown indicator, an outcome twice. */
wks_status wks_outcomes_read(wks_config_node *root, wks_scenario *scenario, wks_problems *problems, wks_err *err);
void wks_outcomes_free(wks_scenario *scenario);

/** Lays --precision and --max-replications upon the tree.
 *  @param asked  "INDICATOR[:GROUP]=HALF_WIDTH,...": the half-width of that outcome, which is declared when it is not there; NULL: nothing
 *  @param max_replications  -1: as written */
wks_status wks_outcomes_ask(wks_config_node *root, const char *asked, int32_t max_replications, wks_problems *problems, wks_err *err);

/** Whether any outcome asks a half-width. */
bool wks_outcomes_ask_precision(const wks_scenario *scenario);

#endif
