#include "rules/part.h"
#include "rules/part_list.h"

enum { P_AGE, N_PARAMS };

static const wks_param params[N_PARAMS] = {
    [P_AGE] = {"age_from", WKS_PARAM_INT, "years", 65, 40, 120, NULL, false, "assumption", "oldest member at least this old"},
};

static double key_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row, const wks_advert *advert)
{
    (void)advert;
    return wks_part_age(context->world, household_row) >= (int32_t)settings->value[P_AGE] ? 1.0 : 0.0;
}

static const wks_order_part order = {.key = key_of, .is_pair = false, .unit = WKS_PART_YES_NO};
const wks_spec wks_order_senior_first_spec = {"senior_first",
                                              "order",
                                              "senioren eerst: households whose oldest member has a certain age go first",
                                              "Huisvestingswet 2014, art. 11",
                                              params,
                                              N_PARAMS,
                                              &order};
