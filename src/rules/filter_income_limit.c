#include "rules/account.h"
#include "rules/part.h"
#include "rules/part_list.h"
#include "rules/quota.h"

enum { P_FREE_SHARE, P_NORM, N_PARAMS };
enum { CLASS_BELOW, CLASS_MIDDLE, CLASS_ABOVE, N_CLASSES };
enum { NORM_OF_YEAR, NORM_FREE_SHARE, NORM_AGREEMENT };

static const char *const norms[] = {"of_year", "free_share", "agreement", NULL};

static const wks_param params[N_PARAMS] = {
    [P_FREE_SHARE] = {"free_share", WKS_PARAM_REAL, "share", 0.075, 0, 1, NULL, false,
                      "Woningwet art. 48: 92.5 % below the limit, by local agreement down to 85 % [S15]",
                      "largest share of a corporatie's lettings of a calendar year, at any moment of it, to incomes above the limit"},
    [P_NORM] =
        {"norm", WKS_PARAM_CHOICE, "-", NORM_OF_YEAR, 0, 2, norms, false, "BTIV art. 16: 80-10-10 until 2021 [S15]",
         "of_year: before 2022 one share for lower middle and one for higher incomes, as the law of the year says, and free_share from "
         "2022; free_share: free_share in every year; agreement: as of_year, but from 2022 the most that the law allows by agreement"},
};

/* Until 2021 the law had a band between two limits. */
static bool has_middle(const wks_part_context *context, const wks_settings *settings)
{
    return (int32_t)settings->value[P_NORM] != NORM_FREE_SHARE && context->law->daeb_middle_max > 0.0;
}

/* Largest share of a class: of this year's law where it has two bands. */
static double share_of(const wks_part_context *context, const wks_settings *settings, int32_t class)
{
    if (class == CLASS_BELOW) return 1.0;
    if (has_middle(context, settings)) return class == CLASS_MIDDLE ? context->law->daeb_middle_max : context->law->daeb_free_max;
    return (int32_t)settings->value[P_NORM] == NORM_AGREEMENT ? context->law->daeb_free_agreed_max : settings->value[P_FREE_SHARE];
}

static int32_t class_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row)
{
    const wks_law *law = context->law;
    const double limit = wks_part_persons(context->world, household_row) > 1 ? law->income_multi_eur : law->income_single_eur;
    const double income = (double)context->world->household.income_eur[household_row];

    if (!(income > limit)) return CLASS_BELOW;
    return has_middle(context, settings) && income <= law->income_middle_eur ? CLASS_MIDDLE : CLASS_ABOVE;
}

static uint64_t mask_of(const wks_part_context *context, const wks_settings *settings, const wks_advert *advert)
{
    uint64_t mask = 0;

    (void)advert;
    for (int32_t class = 0; class < N_CLASSES; class ++) {
        if (share_of(context, settings, class) > 0.0) mask |= UINT64_C(1) << class;
    }
    return mask;
}

static wks_status open_norm(const wks_part_context *context, const wks_settings *settings, void **state, wks_err *err)
{
    (void)settings;
    return wks_quota_open(context->world, state, err);
}

/* Below the limit none, then the middle, then all others. */
static int32_t band_of(int32_t class)
{
    return class - 1;
}

static bool allows(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t household_row,
                   const wks_advert *advert)
{
    const int32_t class = class_of(context, settings, household_row);

    return class == CLASS_BELOW || wks_quota_fits(state, advert->owner_row, band_of(class), share_of(context, settings, class));
}

static void tell(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t household_row,
                 const wks_advert *advert, wks_text *out)
{
    static const char *const words[N_CLASSES] = {"below the limit", "of the middle band", "above the limit"};
    const int32_t class = class_of(context, settings, household_row);

    wks_text_addf(out, "income %s", words[class]);
    if (class != CLASS_BELOW) wks_quota_tell(state, advert->owner_row, band_of(class), share_of(context, settings, class), out);
}

static void commit(const wks_part_context *context, const wks_settings *settings, void *state, int32_t household_row,
                   const wks_advert *advert)
{
    wks_quota_add(state, advert->owner_row, band_of(class_of(context, settings, household_row)));
}

static const wks_spreiding_part norm = {
    .open = open_norm, .allows = allows, .commit = commit, .close = wks_quota_close, .tell = tell, .carry = wks_quota_carry};
static void count_letting(const wks_part_context *context, const wks_settings *settings, void *state, const wks_letting *letting)
{
    const double limit = letting->persons > 1 ? context->law->income_multi_eur : context->law->income_single_eur;

    (void)settings;
    wks_account_shares_add(state, letting->owner_row, (double)letting->income_eur <= limit);
}

/* Incomes below the limit, beside what may go to those above it. */
static int32_t judge(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t owner_row,
                     wks_account_verdict out[WKS_ACCOUNT_MOST])
{
    const double middle = has_middle(context, settings) ? share_of(context, settings, CLASS_MIDDLE) : 0.0;

    return wks_account_shares_judge(state, owner_row, 1.0 - middle - share_of(context, settings, CLASS_ABOVE), out);
}

static const wks_account account = {"share of lettings to incomes up to the limit",
                                    wks_account_shares_month,
                                    count_letting,
                                    judge,
                                    wks_account_shares_carry,
                                    wks_account_shares_year,
                                    wks_account_shares_close};

static const wks_filter_part filter = {.applicant_class = class_of, .advert_mask = mask_of, .norm = &norm, .account = &account};
const wks_spec wks_filter_income_limit_spec = {
    "income_limit",
    "filter",
    "DAEB-inkomensgrens: incomes up to the limit of the year by household size, and a paced share above it",
    "Woningwet art. 46 and 48; Regeling toegelaten instellingen volkshuisvesting",
    params,
    N_PARAMS,
    &filter};
