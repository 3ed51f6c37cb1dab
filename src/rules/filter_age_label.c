#include "rules/part.h"
#include "rules/part_list.h"

enum { P_SENIOR, P_YOUNG, P_RELAX, N_PARAMS };
enum { BIT_SENIOR = 1, BIT_YOUNG = 2, BIT_STUDENT = 4, N_CLASSES = 8 };

static const wks_param params[N_PARAMS] = {
    [P_SENIOR] = {"senior_from", WKS_PARAM_INT, "years", 55, 40, 100, NULL, false, "assumption: 55+ labels are the usual ones",
                  "dwellings with label senior: oldest member at least this old"},
    [P_YOUNG] = {"jongeren_until", WKS_PARAM_INT, "years", 28, 18, 40, NULL, false, "BW 7:274c: a youth contract is for 18 to 27",
                 "dwellings with label jongeren: oldest member younger than this"},
    [P_RELAX] = {"relax_after", WKS_PARAM_INT, "adverts", 1, 0, 1000, NULL, false,
                 "assumption: a label gives precedence, not a home that stays empty",
                 "adverts without result after which senior and jongeren are no longer asked for"},
};

static int32_t class_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row)
{
    const int32_t age = wks_part_age(context->world, household_row);

    return (age >= (int32_t)settings->value[P_SENIOR] ? BIT_SENIOR : 0) + (age < (int32_t)settings->value[P_YOUNG] ? BIT_YOUNG : 0) +
           (context->world->household.is_student[household_row] ? BIT_STUDENT : 0);
}

static uint64_t mask_of(const wks_part_context *context, const wks_settings *settings, const wks_advert *advert)
{
    static const int32_t bit_of[WKS_N_LABELS] = {
        [WKS_LABEL_SENIOR] = BIT_SENIOR, [WKS_LABEL_JONGEREN] = BIT_YOUNG, [WKS_LABEL_CAMPUS] = BIT_STUDENT};
    const int32_t bit = bit_of[advert->label];
    uint64_t mask = 0;

    /* Campus stays for students: the contract ends with the study. */
    if (advert->label != WKS_LABEL_CAMPUS && context->world->unit.n_adverts[advert->unit_row] >= (int32_t)settings->value[P_RELAX])
        return ~UINT64_C(0);
    for (int32_t class = 0; class < N_CLASSES; class ++) {
        if ((class & bit) == bit) mask |= UINT64_C(1) << class;
    }
    return mask;
}

static const wks_filter_part filter = {.applicant_class = class_of, .advert_mask = mask_of};
const wks_spec wks_filter_age_label_spec = {
    "age_label",
    "filter",
    "doelgroeplabel: dwellings with label senior, jongeren or campus are for seniors, young people or students",
    "Huisvestingswet 2014, art. 11; BW 7:274c and 274d",
    params,
    N_PARAMS,
    &filter};
