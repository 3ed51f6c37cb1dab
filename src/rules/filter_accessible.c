#include "rules/filter_accessible.h"

#include "rules/part_list.h"

enum { P_AGE, P_RELAX, N_PARAMS };
enum { CLASS_OTHER, CLASS_NEEDS };

static const wks_param params[N_PARAMS] = {
    [P_AGE] = {"age_from", WKS_PARAM_INT, "years", 75, 40, 120, NULL, false, "assumption",
               "age from which a household counts as one with a mobility need; 120: age alone never does"},
    [P_RELAX] = {"relax_after", WKS_PARAM_INT, "adverts", 1, 0, 1000, NULL, false,
                 "assumption: a label gives precedence, not a home that stays empty",
                 "adverts without result after which everybody may have the dwelling"},
};

bool wks_filter_accessible_needs(const wks_world *world, int32_t household_row, double age_from)
{
    if (world->household.support[household_row] > 0) return true;
    if (world->household.urgency[household_row] == WKS_URGENCY_MEDICAL && wks_part_is_urgent(world, household_row)) return true;
    return wks_part_age(world, household_row) >= age_from;
}

static int32_t class_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row)
{
    return wks_filter_accessible_needs(context->world, household_row, settings->value[P_AGE]) ? CLASS_NEEDS : CLASS_OTHER;
}

static uint64_t mask_of(const wks_part_context *context, const wks_settings *settings, const wks_advert *advert)
{
    const bool binds = advert->accessible != 0 && context->world->unit.n_adverts[advert->unit_row] < (int32_t)settings->value[P_RELAX];

    return binds ? 1u << CLASS_NEEDS : 1u << CLASS_NEEDS | 1u << CLASS_OTHER;
}

static const wks_filter_part filter = {.applicant_class = class_of, .advert_mask = mask_of};
const wks_spec wks_filter_accessible_spec = {
    "accessible",
    "filter",
    "toegankelijke woning: accessible dwellings are first for people with a Wmo indication, a medical "
    "urgency or high age",
    "Huisvestingswet 2014, art. 11; Wmo 2015",
    params,
    N_PARAMS,
    &filter};
