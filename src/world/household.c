#include "world/household.h"

#define TABLE wks_household_table
static const wks_column_info column[] = {WKS_HOUSEHOLD_COLUMNS(WKS_COLUMN_INFO, WKS_RARE_INFO)};
const wks_table_info wks_household_info = WKS_TABLE_INFO("household", column);

const char *const wks_household_place_name[WKS_N_PLACES] = {"housed", "at_parents", "ex_partner", "hosted", "shelter", "coa", "outside"};
const char *const wks_household_income_source_name[WKS_N_INCOME_SOURCES] = {"work", "benefit", "pension", "study", "none"};
const char *const wks_household_referral_name[WKS_N_REFERRALS] = {"none", "statushouder", "care_leaver", "ex_detainee", "herhuisvesting"};
const char *const wks_household_came_as_name[WKS_N_CAME_AS] = {"none",    "region",       "foreign",     "labour",
                                                               "student", "statushouder", "care_leaver", "ex_detainee"};
const char *const wks_household_urgency_name[WKS_N_URGENCIES] = {"none", "social", "medical", "herhuisvesting"};
const char *const wks_household_search_name[WKS_N_SEARCHES] = {"stay", "social", "market", "both", "leave"};
const char *const wks_household_type_name[WKS_N_HOUSEHOLD_TYPES] = {"single", "couple", "couple_children", "single_parent", "other"};

wks_household_type wks_household_type_of(const wks_household_table *household, int32_t row)
{
    const int32_t n_children = household->n_children[row] + household->n_home_children[row];
    const int32_t n_parents = 1 + household->has_partner[row];
    const int32_t n_others = household->n_persons[row] - household->n_children[row] - n_parents;

    if (n_others > 0) return WKS_HOUSEHOLD_OTHER;
    if (household->has_partner[row]) return n_children > 0 ? WKS_HOUSEHOLD_COUPLE_CHILDREN : WKS_HOUSEHOLD_COUPLE;
    return n_children > 0 ? WKS_HOUSEHOLD_SINGLE_PARENT : WKS_HOUSEHOLD_SINGLE;
}
