#include "world/person.h"

#define TABLE wks_person_table
static const wks_column_info column[] = {WKS_PERSON_COLUMNS(WKS_COLUMN_INFO, WKS_RARE_INFO)};
const wks_table_info wks_person_info = WKS_TABLE_INFO("person", column);

const char *const wks_person_sex_name[2] = {"man", "woman"};
const char *const wks_person_role_name[WKS_N_ROLES] = {"head", "partner", "child", "other", "resident"};
const char *const wks_person_origin_name[WKS_N_ORIGINS] = {"nl", "europe", "outside_europe"};
