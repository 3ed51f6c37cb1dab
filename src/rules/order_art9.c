#include "rules/part_list.h"
#include "rules/permit.h"

enum { P_WHERE = WKS_PERMIT_EXTENSIONS + 1, N_PARAMS };

static const wks_param params[N_PARAMS] = {
    WKS_PERMIT_TERM_PARAMS(true, "Wbmgp art. 5: the minister designates",
                           "assumption (from memory): Wbmgp art. 5, four years, extendable four times"),
    [P_WHERE] = {"where", WKS_PARAM_WHERE, "-", 0, 0, 0, NULL, false, "Wbmgp art. 9: socio-economic traits named in the by-law [S29]",
                 "who goes first: a condition on what a landlord may know; empty: whose main income is from work"},
};

static bool holds(const wks_part_context *context, const wks_settings *settings, int32_t household_row)
{
    const wks_expr *where = settings->expr[P_WHERE];

    if (where != NULL) return wks_expr_holds(where, context->world, household_row);
    return context->world->household.income_source[household_row] == WKS_INCOME_WORK;
}

static double key_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row, const wks_advert *advert)
{
    if (!wks_permit_is_designated(context->world, settings, advert->buurt_row)) return 0.0;
    return holds(context, settings, household_row) ? 1.0 : 0.0;
}

static const wks_order_part order = {.key = key_of, .is_pair = true, .unit = WKS_PART_YES_NO};
const wks_spec wks_order_art9_spec = {"art9",
                                      "order",
                                      "Wbmgp art. 9: in designated areas who has work, or another socio-economic trait, goes first",
                                      "Wet bijzondere maatregelen grootstedelijke problematiek, art. 5 and 9",
                                      params,
                                      N_PARAMS,
                                      &order};
