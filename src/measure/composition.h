/* Who lives in the city and in what: residents by age class, households by type, dwellings by tenure and those that stand empty. */
#ifndef WKS_MEASURE_COMPOSITION_H
#define WKS_MEASURE_COMPOSITION_H

#include "world/world.h"

/* CBS's classes, the oldest split once more. */
enum { WKS_COMPOSITION_AGES = 6 };
extern const char *const wks_composition_age_name[WKS_COMPOSITION_AGES];

typedef struct wks_composition {
    int64_t persons[WKS_COMPOSITION_AGES]; /* residents: 0-14, 15-24, 25-44, 45-64, 65-79, 80 and over */
    int64_t households
        [WKS_N_HOUSEHOLD_TYPES]; /* resident households; who lives at the parents' is a child there and no household, as CBS counts */
    int64_t dwellings[WKS_N_TENURES], empty[WKS_N_TENURES]; /* dwellings, and those without anybody in any of their units */
} wks_composition;

/** Counts the present state. @param by_age  residents by single year (mobility.h), WKS_MOVES_AGES values.  O(households + dwellings + units). */
wks_composition wks_composition_of(const wks_world *world, const int64_t *by_age);

#endif
