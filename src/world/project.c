#include "world/project.h"

#define TABLE wks_project_table
static const wks_column_info column[] = {WKS_PROJECT_COLUMNS(WKS_COLUMN_INFO)};
const wks_table_info wks_project_info = WKS_TABLE_INFO("project", column);

const char *const wks_project_state_name[WKS_N_DISPLACED_STATES] = {"waiting",   "wisselwoning", "same_buurt", "city", "other",
                                                                    "renovated", "joined",       "unhoused",   "left", "dissolved"};
const char *const wks_project_right_name[WKS_N_DISPLACED_RIGHTS] = {"none", "open", "offered", "returned", "declined", "unmet", "ended"};
