#include "measure/tenancy.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { YEAR = 12 };

const int32_t wks_tenancy_years[WKS_TENANCY_TERMS] = {1, 2, 3, 4, 5, 10};
const char *const wks_tenancy_term_name[WKS_TENANCY_TERMS] = {"year_1", "year_2", "year_3", "year_4", "year_5", "year_10"};

/* Where somebody lived: by keys, because rows are reused. */
typedef struct wks_tenancy_address {
    uint64_t person_key, dwelling_key;
} address;

struct wks_tenancy {
    int32_t n_ticks, tick;
    int32_t *began;                   /* by tick: regular social tenancies that began then */
    int32_t *last[WKS_TENANCY_TERMS]; /* by tick: of those that began so many years before, how many last */
    address *before;                  /* of persons, by row, at the begin of the period */
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
static void count_tenancies(wks_tenancy *tenancy, const wks_world *world)
{
    enum { FAR = YEAR * 10 };
    const wks_household_table *household = &world->household;
    uint8_t counts[FAR + 1] = {0}; /* by months ago: 1 + the term, and WKS_TENANCY_TERMS + 1 for none */
    const int32_t tick = world->tick, last = tick - 1 < FAR ? tick - 1 : FAR;

    if (tick == 0) return;
    counts[0] = WKS_TENANCY_TERMS + 1;
    for (int32_t k = 0; k < WKS_TENANCY_TERMS; k++)
        counts[YEAR * wks_tenancy_years[k]] = (uint8_t)(k + 1);
    for (int32_t h = 0; h < household->base.n_rows; h++) {
        const uint32_t months = (uint32_t)world->month - (uint32_t)household->since_month[h]; /* below 0: very many */
        if (months > (uint32_t)last || counts[months] == 0 || !is_regular(world, h)) continue;
        if (months == 0) {
            tenancy->began[tick]++;
        } else {
            tenancy->last[counts[months] - 1][tick]++;
        }
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

static int32_t dwelling_of(const wks_world *world, int32_t person_row)
{
    const int32_t h = world->person.household_row[person_row];
    const int32_t unit_row = h == WKS_NONE ? WKS_NONE : wks_moves_address_of(world, h).unit_row;

    return unit_row == WKS_NONE ? WKS_NONE : world->unit.dwelling_row[unit_row];
}

static wks_status remember(wks_tenancy *tenancy, const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n = world->person.base.n_rows;

    if (n > tenancy->capacity) {
        const size_t larger = wks_mem_capacity((size_t)tenancy->capacity, (size_t)n);
        address *grown = wks_mem_resize(tenancy->before, (size_t)tenancy->capacity, larger, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the addresses of %d persons", n);
        tenancy->before = grown;
        tenancy->capacity = (int32_t)larger;
    }
    for (int32_t p = 0; p < n; p++) {
        const int32_t d = world->person.key[p] == 0 ? WKS_NONE : dwelling_of(world, p);
        tenancy->before[p] = (address){world->person.key[p], d == WKS_NONE ? 0 : world->dwelling.key[d]};
    }
    tenancy->n_before = n;
out:
    return rc;
}

/* Occupied now, and by somebody who was there before: bits 1 and 2. */
static void mark_occupied(const wks_tenancy *tenancy, const wks_world *world, uint8_t *mark)
{
    for (int32_t p = 0; p < world->person.base.n_rows; p++) {
        const int32_t d = world->person.key[p] == 0 ? WKS_NONE : dwelling_of(world, p);
        if (d == WKS_NONE) continue;
        const bool stayed = p < tenancy->n_before && tenancy->before[p].person_key == world->person.key[p] &&
                            tenancy->before[p].dwelling_key == world->dwelling.key[d];
        mark[d] |= stayed ? 3 : 1;
    }
}

static wks_status compare(wks_tenancy *tenancy, const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_dwelling_table *dwelling = &world->dwelling;
    uint8_t *mark = wks_mem_array((size_t)dwelling->base.n_rows + 1, 1);

    if (mark == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d dwellings", dwelling->base.n_rows);
    mark_occupied(tenancy, world, mark);
    tenancy->turnover = (wks_tenancy_turnover){.is_known = true};
    for (int32_t d = 0; d < dwelling->base.n_rows; d++) {
        if (dwelling->key[d] == 0) continue;
        tenancy->turnover.stock[dwelling->tenure[d]]++;
        tenancy->turnover.turned[dwelling->tenure[d]] += mark[d] == 1;
    }
out:
    free(mark);
    return rc;
}

wks_status wks_tenancy_push(wks_tenancy *tenancy, const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_BUG_IF(world->tick > tenancy->n_ticks);
    tenancy->tick = world->tick;
    count_tenancies(tenancy, world);
    if (world->tick % YEAR != 0) goto out;
    if (world->tick > 0) WKS_TRY(compare(tenancy, world, err));
    WKS_TRY(remember(tenancy, world, err));
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
    for (int32_t p = 0; p < n; p++) {
        WKS_CARRY_FIELD(carry, tenancy->before[p].person_key);
        WKS_CARRY_FIELD(carry, tenancy->before[p].dwelling_key);
    }
    WKS_CARRY_FIELDS(carry, tenancy->turnover.stock);
    WKS_CARRY_FIELDS(carry, tenancy->turnover.turned);
    wks_carry_bool(carry, &tenancy->turnover.is_known);
    return wks_carry_status(carry, err);
}
