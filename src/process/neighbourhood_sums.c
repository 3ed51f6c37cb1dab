#include "process/neighbourhood_sums.h"

#include <string.h>

#include "base/par.h"
#include "process/buffer_slots.h"

enum { BLOCK = 16384 };
static const uint16_t weighs = WKS_VULNERABLE_PSYCHIATRIC | WKS_VULNERABLE_ADDICTION | WKS_VULNERABLE_LVB | WKS_VULNERABLE_DEBT;

typedef struct wks_neighbourhood_sums_pass {
    const wks_world *world;
    wks_neighbourhood_sums *block; /* n_blocks * n_buurten */
} pass;

/* Tenths of the need that are met: by a care contract, or by the pool (process support). */
static int32_t met_tenths(const wks_household_table *household, int64_t i)
{
    return household->support[i] > household->helped[i] ? household->support[i] : household->helped[i];
}

static void add_households(int64_t begin, int64_t end, int64_t block, void *context)
{
    pass *self = context;
    const wks_world *world = self->world;
    const wks_household_table *household = &world->household;
    wks_neighbourhood_sums *sum = self->block + block * world->buurt.base.n_rows;

    memset(sum, 0, (size_t)world->buurt.base.n_rows * sizeof *sum);
    for (int64_t i = begin; i < end; i++) {
        if (household->key[i] == 0 || household->place[i] != WKS_PLACE_HOUSED) continue;
        const int32_t b = world->dwelling.buurt_row[world->unit.dwelling_row[household->unit_row[i]]];
        wks_neighbourhood_sums *here = &sum[b];
        here->nuisance += (household->vulnerability[i] & WKS_VULNERABLE_NUISANCE) != 0;
        here->moved += household->since_month[i] == world->month;
        here->income_eur += (int64_t)household->income_eur[i];
        if ((household->vulnerability[i] & weighs) == 0) continue;
        here->vulnerable++;
        here->met_tenths += met_tenths(household, i);
    }
}

static void add_dwellings(const wks_world *world, wks_neighbourhood_sums *out)
{
    const wks_dwelling_table *dwelling = &world->dwelling;

    for (int32_t d = 0; d < dwelling->base.n_rows; d++) {
        if (dwelling->key[d] == 0) continue;
        wks_neighbourhood_sums *here = &out[dwelling->buurt_row[d]];
        here->dwellings++;
        here->social += dwelling->tenure[d] == WKS_TENURE_SOCIAL;
        here->fresh += dwelling->built_month[d] > world->start_month;
        here->renovated += dwelling->works[d] == WKS_WORKS_DONE;
    }
}

wks_status wks_neighbourhood_sums_take(wks_tick *tick, const wks_neighbourhood_sums **out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = tick->world;
    const int32_t n_buurten = world->buurt.base.n_rows;
    const int64_t size = wks_par_block_size(world->household.base.n_rows, BLOCK),
                  n_blocks = wks_par_blocks(world->household.base.n_rows, size);
    wks_neighbourhood_sums *sum = wks_tick_buffer(tick, WKS_SLOT_BUURT_D, (size_t)n_buurten, sizeof *sum);
    pass self = {world, wks_tick_buffer(tick, WKS_SLOT_BLOCKS, (size_t)n_blocks * (size_t)n_buurten, sizeof *sum)};

    if (sum == NULL || self.block == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for sums of %d buurten", n_buurten);
    wks_par_for(world->household.base.n_rows, size, world->threads, add_households, &self);
    memset(sum, 0, (size_t)n_buurten * sizeof *sum);
    for (int64_t k = 0; k < n_blocks; k++) {
        for (int32_t b = 0; b < n_buurten; b++) {
            const wks_neighbourhood_sums *part = &self.block[k * n_buurten + b];
            sum[b].vulnerable += part->vulnerable;
            sum[b].met_tenths += part->met_tenths;
            sum[b].nuisance += part->nuisance;
            sum[b].moved += part->moved;
            sum[b].income_eur += part->income_eur;
        }
    }
    add_dwellings(world, sum);
    *out = sum;
out:
    return rc;
}

double wks_neighbourhood_sums_weighted(const wks_world *world, const double *p, const wks_neighbourhood_sums *sum, int32_t b)
{
    const double counted = (double)sum[b].vulnerable - p[WKS_NEIGHBOURHOOD_P_SUPPORT] * (double)sum[b].met_tenths / 10;

    return wks_neighbourhood_per(counted, world->buurt.n_households[b]);
}
