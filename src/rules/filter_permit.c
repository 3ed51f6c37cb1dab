#include "rules/account.h"
#include "rules/part_list.h"
#include "rules/permit.h"

enum { P_WHERE = WKS_PERMIT_N_PARAMS, N_PARAMS };

static const wks_param params[N_PARAMS] = {
    WKS_PERMIT_TERM_PARAMS(false, "Huisvestingswet 2014, art. 7: the by-law designates",
                           "Huisvestingswet 2014, art. 4: a by-law of at most four years"),
    WKS_PERMIT_TENURE_PARAMS,
    [P_WHERE] = {"where", WKS_PARAM_WHERE, "-", 0, 0, 0, NULL, true, "-", "who may have a permit: a condition on what a landlord may know"},
};

static int32_t class_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row)
{
    const wks_expr *where = settings->expr[P_WHERE];

    return where == NULL || wks_expr_holds(where, context->world, household_row) ? WKS_PERMIT_ALLOWED : WKS_PERMIT_BARRED;
}

static const wks_filter_part filter = {.applicant_class = class_of, .advert_mask = wks_permit_mask, .account = &wks_account_against};
const wks_spec wks_filter_permit_spec = {
    "permit",
    "filter",
    "huisvestingsvergunning: designated rented homes, cheap private ones included, only for who fulfils a condition",
    "Huisvestingswet 2014, art. 7 to 10",
    params,
    N_PARAMS,
    &filter};
