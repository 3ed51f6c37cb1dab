#include "world/project.h"

#define TABLE wks_project_table
static const wks_column_info column[] = {WKS_PROJECT_COLUMNS(WKS_COLUMN_INFO)};
const wks_table_info wks_project_info = WKS_TABLE_INFO("project", column);
