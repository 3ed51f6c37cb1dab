#include "measure/tenancy.h"

#include <stdlib.h>
#include <string.h>

#include "base/marks.h"
#include "base/mem.h"
#include "base/par.h"
#include "base/vector.h"

enum { YEAR = 12 };

const int32_t wks_tenancy_years[WKS_TENANCY_TERMS] = {1, 2, 3, 4, 5, 10};
const char *const wks_tenancy_term_name[WKS_TENANCY_TERMS] = {"year_1", "year_2", "year_3", "year_4", "year_5", "year_10"};

struct wks_tenancy {
    int32_t n_ticks, tick;
    int32_t *began;                   /* by tick: regular social tenancies that began then */
    int32_t *last[WKS_TENANCY_TERMS]; /* by tick: of those that began so many years before, how many last */
    uint64_t *before;                 /* of persons, by row: who lived where at the begin of the period (address_of) */
    int32_t n_before, capacity;
    wks_tenancy_turnover turnover;
};

wks_status wks_tenancy_create(int32_t n_ticks, wks_tenancy **out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_tenancy *tenancy = wks_mem_array(1, sizeof *tenancy);
    const size_t n = (size_t)n_ticks + 1;

    *out = tenancy;
    if (tenancy == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for tenancies");
    tenancy->n_ticks = n_ticks;
    tenancy->began = wks_mem_array(n * (1 + WKS_TENANCY_TERMS), sizeof *tenancy->began);
    if (tenancy->began == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for tenancies of %d months", n_ticks);
    for (int32_t k = 0; k < WKS_TENANCY_TERMS; k++)
        tenancy->last[k] = tenancy->began + n * (size_t)(1 + k);
out:
    return rc;
}

void wks_tenancy_destroy(wks_tenancy *tenancy)
{
    if (tenancy == NULL) return;
    free(tenancy->began);
    free(tenancy->before);
    free(tenancy);
}

/* --- tenancies ------------------------------------------------------------------------------------------------------ */

/* Regular: social, a home of its own, no campus. */
static bool is_regular(const wks_world *world, int32_t h)
{
    const int32_t u = world->household.unit_row[h];

    if (world->household.key[h] == 0 || u == WKS_NONE || world->unit.household_row[u] != h || world->unit.kind[u] == WKS_UNIT_ROOM)
        return false;
    const int32_t d = world->unit.dwelling_row[u];
    return world->dwelling.tenure[d] == WKS_TENURE_SOCIAL && world->dwelling.label[d] != WKS_LABEL_CAMPUS;
}

/* Only who moved in in this very month, or to the month a term ago, counts: of most households the month of moving in is all that is read. */
WKS_VECTOR static void mark(const int16_t *since_month, int32_t now, int64_t n, uint8_t *restrict out)
{
    for (int64_t i = 0; i < n; i++) {
        const int32_t months = now - since_month[i]; /* the terms of wks_tenancy_years, and now */
        out[i] = (months == 0) | (months == YEAR) | (months == 2 * YEAR) | (months == 3 * YEAR) | (months == 4 * YEAR) |
                 (months == 5 * YEAR) | (months == 10 * YEAR);
    }
}

static void count_tenancy(wks_tenancy *tenancy, const wks_world *world, int32_t h)
{
    const int32_t tick = world->tick, months = world->month - world->household.since_month[h];

    if (months >= tick || !is_regular(world, h)) return;
    if (months == 0) tenancy->began[tick]++;
    for (int32_t k = 0; k < WKS_TENANCY_TERMS; k++)
        tenancy->last[k][tick] += months == YEAR * wks_tenancy_years[k];
}

static void count_tenancies(wks_tenancy *tenancy, const wks_world *world)
{
    const wks_household_table *household = &world->household;
    uint8_t marked[WKS_PAR_BLOCK + WKS_MARKS_BEHIND];

    for (int32_t begin = 0; begin < household->base.n_rows; begin += WKS_PAR_BLOCK) {
        const int32_t left = household->base.n_rows - begin, n = left < WKS_PAR_BLOCK ? left : WKS_PAR_BLOCK;
        mark(household->since_month + begin, world->month, n, marked);
        memset(marked + n, 0, WKS_MARKS_BEHIND);
        for (int64_t i = wks_marks_next(marked, n, 0); i < n; i = wks_marks_next(marked, n, i + 1))
            count_tenancy(tenancy, world, begin + (int32_t)i);
    }
}

void wks_tenancy_survival_of(const wks_tenancy *tenancy, int32_t term, int64_t *out_began, int64_t *out_last)
{
    const int32_t months = YEAR * wks_tenancy_years[term];

    *out_began = *out_last = 0;
    for (int32_t tick = tenancy->tick; tick > tenancy->tick - YEAR && tick > months; tick--) {
        *out_began += tenancy->began[tick - months];
        *out_last += tenancy->last[term][tick];
    }
}

/* --- occupants ------------------------------------------------------------------------------------------------------ */

/* Where somebody is registered (wks_moves_address_of): a guest where its host lives. */
static int32_t dwelling_of(const wks_world *world, int32_t person_row)
{
    const wks_household_table *household = &world->household;
    const int32_t h = world->person.key[person_row] == 0 ? WKS_NONE : world->person.household_row[person_row];

    if (h == WKS_NONE) return WKS_NONE;
    const int32_t host_row = household->host_row[h], unit_row = household->unit_row[host_row == WKS_NONE ? h : host_row];
    return unit_row == WKS_NONE ? WKS_NONE : world->unit.dwelling_row[unit_row];
}

/* Who lives where, in one word: of keys, because rows are reused. Two of them are the same by chance once in 2^64. */
static uint64_t address_of(const wks_world *world, int32_t person_row, int32_t dwelling_row)
{
    if (dwelling_row == WKS_NONE) return 0;
    return wks_columns_mix(wks_columns_mix(0, world->person.key[person_row]), world->dwelling.key[dwelling_row]);
}

static wks_status make_room(wks_tenancy *tenancy, int32_t n, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (n > tenancy->capacity) {
        const size_t larger = wks_mem_capacity((size_t)tenancy->capacity, (size_t)n);
        uint64_t *grown = wks_mem_resize(tenancy->before, (size_t)tenancy->capacity, larger, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the addresses of %d persons", n);
        tenancy->before = grown;
        tenancy->capacity = (int32_t)larger;
    }
out:
    return rc;
}

/* Dwellings that are occupied now, and by somebody who was there before: bits 1 and 2. What is now is from here on what was. */
static void mark_occupied(wks_tenancy *tenancy, const wks_world *world, uint8_t *occupied)
{
    for (int32_t p = 0; p < world->person.base.n_rows; p++) {
        const int32_t d = dwelling_of(world, p);
        const uint64_t now = address_of(world, p, d), before = p < tenancy->n_before ? tenancy->before[p] : 0;
        tenancy->before[p] = now;
        if (d != WKS_NONE) occupied[d] |= before == now ? 3 : 1;
    }
    tenancy->n_before = world->person.base.n_rows;
}

static void count_turnover(wks_tenancy *tenancy, const wks_dwelling_table *dwelling, const uint8_t *occupied)
{
    tenancy->turnover = (wks_tenancy_turnover){.is_known = true};
    for (int32_t d = 0; d < dwelling->base.n_rows; d++) {
        if (dwelling->key[d] == 0) continue;
        tenancy->turnover.stock[dwelling->tenure[d]]++;
        tenancy->turnover.turned[dwelling->tenure[d]] += occupied[d] == 1;
    }
}

static wks_status turn_year(wks_tenancy *tenancy, const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;
    uint8_t *occupied = wks_mem_array((size_t)world->dwelling.base.n_rows + 1, 1);

    if (occupied == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d dwellings", world->dwelling.base.n_rows);
    WKS_TRY(make_room(tenancy, world->person.base.n_rows, err));
    mark_occupied(tenancy, world, occupied);
    if (world->tick > 0) count_turnover(tenancy, &world->dwelling, occupied);
out:
    free(occupied);
    return rc;
}

wks_status wks_tenancy_push(wks_tenancy *tenancy, const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_BUG_IF(world->tick > tenancy->n_ticks);
    tenancy->tick = world->tick;
    count_tenancies(tenancy, world);
    if (world->tick % YEAR == 0) WKS_TRY(turn_year(tenancy, world, err));
out:
    return rc;
}

wks_status wks_tenancy_reorder(wks_tenancy *tenancy, const wks_row_order *order, wks_err *err)
{
    static const uint64_t nowhere = 0;
    wks_status rc = WKS_OK;

    WKS_TRY(make_room(tenancy, order->n, err));
    wks_row_order_array(order, tenancy->before, sizeof *tenancy->before, tenancy->n_before, &nowhere);
    tenancy->n_before = order->n;
out:
    return rc;
}

wks_tenancy_turnover wks_tenancy_turnover_of(const wks_tenancy *tenancy)
{
    return tenancy->turnover;
}

wks_status wks_tenancy_carry(wks_tenancy *tenancy, wks_carry *carry, wks_err *err)
{
    int32_t n = tenancy->n_before;

    wks_carry_tag(carry, "tenancy");
    wks_carry_same(carry, tenancy->n_ticks, "a run of another number of ticks");
    wks_carry_i32(carry, &tenancy->tick);
    wks_carry_must(carry, tenancy->tick >= 0 && tenancy->tick <= tenancy->n_ticks, "tenancies of a tick to come");
    wks_carry_numbers(carry, tenancy->began, ((size_t)tenancy->n_ticks + 1) * (1 + WKS_TENANCY_TERMS), sizeof *tenancy->began);
    wks_carry_count(carry, &n, sizeof *tenancy->before);
    tenancy->before = wks_carry_room(carry, tenancy->before, (size_t)tenancy->capacity, (size_t)n, sizeof *tenancy->before);
    if (wks_carry_failed(carry)) return wks_carry_status(carry, err);
    if (tenancy->capacity < n) tenancy->capacity = n;
    tenancy->n_before = n;
    wks_carry_numbers(carry, tenancy->before, (size_t)n, sizeof *tenancy->before);
    WKS_CARRY_FIELDS(carry, tenancy->turnover.stock);
    WKS_CARRY_FIELDS(carry, tenancy->turnover.turned);
    wks_carry_bool(carry, &tenancy->turnover.is_known);
    return wks_carry_status(carry, err);
}
