#include "world/project.h"

#define TABLE wks_displaced_table
static const wks_column_info column[] = {WKS_DISPLACED_COLUMNS(WKS_COLUMN_INFO)};
const wks_table_info wks_displaced_info = WKS_TABLE_INFO("displaced", column);
