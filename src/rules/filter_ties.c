#include "rules/filter_ties.h"

#include "rules/part_list.h"

enum { P_SHARE, P_YEARS, N_PARAMS };
enum { CLASS_NONE, CLASS_TIES };

static const wks_param params[N_PARAMS] = {
    [P_SHARE] = {"share", WKS_PARAM_REAL, "share", 0.25, 0, 0.5, NULL, false,
                 "Huisvestingswet 2014, art. 14: at most half of the vacancies [S19]",
                 "share of the vacancies reserved for residents; which ones is drawn per unit and kept as long as it is vacant"},
    [P_YEARS] = {"years", WKS_PARAM_REAL, "years", 6, 0, 50, NULL, false, "Huisvestingswet 2014, art. 14 lid 3: six years or more",
                 "years in the region that make a tie"},
};

bool wks_filter_ties_has(const wks_world *world, int32_t household_row, double years)
{
    const uint8_t place = world->household.place[household_row];

    if (place == WKS_PLACE_OUTSIDE || place == WKS_PLACE_COA) return false;
    return world->month - world->household.region_month[household_row] >= 12.0 * years;
}

static int32_t class_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row)
{
    return wks_filter_ties_has(context->world, household_row, settings->value[P_YEARS]) ? CLASS_TIES : CLASS_NONE;
}

static uint64_t mask_of(const wks_part_context *context, const wks_settings *settings, const wks_advert *advert)
{
    const wks_channel_part *channel = context->rules->channel[advert->channel].spec->implementation;
    const bool is_reserved =
        channel->is_advertised && wks_part_unit_draw(context->world, advert->unit_row, WKS_FILTER_TIES_DRAW) < settings->value[P_SHARE];

    return is_reserved ? 1u << CLASS_TIES : 1u << CLASS_NONE | 1u << CLASS_TIES;
}

static const wks_filter_part filter = {class_of, mask_of, NULL};
const wks_spec wks_filter_ties_spec = {"ties",
                                       "filter",
                                       "lokaal maatwerk: a share of the advertised vacancies is for residents only",
                                       "Huisvestingswet 2014, art. 14",
                                       params,
                                       N_PARAMS,
                                       &filter};
