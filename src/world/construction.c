#include "world/construction.h"

#define TABLE wks_construction_table
static const wks_column_info column[] = {WKS_CONSTRUCTION_COLUMNS(WKS_COLUMN_INFO)};
const wks_table_info wks_construction_info = WKS_TABLE_INFO("construction", column);
