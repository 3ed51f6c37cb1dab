#include "measure/growth.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

const char *const wks_growth_indicator[WKS_N_GROWTH_FLOWS] = {"group_inflow", "group_outflow", "group_onset", "group_recovery",
                                                              "group_other"};

/* A household at the end of a tick. `slots`: groups it belongs to, and the bit after them for any vulnerability. */
typedef struct wks_growth_state {
    uint64_t key, slots;
    int32_t buurt_row; /* of its home; -1 without */
    bool lives_here;
} household_state;

/* A household that moved in this tick. */
typedef struct wks_growth_mover {
    uint64_t key;
    bool left; /* the city */
} mover;

struct wks_growth {
    const wks_scenario *scenario;
    int32_t n_slots, n_areas; /* area n_buurten is the city */
    household_state *before;
    int32_t n_before, capacity;
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
    free(growth->before);
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

static household_state state_of(const wks_growth *growth, const wks_world *world, int32_t h)
{
    const wks_household_table *household = &world->household;
    const int32_t unit_row = household->unit_row[h];
    const uint8_t place = household->place[h];
    const uint64_t any = household->vulnerability[h] != 0 ? UINT64_C(1) << growth->scenario->n_groups : 0;

    return (household_state){.key = household->key[h],
                             .slots = (uint64_t)household->groups[h] | any,
                             .buurt_row = unit_row == WKS_NONE ? WKS_NONE : world->dwelling.buurt_row[world->unit.dwelling_row[unit_row]],
                             .lives_here = place != WKS_PLACE_OUTSIDE && place != WKS_PLACE_COA};
}

/* Same household before and now. */
static void compare(wks_growth *growth, const household_state *was, const household_state *is)
{
    const int32_t city = growth->n_areas - 1;
    const uint64_t onset = is->slots & ~was->slots, recovery = was->slots & ~is->slots;

    if (was->lives_here) {
        add(growth, city, onset, WKS_GROWTH_ONSET, 1);
        add(growth, city, recovery, WKS_GROWTH_RECOVERY, 1);
    }
    if (was->buurt_row >= 0) {
        add(growth, was->buurt_row, onset, WKS_GROWTH_ONSET, 1);
        add(growth, was->buurt_row, recovery, WKS_GROWTH_RECOVERY, 1);
    }
    if (was->lives_here && !is->lives_here) add(growth, city, is->slots, WKS_GROWTH_OUT, 1);
    if (!was->lives_here && is->lives_here) add(growth, city, is->slots, WKS_GROWTH_IN, 1);
    if (was->buurt_row == is->buurt_row) return;
    const bool moved = find_mover(growth, is->key) != NULL;
    if (was->buurt_row >= 0) add(growth, was->buurt_row, is->slots, moved ? WKS_GROWTH_OUT : WKS_GROWTH_OTHER, moved ? 1 : -1);
    if (is->buurt_row >= 0) add(growth, is->buurt_row, is->slots, moved ? WKS_GROWTH_IN : WKS_GROWTH_OTHER, 1);
}

static void begin(wks_growth *growth, const household_state *is, bool from_elsewhere)
{
    const wks_growth_flow flow = from_elsewhere ? WKS_GROWTH_IN : WKS_GROWTH_OTHER;

    if (is->lives_here) add(growth, growth->n_areas - 1, is->slots, flow, 1);
    if (is->buurt_row >= 0) add(growth, is->buurt_row, is->slots, find_mover(growth, is->key) != NULL ? WKS_GROWTH_IN : flow, 1);
}

static void end(wks_growth *growth, const household_state *was)
{
    const mover *moved = find_mover(growth, was->key);
    const bool left = moved != NULL && moved->left;

    if (was->lives_here) add(growth, growth->n_areas - 1, was->slots, left ? WKS_GROWTH_OUT : WKS_GROWTH_OTHER, left ? 1 : -1);
    if (was->buurt_row >= 0) add(growth, was->buurt_row, was->slots, left ? WKS_GROWTH_OUT : WKS_GROWTH_OTHER, left ? 1 : -1);
}

static void count_member(wks_growth *growth, const household_state *is)
{
    const int32_t area[2] = {is->lives_here ? growth->n_areas - 1 : WKS_NONE, is->buurt_row};

    for (int32_t i = 0; i < 2; i++) {
        uint64_t slots = area[i] < 0 ? 0 : is->slots;
        for (int32_t slot = 0; slots != 0; slot++, slots >>= 1)
            growth->members[(size_t)area[i] * (size_t)growth->n_slots + (size_t)slot] += (int64_t)(slots & 1u);
    }
}

/* --- all --------------------------------------------------------------------------------------------------------------- */

static wks_status make_room(wks_growth *growth, int32_t n_rows, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (n_rows > growth->capacity) {
        const size_t larger = wks_mem_capacity((size_t)growth->capacity, (size_t)n_rows);
        household_state *grown = wks_mem_resize(growth->before, (size_t)growth->capacity, larger, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the states of %d households", n_rows);
        growth->before = grown;
        growth->capacity = (int32_t)larger;
    }
    for (; growth->n_before < n_rows; growth->n_before++)
        growth->before[growth->n_before] = (household_state){0};
out:
    return rc;
}

wks_status wks_growth_push(wks_growth *growth, const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = (size_t)growth->n_areas * (size_t)growth->n_slots;

    WKS_TRY(list_movers(growth, world, err));
    WKS_TRY(make_room(growth, world->household.base.n_rows, err));
    memset(growth->members, 0, n * sizeof *growth->members);
    if (world->tick > 0) memset(growth->month[growth->next], 0, n * WKS_N_GROWTH_FLOWS * sizeof *growth->month[0]);
    for (int32_t h = 0; h < growth->n_before; h++) {
        const bool is_live = h < world->household.base.n_rows && world->household.key[h] != 0;
        const household_state was = growth->before[h], is = is_live ? state_of(growth, world, h) : (household_state){0};
        growth->before[h] = is;
        if (is_live) count_member(growth, &is);
        if (world->tick == 0) continue;
        if (was.key == is.key) {
            if (is_live) compare(growth, &was, &is);
            continue;
        }
        if (was.key != 0) end(growth, &was);
        if (is_live) begin(growth, &is, world->household.came_from[h] != WKS_CAME_CITY);
    }
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

static void carry_state(household_state *state, const wks_growth *growth, wks_carry *carry)
{
    WKS_CARRY_FIELD(carry, state->key);
    WKS_CARRY_FIELD(carry, state->slots);
    wks_carry_i32(carry, &state->buurt_row);
    wks_carry_bool(carry, &state->lives_here);
    wks_carry_must(carry, state->buurt_row >= WKS_NONE && state->buurt_row < growth->n_areas - 1 && state->slots >> growth->n_slots == 0,
                   "a household of a group or buurt that is not there");
}

wks_status wks_growth_carry(wks_growth *growth, wks_carry *carry, wks_err *err)
{
    const size_t n = (size_t)growth->n_areas * (size_t)growth->n_slots;
    int32_t n_before = growth->n_before;

    wks_carry_tag(carry, "growth");
    wks_carry_same(carry, growth->n_slots, "another number of groups");
    wks_carry_same(carry, growth->n_areas, "another number of buurten");
    wks_carry_i32(carry, &growth->next);
    wks_carry_must(carry, growth->next >= 0 && growth->next < WKS_WINDOW_MONTHS, "growth of other months");
    wks_carry_numbers(carry, growth->members, n, sizeof *growth->members);
    wks_carry_numbers(carry, growth->month[0], n * WKS_WINDOW_MONTHS * WKS_N_GROWTH_FLOWS, sizeof *growth->month[0]);
    wks_carry_count(carry, &n_before, 2 * sizeof(uint64_t) + sizeof(int32_t) + 1);
    growth->before = wks_carry_room(carry, growth->before, (size_t)growth->capacity, (size_t)n_before, sizeof *growth->before);
    if (wks_carry_failed(carry)) return wks_carry_status(carry, err);
    if (growth->capacity < n_before) growth->capacity = n_before;
    growth->n_before = n_before;
    for (int32_t h = 0; h < n_before; h++)
        carry_state(&growth->before[h], growth, carry);
    return wks_carry_status(carry, err);
}
