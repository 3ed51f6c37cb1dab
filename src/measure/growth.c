#include "measure/growth.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

const char *const wks_growth_indicator[WKS_N_GROWTH_FLOWS] = {"group_inflow", "group_outflow", "group_onset", "group_recovery",
                                                              "group_other"};

/* A household that moved in this tick. */
typedef struct wks_growth_mover {
    uint64_t key;
    bool left; /* the city */
} mover;

struct wks_growth {
    const wks_scenario *scenario;
    int32_t n_slots, n_areas;          /* area n_buurten is the city */
    int32_t *month[WKS_WINDOW_MONTHS]; /* areas x slots x flows */
    int64_t *members;                  /* areas x slots */
    mover *moved;
    int32_t n_moved, moved_capacity;
    int32_t next;
};

wks_status wks_growth_create(const wks_scenario *scenario, int32_t n_buurten, wks_growth **out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_growth *growth = wks_mem_array(1, sizeof *growth);

    *out = growth;
    if (growth == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for growth");
    growth->scenario = scenario;
    growth->n_slots = scenario->n_groups + 1;
    growth->n_areas = n_buurten + 1;
    const size_t n = (size_t)growth->n_areas * (size_t)growth->n_slots;
    growth->members = wks_mem_array(n, sizeof *growth->members);
    growth->month[0] = wks_mem_array(n * WKS_WINDOW_MONTHS, WKS_N_GROWTH_FLOWS * sizeof *growth->month[0]);
    if (growth->members == NULL || growth->month[0] == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for growth in %d buurten", n_buurten);
    for (int32_t m = 1; m < WKS_WINDOW_MONTHS; m++)
        growth->month[m] = growth->month[0] + (size_t)m * n * WKS_N_GROWTH_FLOWS;
out:
    return rc;
}

void wks_growth_destroy(wks_growth *growth)
{
    if (growth == NULL) return;
    free(growth->month[0]);
    free(growth->members);
    free(growth->moved);
    free(growth);
}

/* --- who moved ------------------------------------------------------------------------------------------------------ */

static int by_key(const void *left, const void *right)
{
    const mover *a = left, *b = right;
    if (a->key != b->key) return a->key < b->key ? -1 : 1;
    return (int)a->left - (int)b->left;
}

static wks_status list_movers(wks_growth *growth, const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n = world->moves.n;

    if (world->moves.is_incomplete) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the moves of tick %d", world->tick);
    if (n > growth->moved_capacity) {
        const size_t larger = wks_mem_capacity((size_t)growth->moved_capacity, (size_t)n);
        mover *grown = wks_mem_resize(growth->moved, (size_t)growth->moved_capacity, larger, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d moves", n);
        growth->moved = grown;
        growth->moved_capacity = (int32_t)larger;
    }
    for (int32_t i = 0; i < n; i++)
        growth->moved[i] = (mover){world->moves.household[i].key, world->moves.household[i].to == WKS_MOVES_ELSEWHERE};
    growth->n_moved = n;
    if (n > 0) qsort(growth->moved, (size_t)n, sizeof *growth->moved, by_key);
out:
    return rc;
}

/* The last of its moves in order of `left`; NULL if it did not move. */
static const mover *find_mover(const wks_growth *growth, uint64_t key)
{
    int32_t low = 0, high = growth->n_moved;

    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (growth->moved[middle].key <= key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low > 0 && growth->moved[low - 1].key == key ? &growth->moved[low - 1] : NULL;
}

/* --- one household ---------------------------------------------------------------------------------------------------- */

static void add(wks_growth *growth, int32_t area, uint64_t slots, wks_growth_flow flow, int32_t number)
{
    for (int32_t slot = 0; slots != 0; slot++, slots >>= 1) {
        if ((slots & 1u) != 0)
            growth->month[growth->next][((size_t)area * (size_t)growth->n_slots + (size_t)slot) * WKS_N_GROWTH_FLOWS + flow] += number;
    }
}

/* Groups it belongs to, and the bit after them for any vulnerability. */
static uint64_t slots_of(const wks_growth *growth, const wks_track_state *state)
{
    return (uint64_t)state->groups | (uint64_t)((state->facts & WKS_TRACK_VULNERABLE) != 0) << growth->scenario->n_groups;
}

/* Same household before and now. */
static void compare(wks_growth *growth, const wks_track_state *was, const wks_track_state *is)
{
    const int32_t city = growth->n_areas - 1;
    const uint64_t before = slots_of(growth, was), now = slots_of(growth, is), onset = now & ~before, recovery = before & ~now;
    const bool lived_here = wks_track_lives_here(was), lives_here = wks_track_lives_here(is);

    if (lived_here) {
        add(growth, city, onset, WKS_GROWTH_ONSET, 1);
        add(growth, city, recovery, WKS_GROWTH_RECOVERY, 1);
    }
    if (was->buurt_row >= 0) {
        add(growth, was->buurt_row, onset, WKS_GROWTH_ONSET, 1);
        add(growth, was->buurt_row, recovery, WKS_GROWTH_RECOVERY, 1);
    }
    if (lived_here && !lives_here) add(growth, city, now, WKS_GROWTH_OUT, 1);
    if (!lived_here && lives_here) add(growth, city, now, WKS_GROWTH_IN, 1);
    if (was->buurt_row == is->buurt_row) return;
    const bool moved = find_mover(growth, is->key) != NULL;
    if (was->buurt_row >= 0) add(growth, was->buurt_row, now, moved ? WKS_GROWTH_OUT : WKS_GROWTH_OTHER, moved ? 1 : -1);
    if (is->buurt_row >= 0) add(growth, is->buurt_row, now, moved ? WKS_GROWTH_IN : WKS_GROWTH_OTHER, 1);
}

static void begin(wks_growth *growth, const wks_track_state *is, bool from_elsewhere)
{
    const wks_growth_flow flow = from_elsewhere ? WKS_GROWTH_IN : WKS_GROWTH_OTHER;
    const uint64_t slots = slots_of(growth, is);

    if (wks_track_lives_here(is)) add(growth, growth->n_areas - 1, slots, flow, 1);
    if (is->buurt_row >= 0) add(growth, is->buurt_row, slots, find_mover(growth, is->key) != NULL ? WKS_GROWTH_IN : flow, 1);
}

static void end(wks_growth *growth, const wks_track_state *was)
{
    const mover *moved = find_mover(growth, was->key);
    const bool left = moved != NULL && moved->left;
    const uint64_t slots = slots_of(growth, was);

    if (wks_track_lives_here(was)) add(growth, growth->n_areas - 1, slots, left ? WKS_GROWTH_OUT : WKS_GROWTH_OTHER, left ? 1 : -1);
    if (was->buurt_row >= 0) add(growth, was->buurt_row, slots, left ? WKS_GROWTH_OUT : WKS_GROWTH_OTHER, left ? 1 : -1);
}

/* `number`: 1 comes, -1 goes. */
static void count_member(wks_growth *growth, const wks_track_state *state, int64_t number)
{
    const int32_t area[2] = {wks_track_lives_here(state) ? growth->n_areas - 1 : WKS_NONE, state->key == 0 ? WKS_NONE : state->buurt_row};

    for (int32_t i = 0; i < 2; i++) {
        uint64_t slots = area[i] < 0 ? 0 : slots_of(growth, state);
        for (int32_t slot = 0; slots != 0; slot++, slots >>= 1)
            growth->members[(size_t)area[i] * (size_t)growth->n_slots + (size_t)slot] += (slots & 1u) != 0 ? number : 0;
    }
}

/* --- all --------------------------------------------------------------------------------------------------------------- */

static void take_in(wks_growth *growth, const wks_world *world, const wks_track *track, int32_t h)
{
    const wks_track_state was = wks_track_was(track, h), is = wks_track_is(world, h);

    if (was.key == is.key && was.buurt_row == is.buurt_row && slots_of(growth, &was) == slots_of(growth, &is) &&
        wks_track_lives_here(&was) == wks_track_lives_here(&is))
        return; /* changed in something else */
    count_member(growth, &was, -1);
    count_member(growth, &is, 1);
    if (world->tick == 0) return;
    if (was.key == is.key) {
        if (is.key != 0) compare(growth, &was, &is);
        return;
    }
    if (was.key != 0) end(growth, &was);
    if (is.key != 0) begin(growth, &is, world->household.came_from[h] != WKS_CAME_CITY);
}

wks_status wks_growth_push(wks_growth *growth, const wks_track *track, const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = (size_t)growth->n_areas * (size_t)growth->n_slots;

    WKS_TRY(list_movers(growth, world, err));
    if (world->tick > 0) memset(growth->month[growth->next], 0, n * WKS_N_GROWTH_FLOWS * sizeof *growth->month[0]);
    for (int32_t h = wks_track_next(track, 0); h != WKS_NONE; h = wks_track_next(track, h + 1))
        take_in(growth, world, track, h);
    if (world->tick > 0) growth->next = (growth->next + 1) % WKS_WINDOW_MONTHS;
out:
    return rc;
}

static size_t place_of(const wks_growth *growth, int32_t slot, int32_t buurt_row)
{
    const int32_t area = buurt_row < 0 ? growth->n_areas - 1 : buurt_row;
    return (size_t)area * (size_t)growth->n_slots + (size_t)slot;
}

void wks_growth_sums_of(const wks_growth *growth, int32_t slot, int32_t buurt_row, int64_t out[WKS_N_GROWTH_FLOWS])
{
    for (int32_t f = 0; f < WKS_N_GROWTH_FLOWS; f++) {
        out[f] = 0;
        for (int32_t m = 0; m < WKS_WINDOW_MONTHS; m++) /* months to come are 0 */
            out[f] += growth->month[m][place_of(growth, slot, buurt_row) * WKS_N_GROWTH_FLOWS + (size_t)f];
    }
}

int64_t wks_growth_members(const wks_growth *growth, int32_t slot, int32_t buurt_row)
{
    return growth->members[place_of(growth, slot, buurt_row)];
}

wks_status wks_growth_carry(wks_growth *growth, wks_carry *carry, wks_err *err)
{
    const size_t n = (size_t)growth->n_areas * (size_t)growth->n_slots;

    wks_carry_tag(carry, "growth");
    wks_carry_same(carry, growth->n_slots, "another number of groups");
    wks_carry_same(carry, growth->n_areas, "another number of buurten");
    wks_carry_i32(carry, &growth->next);
    wks_carry_must(carry, growth->next >= 0 && growth->next < WKS_WINDOW_MONTHS, "growth of other months");
    wks_carry_numbers(carry, growth->members, n, sizeof *growth->members);
    wks_carry_numbers(carry, growth->month[0], n * WKS_WINDOW_MONTHS * WKS_N_GROWTH_FLOWS, sizeof *growth->month[0]);
    return wks_carry_status(carry, err);
}
