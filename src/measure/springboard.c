#include "measure/springboard.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vector.h"

enum { YEAR = 12 };

const char *const wks_springboard_kind_name[WKS_N_SPRINGBOARD_KINDS] = {"entrants_low", "residents_low", "stayers_rise", "stayers_fall",
                                                                        "leavers_rise", "leavers_fall",  "low_exit",     "vulnerable_stay"};

/* Bits of `kind`: has a partner, has an income that counts (no study, no pension); `low` and `vulnerable` of a start only. */
enum { PARTNER = 1, COUNTS = 2, LOW = 4, VULNERABLE = 8 };

/* A household when the year began; of one that came since: zeros and no home. */
typedef struct wks_springboard_start {
    float income_eur;
    int32_t buurt_row;   /* -1: no home here */
    int16_t since_month; /* at that address */
    uint8_t kind;
} start_state;

struct wks_springboard {
    start_state *start;
    float *last_eur; /* income last month, and of what kind */
    uint8_t *last_kind;
    int32_t n, capacity;
    double start_growth, last_growth; /* of all incomes, then */
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
    free(self->start);
    free(self->last_eur);
    free(self->last_kind);
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

static inline uint8_t kind_of(uint8_t has_partner, uint8_t source)
{
    const bool counts = source != WKS_INCOME_STUDY && source != WKS_INCOME_PENSION;

    return (uint8_t)((has_partner != 0 ? PARTNER : 0) | (counts ? COUNTS : 0));
}

/* Income per standard adult without growth; -1: study, pension, or not known. */
static double income_of(float income_eur, uint8_t kind, double growth)
{
    const double adults = (kind & PARTNER) != 0 ? 1 + WKS_SPRINGBOARD_PARTNER : 1;

    if ((kind & COUNTS) == 0 || !(growth > 0)) return -1;
    return (double)income_eur / adults / growth;
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

static double income_at_start(const wks_springboard *self, const start_state *was)
{
    return income_of(was->income_eur, was->kind, self->start_growth);
}

/* Left the city during the year. */
static void leave(wks_springboard *self, const wks_world *world, int32_t h)
{
    const start_state *was = &self->start[h];
    const double last = income_of(self->last_eur[h], self->last_kind[h], self->last_growth);

    for (int32_t level = 0; level < WKS_N_SPRINGBOARD_LEVELS; level++) {
        const int32_t area = area_of(world, level, was->buurt_row);
        if (area < 0) continue;
        add_change(self, level, area, WKS_SPRINGBOARD_LEAVERS_RISE, income_at_start(self, was), last);
        if ((was->kind & VULNERABLE) != 0) add(self, level, area, WKS_SPRINGBOARD_VULNERABLE_STAY, false);
    }
}

/* At the end of the year. */
static void compare(wks_springboard *self, const wks_world *world, int32_t h)
{
    const start_state *was = &self->start[h];
    const int32_t buurt = buurt_of(world, h);
    const uint8_t source = world->household.income_source[h];
    const bool low = is_low(world, h), study = source == WKS_INCOME_STUDY;
    const double before = income_at_start(self, was);
    const double income = income_of(world->household.income_eur[h], kind_of(world->household.has_partner[h], source), world->income_growth);
    const bool same_address = buurt >= 0 && buurt == was->buurt_row && world->household.since_month[h] == was->since_month;

    for (int32_t level = 0; level < WKS_N_SPRINGBOARD_LEVELS; level++) {
        const int32_t from = area_of(world, level, was->buurt_row), to = area_of(world, level, buurt);
        if (to >= 0 && !study) {
            add(self, level, to, WKS_SPRINGBOARD_RESIDENTS_LOW, low);
            if (from != to) add(self, level, to, WKS_SPRINGBOARD_ENTRANTS_LOW, low);
        }
        if (from < 0) continue;
        add_change(self, level, from, from == to ? WKS_SPRINGBOARD_STAYERS_RISE : WKS_SPRINGBOARD_LEAVERS_RISE, before, income);
        if ((was->kind & LOW) != 0) add(self, level, from, WKS_SPRINGBOARD_LOW_EXIT, !low);
        if ((was->kind & VULNERABLE) != 0) add(self, level, from, WKS_SPRINGBOARD_VULNERABLE_STAY, same_address);
    }
}

static start_state begin_year(const wks_world *world, int32_t h)
{
    const wks_household_table *household = &world->household;
    const int32_t kind = kind_of(household->has_partner[h], household->income_source[h]) | (is_low(world, h) ? LOW : 0) |
                         (household->vulnerability[h] != 0 ? VULNERABLE : 0);

    return (start_state){.income_eur = household->income_eur[h],
                         .buurt_row = buurt_of(world, h),
                         .since_month = household->since_month[h],
                         .kind = (uint8_t)kind};
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
        const size_t have = (size_t)self->capacity, larger = wks_mem_capacity(have, (size_t)n_rows);
        start_state *start = wks_mem_resize(self->start, have, larger, sizeof *start);
        if (start != NULL) self->start = start;
        float *last_eur = wks_mem_resize(self->last_eur, have, larger, sizeof *last_eur);
        if (last_eur != NULL) self->last_eur = last_eur;
        uint8_t *last_kind = wks_mem_resize(self->last_kind, have, larger, sizeof *last_kind);
        if (last_kind != NULL) self->last_kind = last_kind;
        if (start == NULL || last_eur == NULL || last_kind == NULL)
            WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the states of %d households", n_rows);
        self->capacity = (int32_t)larger;
    }
    for (; self->n < n_rows; self->n++)
        self->start[self->n] = (start_state){.buurt_row = WKS_NONE};
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

/* Another household has the row, or nobody. */
static void change(wks_springboard *self, const wks_track *track, const wks_world *world, int32_t h)
{
    const uint64_t was = track->key[h], key = h < world->household.base.n_rows ? world->household.key[h] : 0;

    if (was == key) return;
    if (was != 0 && self->n_gone > 0 && bsearch(&was, self->gone, (size_t)self->n_gone, sizeof *self->gone, by_key) != NULL)
        leave(self, world, h);
    self->start[h] = (start_state){.buurt_row = WKS_NONE};
}

static void turn_year(wks_springboard *self, const wks_world *world)
{
    for (int32_t h = 0; h < world->household.base.n_rows; h++) {
        if (world->household.key[h] == 0) continue;
        if (world->tick > 0) compare(self, world, h);
        self->start[h] = begin_year(world, h);
    }
    self->start_growth = world->income_growth;
    if (world->tick > 0) end_year(self);
}

WKS_VECTOR static void keep_last(wks_springboard *self, const wks_world *world)
{
    const wks_household_table *const household = &world->household;
    const uint8_t *has_partner = household->has_partner, *source = household->income_source;
    uint8_t *const restrict last_kind = self->last_kind;
    const int32_t n = household->base.n_rows;

    if (n > 0) memcpy(self->last_eur, household->income_eur, (size_t)n * sizeof *self->last_eur);
    for (int32_t h = 0; h < n; h++)
        last_kind[h] = kind_of(has_partner[h], source[h]);
    self->last_growth = world->income_growth;
}

wks_status wks_springboard_push(wks_springboard *self, const wks_track *track, const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(list_gone(self, world, err));
    WKS_TRY(make_room(self, world->household.base.n_rows, err));
    for (int32_t h = wks_track_next(track, 0); h != WKS_NONE; h = wks_track_next(track, h + 1))
        change(self, track, world, h);
    if (world->tick % YEAR == 0) turn_year(self, world);
    keep_last(self, world);
out:
    return rc;
}

wks_status wks_springboard_reorder(wks_springboard *self, const wks_row_order *order, wks_err *err)
{
    static const start_state nobody = {.buurt_row = WKS_NONE};
    static const uint32_t zero = 0;
    wks_status rc = WKS_OK;

    WKS_TRY(make_room(self, order->n_before, err));
    wks_row_order_array(order, self->start, sizeof *self->start, self->n, &nobody);
    wks_row_order_array(order, self->last_eur, sizeof *self->last_eur, self->n, &zero);
    wks_row_order_array(order, self->last_kind, sizeof *self->last_kind, self->n, &zero);
    self->n = order->n;
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

static void carry_start(start_state *start, int32_t n_buurten, wks_carry *carry)
{
    WKS_CARRY_FIELD(carry, start->income_eur);
    wks_carry_i32(carry, &start->buurt_row);
    WKS_CARRY_FIELD(carry, start->since_month);
    wks_carry_u8(carry, &start->kind);
    wks_carry_must(carry, start->buurt_row >= WKS_NONE && start->buurt_row < n_buurten, "a household in a buurt that is not there");
}

wks_status wks_springboard_carry(wks_springboard *self, wks_carry *carry, wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t n = self->n;

    wks_carry_tag(carry, "springboard");
    for (int32_t l = 0; l < WKS_N_SPRINGBOARD_LEVELS; l++) {
        wks_carry_same(carry, self->n_areas[l], "another number of areas");
        carry_shares(self->now[l], self->n_areas[l] * WKS_N_SPRINGBOARD_KINDS, carry);
        carry_shares(self->year[l], self->n_areas[l] * WKS_N_SPRINGBOARD_KINDS, carry);
    }
    wks_carry_double(carry, &self->start_growth);
    wks_carry_double(carry, &self->last_growth);
    wks_carry_count(carry, &n, sizeof *self->start);
    WKS_TRY(wks_carry_status(carry, err));
    WKS_TRY(make_room(self, n, err));
    for (int32_t h = 0; h < n; h++)
        carry_start(&self->start[h], self->n_areas[WKS_SPRINGBOARD_BUURT], carry);
    wks_carry_numbers(carry, self->last_eur, (size_t)n, sizeof *self->last_eur);
    wks_carry_numbers(carry, self->last_kind, (size_t)n, sizeof *self->last_kind);
    rc = wks_carry_status(carry, err);
out:
    return rc;
}
