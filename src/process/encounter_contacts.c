#include "process/encounter_contacts.h"

#include <string.h>

#include "num/math.h"
#include "process/buffer_slots.h"

typedef wks_encounter_homes_sums sums;

static const double LEAST_LEVEL = 0.25; /* of the mean rate at tick 0: assumption */

static void count_children(const wks_world *world, int64_t *out)
{
    const wks_household_table *household = &world->household;

    memset(out, 0, (size_t)world->buurt.base.n_rows * sizeof *out);
    for (int32_t i = 0; i < household->base.n_rows; i++) {
        if (household->key[i] == 0 || household->place[i] != WKS_PLACE_HOUSED) continue;
        out[world->dwelling.buurt_row[world->unit.dwelling_row[household->unit_row[i]]]] += household->n_children[i] > 0;
    }
}

static double share(int64_t part, int64_t whole, double otherwise)
{
    return whole > 0 ? (double)part / (double)whole : otherwise;
}

wks_status wks_encounter_contacts_start(wks_tick *tick, const wks_encounter_contacts_rates *rates, const sums *sum, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    wks_buurt_table *buurt = &world->buurt;
    sums city = {0};
    int64_t n_children = 0, *with_children = wks_tick_buffer(tick, WKS_SLOT_BUURT_A, (size_t)buurt->base.n_rows, sizeof *with_children);

    if (with_children == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d buurten", buurt->base.n_rows);
    count_children(world, with_children);
    for (int32_t b = 0; b < buurt->base.n_rows; b++) {
        city.households += sum[b].households;
        city.settled += sum[b].settled;
        n_children += with_children[b];
    }
    const double settled = share(city.settled, city.households, 0), children = share(n_children, city.households, 0);
    for (int32_t b = 0; b < buurt->base.n_rows; b++) {
        const double level = 1 + rates->by_settled * (share(sum[b].settled, sum[b].households, settled) - settled) +
                             rates->by_children * (share(with_children[b], sum[b].households, children) - children);
        buurt->contacts[b] = buurt->contacts_public[b] = buurt->meeting[b] = 1;
        buurt->contacts_start[b] = rates->base * (level > LEAST_LEVEL ? level : LEAST_LEVEL);
        buurt->settled_start[b] = share(sum[b].settled, sum[b].households, settled);
    }
out:
    return rc;
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
