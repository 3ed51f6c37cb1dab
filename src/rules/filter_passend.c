#include "rules/account.h"
#include "rules/part.h"
#include "rules/part_list.h"
#include "rules/passend.h"
#include "rules/quota.h"

enum { P_COMPLIANCE, N_PARAMS };

static const wks_param params[N_PARAMS] = {
    [P_COMPLIANCE] =
        {"compliance", WKS_PARAM_REAL, "share", 1, 0, 1, NULL, false,
         "Woningwet art. 46 lid 2: 0.95; 1 (stricter) is an assumption, because most corporaties aim above the norm [S6]",
         "least share of a corporatie's lettings to low incomes of a calendar year, at any moment of it, at a rent up to their "
         "aftoppingsgrens"},
};

/* Low incomes by size and age; the cap by size (1-2 persons: low). */
static int32_t class_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row)
{
    (void)settings;
    return (int32_t)wks_passend_class_of(context->law, context->world, household_row);
}

/* Rents are kept as float: one that equals a cap may lie a hair above it. */
static const double HALF_A_CENT = 0.005;

/* With two rents a low income pays its own aftoppingsgrens at most. */
static bool is_fitting(const wks_law *law, int32_t class, const wks_advert *advert)
{
    return advert->has_two_rents || (double)advert->rent_eur <= wks_passend_cap_eur(law, (wks_passend_class) class) + HALF_A_CENT;
}

static uint64_t mask_of(const wks_part_context *context, const wks_settings *settings, const wks_advert *advert)
{
    uint64_t mask = 0;

    for (int32_t class = WKS_PASSEND_OTHER; class <= WKS_PASSEND_HIGH_CAP; class ++) {
        /* Below 1 the norm decides at the offer. */
        if (settings->value[P_COMPLIANCE] < 1.0 || is_fitting(context->law, class, advert)) mask |= UINT64_C(1) << class;
    }
    return mask;
}

static wks_status open_norm(const wks_part_context *context, const wks_settings *settings, void **state, wks_err *err)
{
    (void)settings;
    return wks_quota_open(context->world, state, err);
}

static bool allows(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t household_row,
                   const wks_advert *advert)
{
    const int32_t class = class_of(context, settings, household_row);

    if (settings->value[P_COMPLIANCE] >= 1.0 || is_fitting(context->law, class, advert)) return true;
    return wks_quota_fits(state, advert->owner_row, 0, 1.0 - settings->value[P_COMPLIANCE]);
}

/* Only lettings to low incomes count. */
static void commit(const wks_part_context *context, const wks_settings *settings, void *state, int32_t household_row,
                   const wks_advert *advert)
{
    const int32_t class = class_of(context, settings, household_row);

    if (class == WKS_PASSEND_OTHER) return;
    wks_quota_add(state, advert->owner_row, is_fitting(context->law, class, advert) ? WKS_NONE : 0);
}

static void tell(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t household_row,
                 const wks_advert *advert, wks_text *out)
{
    const int32_t class = class_of(context, settings, household_row);
    const bool is_low = class != WKS_PASSEND_OTHER;

    wks_text_add(out, !is_low                                   ? "no low income"
                      : is_fitting(context->law, class, advert) ? "rent below its aftoppingsgrens"
                                                                : "rent above its aftoppingsgrens");
    if (is_low) wks_quota_tell(state, advert->owner_row, 0, 1.0 - settings->value[P_COMPLIANCE], out);
}

static const wks_spreiding_part norm = {
    .open = open_norm, .allows = allows, .commit = commit, .close = wks_quota_close, .tell = tell, .carry = wks_quota_carry};
/* The corporatie's lettings to low incomes, by the rent of the contract. */
static void count_letting(const wks_part_context *context, const wks_settings *settings, void *state, const wks_letting *letting)
{
    const wks_passend_class class = wks_passend_class_by(context->law, (double)letting->income_eur, letting->persons, letting->age);

    (void)settings;
    if (class == WKS_PASSEND_OTHER) return;
    wks_account_shares_add(state, letting->owner_row, (double)letting->rent_eur <= wks_passend_cap_eur(context->law, class) + HALF_A_CENT);
}

static int32_t judge(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t owner_row,
                     wks_account_verdict out[WKS_ACCOUNT_MOST])
{
    (void)context;
    return wks_account_shares_judge(state, owner_row, settings->value[P_COMPLIANCE], out);
}

static const wks_account account = {"share of lettings to low incomes at a rent up to their aftoppingsgrens",
                                    wks_account_shares_month,
                                    count_letting,
                                    judge,
                                    wks_account_shares_carry,
                                    wks_account_shares_year,
                                    wks_account_shares_close};

static const wks_filter_part filter = {.applicant_class = class_of, .advert_mask = mask_of, .norm = &norm, .account = &account};
const wks_spec wks_filter_passend_spec = {"passend",
                                          "filter",
                                          "passend toewijzen: low incomes get rents up to the aftoppingsgrens of their size",
                                          "Woningwet art. 46 lid 2",
                                          params,
                                          N_PARAMS,
                                          &filter};
