#include "rules/part.h"
#include "rules/part_list.h"

enum { P_WHERE, P_LABEL, P_AREAS, N_PARAMS };
enum { CLASS_NO, CLASS_YES };

static const wks_param params[N_PARAMS] = {
    [P_WHERE] = {"where", WKS_PARAM_WHERE, "-", 0, 0, 0, NULL, true, "-",
                 "who may have the dwelling: a condition on what a landlord may know"},
    [P_LABEL] = {"label", WKS_PARAM_CHOICE, "-", 0, 0, 5, wks_part_label_name, false, "-", "only for dwellings with this label"},
    [P_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, false, "-", "only in these buurten or wijken; empty: everywhere"},
};

static int32_t class_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row)
{
    const wks_expr *expr = settings->expr[P_WHERE];

    return expr == NULL || wks_expr_holds(expr, context->world, household_row) ? CLASS_YES : CLASS_NO;
}

static uint64_t mask_of(const wks_part_context *context, const wks_settings *settings, const wks_advert *advert)
{
    const bool applies = wks_part_label_fits(settings->value[P_LABEL], advert->label) &&
                         wks_part_in_areas(context->world, settings, P_AREAS, advert->buurt_row);

    return applies ? 1u << CLASS_YES : 1u << CLASS_YES | 1u << CLASS_NO;
}

static const wks_filter_part filter = {.applicant_class = class_of, .advert_mask = mask_of};
const wks_spec wks_filter_where_spec = {"where",
                                        "filter",
                                        "eigen voorwaarde: a condition of the landlord or the by-law on what a landlord may know",
                                        "the by-law or agreement that the basis of the rule set names",
                                        params,
                                        N_PARAMS,
                                        &filter};
