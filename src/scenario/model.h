/* Scenarios without a city: queues with known answers (keys pool, queue, choice; docs/decisions/0010), agents on a grid (key grid; 0012). */
#ifndef WKS_SCENARIO_MODEL_H
#define WKS_SCENARIO_MODEL_H

#include "scenario/scenario.h"

/** What the top of the tree asks for; WKS_MODEL_CITY when it has none of the keys. Two of them at once are a problem. */
wks_model_kind wks_model_find(const wks_config_node *root, wks_problems *problems);
/** True for a scenario that has a city. */
bool wks_model_has_city(const wks_scenario *scenario);

/** Reads top keys, rules and the model's own section into the scenario; completes the tree. Seeds and output are read elsewhere. Mistakes are
 *  problems. @return WKS_OK or WKS_ERR_NOMEM. */
wks_status wks_model_read(wks_config_node *root, wks_scenario *scenario, wks_problems *problems, wks_err *err);
/** Rules that a model without a city cannot follow, at their place; and the order it is to follow into scenario->model. After all of the
 *  scenario is read without errors. */
void wks_model_check(wks_scenario *scenario, wks_problems *problems);
/** Puts the top of the tree in the order of the resolved text. */
void wks_model_order(const wks_scenario *scenario, wks_config_node *root);
void wks_model_free(wks_model *model);

#endif
