/* What measuring knows of every household, as it was at the end of the tick before: who looks at changes looks only at rows that changed.
 * In a tick: wks_track_find, then whoever counts changes walks through the rows, then wks_track_take. 22 bytes a household. */
#ifndef WKS_MEASURE_TRACK_H
#define WKS_MEASURE_TRACK_H

#include "base/carry.h"
#include "world/row_order.h"
#include "world/world.h"

/* Bits of `facts`; the place stands behind them. */
enum { WKS_TRACK_REGISTERED = 1, WKS_TRACK_ACTIVE = 2, WKS_TRACK_VULNERABLE = 4, WKS_TRACK_PLACE_SHIFT = 3 };

/** A household at the end of a tick; of a row that nobody has: zeros. */
typedef struct wks_track_state {
    uint64_t key;
    uint32_t groups;   /* of the scenario, as refreshed */
    int32_t buurt_row; /* of its home; -1 without */
    uint8_t facts;
} wks_track_state;

typedef struct wks_track {
    int32_t n, capacity;
    uint64_t *key; /* by row, as the fields of a state */
    uint32_t *groups;
    int32_t *buurt_row, *unit_row;
    uint8_t *facts;
    uint8_t *changed; /* by row: 1 when it is another state, or may be */
} wks_track;

void wks_track_free(wks_track *track);
/** Carries it over; read into an empty one. @param n_groups  of the scenario */
wks_status wks_track_carry(wks_track *track, const wks_world *world, int32_t n_groups, wks_carry *carry, wks_err *err);

/** Marks the rows that changed since the last wks_track_take (at first: all households). Parallel. O(households), columns in order only. */
wks_status wks_track_find(wks_track *track, const wks_world *world, wks_err *err);
/** The next row from `row` on that is marked, or WKS_NONE. */
int32_t wks_track_next(const wks_track *track, int32_t row);
/** A row before, and now. */
wks_track_state wks_track_was(const wks_track *track, int32_t row);
wks_track_state wks_track_is(const wks_world *world, int32_t row);
/** Households have other rows from here on. */
wks_status wks_track_reorder(wks_track *track, const wks_row_order *order, wks_err *err);
/** What is now is from here on what was. Parallel. O(changed). */
void wks_track_take(wks_track *track, const wks_world *world);

static inline wks_place wks_track_place(const wks_track_state *state)
{
    return (wks_place)(state->facts >> WKS_TRACK_PLACE_SHIFT);
}
/** Living in the city, with or without a home: not outside, not at COA. */
static inline bool wks_track_lives_here(const wks_track_state *state)
{
    const wks_place place = wks_track_place(state);
    return state->key != 0 && place != WKS_PLACE_OUTSIDE && place != WKS_PLACE_COA;
}

#endif
