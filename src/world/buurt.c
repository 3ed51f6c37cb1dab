#include "world/buurt.h"

#define TABLE wks_buurt_table
static const wks_column_info column[] = {WKS_BUURT_COLUMNS(WKS_COLUMN_INFO)};
const wks_table_info wks_buurt_info = WKS_TABLE_INFO("buurt", column);
