#include "world/row_order.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/par.h"
#include "world/region.h"
#include "world/world.h"

void wks_row_order_free(wks_row_order *order)
{
    free(order->after);
    free(order->scratch);
    *order = (wks_row_order)WKS_ROW_ORDER_INIT;
}

static wks_status begin(const wks_world *world, const wks_columns *base, size_t most, wks_row_order *order, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = (size_t)base->n_rows + 1;

    *order = (wks_row_order){.n_before = base->n_rows, .most = most, .threads = world->threads};
    order->after = wks_mem_array(n, sizeof *order->after);
    order->scratch = wks_mem_array(n, most);
    if (order->after == NULL || order->scratch == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for another order of %d rows", base->n_rows);
    for (int32_t i = 0; i < base->n_rows; i++)
        order->after[i] = WKS_NONE;
out:
    return rc;
}

/* The next place; a row that has one keeps it. */
static void place(wks_row_order *order, int32_t row)
{
    if (order->after[row] != WKS_NONE) return;
    order->after[row] = order->n++;
}

static void place_rest(wks_row_order *order, const uint64_t *key)
{
    for (int32_t i = 0; i < order->n_before; i++) {
        if (key[i] != 0) place(order, i);
    }
}

/* ---- households ------------------------------------------------------------------------------------------------------------------------ */

static bool is_home(const wks_world *world, int32_t unit_row)
{
    return world->unit.key[unit_row] != 0 && world->unit.household_row[unit_row] != WKS_NONE;
}

static int32_t buurt_of(const wks_world *world, int32_t unit_row)
{
    return world->dwelling.buurt_row[world->unit.dwelling_row[unit_row]];
}

/* Units that are lived in, by buurt and then by row. @param unit  as many as there are households. @param at  buurten + 1. @return how many */
static int32_t list_homes(const wks_world *world, int32_t *unit, int32_t *at)
{
    int32_t sum = 0;

    for (int32_t u = 0; u < world->unit.base.n_rows; u++) {
        if (is_home(world, u)) at[buurt_of(world, u) + 1]++;
    }
    for (int32_t b = 0; b < world->buurt.base.n_rows; b++)
        at[b + 1] += at[b];
    sum = at[world->buurt.base.n_rows];
    for (int32_t u = 0; u < world->unit.base.n_rows; u++) {
        if (is_home(world, u)) unit[at[buurt_of(world, u)]++] = u;
    }
    return sum;
}

static void place_guests(const wks_world *world, wks_row_order *order, int32_t host_row)
{
    const wks_household_table *household = &world->household;

    if (household->n_guests[host_row] == 0) return;
    for (int32_t g = wks_rare_i32(&household->first_guest_row, host_row); g != WKS_NONE; g = wks_rare_i32(&household->next_guest_row, g))
        place(order, g);
}

/* Who has neither a home nor a host: by the region in which it looks when it does not look elsewhere for a time. */
static wks_status place_seekers(const wks_world *world, wks_row_order *order, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n_regions = wks_region_n(world), n = world->household.base.n_live - order->n;
    int32_t *row = wks_mem_array((size_t)n, sizeof *row), *sorted = wks_mem_array((size_t)n, sizeof *sorted);
    int32_t *at = wks_mem_array((size_t)n_regions + 1, sizeof *at), k = 0;
    wks_region_map map = {.until = wks_mem_array((size_t)world->buurt.base.n_rows + 1, sizeof *map.until)};

    if (row == NULL || sorted == NULL || at == NULL || map.until == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for another order of %d seekers", n);
    wks_region_map_fill(world, &map);
    for (int32_t h = 0; h < order->n_before; h++) {
        if (world->household.key[h] == 0 || order->after[h] != WKS_NONE) continue;
        row[k++] = h;
        at[wks_region_looks_in(world, &map, h) + 1]++;
    }
    for (int32_t r = 0; r < n_regions; r++)
        at[r + 1] += at[r];
    for (int32_t i = 0; i < k; i++)
        sorted[at[wks_region_looks_in(world, &map, row[i])]++] = row[i];
    for (int32_t i = 0; i < k; i++)
        place(order, sorted[i]);
out:
    free(row);
    free(sorted);
    free(at);
    free(map.until);
    return rc;
}

wks_status wks_row_order_find_households(const wks_world *world, wks_row_order *order, wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t *at = wks_mem_array((size_t)world->buurt.base.n_rows + 2, sizeof *at);

    WKS_TRY(begin(world, &world->household.base, WKS_ROW_ORDER_MOST, order, err));
    if (at == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d buurten", world->buurt.base.n_rows);
    int32_t *unit = order->scratch; /* a household has at most one */
    const int32_t n = list_homes(world, unit, at);
    for (int32_t i = 0; i < n; i++)
        place(order, world->unit.household_row[unit[i]]);
    for (int32_t i = 0; i < n; i++)
        place_guests(world, order, world->unit.household_row[unit[i]]);
    if (wks_region_n(world) > 1) WKS_TRY(place_seekers(world, order, err));
    place_rest(order, world->household.key);
out:
    free(at);
    return rc;
}

wks_status wks_row_order_find_persons(const wks_world *world, wks_row_order *order, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_household_table *household = &world->household;

    WKS_TRY(begin(world, &world->person.base, sizeof(uint64_t), order, err));
    for (int32_t h = 0; h < household->base.n_rows; h++) {
        if (household->key[h] == 0) continue;
        for (int32_t p = household->first_person_row[h]; p != WKS_NONE; p = world->person.next_row[p])
            place(order, p);
    }
    place_rest(order, world->person.key);
out:
    return rc;
}

wks_status wks_row_order_find_registrations(const wks_world *world, wks_row_order *order, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(begin(world, &world->registration.base, sizeof(uint64_t), order, err));
    for (int32_t p = 0; p < world->person.base.n_rows; p++) {
        if (world->person.key[p] != 0 && world->person.registration_row[p] != WKS_NONE) place(order, world->person.registration_row[p]);
    }
    place_rest(order, world->registration.key);
out:
    return rc;
}

/* ---- carried out ----------------------------------------------------------------------------------------------------------------------- */

typedef struct wks_row_order_move {
    const wks_row_order *order;
    char *array;
    size_t size;
} move;

#define SCATTER(type)                                                            \
    for (int64_t i = begin; i < end; i++) {                                      \
        const int32_t place = self->order->after[i];                             \
        if (place < 0) continue;                                                 \
        memcpy((type *)to + place, (const type *)self->array + i, sizeof(type)); \
    }

static void scatter_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    const move *self = context;
    void *to = self->order->scratch;

    (void)block;
    switch (self->size) {
    case 1: SCATTER(uint8_t); break;
    case 2: SCATTER(uint16_t); break;
    case 4: SCATTER(uint32_t); break;
    case 8: SCATTER(uint64_t); break;
    default:
        for (int64_t i = begin; i < end; i++) {
            if (self->order->after[i] >= 0)
                memcpy((char *)to + (size_t)self->order->after[i] * self->size, self->array + (size_t)i * self->size, self->size);
        }
    }
}
#undef SCATTER

static void put_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    const move *self = context;

    (void)block;
    memcpy(self->array + (size_t)begin * self->size, (const char *)self->order->scratch + (size_t)begin * self->size,
           (size_t)(end - begin) * self->size);
}

void wks_row_order_array(const wks_row_order *order, void *array, size_t size, int32_t n, const void *none)
{
    move self = {order, array, size};

    WKS_BUG_IF(size > order->most);
    wks_par_for(n < order->n_before ? n : order->n_before, 0, order->threads, scatter_block, &self);
    for (int32_t i = n; i < order->n_before; i++) {
        if (order->after[i] >= 0) memcpy((char *)order->scratch + (size_t)order->after[i] * size, none, size);
    }
    wks_par_for(order->n, 0, order->threads, put_block, &self);
    for (int32_t i = order->n; i < n; i++)
        memcpy((char *)array + (size_t)i * size, none, size);
}

typedef struct wks_row_order_names {
    const int32_t *after;
    int32_t n_before; /* free rows of a table may hold what was never renamed */
    int32_t *row;
} names;

static void rename_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    const names *self = context;

    (void)block;
    for (int64_t i = begin; i < end; i++)
        self->row[i] = self->row[i] < 0 || self->row[i] >= self->n_before ? WKS_NONE : self->after[self->row[i]];
}

void wks_row_order_rename(const wks_row_order *order, int32_t *row, int32_t n)
{
    names self = {order->after, order->n_before, row};

    wks_par_for(n, 0, order->threads, rename_block, &self);
}

void wks_row_order_households(wks_world *world, const wks_row_order *order)
{
    wks_household_table *household = &world->household;
    wks_unit_table *unit = &world->unit;
    const int32_t n = household->base.n_rows;

    for (int32_t u = 0; unit->seller_row.n_entries > 0 && u < unit->base.n_rows; u++) {
        const int32_t seller = wks_rare_i32(&unit->seller_row, u);
        if (seller < 0 || seller >= n) continue; /* beyond: a freed row of a damaged state, which is renamed to nobody below */
        if (household->key[seller] != wks_rare_u64(&unit->seller_key, u)) wks_rare_set(&unit->seller_row, u, WKS_NONE);
    }
    wks_row_order_rename(order, household->host_row, n);
    wks_rare_rename(&household->first_guest_row, NULL, order->after, n);
    wks_rare_rename(&household->next_guest_row, NULL, order->after, n);
    wks_row_order_rename(order, world->person.household_row, world->person.base.n_rows);
    wks_row_order_rename(order, unit->household_row, unit->base.n_rows);
    wks_rare_rename(&unit->reserved_row, NULL, order->after, n);
    wks_rare_rename(&unit->contract_row, NULL, order->after, n);
    wks_rare_rename(&unit->seller_row, NULL, order->after, n);
    wks_columns_reorder(household, &wks_household_info, order);
}

void wks_row_order_persons(wks_world *world, const wks_row_order *order)
{
    wks_row_order_rename(order, world->household.first_person_row, world->household.base.n_rows);
    wks_row_order_rename(order, world->person.next_row, world->person.base.n_rows);
    wks_row_order_rename(order, world->registration.person_row, world->registration.base.n_rows);
    wks_columns_reorder(&world->person, &wks_person_info, order);
}

void wks_row_order_registrations(wks_world *world, const wks_row_order *order)
{
    wks_row_order_rename(order, world->person.registration_row, world->person.base.n_rows);
    wks_columns_reorder(&world->registration, &wks_registration_info, order);
}
