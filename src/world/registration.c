#include "world/registration.h"

#define TABLE wks_registration_table
static const wks_column_info column[] = {WKS_REGISTRATION_COLUMNS(WKS_COLUMN_INFO, WKS_RARE_INFO)};
const wks_table_info wks_registration_info = WKS_TABLE_INFO("registration", column);

const char *const wks_registration_state_name[WKS_N_REGISTRATION_STATES] = {"dormant", "active"};
