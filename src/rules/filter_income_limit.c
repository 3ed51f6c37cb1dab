#include "base/month.h"
#include "rules/part.h"
#include "rules/part_list.h"
#include "rules/quota.h"

enum { P_FREE_SHARE, P_NORM, N_PARAMS };
enum { CLASS_BELOW, CLASS_ABOVE, CLASS_MIDDLE };
enum { BAND_FREE, BAND_MIDDLE };
enum { NORM_SHARE, NORM_LAW, NORM_AGREEMENT };

static const char *const norms[] = {"share", "law", "agreement", NULL};

static const wks_param params[N_PARAMS] = {
    [P_FREE_SHARE] = {"free_share", WKS_PARAM_REAL, "share", 0.075, 0, 1, NULL, false,
                      "Woningwet art. 48: 92.5 % below the limit, by local agreement down to 85 % [S15]",
                      "largest share of a corporatie's lettings of a calendar year, at any moment of it, to incomes above the limit"},
    [P_NORM] =
        {"norm", WKS_PARAM_CHOICE, "-", NORM_SHARE, 0, 2, norms, false, "Woningwet art. 48 [S15]",
         "share: free_share in every year; law: what the law of the year allows (until 2021 10 % lower-middle and 10 % free, from 2022 "
         "7.5 % free); agreement: the most it allows with local agreements (from 2022 15 % free)"},
};

/* Before 2022 (80-10-10) lower-middle incomes had a band of their own, up to a limit of about 11 % above the ordinary one: 2021 44,655 over
 * 40,024 EUR for all households alike: an assumption, from memory. */
enum { FIRST_YEAR_WITHOUT_MIDDLE = 2022 };
static const double MIDDLE_OVER_LIMIT = 44655.0 / 40024.0, OLD_SHARE = 0.10, LAW_SHARE = 0.075, AGREED_SHARE = 0.15;

static bool has_middle(const wks_part_context *context, const wks_settings *settings)
{
    return (int32_t)settings->value[P_NORM] != NORM_SHARE && context->law->year < FIRST_YEAR_WITHOUT_MIDDLE;
}

static int32_t class_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row)
{
    const double limit =
        wks_part_persons(context->world, household_row) > 1 ? context->law->income_multi_eur : context->law->income_single_eur;
    const double income = (double)context->world->household.income_eur[household_row];

    if (income <= limit) return CLASS_BELOW;
    return has_middle(context, settings) && income <= MIDDLE_OVER_LIMIT * limit ? CLASS_MIDDLE : CLASS_ABOVE;
}

static double share_of(const wks_part_context *context, const wks_settings *settings)
{
    if ((int32_t)settings->value[P_NORM] == NORM_SHARE) return settings->value[P_FREE_SHARE];
    if (has_middle(context, settings)) return OLD_SHARE;
    return (int32_t)settings->value[P_NORM] == NORM_LAW ? LAW_SHARE : AGREED_SHARE;
}

static uint64_t mask_of(const wks_part_context *context, const wks_settings *settings, const wks_advert *advert)
{
    (void)advert;
    return share_of(context, settings) > 0.0 ? 1u << CLASS_BELOW | 1u << CLASS_ABOVE | 1u << CLASS_MIDDLE : 1u << CLASS_BELOW;
}

static wks_status open_norm(const wks_part_context *context, const wks_settings *settings, void **state, wks_err *err)
{
    (void)settings;
    return wks_quota_open(context->world, state, err);
}

static int32_t band_of(int32_t class)
{
    return class == CLASS_BELOW ? WKS_NONE : class == CLASS_MIDDLE ? BAND_MIDDLE : BAND_FREE;
}

static bool allows(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t household_row,
                   const wks_advert *advert)
{
    const int32_t band = band_of(class_of(context, settings, household_row));

    return band < 0 || wks_quota_fits(state, advert->owner_row, band, share_of(context, settings));
}

static void commit(const wks_part_context *context, const wks_settings *settings, void *state, int32_t household_row,
                   const wks_advert *advert)
{
    wks_quota_add(state, advert->owner_row, band_of(class_of(context, settings, household_row)));
}

static const wks_spreiding_part norm = {open_norm, allows, commit, wks_quota_close};
static const wks_filter_part filter = {class_of, mask_of, &norm};
const wks_spec wks_filter_income_limit_spec = {
    "income_limit",
    "filter",
    "DAEB-inkomensgrens: incomes up to the limit of the year by household size, and a paced share above it",
    "Woningwet art. 46 and 48; Regeling toegelaten instellingen volkshuisvesting",
    params,
    N_PARAMS,
    &filter};
