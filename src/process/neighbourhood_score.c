#include "process/neighbourhood_score.h"

#include <math.h>

#include "num/math.h"
#include "process/neighbourhood_sums.h"
#include "world/leefbaarheid.h"

/* Of the cross-section of six cities: an association [D1]. */
static const double CROSS_D_S = 1.23, CROSS_D_W = 0.22, LN2 = 0.6931471805599453;

wks_neighbourhood_score_theory wks_neighbourhood_score_under(const double *p, wks_neighbourhood_theory theory)
{
    wks_neighbourhood_score_theory out = {
        .a_v = p[WKS_NEIGHBOURHOOD_P_A_V],
        .a_l = p[WKS_NEIGHBOURHOOD_P_A_L],
        .a_l_onv = p[WKS_NEIGHBOURHOOD_P_A_L_ONV],
        .a_n = p[WKS_NEIGHBOURHOOD_P_A_N],
        .a_p = p[WKS_NEIGHBOURHOOD_P_A_P],
        .d_s = p[WKS_NEIGHBOURHOOD_P_D_S],
        .d_w = p[WKS_NEIGHBOURHOOD_P_D_W],
    };

    if (theory == WKS_NEIGHBOURHOOD_T0) out.a_v = out.a_l = out.a_l_onv = out.a_n = out.a_p = 0;
    if (theory == WKS_NEIGHBOURHOOD_T2) {
        out.d_s = out.d_s > 0 ? CROSS_D_S : 0;
        out.d_w = out.d_w > 0 ? CROSS_D_W : 0;
    }
    return out;
}

/* ---- load ---- */

static double city_start(const wks_world *world)
{
    double load = 0, capacity = 0;

    for (int32_t b = 0; b < world->buurt.base.n_rows; b++) {
        load += world->buurt.load_start[b];
        capacity += world->buurt.capacity_start[b];
    }
    return load > 0 && capacity > 0 ? load / capacity : 1;
}

/* Beyond the start, in units of `city`. */
static double overload_of(const wks_buurt_table *buurt, const double *p, double city, int32_t b)
{
    const double from = p[WKS_NEIGHBOURHOOD_P_OVERLOAD_FROM], most = p[WKS_NEIGHBOURHOOD_P_OVERLOAD_MOST];
    const double start = wks_neighbourhood_per(buurt->load_start[b], buurt->capacity_start[b]);
    const bool was_without = buurt->load_start[b] > 0 && !(buurt->capacity_start[b] > 0);

    if (!(buurt->load[b] > 0) || was_without) return 0;
    if (!(buurt->capacity[b] > 0)) return most;
    return wks_math_clamp((buurt->load[b] / buurt->capacity[b] - start) / city - from, 0, most);
}

double wks_neighbourhood_score_overload(const wks_world *world, const double *p, int32_t b)
{
    return overload_of(&world->buurt, p, city_start(world), b);
}

/* ---- targets ---- */

/* What a rise of the vulnerable share does more where leefbaarheid is below a threshold (incasseringsvermogen); 1 where it is not. */
static double absorbed(const wks_world *world, const double *p, double share, int32_t b)
{
    const double least = p[WKS_NEIGHBOURHOOD_P_ABSORB_SHARE], score = wks_world_leefbaarheid(world, b);
    const double beyond = share > least ? (share - least) / least : 0;
    const double g = score < p[WKS_NEIGHBOURHOOD_P_ABSORB_BELOW]         ? p[WKS_NEIGHBOURHOOD_P_ABSORB]
                     : score < p[WKS_NEIGHBOURHOOD_P_ABSORB_EARLY_BELOW] ? p[WKS_NEIGHBOURHOOD_P_ABSORB_EARLY]
                                                                         : 0;

    return 1 + g * beyond;
}

static double cohesion(const wks_world *world, const double *p, const wks_neighbourhood_score_theory *by, double share, double overload,
                       int32_t b)
{
    const wks_buurt_table *buurt = &world->buurt;
    const double rise = share - buurt->share_start[b];
    const double moved = isnan(buurt->turnover_start[b]) ? 0 : buurt->turnover[b] - buurt->turnover_start[b];
    const double contacts = buurt->contacts[b] > 0 ? wks_math_log(buurt->contacts[b]) / LN2 : 0;

    return buurt->soc_start[b] - by->a_v * rise * (rise > 0 ? absorbed(world, p, share, b) : 1) - p[WKS_NEIGHBOURHOOD_P_A_M] * moved +
           p[WKS_NEIGHBOURHOOD_P_A_C] * contacts - by->a_l * overload;
}

static double stock(const wks_buurt_table *buurt, const double *p, const wks_neighbourhood_sums *here, int32_t b)
{
    const double n = (double)here->dwellings;
    const double social = wks_neighbourhood_per((double)here->social, n) - buurt->social_start[b];

    return buurt->won_start[b] + p[WKS_NEIGHBOURHOOD_P_A_W] * social +
           p[WKS_NEIGHBOURHOOD_P_A_B] * wks_neighbourhood_per((double)here->fresh, n) +
           p[WKS_NEIGHBOURHOOD_P_A_R] * wks_neighbourhood_per((double)here->renovated, n) +
           p[WKS_NEIGHBOURHOOD_P_A_D] * wks_neighbourhood_per(buurt->demolished[b], buurt->dwellings_start[b]);
}

static double surroundings(const wks_buurt_table *buurt, const double *p, const wks_neighbourhood_sums *here, int32_t b)
{
    const double renewed = wks_neighbourhood_per((double)(here->fresh + here->renovated), (double)here->dwellings);

    return buurt->fys_start[b] + p[WKS_NEIGHBOURHOOD_P_A_F] * renewed + buurt->fys_gain[b];
}

/* Incomes of all residents in the prices of the start, over those of the start; by at most a factor 8 either way. */
static double amenities(const wks_world *world, const wks_neighbourhood_score_theory *by, const wks_neighbourhood_sums *here, int32_t b)
{
    const wks_buurt_table *buurt = &world->buurt;
    const double growth = world->income_growth > 0 ? world->income_growth : 1, now = (double)here->income_eur / growth;
    const double doublings =
        buurt->income_start[b] > 0 && now > 0 ? wks_math_clamp(wks_math_log(now / buurt->income_start[b]) / LN2, -3, 3) : 0;

    return buurt->vrz_start[b] + by->a_p * doublings + buurt->vrz_gain[b];
}

static double safety(const wks_buurt_table *buurt, const wks_neighbourhood_score_theory *by, double nuisance, double overload, int32_t b)
{
    return buurt->onv_start[b] + by->d_s * (buurt->soc[b] - buurt->soc_start[b]) + by->d_w * (buurt->won[b] - buurt->won_start[b]) -
           by->a_n * (nuisance - buurt->nuisance_start[b]) - by->a_l_onv * overload + buurt->enforcement[b];
}

/* ---- steps ---- */

/* While it runs all that is built up, afterwards it wears off. */
static double kept(double gain, double running, double fade)
{
    const double left = (1 - fade) * gain;

    return running > left ? running : left;
}

static double files_of(const wks_world *world, const wks_neighbourhood_sums *sum, int32_t b)
{
    return 1000 * wks_neighbourhood_per((double)sum[b].nuisance, world->buurt.n_households[b]);
}

void wks_neighbourhood_score_move(wks_world *world, const double *p, const wks_neighbourhood_sums *sum)
{
    const wks_neighbourhood_score_theory by =
        wks_neighbourhood_score_under(p, (wks_neighbourhood_theory)(int32_t)p[WKS_NEIGHBOURHOOD_P_THEORY]);
    const double k = p[WKS_NEIGHBOURHOOD_P_K], fade = p[WKS_NEIGHBOURHOOD_P_RENEWAL_FADE], city = city_start(world);
    wks_buurt_table *buurt = &world->buurt;

    for (int32_t b = 0; b < buurt->base.n_rows; b++) {
        const double overload = overload_of(buurt, p, city, b), share = wks_neighbourhood_sums_weighted(world, p, sum, b);
        const double soc = cohesion(world, p, &by, share, overload, b);

        buurt->fys_gain[b] = kept(buurt->fys_gain[b], buurt->renewal_fys[b], fade);
        buurt->vrz_gain[b] = kept(buurt->vrz_gain[b], buurt->renewal_vrz[b], fade);
        buurt->soc[b] += k * (wks_leefbaarheid_within(WKS_LEEFBAARHEID_soc, soc, buurt->soc_start[b]) - buurt->soc[b]);
        buurt->won[b] = wks_leefbaarheid_within(WKS_LEEFBAARHEID_won, stock(buurt, p, &sum[b], b), buurt->won_start[b]);
        buurt->fys[b] = wks_leefbaarheid_within(WKS_LEEFBAARHEID_fys, surroundings(buurt, p, &sum[b], b), buurt->fys_start[b]);
        buurt->vrz[b] = wks_leefbaarheid_within(WKS_LEEFBAARHEID_vrz, amenities(world, &by, &sum[b], b), buurt->vrz_start[b]);
        const double onv = safety(buurt, &by, files_of(world, sum, b), overload, b);
        buurt->onv[b] += k * (wks_leefbaarheid_within(WKS_LEEFBAARHEID_onv, onv, buurt->onv_start[b]) - buurt->onv[b]);
    }
}

void wks_neighbourhood_score_turnover(wks_world *world, const wks_neighbourhood_sums *sum)
{
    wks_buurt_table *buurt = &world->buurt;

    for (int32_t b = 0; b < buurt->base.n_rows; b++) {
        const double moved = wks_neighbourhood_per((double)sum[b].moved, buurt->n_households[b]);
        buurt->turnover[b] += (12 * moved - buurt->turnover[b]) / (world->tick < 12 ? world->tick : 12);
        if (world->tick == 24) buurt->turnover_start[b] = buurt->turnover[b];
    }
}

void wks_neighbourhood_score_start(wks_world *world, const double *p, const wks_neighbourhood_sums *sum)
{
    wks_buurt_table *buurt = &world->buurt;

    for (int32_t b = 0; b < buurt->base.n_rows; b++) {
        buurt->share_start[b] = wks_neighbourhood_sums_weighted(world, p, sum, b);
        buurt->social_start[b] = wks_neighbourhood_per((double)sum[b].social, (double)sum[b].dwellings);
        buurt->nuisance_start[b] = files_of(world, sum, b);
        buurt->load_start[b] = buurt->load[b];
        buurt->capacity_start[b] = buurt->capacity[b];
        buurt->income_start[b] = (double)sum[b].income_eur;
        buurt->dwellings_start[b] = (int32_t)sum[b].dwellings;
        buurt->turnover_start[b] = NAN;
        if (!(buurt->price[b] > 0)) buurt->price[b] = 1;
    }
}
