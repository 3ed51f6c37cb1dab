#include "rules/account.h"
#include "rules/part_list.h"
#include "rules/permit.h"

enum { P_YEARS = WKS_PERMIT_N_PARAMS, N_PARAMS };

static const wks_param params[N_PARAMS] = {
    WKS_PERMIT_TERM_PARAMS(true, "Wbmgp art. 5: the minister designates",
                           "assumption (from memory): Wbmgp art. 5, four years, extendable four times"),
    WKS_PERMIT_TENURE_PARAMS,
    [P_YEARS] = {"years", WKS_PARAM_REAL, "years", 6, 0, 50, NULL, false, "Wbmgp art. 8 lid 1 [S29]",
                 "years in the region from which the source of income does not matter"},
};

/* Income from work, a pension or student grant is enough. */
static int32_t class_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row)
{
    const wks_household_table *household = &context->world->household;
    const int32_t months = context->world->month - household->region_month[household_row];

    switch ((wks_income_source)household->income_source[household_row]) {
    case WKS_INCOME_WORK:
    case WKS_INCOME_PENSION:
    case WKS_INCOME_STUDY: return WKS_PERMIT_ALLOWED;
    case WKS_INCOME_BENEFIT:
    case WKS_INCOME_NONE:
    case WKS_N_INCOME_SOURCES: break;
    }
    return household->place[household_row] != WKS_PLACE_OUTSIDE && months >= 12.0 * settings->value[P_YEARS] ? WKS_PERMIT_ALLOWED
                                                                                                             : WKS_PERMIT_BARRED;
}

static const wks_filter_part filter = {.applicant_class = class_of, .advert_mask = wks_permit_mask, .account = &wks_account_against};
const wks_spec wks_filter_art8_spec = {
    "art8",
    "filter",
    "Wbmgp art. 8: in designated areas no newcomers to the region without income from work, pension or study",
    "Wet bijzondere maatregelen grootstedelijke problematiek, art. 5 and 8; Huisvestingswet 2014, art. 7",
    params,
    N_PARAMS,
    &filter};
