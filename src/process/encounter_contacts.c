#include "process/encounter_contacts.h"

#include <string.h>

#include "base/par.h"
#include "num/math.h"
#include "process/buffer_slots.h"

typedef wks_encounter_contacts_sums sums;

typedef struct wks_encounter_contacts_pass {
    const wks_world *world;
    sums *block; /* n_blocks * n_buurten */
} pass;

enum { BLOCK = 16384, YEAR = 12 };
static const double LEAST_LEVEL = 0.25; /* of the mean rate at tick 0: assumption */

static void count_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    const pass *self = context;
    const wks_world *world = self->world;
    const wks_household_table *household = &world->household;
    sums *sum = self->block + block * world->buurt.base.n_rows;

    memset(sum, 0, (size_t)world->buurt.base.n_rows * sizeof *sum);
    for (int64_t i = begin; i < end; i++) {
        if (household->key[i] == 0 || household->place[i] != WKS_PLACE_HOUSED) continue;
        sums *here = &sum[world->dwelling.buurt_row[world->unit.dwelling_row[household->unit_row[i]]]];
        here->households++;
        here->settled += world->month - household->since_month[i] >= YEAR;
        here->children += household->n_children[i] > 0;
    }
}

wks_status wks_encounter_contacts_count(wks_tick *tick, sums *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = tick->world;
    const int32_t n_buurten = world->buurt.base.n_rows;
    const int64_t size = wks_par_block_size(world->household.base.n_rows, BLOCK),
                  n_blocks = wks_par_blocks(world->household.base.n_rows, size);
    pass self = {world, wks_tick_buffer(tick, WKS_SLOT_BLOCKS, (size_t)n_blocks * (size_t)n_buurten, sizeof(sums))};

    if (self.block == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for sums of %d buurten", n_buurten);
    wks_par_for(world->household.base.n_rows, size, world->threads, count_block, &self);
    memset(out, 0, (size_t)n_buurten * sizeof *out);
    for (int64_t k = 0; k < n_blocks; k++) {
        for (int32_t b = 0; b < n_buurten; b++) {
            const sums *part = &self.block[k * n_buurten + b];
            out[b].households += part->households;
            out[b].settled += part->settled;
            out[b].children += part->children;
        }
    }
out:
    return rc;
}

static double share(int64_t part, int64_t whole, double otherwise)
{
    return whole > 0 ? (double)part / (double)whole : otherwise;
}

void wks_encounter_contacts_start(wks_world *world, const wks_encounter_contacts_rates *rates, const sums *sum)
{
    wks_buurt_table *buurt = &world->buurt;
    sums city = {0};

    for (int32_t b = 0; b < buurt->base.n_rows; b++) {
        city.households += sum[b].households;
        city.settled += sum[b].settled;
        city.children += sum[b].children;
    }
    const double settled = share(city.settled, city.households, 0), children = share(city.children, city.households, 0);
    for (int32_t b = 0; b < buurt->base.n_rows; b++) {
        const double level = 1 + rates->by_settled * (share(sum[b].settled, sum[b].households, settled) - settled) +
                             rates->by_children * (share(sum[b].children, sum[b].households, children) - children);
        buurt->contacts[b] = buurt->contacts_public[b] = buurt->meeting[b] = 1;
        buurt->contacts_start[b] = rates->base * (level > LEAST_LEVEL ? level : LEAST_LEVEL);
        buurt->settled_start[b] = share(sum[b].settled, sum[b].households, settled);
    }
}

/* Stayers know each other: what became of the share of them. */
static double by_settled(const wks_encounter_contacts_rates *rates, double now, double start)
{
    if (!(rates->settled > 0) || !(start > 0)) return 1;
    return wks_math_pow(now / start, rates->settled);
}

void wks_encounter_contacts_step(wks_world *world, const wks_encounter_contacts_rates *rates, const sums *sum)
{
    wks_buurt_table *buurt = &world->buurt;

    for (int32_t b = 0; b < buurt->base.n_rows; b++) {
        const double start = buurt->settled_start[b], settled = share(sum[b].settled, sum[b].households, start);
        const double target = buurt->meeting[b] * (1 + buurt->uptake[b]) * by_settled(rates, settled, start);
        buurt->contacts_public[b] = wks_encounter_contacts_follow(
            buurt->contacts_public[b], wks_math_clamp(target, WKS_ENCOUNTER_CONTACTS_LEAST, WKS_ENCOUNTER_CONTACTS_MOST), rates->rise,
            rates->fall);
    }
}
