#include "rules/filter_accessible.h"
#include "rules/part_list.h"

enum { P_SENIOR, P_YOUNG, P_ACCESSIBLE, N_PARAMS };

static const wks_param params[N_PARAMS] = {
    [P_SENIOR] = {"senior_from", WKS_PARAM_INT, "years", 55, 40, 100, NULL, false, "assumption: 55+ labels are the usual ones",
                  "dwellings with label senior: oldest member at least this old"},
    [P_YOUNG] = {"jongeren_until", WKS_PARAM_INT, "years", 28, 18, 40, NULL, false, "BW 7:274c: a youth contract is for 18 to 27",
                 "dwellings with label jongeren: oldest member younger than this"},
    [P_ACCESSIBLE] = {"accessible_from", WKS_PARAM_INT, "years", 75, 40, 120, NULL, false, "assumption",
                      "accessible dwellings: a Wmo indication, a medical urgency, or an oldest member at least this old"},
};

/* An accessible dwelling has that label too, whatever its other one: who fits both goes first. */
static double key_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row, const wks_advert *advert)
{
    const wks_world *world = context->world;
    const int32_t age = wks_part_age(world, household_row);
    double fits = 0.0;

    if (advert->label == WKS_LABEL_SENIOR) fits += age >= (int32_t)settings->value[P_SENIOR];
    if (advert->label == WKS_LABEL_JONGEREN) fits += age < (int32_t)settings->value[P_YOUNG];
    if (advert->label == WKS_LABEL_CAMPUS) fits += world->household.is_student[household_row] != 0;
    if (advert->accessible != 0) fits += wks_filter_accessible_needs(world, household_row, settings->value[P_ACCESSIBLE]);
    return fits;
}

static const wks_order_part order = {.key = key_of, .is_pair = true, .unit = WKS_PART_COUNT};
const wks_spec wks_order_label_first_spec = {
    "label_first",
    "order",
    "labelvoorrang: whom the label of the dwelling is for goes first, and others come after instead of not at all",
    "Huisvestingswet 2014, art. 11",
    params,
    N_PARAMS,
    &order};
