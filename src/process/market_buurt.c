#include "process/market_buurt.h"

#include <math.h>
#include <string.h>

#include "base/par.h"
#include "num/math.h"
#include "process/buffer_slots.h"

/* Sums of whole numbers: the same in any order of rows and threads. Positions in decimetres. */
typedef struct sums {
    int64_t x, y, income_eur;
    int32_t n_places, n_households, n_origin[3];
} sums;

typedef struct count_pass {
    const wks_world *world;
    sums *sum; /* by block and buurt */
    bool with_origin;
} count_pass;

static void add_places(int64_t begin, int64_t end, int64_t block, void *context)
{
    const count_pass *self = context;
    const wks_dwelling_table *dwelling = &self->world->dwelling;
    sums *sum = &self->sum[block * self->world->buurt.base.n_rows];

    for (int64_t d = begin; d < end; d++) {
        if (dwelling->key[d] == 0 || !isfinite(dwelling->x_m[d]) || !isfinite(dwelling->y_m[d])) continue;
        sums *here = &sum[dwelling->buurt_row[d]];
        here->x += (int64_t)(10 * (double)dwelling->x_m[d]);
        here->y += (int64_t)(10 * (double)dwelling->y_m[d]);
        here->n_places++;
    }
}

static void add_residents(int64_t begin, int64_t end, int64_t block, void *context)
{
    const count_pass *self = context;
    const wks_world *world = self->world;
    const wks_household_table *household = &world->household;
    sums *sum = &self->sum[block * world->buurt.base.n_rows];

    for (int64_t h = begin; h < end; h++) {
        const int32_t unit = household->unit_row[h];
        if (household->key[h] == 0 || unit < 0) continue;
        sums *here = &sum[world->dwelling.buurt_row[world->unit.dwelling_row[unit]]];
        here->n_households++;
        here->income_eur += (int64_t)household->income_eur[h];
        if (self->with_origin && household->origin[h] < 3) here->n_origin[household->origin[h]]++;
    }
}

/* Adds the tables of the other blocks to the first. */
static void add_blocks(sums *sum, int64_t n_blocks, int32_t n)
{
    for (int64_t k = n; k < n_blocks * n; k++) {
        sums *here = &sum[k % n];
        here->x += sum[k].x;
        here->y += sum[k].y;
        here->income_eur += sum[k].income_eur;
        here->n_places += sum[k].n_places;
        here->n_households += sum[k].n_households;
        for (int32_t o = 0; o < 3; o++)
            here->n_origin[o] += sum[k].n_origin[o];
    }
}

static wks_status count_all(wks_tick *tick, const double *p, sums **out, wks_err *err)
{
    enum { LEAST = 1 << 16 }; /* rows for which a table of their own pays */
    wks_status rc = WKS_OK;
    const wks_world *world = tick->world;
    const int32_t n = world->buurt.base.n_rows, n_dwellings = world->dwelling.base.n_rows, n_households = world->household.base.n_rows;
    const int64_t n_most = n_dwellings > n_households ? n_dwellings : n_households, size = wks_par_block_size(n_most, LEAST);
    const int64_t n_blocks = n_most > 0 ? wks_par_blocks(n_most, size) : 1;
    sums *sum = wks_tick_buffer(tick, WKS_SLOT_BUURT_A, (size_t)(n_blocks * n), sizeof *sum);
    count_pass pass = {world, sum, p[WKS_MARKET_P_B_OWN_GROUP] != 0};

    if (sum == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d buurten", n);
    memset(sum, 0, (size_t)(n_blocks * n) * sizeof *sum);
    if (p[WKS_MARKET_P_B_KIN] != 0) wks_par_for(n_dwellings, size, world->threads, add_places, &pass);
    if (p[WKS_MARKET_P_B_INCOME] != 0 || pass.with_origin) wks_par_for(n_households, size, world->threads, add_residents, &pass);
    add_blocks(sum, n_blocks, n);
    *out = sum;
out:
    return rc;
}

wks_status wks_market_buurt_areas(wks_tick *tick, const double *p, wks_market_area **out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = tick->world;
    const int32_t n = world->buurt.base.n_rows;
    wks_market_area *area = wks_tick_buffer(tick, WKS_SLOT_AREAS, (size_t)n, sizeof *area);
    sums *sum = NULL;

    if (area == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d buurten", n);
    WKS_TRY(count_all(tick, p, &sum, err));
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
