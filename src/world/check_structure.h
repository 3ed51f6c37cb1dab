/* Laws: structure. Links, caches and totals against recounts from the tables. */
#ifndef WKS_WORLD_CHECK_STRUCTURE_H
#define WKS_WORLD_CHECK_STRUCTURE_H

#include "world/world.h"

/** Structure: links in both directions, every person once, caches equal recounts, vacancies without occupant, buurt totals. O(all rows). */
wks_status wks_check_structure(const wks_world *world, wks_err *err);

#endif
