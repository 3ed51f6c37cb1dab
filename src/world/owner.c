#include "world/dwelling.h"

#define TABLE wks_owner_table
static const wks_column_info column[] = {WKS_OWNER_COLUMNS(WKS_COLUMN_INFO)};
const wks_table_info wks_owner_info = WKS_TABLE_INFO("owner", column);
