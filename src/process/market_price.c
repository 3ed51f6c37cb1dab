#include "process/market_price.h"

#include "base/month.h"
#include "num/math.h"
#include "world/leefbaarheid.h"

enum { BETAALBARE_HUUR = 2024 * 12 + 6 }; /* 1-7-2024 */

void wks_market_price_level(wks_world *world, double price_index)
{
    const double gain = price_index * world->price_level;

    if (wks_month_of_year(world->month) != 0 || !(price_index < 0 || price_index > 0)) return;
    for (int32_t u = 0; u < world->unit.base.n_rows; u++) {
        const int32_t row = world->unit.household_row[u], dwelling = world->unit.dwelling_row[u];
        if (world->unit.key[u] == 0 || row < 0 || world->dwelling.tenure[dwelling] != WKS_TENURE_OWNER) continue;
        world->household.equity_eur[row] =
            (float)((double)world->household.equity_eur[row] + gain * (double)world->dwelling.value_eur[dwelling]);
    }
    world->price_level += gain;
}

double wks_market_price_fallen(double fall, double floor, int32_t months)
{
    double left = 1;

    for (int32_t m = 0; m < months && left > floor; m++)
        left *= 1 - fall;
    return left > floor ? left : floor;
}

double wks_market_price_asked(const wks_world *world, const double *p, int32_t dwelling_row, int32_t months)
{
    const double relative = world->buurt.price[world->dwelling.buurt_row[dwelling_row]];

    return (double)world->dwelling.value_eur[dwelling_row] * world->price_level * relative *
           wks_market_price_fallen(p[WKS_MARKET_P_PRICE_FALL], p[WKS_MARKET_P_PRICE_FLOOR], months);
}

/* New contracts since 1-7-2024 (Wet betaalbare huur), homes with a kitchen of their own; without points nothing is known. */
static bool is_regulated(const wks_tick *tick, const double *p, int32_t unit_row)
{
    const wks_world *world = tick->world;
    const int32_t points = world->dwelling.wws_points[world->unit.dwelling_row[unit_row]];

    return p[WKS_MARKET_P_REGULATED] != 0 && world->month >= BETAALBARE_HUUR && points > 0 &&
           points <= (int32_t)tick->law.wws_middle_points && world->unit.kind[unit_row] == WKS_UNIT_SELF_CONTAINED;
}

double wks_market_price_rent(const wks_tick *tick, const double *p, int32_t unit_row, int32_t months)
{
    const wks_world *world = tick->world;
    const int32_t dwelling = world->unit.dwelling_row[unit_row];
    const double rent = (double)world->unit.rent_eur[unit_row] * world->buurt.price[world->dwelling.buurt_row[dwelling]] *
                        wks_market_price_fallen(p[WKS_MARKET_P_RENT_FALL], p[WKS_MARKET_P_RENT_FLOOR], months);

    if (!is_regulated(tick, p, unit_row)) return rent;
    const double most = wks_law_wws_rent(&tick->law, world->dwelling.wws_points[dwelling]);
    return rent < most ? rent : most;
}

/* Mean over households of the logarithms moved down by `shift` and kept in the range. */
static double mean_of(const wks_world *world, const double *next, double shift, double low, double high)
{
    double sum = 0, weight = 0;

    for (int32_t b = 0; b < world->buurt.base.n_rows; b++) {
        sum += world->buurt.n_households[b] * wks_math_clamp(next[b] - shift, low, high);
        weight += world->buurt.n_households[b];
    }
    return weight > 0 ? sum / weight : 0;
}

/* The shift for which the mean is 0: the mean falls with it. Without a bound that binds the first step is exact. */
static double shift_of(const wks_world *world, const double *next, double low, double high)
{
    double left = -10, right = 10;
    double shift = mean_of(world, next, 0, left, right);

    if (mean_of(world, next, shift, low, high) > 1e-12 || mean_of(world, next, shift, low, high) < -1e-12) {
        for (int32_t k = 0; k < 60; k++) {
            shift = (left + right) / 2;
            if (mean_of(world, next, shift, low, high) > 0) {
                left = shift;
            } else {
                right = shift;
            }
        }
    }
    return shift;
}

/* What leefbaarheid gained since the start and the stigma of a designation make of the logarithm of a relative price in the long run. */
static double target_of(const wks_world *world, const double *p, int32_t b)
{
    return p[WKS_MARKET_P_PRICE_LEEFBAARHEID] * (wks_world_leefbaarheid(world, b) - wks_leefbaarheid_start(world, b)) / 0.14 -
           p[WKS_MARKET_P_PRICE_STIGMA] * world->buurt.stigma[b];
}

void wks_market_price_move(wks_world *world, const double *p, const int32_t *applications, const int32_t *vacancies, double *next)
{
    const int32_t n = world->buurt.base.n_rows;
    const double range = p[WKS_MARKET_P_PRICE_RANGE], back = p[WKS_MARKET_P_PRICE_RETURN];
    const double low = range < 1 ? wks_math_log(1 - range) : -10, high = wks_math_log(1 + range);
    double all_applications = 0, all_vacancies = 0;

    /* Excess against that of all together: a buurt without vacancies this month shows none. */
    for (int32_t b = 0; b < n; b++) {
        all_applications += applications[b];
        all_vacancies += vacancies[b];
    }
    const double usual = (all_applications + 1) / (all_vacancies + 1);
    for (int32_t b = 0; b < n; b++) {
        const double excess = vacancies[b] > 0 ? wks_math_log((applications[b] + usual) / (vacancies[b] + 1.0) / usual) : 0;
        const double target = target_of(world, p, b);
        next[b] = (1 - back) * wks_math_log(world->buurt.price[b]) + back * target + p[WKS_MARKET_P_PRICE_SPEED] * excess;
    }
    const double shift = shift_of(world, next, low, high);
    for (int32_t b = 0; b < n; b++)
        world->buurt.price[b] = wks_math_clamp(wks_math_exp(wks_math_clamp(next[b] - shift, low, high)), 1 - range, 1 + range);
}
