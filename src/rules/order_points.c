#include "rules/part.h"
#include "rules/part_list.h"

enum { P_YEAR, P_POINT, P_URGENCY, P_STARTER, N_PARAMS };

static const wks_param params[N_PARAMS] = {
    [P_YEAR] = {"per_year_registered", WKS_PARAM_REAL, "points/yr", 1, 0, 1000, NULL, false, "Amsterdam region 16-1-2023: 1 a year [S1]",
                "for every year of inschrijfduur"},
    [P_POINT] = {"per_point", WKS_PARAM_REAL, "points", 1, 0, 1000, NULL, false, "Amsterdam region: search and situation points [S1]",
                 "for every search or situation point of the registration"},
    [P_URGENCY] = {"urgency", WKS_PARAM_REAL, "points", 0, 0, 1e6, NULL, false, "assumption", "for a valid urgency"},
    [P_STARTER] = {"starter", WKS_PARAM_REAL, "points", 0, -1000, 1000, NULL, false, "assumption", "for who has no home of its own"},
};

static double search_points(const wks_world *world, int32_t household_row)
{
    const int32_t registration = wks_part_registration(world, household_row);

    return registration < 0 ? 0.0 : wks_registration_points(&world->registration, registration);
}

static double key_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row, const wks_advert *advert)
{
    const wks_household_table *household = &context->world->household;
    const double *p = settings->value;

    (void)advert;
    return p[P_YEAR] * wks_world_registered_months(context->world, household_row) / 12.0 +
           p[P_POINT] * search_points(context->world, household_row) +
           (wks_part_is_urgent(context->world, household_row) ? p[P_URGENCY] : 0.0) +
           (household->unit_row[household_row] < 0 ? p[P_STARTER] : 0.0);
}

static const wks_order_part order = {.key = key_of, .is_pair = false, .unit = WKS_PART_POINTS};
const wks_spec wks_order_points_spec = {
    "points",
    "order",
    "puntentelling: points for years registered, for search and situation points, for urgency and for having no home; most points go first",
    "huisvestingsverordening (as in the Amsterdam region since 2023)",
    params,
    N_PARAMS,
    &order};
