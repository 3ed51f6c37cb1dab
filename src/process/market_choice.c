#include "process/market_choice.h"

#include <math.h>

#include "num/math.h"
#include "process/market_means.h"

enum { OWNER_YOUNG = 30, OWNER_OLD = 65 }; /* ages at which b_owner changes: assumptions */

/* Who looks in another region than its own has its own reason to go there: how far that is does not count. */
static void look_in_region(const wks_market_pass *pass, int32_t household_row, wks_market_seeker *out)
{
    out->region = wks_region_looks_in(pass->world, pass->region, household_row);
    if (out->region != wks_region_lives_in(pass->world, household_row)) out->x_m = out->y_m = (double)NAN;
}

void wks_market_choice_fill(const wks_market_pass *pass, int32_t household_row, wks_market_seeker *out)
{
    const wks_world *world = pass->world;
    const wks_household_table *household = &world->household;
    const int32_t home = household->unit_row[household_row];
    const int32_t dwelling = home < 0 ? WKS_NONE : world->unit.dwelling_row[home];
    const double *p = pass->p;
    /* Field by field: clearing all of it first takes longer than filling it. `benefit` waits until somebody asks. */
    out->key = household->key[household_row];
    out->x_m = dwelling < 0 ? (double)NAN : (double)world->dwelling.x_m[dwelling];
    out->y_m = dwelling < 0 ? (double)NAN : (double)world->dwelling.y_m[dwelling];
    out->row = household_row;
    out->persons = household->n_persons[household_row];
    out->kin_buurt_row = household->kin_buurt_row[household_row];
    out->origin = household->origin[household_row];
    out->has_home = home >= 0;
    out->in_room = home >= 0 && world->unit.kind[home] == WKS_UNIT_ROOM;
    out->has_children = household->n_children[household_row] > 0;
    out->is_student = household->is_student[household_row] != 0;
    out->is_family = out->has_children && (double)household->income_eur[household_row] > pass->norms.law->income_multi_eur;
    out->has_benefit = false;

    out->region = 0;
    if (wks_region_n(world) > 1) look_in_region(pass, household_row, out);
    wks_market_means_fill(world, &pass->norms, out);
    out->income_log = p[WKS_MARKET_P_B_INCOME] != 0 && out->income_eur > 0 ? wks_math_log(out->income_eur) : 0;
    out->owner = p[WKS_MARKET_P_B_OWNER];
    if (out->age < OWNER_YOUNG) out->owner += p[WKS_MARKET_P_B_OWNER_YOUNG];
    if (out->age >= OWNER_OLD) out->owner += p[WKS_MARKET_P_B_OWNER_OLD];
}

/* Kilometres between two points; NaN when one of them is not known. */
static double km_between(double x0, double y0, double x1, double y1)
{
    const double dx = x0 - x1, dy = y0 - y1;
    return sqrt(dx * dx + dy * dy) / 1000;
}

/* Net cost a year. */
static double cost_of(const wks_market_pass *pass, wks_market_seeker *seeker, int32_t kind, const wks_market_vacancy *vacancy)
{
    const wks_market_norms *norms = &pass->norms;

    if (kind != WKS_MARKET_OWNER) return wks_market_means_rent_cost(norms, seeker, kind, vacancy->price_eur);
    const double most = seeker->means_eur[WKS_MARKET_OWNER];
    return wks_market_means_owner_cost(norms, seeker, most < vacancy->price_eur ? most : vacancy->price_eur);
}

bool wks_market_choice_is_for(const wks_market_seeker *seeker, int32_t kind)
{
    if (!(seeker->income_eur > 0)) return false;
    if (kind == WKS_MARKET_ROOM) return seeker->persons <= 2 && (!seeker->has_home || seeker->in_room);
    return kind != WKS_MARKET_OWNER || !seeker->is_student;
}

/* Near kin: 1 in their buurt, half at kin_km from its centre. */
static double near_kin(const wks_market_pass *pass, const wks_market_seeker *seeker, const wks_market_vacancy *vacancy)
{
    if (seeker->kin_buurt_row < 0) return 0;
    if (seeker->kin_buurt_row == vacancy->buurt_row) return 1;
    const wks_market_area *kin = &pass->area[seeker->kin_buurt_row];
    const double km = km_between(kin->x_m, kin->y_m, vacancy->x_m, vacancy->y_m);
    return km >= 0 ? pass->p[WKS_MARKET_P_KIN_KM] / (pass->p[WKS_MARKET_P_KIN_KM] + km) : 0;
}

/* Likeness to who lives there: share of the own origin, distance between incomes in logarithms. */
static double likeness(const wks_market_pass *pass, const wks_market_seeker *seeker, const wks_market_area *area)
{
    const double *p = pass->p;
    double utility = 0;

    if (p[WKS_MARKET_P_B_INCOME] != 0 && isfinite(area->income_log))
        utility += p[WKS_MARKET_P_B_INCOME] * fabs(seeker->income_log - area->income_log);
    if (p[WKS_MARKET_P_B_OWN_GROUP] != 0 && seeker->origin < WKS_N_ORIGINS)
        utility += p[WKS_MARKET_P_B_OWN_GROUP] * area->origin_share[seeker->origin];
    return utility;
}

bool wks_market_choice_utility(const wks_market_pass *pass, wks_market_seeker *seeker, int32_t kind, const wks_market_vacancy *vacancy,
                               double *out)
{
    const double *p = pass->p;
    const wks_market_area *area = &pass->area[vacancy->buurt_row];
    const int32_t wanted = seeker->persons + 2;
    double utility;

    if (!wks_market_choice_is_for(seeker, kind) || vacancy->reserve_eur > seeker->means_eur[kind]) return false;
    const double cost = cost_of(pass, seeker, kind, vacancy);
    if (cost < 0) return false;
    if (pass->permit->n > 0 && !wks_permit_allows(pass->permit, seeker->row, vacancy->unit_row, vacancy->price_eur)) return false;
    const double km = km_between(seeker->x_m, seeker->y_m, vacancy->x_m, vacancy->y_m);
    utility =
        p[WKS_MARKET_P_B_COST] * cost / seeker->income_eur + p[WKS_MARKET_P_B_SIZE] * (vacancy->rooms < wanted ? vacancy->rooms : wanted);
    if (vacancy->is_house && seeker->has_children) utility += p[WKS_MARKET_P_B_HOUSE];
    if (km >= 0) utility += p[WKS_MARKET_P_B_DISTANCE] * km;
    if (seeker->is_family && (area->school > 0 || area->school < 0)) utility += area->school;
    utility += area->pull + p[WKS_MARKET_P_B_KIN] * near_kin(pass, seeker, vacancy) + likeness(pass, seeker, area);
    if (kind == WKS_MARKET_OWNER) utility += seeker->owner;
    *out = utility;
    return true;
}

void wks_market_choice_bounds(const wks_market_pass *pass)
{
    static const double ROOM = 1e-9; /* for sums in another order */
    const double *p = pass->p;

    for (int32_t kind = 0; kind < WKS_MARKET_KINDS; kind++) {
        for (int32_t i = 0; i < pass->ring[kind].n; i++) {
            wks_market_vacancy *vacancy = &pass->ring[kind].item[i];
            const wks_market_area *area = &pass->area[vacancy->buurt_row];
            const double others = area->pull + ROOM, children = others + (vacancy->is_house ? p[WKS_MARKET_P_B_HOUSE] : 0);
            vacancy->most[WKS_MARKET_OTHERS] = others;
            vacancy->most[WKS_MARKET_CHILDREN] = children;
            vacancy->most[WKS_MARKET_FAMILY] = children + area->school;
            vacancy->most_cost = kind == WKS_MARKET_ROOM ? p[WKS_MARKET_P_B_COST] * 12 * vacancy->price_eur : 0;
        }
    }
}

wks_market_eye wks_market_choice_eye(const wks_market_pass *pass, const wks_market_seeker *seeker, int32_t kind)
{
    const double *p = pass->p;
    double own = kind == WKS_MARKET_OWNER ? seeker->owner : 0;

    if (seeker->kin_buurt_row >= 0) own += p[WKS_MARKET_P_B_KIN];
    if (p[WKS_MARKET_P_B_OWN_GROUP] > 0) own += p[WKS_MARKET_P_B_OWN_GROUP];
    return (wks_market_eye){
        .own = own,
        .per_income = 1 / (seeker->income_eur > 1 ? seeker->income_eur : 1), /* no less than 1: cost weighs less, it stays a bound */
        .size = p[WKS_MARKET_P_B_SIZE],
        .wanted = seeker->persons + 2,
        .class = seeker->is_family      ? WKS_MARKET_FAMILY
                 : seeker->has_children ? WKS_MARKET_CHILDREN
                                        : WKS_MARKET_OTHERS};
}
