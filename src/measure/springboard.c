#include "measure/springboard.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { YEAR = 12 };

const char *const wks_springboard_kind_name[WKS_N_SPRINGBOARD_KINDS] = {"entrants_low", "residents_low", "stayers_rise", "stayers_fall",
                                                                        "leavers_rise", "leavers_fall",  "low_exit",     "vulnerable_stay"};

/* A household: where and what it was when the year began, and what it earned last month. */
typedef struct wks_springboard_state {
    uint64_t key;
    double start, last;  /* income per standard adult without growth; -1: study, pension, or not known */
    int32_t buurt_row;   /* at the start; -1: no home here */
    int32_t since_month; /* at that address */
    bool was_low, was_vulnerable;
} household_state;

struct wks_springboard {
    household_state *state;
    int32_t n, capacity;
    int32_t n_areas[WKS_N_SPRINGBOARD_LEVELS];
    wks_springboard_share *now[WKS_N_SPRINGBOARD_LEVELS], *year[WKS_N_SPRINGBOARD_LEVELS]; /* areas x kinds: under way, last whole one */
    uint64_t *gone;                                                                        /* keys of who left the city this tick, sorted */
    int32_t n_gone, gone_capacity;
};

wks_status wks_springboard_create(const wks_world *world, wks_springboard **out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n[WKS_N_SPRINGBOARD_LEVELS] = {world->buurt.base.n_rows, world->n_wijken, 2};
    wks_springboard *self = wks_mem_array(1, sizeof *self);

    *out = self;
    if (self == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for springboard");
    for (int32_t l = 0; l < WKS_N_SPRINGBOARD_LEVELS; l++) {
        self->n_areas[l] = n[l];
        self->now[l] = wks_mem_array((size_t)n[l] * WKS_N_SPRINGBOARD_KINDS, sizeof *self->now[l]);
        self->year[l] = wks_mem_array((size_t)n[l] * WKS_N_SPRINGBOARD_KINDS, sizeof *self->year[l]);
        if (self->now[l] == NULL || self->year[l] == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for springboard in %d areas", n[l]);
    }
out:
    return rc;
}

void wks_springboard_destroy(wks_springboard *self)
{
    if (self == NULL) return;
    for (int32_t l = 0; l < WKS_N_SPRINGBOARD_LEVELS; l++) {
        free(self->now[l]);
        free(self->year[l]);
    }
    free(self->state);
    free(self->gone);
    free(self);
}

/* --- one household -------------------------------------------------------------------------------------------------------- */

static int32_t area_of(const wks_world *world, int32_t level, int32_t buurt_row)
{
    if (buurt_row < 0) return WKS_NONE;
    if (level == WKS_SPRINGBOARD_BUURT) return buurt_row;
    if (level == WKS_SPRINGBOARD_WIJK) return world->buurt.wijk_row[buurt_row];
    return world->buurt.social_start[buurt_row] >= WKS_BUURT_MUCH_SOCIAL ? 0 : 1;
}

static int32_t buurt_of(const wks_world *world, int32_t h)
{
    const int32_t unit_row = world->household.unit_row[h];
    return unit_row == WKS_NONE ? WKS_NONE : world->dwelling.buurt_row[world->unit.dwelling_row[unit_row]];
}

static double income_of(const wks_world *world, int32_t h)
{
    const wks_household_table *household = &world->household;
    const uint8_t source = household->income_source[h];
    const double adults = household->has_partner[h] ? 1 + WKS_SPRINGBOARD_PARTNER : 1;

    if (source == WKS_INCOME_STUDY || source == WKS_INCOME_PENSION || !(world->income_growth > 0)) return -1;
    return (double)household->income_eur[h] / adults / world->income_growth;
}

static bool is_low(const wks_world *world, int32_t h)
{
    return world->household.low_month[h] != WKS_NO_MONTH && world->household.income_source[h] != WKS_INCOME_STUDY;
}

static void add(wks_springboard *self, int32_t level, int32_t area, wks_springboard_kind kind, bool is_part)
{
    wks_springboard_share *share = &self->now[level][area * WKS_N_SPRINGBOARD_KINDS + (int32_t)kind];
    share->whole++;
    share->part += is_part;
}

static void add_change(wks_springboard *self, int32_t level, int32_t area, wks_springboard_kind rise, double before, double after)
{
    if (!(before > 0) || !(after >= 0)) return;
    add(self, level, area, rise, after > before * (1 + WKS_SPRINGBOARD_CHANGE));
    add(self, level, area, (wks_springboard_kind)(rise + 1), after < before * (1 - WKS_SPRINGBOARD_CHANGE));
}

/* Left the city during the year. */
static void leave(wks_springboard *self, const wks_world *world, const household_state *was)
{
    for (int32_t level = 0; level < WKS_N_SPRINGBOARD_LEVELS; level++) {
        const int32_t area = area_of(world, level, was->buurt_row);
        if (area < 0) continue;
        add_change(self, level, area, WKS_SPRINGBOARD_LEAVERS_RISE, was->start, was->last);
        if (was->was_vulnerable) add(self, level, area, WKS_SPRINGBOARD_VULNERABLE_STAY, false);
    }
}

/* At the end of the year. */
static void compare(wks_springboard *self, const wks_world *world, const household_state *was, int32_t h)
{
    const int32_t buurt = buurt_of(world, h);
    const bool low = is_low(world, h), study = world->household.income_source[h] == WKS_INCOME_STUDY;
    const double income = income_of(world, h);
    const bool same_address = buurt >= 0 && buurt == was->buurt_row && world->household.since_month[h] == was->since_month;

    for (int32_t level = 0; level < WKS_N_SPRINGBOARD_LEVELS; level++) {
        const int32_t from = area_of(world, level, was->buurt_row), to = area_of(world, level, buurt);
        if (to >= 0 && !study) {
            add(self, level, to, WKS_SPRINGBOARD_RESIDENTS_LOW, low);
            if (from != to) add(self, level, to, WKS_SPRINGBOARD_ENTRANTS_LOW, low);
        }
        if (from < 0) continue;
        add_change(self, level, from, from == to ? WKS_SPRINGBOARD_STAYERS_RISE : WKS_SPRINGBOARD_LEAVERS_RISE, was->start, income);
        if (was->was_low) add(self, level, from, WKS_SPRINGBOARD_LOW_EXIT, !low);
        if (was->was_vulnerable) add(self, level, from, WKS_SPRINGBOARD_VULNERABLE_STAY, same_address);
    }
}

static household_state begin_year(const wks_world *world, int32_t h)
{
    const double income = income_of(world, h);

    return (household_state){.key = world->household.key[h],
                             .start = income,
                             .last = income,
                             .buurt_row = buurt_of(world, h),
                             .since_month = world->household.since_month[h],
                             .was_low = is_low(world, h),
                             .was_vulnerable = world->household.vulnerability[h] != 0};
}

/* --- all -------------------------------------------------------------------------------------------------------------------- */

static int by_key(const void *left, const void *right)
{
    const uint64_t *a = left, *b = right;
    return *a < *b ? -1 : *a > *b;
}

static wks_status list_gone(wks_springboard *self, const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (world->moves.is_incomplete) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the moves of tick %d", world->tick);
    if (world->moves.n > self->gone_capacity) {
        const size_t larger = wks_mem_capacity((size_t)self->gone_capacity, (size_t)world->moves.n);
        uint64_t *grown = wks_mem_resize(self->gone, (size_t)self->gone_capacity, larger, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d moves", world->moves.n);
        self->gone = grown;
        self->gone_capacity = (int32_t)larger;
    }
    self->n_gone = 0;
    for (int32_t i = 0; i < world->moves.n; i++) {
        if (world->moves.household[i].to == WKS_MOVES_ELSEWHERE) self->gone[self->n_gone++] = world->moves.household[i].key;
    }
    if (self->n_gone > 0) qsort(self->gone, (size_t)self->n_gone, sizeof *self->gone, by_key);
out:
    return rc;
}

static wks_status make_room(wks_springboard *self, int32_t n_rows, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (n_rows > self->capacity) {
        const size_t larger = wks_mem_capacity((size_t)self->capacity, (size_t)n_rows);
        household_state *grown = wks_mem_resize(self->state, (size_t)self->capacity, larger, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the states of %d households", n_rows);
        self->state = grown;
        self->capacity = (int32_t)larger;
    }
    for (; self->n < n_rows; self->n++)
        self->state[self->n] = (household_state){.buurt_row = WKS_NONE};
out:
    return rc;
}

static void end_year(wks_springboard *self)
{
    for (int32_t l = 0; l < WKS_N_SPRINGBOARD_LEVELS; l++) {
        const size_t bytes = (size_t)self->n_areas[l] * WKS_N_SPRINGBOARD_KINDS * sizeof *self->now[l];
        memcpy(self->year[l], self->now[l], bytes);
        memset(self->now[l], 0, bytes);
    }
}

static void follow(wks_springboard *self, const wks_world *world, int32_t h, bool is_end)
{
    household_state *state = &self->state[h];
    const uint64_t key = h < world->household.base.n_rows ? world->household.key[h] : 0;

    if (state->key != key) {
        const bool left = state->key != 0 && self->n_gone > 0 &&
                          bsearch(&state->key, self->gone, (size_t)self->n_gone, sizeof *self->gone, by_key) != NULL;
        if (left) leave(self, world, state);
        *state = (household_state){.key = key, .start = -1, .buurt_row = WKS_NONE};
    }
    if (key == 0) return;
    state->last = income_of(world, h);
    if (!is_end) return;
    if (world->tick > 0) compare(self, world, state, h);
    *state = begin_year(world, h);
}

wks_status wks_springboard_push(wks_springboard *self, const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;
    const bool is_end = world->tick % YEAR == 0;

    WKS_TRY(list_gone(self, world, err));
    WKS_TRY(make_room(self, world->household.base.n_rows, err));
    for (int32_t h = 0; h < self->n; h++)
        follow(self, world, h, is_end);
    if (is_end && world->tick > 0) end_year(self);
out:
    return rc;
}

wks_springboard_share wks_springboard_of(const wks_springboard *self, wks_springboard_level level, int32_t area, wks_springboard_kind kind)
{
    return self->year[level][area * WKS_N_SPRINGBOARD_KINDS + (int32_t)kind];
}

/* --- carried over ------------------------------------------------------------------------------------------------------------ */

static void carry_shares(wks_springboard_share *share, int32_t n, wks_carry *carry)
{
    for (int32_t i = 0; i < n; i++) {
        wks_carry_i64(carry, &share[i].part);
        wks_carry_i64(carry, &share[i].whole);
    }
}

static void carry_state(household_state *state, int32_t n_buurten, wks_carry *carry)
{
    WKS_CARRY_FIELD(carry, state->key);
    wks_carry_double(carry, &state->start);
    wks_carry_double(carry, &state->last);
    wks_carry_i32(carry, &state->buurt_row);
    wks_carry_i32(carry, &state->since_month);
    wks_carry_bool(carry, &state->was_low);
    wks_carry_bool(carry, &state->was_vulnerable);
    wks_carry_must(carry, state->buurt_row >= WKS_NONE && state->buurt_row < n_buurten, "a household in a buurt that is not there");
}

wks_status wks_springboard_carry(wks_springboard *self, wks_carry *carry, wks_err *err)
{
    int32_t n = self->n;

    wks_carry_tag(carry, "springboard");
    for (int32_t l = 0; l < WKS_N_SPRINGBOARD_LEVELS; l++) {
        wks_carry_same(carry, self->n_areas[l], "another number of areas");
        carry_shares(self->now[l], self->n_areas[l] * WKS_N_SPRINGBOARD_KINDS, carry);
        carry_shares(self->year[l], self->n_areas[l] * WKS_N_SPRINGBOARD_KINDS, carry);
    }
    wks_carry_count(carry, &n, 3 * sizeof(uint64_t));
    self->state = wks_carry_room(carry, self->state, (size_t)self->capacity, (size_t)n, sizeof *self->state);
    if (wks_carry_failed(carry)) return wks_carry_status(carry, err);
    if (self->capacity < n) self->capacity = n;
    self->n = n;
    for (int32_t h = 0; h < n; h++)
        carry_state(&self->state[h], self->n_areas[WKS_SPRINGBOARD_BUURT], carry);
    return wks_carry_status(carry, err);
}
