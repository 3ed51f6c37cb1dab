#include "measure/track.h"

#include <stdlib.h>
#include <string.h>

#include "base/marks.h"
#include "base/mem.h"
#include "base/par.h"
#include "base/vector.h"

void wks_track_free(wks_track *track)
{
    free(track->key);
    free(track->groups);
    free(track->buurt_row);
    free(track->unit_row);
    free(track->facts);
    free(track->changed);
    *track = (wks_track){0};
}

/* Zeros behind what there is: rows that nobody had. */
static bool grow(void *column, size_t have, size_t larger, size_t size)
{
    void *old;

    memcpy(&old, column, sizeof old);
    void *grown = wks_mem_resize(old, have, larger, size);
    if (grown == NULL) return false;
    memcpy(column, &grown, sizeof grown);
    return true;
}

static wks_status make_room(wks_track *track, int32_t n_rows, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t have = (size_t)track->capacity, larger = wks_mem_capacity(have, (size_t)n_rows);

    if (n_rows > track->capacity) {
        if (!grow(&track->key, have, larger, sizeof *track->key) || !grow(&track->groups, have, larger, sizeof *track->groups) ||
            !grow(&track->buurt_row, have, larger, sizeof *track->buurt_row) ||
            !grow(&track->unit_row, have, larger, sizeof *track->unit_row) || !grow(&track->facts, have, larger, sizeof *track->facts) ||
            !grow(&track->changed, have == 0 ? 0 : have + WKS_MARKS_BEHIND, larger + WKS_MARKS_BEHIND, sizeof *track->changed))
            WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the states of %d households", n_rows);
        track->capacity = (int32_t)larger;
    }
    if (n_rows > track->n) track->n = n_rows;
out:
    return rc;
}

/* ---- one row ---- */

static uint8_t facts_of(const wks_household_table *household, int32_t h)
{
    const uint8_t search = household->search[h];

    return (uint8_t)((household->registered_month[h] != WKS_NO_MONTH) * WKS_TRACK_REGISTERED +
                     (search == WKS_SEARCH_SOCIAL || search == WKS_SEARCH_BOTH) * WKS_TRACK_ACTIVE +
                     (household->vulnerability[h] != 0) * WKS_TRACK_VULNERABLE + (household->place[h] << WKS_TRACK_PLACE_SHIFT));
}

wks_track_state wks_track_is(const wks_world *world, int32_t row)
{
    const wks_household_table *household = &world->household;

    if (row >= household->base.n_rows || household->key[row] == 0) return (wks_track_state){0};
    const int32_t unit_row = household->unit_row[row];
    return (wks_track_state){
        .key = household->key[row],
        .groups = household->groups[row],
        .buurt_row = unit_row == WKS_NONE ? WKS_NONE : world->dwelling.buurt_row[world->unit.dwelling_row[unit_row]],
        .facts = facts_of(household, row),
    };
}

wks_track_state wks_track_was(const wks_track *track, int32_t row)
{
    return (wks_track_state){
        .key = track->key[row], .groups = track->groups[row], .buurt_row = track->buurt_row[row], .facts = track->facts[row]};
}

/* ---- all ---- */

typedef struct wks_track_pass {
    wks_track *track;
    const wks_world *world;
} pass;

/* A home is the same when its unit is and nobody moved in this month: the row of a unit that goes may be that of another in the same month.
 * A column after the other, so that the compiler takes many rows at once. */
WKS_VECTOR static void mark(const wks_track *track, const wks_world *world, int64_t begin, int64_t n)
{
    const wks_household_table *const household = &world->household;
    const uint64_t *key = household->key + begin, *key_before = track->key + begin;
    const uint32_t *groups = household->groups + begin, *groups_before = track->groups + begin;
    const int32_t *unit = household->unit_row + begin, *unit_before = track->unit_row + begin;
    const int16_t *since = household->since_month + begin, *registered = household->registered_month + begin;
    const int32_t month = world->month;
    const uint8_t *search = household->search + begin, *place = household->place + begin, *facts_before = track->facts + begin;
    const uint16_t *vulnerability = household->vulnerability + begin;
    uint8_t *const restrict changed = track->changed + begin;
    uint8_t facts[WKS_PAR_BLOCK], is_live[WKS_PAR_BLOCK];

    for (int64_t i = 0; i < n; i++)
        facts[i] = (uint8_t)((((search[i] == WKS_SEARCH_SOCIAL) | (search[i] == WKS_SEARCH_BOTH)) ? WKS_TRACK_ACTIVE : 0) +
                             (place[i] << WKS_TRACK_PLACE_SHIFT));
    for (int64_t i = 0; i < n; i++)
        facts[i] |= registered[i] != WKS_NO_MONTH ? WKS_TRACK_REGISTERED : 0;
    for (int64_t i = 0; i < n; i++)
        facts[i] |= vulnerability[i] != 0 ? WKS_TRACK_VULNERABLE : 0;
    for (int64_t i = 0; i < n; i++)
        changed[i] = facts[i] != facts_before[i];
    for (int64_t i = 0; i < n; i++)
        changed[i] |= (groups[i] != groups_before[i]) | (unit[i] != unit_before[i]) | (since[i] == month);
    for (int64_t i = 0; i < n; i++)
        is_live[i] = key[i] != 0;
    for (int64_t i = 0; i < n; i++)
        changed[i] = (uint8_t)((changed[i] & is_live[i]) | (key[i] != key_before[i]));
}

static void find_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    const pass *self = context;
    const int64_t n_rows = self->world->household.base.n_rows, last = end < n_rows ? end : n_rows;

    (void)block;
    if (begin < last) mark(self->track, self->world, begin, last - begin);
    for (int64_t i = begin > last ? begin : last; i < end; i++) /* rows get fewer only where the track does too (wks_track_reorder) */
        self->track->changed[i] = self->track->key[i] != 0;
}

wks_status wks_track_find(wks_track *track, const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;
    pass self = {track, world};

    WKS_TRY(make_room(track, world->household.base.n_rows, err));
    wks_par_for(track->n, WKS_PAR_BLOCK, world->threads, find_block, &self);
out:
    return rc;
}

int32_t wks_track_next(const wks_track *track, int32_t row)
{
    const int64_t next = wks_marks_next(track->changed, track->n, row);
    return next < track->n ? (int32_t)next : WKS_NONE;
}

static void take_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    const pass *self = context;
    wks_track *track = self->track;

    (void)block;
    for (int64_t next = wks_marks_next(track->changed, end, begin); next < end; next = wks_marks_next(track->changed, end, next + 1)) {
        const int32_t h = (int32_t)next;
        const wks_track_state is = wks_track_is(self->world, h);
        track->key[h] = is.key;
        track->groups[h] = is.groups;
        track->buurt_row[h] = is.buurt_row;
        track->facts[h] = is.facts;
        track->unit_row[h] = is.key == 0 ? 0 : self->world->household.unit_row[h];
    }
}

void wks_track_take(wks_track *track, const wks_world *world)
{
    pass self = {track, world};

    wks_par_for(track->n, WKS_PAR_BLOCK, world->threads, take_block, &self);
}

wks_status wks_track_reorder(wks_track *track, const wks_row_order *order, wks_err *err)
{
    static const uint64_t zero = 0;
    wks_status rc = WKS_OK;

    WKS_TRY(make_room(track, order->n_before, err));
    wks_row_order_array(order, track->key, sizeof *track->key, track->n, &zero);
    wks_row_order_array(order, track->groups, sizeof *track->groups, track->n, &zero);
    wks_row_order_array(order, track->buurt_row, sizeof *track->buurt_row, track->n, &zero);
    wks_row_order_array(order, track->unit_row, sizeof *track->unit_row, track->n, &zero);
    wks_row_order_array(order, track->facts, sizeof *track->facts, track->n, &zero);
    track->n = order->n;
out:
    return rc;
}

wks_status wks_track_carry(wks_track *track, const wks_world *world, int32_t n_groups, wks_carry *carry, wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t n = track->n;

    wks_carry_tag(carry, "track");
    wks_carry_count(carry, &n, sizeof *track->key);
    (void)wks_carry_must(carry, n <= world->household.base.n_rows, "rows that are no households");
    WKS_TRY(wks_carry_status(carry, err));
    WKS_TRY(make_room(track, n, err));
    wks_carry_numbers(carry, track->key, (size_t)n, sizeof *track->key);
    wks_carry_numbers(carry, track->groups, (size_t)n, sizeof *track->groups);
    wks_carry_numbers(carry, track->buurt_row, (size_t)n, sizeof *track->buurt_row);
    wks_carry_numbers(carry, track->unit_row, (size_t)n, sizeof *track->unit_row);
    wks_carry_numbers(carry, track->facts, (size_t)n, sizeof *track->facts);
    WKS_TRY(wks_carry_status(carry, err));
    for (int32_t h = 0; h < n && wks_carry_reads(carry); h++) {
        wks_carry_must(carry,
                       track->buurt_row[h] >= WKS_NONE && track->buurt_row[h] < world->buurt.base.n_rows &&
                           track->facts[h] >> WKS_TRACK_PLACE_SHIFT < WKS_N_PLACES && (uint64_t)track->groups[h] >> n_groups == 0,
                       "a household of a group, buurt or place that is not there");
    }
    rc = wks_carry_status(carry, err);
out:
    return rc;
}
