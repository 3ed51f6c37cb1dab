#include "process/support_order.h"

#include <string.h>

#include "process/buffer_slots.h"

typedef wks_support_case item;

enum { LANES = 16, DEALT = 16 }; /* lots drawn at once; so many cases and fewer are put in place one by one */

static void draw_lots(const wks_world *world, item *cases, int32_t n, int32_t month)
{
    for (int32_t first = 0; first < n; first += LANES) {
        const int32_t m = n - first < LANES ? n - first : LANES;
        uint64_t key[LANES] = {0};
        uint32_t lot[LANES], *const out[4] = {lot, NULL, NULL, NULL};
        for (int32_t k = 0; k < m; k++)
            key[k] = cases[first + k].key;
        wks_rng_rows(&world->seed, key, LANES, (uint32_t)month, WKS_RNG_SUPPORT_CASE, out);
        for (int32_t k = 0; k < m; k++)
            cases[first + k].lot = lot[k];
    }
}

static bool is_before(const item *a, const item *b)
{
    return a->lot != b->lot ? a->lot < b->lot : a->key < b->key;
}

static void insert(item *cases, int32_t n)
{
    for (int32_t i = 1; i < n; i++) {
        const item moved = cases[i];
        int32_t k = i;
        for (; k > 0 && is_before(&moved, &cases[k - 1]); k--)
            cases[k] = cases[k - 1];
        cases[k] = moved;
    }
}

/* Bin of a lot among n: bins are in order of lot. */
static int32_t bin_of(uint32_t lot, int32_t n)
{
    return (int32_t)((uint64_t)lot * (uint64_t)n >> 32);
}

/* Where each of n bins begins, from how many there are in it: `start` has n + 1 values, the counts from 1 on. */
static void add_up(int32_t *start, int32_t n)
{
    for (int32_t k = 0; k < n; k++)
        start[k + 1] += start[k];
}

/* Cases of one month, from `from` to `to`. */
static void deal(const item *from, item *to, int32_t n, int32_t *start)
{
    memset(start, 0, ((size_t)n + 1) * sizeof *start);
    for (int32_t k = 0; k < n; k++)
        start[bin_of(from[k].lot, n) + 1]++;
    add_up(start, n);
    for (int32_t k = 0; k < n; k++)
        to[start[bin_of(from[k].lot, n)]++] = from[k];
}

static void by_lot(const wks_world *world, item *cases, item *spare, int32_t n, int32_t *start)
{
    draw_lots(world, cases, n, cases->wait_month);
    if (n > DEALT) {
        deal(cases, spare, n, start);
        memcpy(cases, spare, (size_t)n * sizeof *cases);
    }
    insert(cases, n);
}

static void by_month(const wks_household_table *household, const int32_t *row, int32_t n, int32_t least, int32_t n_months, int32_t *start,
                     item *out)
{
    memset(start, 0, ((size_t)n_months + 1) * sizeof *start);
    for (int32_t k = 0; k < n; k++)
        start[household->wait_month[row[k]] - least + 1]++;
    add_up(start, n_months);
    for (int32_t k = 0; k < n; k++) {
        const int32_t i = row[k], month = household->wait_month[i];
        out[start[month - least]++] = (item){household->key[i], i, month, 0};
    }
}

wks_status wks_support_order_make(wks_tick *tick, const int32_t *row, int32_t n, item **out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = tick->world;
    int32_t least = INT32_MAX, most = INT32_MIN, *start;

    for (int32_t k = 0; k < n; k++) {
        const int32_t month = world->household.wait_month[row[k]];
        least = month < least ? month : least;
        most = month > most ? month : most;
    }
    const int32_t n_months = n > 0 ? most - least + 1 : 0, n_bins = n > n_months ? n : n_months;
    *out = wks_tick_buffer(tick, WKS_SLOT_SUPPORT_ORDER, 2 * (size_t)n, sizeof **out);
    start = wks_tick_buffer(tick, WKS_SLOT_SUPPORT_BINS, (size_t)n_bins + 1, sizeof *start);
    if (*out == NULL || start == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d households with known need", n);
    by_month(&world->household, row, n, least, n_months, start, *out);
    for (int32_t first = 0, last; first < n; first = last) {
        for (last = first + 1; last < n && (*out)[last].wait_month == (*out)[first].wait_month;)
            last++;
        by_lot(world, *out + first, *out + n, last - first, start);
    }
out:
    return rc;
}
