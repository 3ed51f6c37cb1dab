#include "rules/filter_art10.h"

#include "rules/account.h"
#include "rules/part_list.h"
#include "rules/permit.h"

enum { P_SENSITIVITY = WKS_PERMIT_N_PARAMS, P_FALSE, N_PARAMS };

static const wks_param params[N_PARAMS] = {
    WKS_PERMIT_TERM_PARAMS(true, "Wbmgp art. 5: the minister designates",
                           "assumption (from memory): Wbmgp art. 5, four years, extendable four times"),
    WKS_PERMIT_TENURE_PARAMS,
    [P_SENSITIVITY] = {"sensitivity", WKS_PARAM_REAL, "share", 0, 0, 1, NULL, true,
                       "assumption: to be stated; files on 1 to 3 % of the applicants are plausible [S29b, S29c]",
                       "share of the households that cause nuisance of which the file tells"},
    [P_FALSE] = {"false_share", WKS_PARAM_REAL, "share", 0, 0, 1, NULL, false, "assumption",
                 "share of the other households that stand in the file all the same"},
};

bool wks_filter_art10_is_known(const wks_world *world, int32_t household_row, double sensitivity, double false_share)
{
    const bool is_so = (world->household.vulnerability[household_row] & WKS_VULNERABLE_NUISANCE) != 0;

    return wks_rng_once(&world->seed, world->household.key[household_row], 0, WKS_RNG_ALLOC_FILE) < (is_so ? sensitivity : false_share);
}

static int32_t class_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row)
{
    return wks_filter_art10_is_known(context->world, household_row, settings->value[P_SENSITIVITY], settings->value[P_FALSE])
               ? WKS_PERMIT_BARRED
               : WKS_PERMIT_ALLOWED;
}

static const wks_filter_part filter = {.applicant_class = class_of, .advert_mask = wks_permit_mask, .account = &wks_account_against};
const wks_spec wks_filter_art10_spec = {
    "art10",
    "filter",
    "Wbmgp art. 10: screening; in designated areas nobody whose file at landlord or police shows nuisance",
    "Wet bijzondere maatregelen grootstedelijke problematiek, art. 5, 10a and 10b; Huisvestingswet 2014, art. 7",
    params,
    N_PARAMS,
    &filter};
