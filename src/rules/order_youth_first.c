#include "rules/part.h"
#include "rules/part_list.h"

enum { P_AGE, N_PARAMS };

static const wks_param params[N_PARAMS] = {
    [P_AGE] = {"age_until", WKS_PARAM_INT, "years", 28, 18, 40, NULL, false, "BW 7:274c: a youth contract is for 18 to 27",
               "oldest member younger than this"},
};

static double key_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row, const wks_advert *advert)
{
    (void)advert;
    return wks_part_age(context->world, household_row) < (int32_t)settings->value[P_AGE] ? 1.0 : 0.0;
}

static const wks_order_part order = {.key = key_of, .is_pair = false, .unit = WKS_PART_YES_NO};
const wks_spec wks_order_youth_first_spec = {
    "youth_first", "order", "jongeren eerst: households of young people go first", "Huisvestingswet 2014, art. 11", params,
    N_PARAMS,      &order};
