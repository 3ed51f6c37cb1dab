#include "rules/part.h"
#include "rules/part_list.h"

enum { P_WHERE, P_LABEL, P_AREAS, N_PARAMS };

static const wks_param params[N_PARAMS] = {
    [P_WHERE] = {"where", WKS_PARAM_WHERE, "-", 0, 0, 0, NULL, true, "-", "who goes first: a condition on what a landlord may know"},
    [P_LABEL] = {"label", WKS_PARAM_CHOICE, "-", 0, 0, 5, wks_part_label_name, false, "-", "only for dwellings with this label"},
    [P_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, false, "-", "only in these buurten or wijken; empty: everywhere"},
};

static double key_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row, const wks_advert *advert)
{
    const wks_expr *where = settings->expr[P_WHERE];

    if (!wks_part_label_fits(settings->value[P_LABEL], advert->label)) return 0.0;
    if (!wks_part_in_areas(context->world, settings, P_AREAS, advert->buurt_row)) return 0.0;
    return where != NULL && wks_expr_holds(where, context->world, household_row) ? 1.0 : 0.0;
}

static const wks_order_part order = {.key = key_of, .is_pair = true, .unit = WKS_PART_YES_NO};
const wks_spec wks_order_where_first_spec = {"where_first",
                                             "order",
                                             "eigen voorrang: who fulfils a condition goes first",
                                             "the by-law or agreement that the basis of the rule set names",
                                             params,
                                             N_PARAMS,
                                             &order};
