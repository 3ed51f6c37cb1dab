#include "world/dwelling.h"

#define TABLE wks_dwelling_table
static const wks_column_info column[] = {WKS_DWELLING_COLUMNS(WKS_COLUMN_INFO, WKS_RARE_INFO)};
const wks_table_info wks_dwelling_info = WKS_TABLE_INFO("dwelling", column);

const char *const wks_dwelling_tenure_name[WKS_N_TENURES] = {"social", "corporatie_free", "private_rent", "owner"};
const char *const wks_dwelling_type_name[WKS_N_DWELLING_TYPES] = {"single_family", "apartment"};
const char *const wks_dwelling_unit_kind_name[WKS_N_UNIT_KINDS] = {"self_contained", "room"};
const char *const wks_dwelling_label_name[WKS_N_LABELS] = {"none", "senior", "jongeren", "campus", "gemengd"};
const char *const wks_dwelling_owner_kind_name[WKS_N_OWNER_KINDS] = {"corporatie", "private_landlord", "owner_occupier"};
