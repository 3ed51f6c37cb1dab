#include "rules/filter_ties.h"
#include "rules/part_list.h"

enum { P_SHARE, P_YEARS, P_SCALE, N_PARAMS };
enum { SCALE_REGION, SCALE_WIJK, SCALE_BUURT };

static const char *const scales[] = {"region", "wijk", "buurt", NULL};

static const wks_param params[N_PARAMS] = {
    [P_SHARE] = {"share", WKS_PARAM_REAL, "share", 0.5, 0, 0.5, NULL, false,
                 "Huisvestingswet 2014, art. 14: at most half of the vacancies [S19]",
                 "share of the vacancies at which residents go first; drawn per unit and kept as long as it is vacant"},
    [P_YEARS] = {"years", WKS_PARAM_REAL, "years", 6, 0, 50, NULL, false, "Huisvestingswet 2014, art. 14 lid 3",
                 "years in the region that make a tie"},
    [P_SCALE] = {"scale", WKS_PARAM_CHOICE, "-", SCALE_REGION, 0, 2, scales, false, "practice",
                 "tie with the region, or living in the same wijk or buurt"},
};

static double key_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row, const wks_advert *advert)
{
    const wks_world *world = context->world;
    const int32_t scale = (int32_t)settings->value[P_SCALE];

    if (!wks_filter_ties_reserves(world, settings->value[P_SHARE], advert)) return 0.0;
    if (!wks_filter_ties_holds(context, household_row, settings->value[P_YEARS])) return 0.0;
    if (scale == SCALE_REGION) return 1.0;
    const int32_t home = wks_world_buurt_of(world, household_row);
    if (home < 0) return 0.0;
    return (scale == SCALE_BUURT ? home == advert->buurt_row : world->buurt.wijk_row[home] == advert->wijk_row) ? 1.0 : 0.0;
}

static const wks_order_part order = {.key = key_of, .is_pair = true, .unit = WKS_PART_YES_NO};
const wks_spec wks_order_ties_first_spec = {
    "ties_first", "order", "lokaal maatwerk: at a share of the vacancies residents go first", "Huisvestingswet 2014, art. 14", params,
    N_PARAMS,     &order};
