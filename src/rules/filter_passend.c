#include "rules/part.h"
#include "rules/part_list.h"
#include "rules/quota.h"

enum { P_COMPLIANCE, N_PARAMS };
enum { CLASS_OTHER, CLASS_LOW_CAP, CLASS_HIGH_CAP };
enum { PENSION_AGE = 67 };

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
    const wks_law *law = context->law;
    const int32_t persons = wks_part_persons(context->world, household_row);
    const bool is_old = wks_part_age(context->world, household_row) >= PENSION_AGE;
    const double single = is_old ? law->passend_single_old_eur : law->passend_single_eur;
    const double multi = is_old ? law->passend_multi_old_eur : law->passend_multi_eur;

    (void)settings;
    if ((double)context->world->household.income_eur[household_row] > (persons > 1 ? multi : single)) return CLASS_OTHER;
    return persons > 2 ? CLASS_HIGH_CAP : CLASS_LOW_CAP;
}

/* Rents are kept as float: one that equals a cap may lie a hair above it. */
static const double HALF_A_CENT = 0.005;

static bool is_fitting(const wks_law *law, int32_t class, double rent_eur)
{
    if (class == CLASS_OTHER) return true;
    return rent_eur <= (class == CLASS_LOW_CAP ? law->rent_cap_low_eur : law->rent_cap_high_eur) + HALF_A_CENT;
}

static uint64_t mask_of(const wks_part_context *context, const wks_settings *settings, const wks_advert *advert)
{
    uint64_t mask = 0;

    for (int32_t class = CLASS_OTHER; class <= CLASS_HIGH_CAP; class ++) {
        /* Below 1 the norm decides at the offer. */
        if (settings->value[P_COMPLIANCE] < 1.0 || is_fitting(context->law, class, (double)advert->rent_eur)) mask |= UINT64_C(1) << class;
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

    if (settings->value[P_COMPLIANCE] >= 1.0 || is_fitting(context->law, class, (double)advert->rent_eur)) return true;
    return wks_quota_fits(context, state, advert->owner_row, 0, 1.0 - settings->value[P_COMPLIANCE]);
}

/* Only lettings to low incomes count. */
static void commit(const wks_part_context *context, const wks_settings *settings, void *state, int32_t household_row,
                   const wks_advert *advert)
{
    const int32_t class = class_of(context, settings, household_row);

    if (class == CLASS_OTHER) return;
    wks_quota_add(state, advert->owner_row, is_fitting(context->law, class, (double)advert->rent_eur) ? WKS_NONE : 0);
}

static const wks_spreiding_part norm = {open_norm, allows, commit, wks_quota_close};
static const wks_filter_part filter = {class_of, mask_of, &norm};
const wks_spec wks_filter_passend_spec = {"passend",
                                          "filter",
                                          "passend toewijzen: low incomes get rents up to the aftoppingsgrens of their size",
                                          "Woningwet art. 46 lid 2",
                                          params,
                                          N_PARAMS,
                                          &filter};
