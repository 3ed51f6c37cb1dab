#include "world/dwelling.h"

#define TABLE wks_unit_table
static const wks_column_info column[] = {WKS_UNIT_COLUMNS(WKS_COLUMN_INFO, WKS_RARE_INFO)};
const wks_table_info wks_unit_info = WKS_TABLE_INFO("unit", column);
