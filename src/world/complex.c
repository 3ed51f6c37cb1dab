#include "world/dwelling.h"

#define TABLE wks_complex_table
static const wks_column_info column[] = {WKS_COMPLEX_COLUMNS(WKS_COLUMN_INFO)};
const wks_table_info wks_complex_info = WKS_TABLE_INFO("complex", column);
