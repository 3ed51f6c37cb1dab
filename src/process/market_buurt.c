#include "process/market_buurt.h"

#include <math.h>
#include <string.h>

#include "num/math.h"
#include "process/buffer_slots.h"

/* Sums of whole numbers: the same in any order of rows. Positions in decimetres. */
typedef struct sums {
    int64_t x, y, income_eur;
    int32_t n_places, n_households, n_origin[3];
} sums;

static void add_places(const wks_world *world, sums *sum)
{
    const wks_dwelling_table *dwelling = &world->dwelling;

    for (int32_t d = 0; d < dwelling->base.n_rows; d++) {
        if (dwelling->key[d] == 0 || !isfinite(dwelling->x_m[d]) || !isfinite(dwelling->y_m[d])) continue;
        sums *here = &sum[dwelling->buurt_row[d]];
        here->x += (int64_t)(10 * (double)dwelling->x_m[d]);
        here->y += (int64_t)(10 * (double)dwelling->y_m[d]);
        here->n_places++;
    }
}

static void add_residents(const wks_world *world, bool with_origin, sums *sum)
{
    const wks_household_table *household = &world->household;

    for (int32_t h = 0; h < household->base.n_rows; h++) {
        const int32_t unit = household->unit_row[h];
        if (household->key[h] == 0 || unit < 0) continue;
        sums *here = &sum[world->dwelling.buurt_row[world->unit.dwelling_row[unit]]];
        here->n_households++;
        here->income_eur += (int64_t)household->income_eur[h];
        if (with_origin && household->origin[h] < 3) here->n_origin[household->origin[h]]++;
    }
}

wks_status wks_market_buurt_areas(wks_tick *tick, const double *p, wks_market_area **out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = tick->world;
    const int32_t n = world->buurt.base.n_rows;
    sums *sum = wks_tick_buffer(tick, WKS_SLOT_BUURT_A, (size_t)n, sizeof *sum);
    wks_market_area *area = wks_tick_buffer(tick, WKS_SLOT_AREAS, (size_t)n, sizeof *area);

    if (sum == NULL || area == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d buurten", n);
    memset(sum, 0, (size_t)n * sizeof *sum);
    if (p[WKS_MARKET_P_B_KIN] != 0) add_places(world, sum);
    if (p[WKS_MARKET_P_B_INCOME] != 0 || p[WKS_MARKET_P_B_OWN_GROUP] != 0) add_residents(world, p[WKS_MARKET_P_B_OWN_GROUP] != 0, sum);
    for (int32_t b = 0; b < n; b++) {
        const double households = sum[b].n_households > 0 ? sum[b].n_households : 1;
        const double mean = (double)sum[b].income_eur / households;
        area[b].pull = p[WKS_MARKET_P_B_LEEFBAARHEID] * wks_world_leefbaarheid(world, b) / 0.14 +
                       p[WKS_MARKET_P_B_CONTACTS] * wks_world_contacts_doublings(world, b) -
                       p[WKS_MARKET_P_B_STIGMA] * world->buurt.stigma[b];
        area[b].school = -p[WKS_MARKET_P_B_SCHOOL] * world->buurt.school_boost[b];
        area[b].x_m = sum[b].n_places > 0 ? (double)sum[b].x / 10 / sum[b].n_places : (double)NAN;
        area[b].y_m = sum[b].n_places > 0 ? (double)sum[b].y / 10 / sum[b].n_places : (double)NAN;
        area[b].income_log = mean > 0 ? wks_math_log(mean) : (double)NAN;
        for (int32_t o = 0; o < 3; o++)
            area[b].origin_share[o] = sum[b].n_origin[o] / households;
    }
    *out = area;
out:
    return rc;
}
