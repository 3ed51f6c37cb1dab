#include "world/region.h"

#include "base/rng.h"

void wks_region_map_fill(const wks_world *world, wks_region_map *map)
{
    const wks_buurt_table *buurt = &world->buurt;
    int64_t sum = 0;

    if (wks_region_n(world) == 1) return;
    for (int32_t b = 0; b < buurt->base.n_rows; b++)
        map->until[b] = sum += buurt->dwellings_start[b];
    for (int32_t b = 0; b < buurt->base.n_rows && sum == 0; b++)
        map->until[b] = b + 1; /* nothing was counted: all alike */
}

int32_t wks_region_lives_in(const wks_world *world, int32_t household_row)
{
    const int32_t buurt = wks_world_buurt_of(world, household_row);

    return buurt < 0 ? WKS_NONE : wks_region_of_buurt(world, buurt);
}

/* Region of a home drawn from all; from = 0 to 2^32 - 1, the same order of buurten always (by code). */
static int32_t drawn(const wks_world *world, const wks_region_map *map, uint32_t from)
{
    const int32_t n = world->buurt.base.n_rows;
    const int64_t wanted = (int64_t)(wks_rng_unit(from) * (double)map->until[n - 1]);
    int32_t low = 0, high = n - 1;

    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (map->until[middle] <= wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return wks_region_of_buurt(world, low);
}

static int32_t own_region(const wks_world *world, const wks_region_map *map, int32_t household_row)
{
    const int32_t lives_in = wks_region_lives_in(world, household_row), kin = world->household.kin_buurt_row[household_row];
    uint32_t word[4];

    if (lives_in >= 0) return lives_in;
    if (kin >= 0) return wks_region_of_buurt(world, kin);
    wks_rng_four(&world->seed, world->household.key[household_row], 0, WKS_RNG_SEARCH_REGION, word);
    return drawn(world, map, word[2]);
}

int32_t wks_region_looks_in(const wks_world *world, const wks_region_map *map, int32_t household_row)
{
    uint32_t word[4];

    if (wks_region_n(world) == 1) return 0;
    const uint32_t since = (uint32_t)(int32_t)world->household.search_month[household_row];
    wks_rng_four(&world->seed, world->household.key[household_row], since, WKS_RNG_SEARCH_REGION, word);
    if (wks_rng_unit(word[0]) < map->elsewhere) return drawn(world, map, word[1]);
    return own_region(world, map, household_row);
}
