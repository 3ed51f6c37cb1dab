#include "rules/part.h"
#include "rules/part_list.h"

enum { P_SUM, N_PARAMS };

static const wks_param params[N_PARAMS] = {
    [P_SUM] = {"sum", WKS_PARAM_NUMBER, "points", 0, 0, 0, NULL, true, "-",
               "points of a household: a sum of what a landlord may know, in which a condition counts as 1 when it holds and 0 when not; "
               "something "
               "that is not known of a household puts it last"},
};

static double key_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row, const wks_advert *advert)
{
    const wks_expr *sum = settings->expr[P_SUM];

    (void)advert;
    return sum == NULL ? 0.0 : wks_expr_value(sum, context->world, household_row);
}

static const wks_order_part order = {.key = key_of, .is_pair = false, .unit = WKS_PART_POINTS};
const wks_spec wks_order_weighted_spec = {"weighted",
                                          "order",
                                          "gewogen som: a sum of your own of what a landlord may know; most points go first",
                                          "the by-law or agreement that the basis of the rule set names",
                                          params,
                                          N_PARAMS,
                                          &order};
