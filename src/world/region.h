/* Regions in which homes are looked for. A city is one region, in which everybody may see every home; a folder with regio = "gemeente" (city.cfg) has a
 * region for each gemeente, as a country needs. See docs/decisions/0019-regions.md. */
#ifndef WKS_WORLD_REGION_H
#define WKS_WORLD_REGION_H

#include "world/world.h"

/* Where homes stood at tick 0: households without an address look where homes are. */
typedef struct wks_region_map {
    int64_t *until;   /* by buurt: homes at tick 0 there and in all buurten before it */
    double elsewhere; /* share of searches, 0 to 1, that may look anywhere, by number of homes */
} wks_region_map;

/** Number of regions, from 1. */
static inline int32_t wks_region_n(const wks_world *world)
{
    return world->by_gemeente ? world->n_gemeenten : 1;
}

/** Region of a buurt, 0 to wks_region_n - 1. */
static inline int32_t wks_region_of_buurt(const wks_world *world, int32_t buurt_row)
{
    return world->by_gemeente ? world->buurt.gemeente_row[buurt_row] : 0;
}

/** Fills map->until (room for a number a buurt; not read where there is one region). O(buurten). */
void wks_region_map_fill(const wks_world *world, wks_region_map *map);
/** Region of a household's address: of its home, or its host's; -1 without one. O(1). */
int32_t wks_region_lives_in(const wks_world *world, int32_t household_row);
/** Region in which a household looks for a home: its own; without an address that of its close kin, else one drawn by number of homes, for good; of
 *  a share `elsewhere` of all searches one drawn like that for the time of the search. The same in every tick of a search. O(log buurten). */
int32_t wks_region_looks_in(const wks_world *world, const wks_region_map *map, int32_t household_row);

#endif
