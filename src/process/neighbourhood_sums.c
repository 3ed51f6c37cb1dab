#include "process/neighbourhood_sums.h"

#include <string.h>

#include "base/par.h"
#include "process/buffer_slots.h"

static const uint16_t weighs = WKS_VULNERABLE_PSYCHIATRIC | WKS_VULNERABLE_ADDICTION | WKS_VULNERABLE_LVB | WKS_VULNERABLE_DEBT;

/* Dwellings by what they are: bits of the index of a count. */
enum { SOCIAL = 1, FRESH = 2, RENOVATED = 4, N_KINDS = 8 };

typedef wks_neighbourhood_sums sums;

typedef struct wks_neighbourhood_residents {
    int64_t vulnerable, met_tenths, nuisance, moved, income_eur;
} residents;

typedef struct wks_neighbourhood_homes {
    int32_t n[N_KINDS];
} homes;

typedef struct wks_neighbourhood_sums_pass {
    const wks_world *world;
    residents *residents; /* n_blocks * n_buurten; before or after that of homes */
    homes *homes;
} pass;

/* Tenths of the need that are met: by a care contract, or by the pool (process support). */
static int32_t met_tenths(const wks_household_table *household, int64_t i)
{
    return household->support[i] > household->helped[i] ? household->support[i] : household->helped[i];
}

static void add_vulnerable(const wks_household_table *household, int64_t i, residents *here)
{
    here->nuisance += (household->vulnerability[i] & WKS_VULNERABLE_NUISANCE) != 0;
    if ((household->vulnerability[i] & weighs) == 0) return;
    here->vulnerable++;
    here->met_tenths += met_tenths(household, i);
}

static void add_households(int64_t begin, int64_t end, int64_t block, void *context)
{
    const pass *self = context;
    const wks_world *world = self->world;
    const wks_household_table *household = &world->household;
    const int32_t *const dwelling_row = world->unit.dwelling_row, *const buurt_row = world->dwelling.buurt_row;
    const int32_t month = world->month;
    residents *const sum = self->residents + block * world->buurt.base.n_rows;

    memset(sum, 0, (size_t)world->buurt.base.n_rows * sizeof *sum);
    for (int64_t i = begin; i < end; i++) {
        if (household->key[i] == 0 || household->place[i] != WKS_PLACE_HOUSED) continue;
        residents *const here = &sum[buurt_row[dwelling_row[household->unit_row[i]]]];
        here->income_eur += (int64_t)household->income_eur[i];
        if (household->since_month[i] == month) here->moved++;
        if (household->vulnerability[i] != 0) add_vulnerable(household, i, here);
    }
}

static void add_dwellings(int64_t begin, int64_t end, int64_t block, void *context)
{
    const pass *self = context;
    const wks_world *world = self->world;
    const wks_dwelling_table *dwelling = &world->dwelling;
    const int32_t start = world->start_month;
    homes *const count = self->homes + block * world->buurt.base.n_rows;

    memset(count, 0, (size_t)world->buurt.base.n_rows * sizeof *count);
    for (int64_t d = begin; d < end; d++) {
        if (dwelling->key[d] == 0) continue;
        const int kind = (dwelling->tenure[d] == WKS_TENURE_SOCIAL ? SOCIAL : 0) | (dwelling->built_month[d] > start ? FRESH : 0) |
                         (dwelling->works[d] == WKS_WORKS_DONE ? RENOVATED : 0);
        count[dwelling->buurt_row[d]].n[kind]++;
    }
}

static void join_households(const residents *block, int64_t n_blocks, int32_t n_buurten, sums *out)
{
    for (int64_t k = 0; k < n_blocks; k++) {
        for (int32_t b = 0; b < n_buurten; b++) {
            const residents *part = &block[k * n_buurten + b];
            out[b].vulnerable += part->vulnerable;
            out[b].met_tenths += part->met_tenths;
            out[b].nuisance += part->nuisance;
            out[b].moved += part->moved;
            out[b].income_eur += part->income_eur;
        }
    }
}

static void join_dwellings(const homes *block, int64_t n_blocks, int32_t n_buurten, sums *out)
{
    for (int64_t k = 0; k < n_blocks; k++) {
        for (int32_t b = 0; b < n_buurten; b++) {
            for (int kind = 0; kind < N_KINDS; kind++) {
                const int32_t n = block[k * n_buurten + b].n[kind];
                out[b].dwellings += n;
                out[b].social += (kind & SOCIAL) != 0 ? n : 0;
                out[b].fresh += (kind & FRESH) != 0 ? n : 0;
                out[b].renovated += (kind & RENOVATED) != 0 ? n : 0;
            }
        }
    }
}

wks_status wks_neighbourhood_sums_take(wks_tick *tick, const wks_neighbourhood_sums **out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = tick->world;
    const int32_t n_buurten = world->buurt.base.n_rows;
    const int64_t n = world->household.base.n_rows, size = wks_par_block_size(n, WKS_PAR_BLOCK), n_blocks = wks_par_blocks(n, size);
    const int64_t n_homes = world->dwelling.base.n_rows, size_homes = wks_par_block_size(n_homes, WKS_PAR_BLOCK);
    const int64_t n_blocks_homes = wks_par_blocks(n_homes, size_homes);
    sums *sum = wks_tick_buffer(tick, WKS_SLOT_BUURT_D, (size_t)n_buurten, sizeof *sum);
    pass self = {.world = world};

    self.residents = wks_tick_buffer(tick, WKS_SLOT_BLOCKS, (size_t)n_blocks * (size_t)n_buurten, sizeof *self.residents);
    if (sum == NULL || self.residents == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for sums of %d buurten", n_buurten);
    memset(sum, 0, (size_t)n_buurten * sizeof *sum);
    wks_par_for(n, size, world->threads, add_households, &self);
    join_households(self.residents, n_blocks, n_buurten, sum);
    self.homes = wks_tick_buffer(tick, WKS_SLOT_BLOCKS, (size_t)n_blocks_homes * (size_t)n_buurten, sizeof *self.homes);
    if (self.homes == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for sums of %d buurten", n_buurten);
    wks_par_for(n_homes, size_homes, world->threads, add_dwellings, &self);
    join_dwellings(self.homes, n_blocks_homes, n_buurten, sum);
    *out = sum;
out:
    return rc;
}

double wks_neighbourhood_sums_weighted(const wks_world *world, const double *p, const wks_neighbourhood_sums *sum, int32_t b)
{
    const double counted = (double)sum[b].vulnerable - p[WKS_NEIGHBOURHOOD_P_SUPPORT] * (double)sum[b].met_tenths / 10;

    return wks_neighbourhood_per(counted, world->buurt.n_households[b]);
}
