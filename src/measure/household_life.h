/* Whether a household has lived the same life in two runs: a hash of its own state at the end of each year, and of all of those so far. By keys, so that rows do not
 * count. Measured only; nothing in the run reads it. */
#ifndef WKS_MEASURE_HOUSEHOLD_LIFE_H
#define WKS_MEASURE_HOUSEHOLD_LIFE_H

#include "measure/household_fate.h"

enum { WKS_HOUSEHOLD_LIFE_NOWHERE = UINT16_MAX }; /* no buurt: in shelter */

/** A resident household (in the city, with or without a home of its own; not who waits elsewhere) at the end of a year. */
typedef struct wks_household_life {
    uint64_t who;   /* of its key and the birth month of its oldest member when first seen: the same household in two runs has the same */
    uint32_t life;  /* hash of its states at this end of a year and all before, since it was first seen */
    uint16_t state; /* hash of its state now */
    uint16_t buurt; /* row of the buurt where it lives, or its host */
} wks_household_life;
_Static_assert(sizeof(wks_household_life) == 16, "wks_household_life is written as it is");

/** Room that is used again each year. Zeroed: empty. */
typedef struct wks_household_life_list {
    wks_household_life *item;
    uint64_t *household, *member, *registration; /* hashes by row */
    int32_t capacity, n_households, n_members, n_registrations;
} wks_household_life_list;
void wks_household_life_free(wks_household_life_list *list);

/** All resident households in order of `who`; their lives in the log go on by this state. At tick 0, once at the end of every year, and at the last tick, after
 *  wks_household_fate_tick and before wks_household_fate_finish.
 *  What counts: the columns of the household, its members and their registrations; unit, host, reserved and kept unit by key; tenure; rent in whole euros and
 *  net worth in steps of 1,000 euros (market prices move everywhere in their last digits). What does not: groups of the scenario, contacts with neighbours and
 *  with carriers, how many adverts it reacted to (they tell of others), numbers and rows. Two states that differ are taken for the same with a chance
 *  of 2^-16, two lives with 2^-32. @param out  valid until the next call. WKS_ERR_NOMEM. O(n log n). */
wks_status wks_household_life_year(wks_household_life_list *list, wks_household_fate_log *log, const wks_world *world,
                                   const wks_household_life **out, int32_t *out_n, wks_err *err);

#endif
