/* The part of model.h that reads agents on a grid (keys grid and relocation; docs/decisions/0012). */
#ifndef WKS_SCENARIO_MODEL_GRID_H
#define WKS_SCENARIO_MODEL_GRID_H

#include "scenario/scenario.h"

enum { WKS_MODEL_GRID_MAX_CELLS = 1 << 24, WKS_MODEL_GRID_MAX_WEIGHTED = 1 << 16 };

/** Reads grid and relocation. Called by wks_model_read. @return WKS_OK or WKS_ERR_NOMEM. */
wks_status wks_model_grid_read(wks_config_node *root, wks_scenario *scenario, wks_problems *problems, wks_err *err);
/** What keys say together, at their place. After all of the scenario is read without errors. */
void wks_model_grid_check(const wks_scenario *scenario, wks_problems *problems);
/** Cells of the grid; agents: density of them, rounded; agents of group a: group_share of the agents, rounded (halves up). */
int32_t wks_model_grid_cells(const wks_model *model);
int32_t wks_model_grid_agents(const wks_model *model);
int32_t wks_model_grid_group_a(const wks_model *model);
/** Estimated seconds of one processor for all ticks of all replications, as if nobody ever settled. */
double wks_model_grid_seconds(const wks_scenario *scenario);

#endif
