#include "rules/part.h"
#include "rules/part_list.h"

enum { P_SUM, N_PARAMS };

static const wks_param params[N_PARAMS] = {
    [P_SUM] =
        {"sum", WKS_PARAM_NUMBER, "points", 0, 0, 0, NULL, true, "-",
         "points of a household: an expression over what a landlord may know, in which a condition counts as 1 or 0; an attribute that is "
         "undefined puts it last"},
};

static double key_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row, const wks_advert *advert)
{
    const wks_expr *sum = settings->expr[P_SUM];

    (void)advert;
    return sum == NULL ? 0.0 : wks_expr_value(sum, context->world, household_row);
}

static const wks_order_part order = {.key = key_of, .is_pair = false, .unit = WKS_PART_POINTS};
const wks_spec wks_order_weighted_spec = {
    "weighted", "order", "gewogen som: any sum of attributes and conditions, most points first", "as the rule set's basis says", params,
    N_PARAMS,   &order};
