#include "rules/part.h"
#include "rules/part_list.h"

enum { P_BINDS, P_REFERRAL, P_SUPPORT, P_LABEL, P_AREAS, N_PARAMS };
enum { BINDS_EVERYBODY, BINDS_REFERRED };
/* A class is a referral and whether formal support is arranged. */
enum { HAS_SUPPORT = WKS_N_REFERRALS, N_CLASSES = 2 * WKS_N_REFERRALS };

static const char *const bound[] = {"everybody", "referred", NULL};
static const char *const referrals[] = {"any", "statushouder", "care_leaver", "ex_detainee", "herhuisvesting", NULL};

static const wks_param params[N_PARAMS] = {
    [P_BINDS] =
        {"binds", WKS_PARAM_CHOICE, "-", BINDS_EVERYBODY, 0, 1, bound, false, "practice of corporaties",
         "everybody: only referred people may have the dwelling; referred: who is not referred may have it too, and referred people only "
         "when they meet the condition"},
    [P_REFERRAL] = {"referral", WKS_PARAM_CHOICE, "-", 0, 0, 4, referrals, false, "regional agreements (uitstroom)",
                    "only under this referral"},
    [P_SUPPORT] = {"with_support", WKS_PARAM_BOOL, "-", 0, 0, 1, NULL, false, "regional agreements: a care contract beside the tenancy",
                   "only with formal support arranged (a care contract)"},
    [P_LABEL] = {"label", WKS_PARAM_CHOICE, "-", 0, 0, 5, wks_part_label_name, false, "practice of corporaties",
                 "only for dwellings with this label"},
    [P_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, false, "practice of corporaties",
                 "only in these buurten or wijken; empty: everywhere"},
};

static int32_t class_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row)
{
    const wks_household_table *household = &context->world->household;

    (void)settings;
    return household->referral[household_row] + (household->support[household_row] > 0 ? HAS_SUPPORT : 0);
}

static bool passes(const wks_settings *settings, int32_t class)
{
    const int32_t referral = class % WKS_N_REFERRALS, wanted = (int32_t)settings->value[P_REFERRAL];

    if (referral == WKS_REFERRAL_NONE) return (int32_t)settings->value[P_BINDS] == BINDS_REFERRED;
    if (wanted > 0 && referral != wanted) return false;
    return !(settings->value[P_SUPPORT] > 0.0) || class >= HAS_SUPPORT;
}

static uint64_t mask_of(const wks_part_context *context, const wks_settings *settings, const wks_advert *advert)
{
    uint64_t mask = 0;

    if (!wks_part_label_fits(settings->value[P_LABEL], advert->label) ||
        !wks_part_in_areas(context->world, settings, P_AREAS, advert->buurt_row))
        return ~UINT64_C(0);
    for (int32_t class = 0; class < N_CLASSES; class ++) {
        if (passes(settings, class)) mask |= UINT64_C(1) << class;
    }
    return mask;
}

static const wks_filter_part filter = {.applicant_class = class_of, .advert_mask = mask_of};
const wks_spec wks_filter_referral_spec = {"referral",
                                           "filter",
                                           "verwijzing: dwellings for referred people only, or referred people only with a care contract",
                                           "Huisvestingswet 2014, art. 10 and 12; regional agreements",
                                           params,
                                           N_PARAMS,
                                           &filter};
