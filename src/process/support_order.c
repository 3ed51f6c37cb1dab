#include "process/support_order.h"

#include <string.h>

#include "process/buffer_slots.h"

typedef wks_support_case item;

enum { LANES = 64, DEALT = 16 }; /* lots drawn at once; so many cases and fewer are put in place one by one */

/* In whole sixteens, which is how many are drawn together. */
static void draw_lots(const wks_world *world, item *cases, int32_t n)
{
    uint64_t key[LANES] = {0};
    uint32_t lot[LANES], *const out[4] = {lot, NULL, NULL, NULL};

    for (int32_t first = 0; first < n; first += LANES) {
        const int32_t m = n - first < LANES ? n - first : LANES;
        for (int32_t k = 0; k < m; k++)
            key[k] = world->household.key[cases[first + k].row];
        wks_rng_rows(&world->seed, key, (m + 15) / 16 * 16, (uint32_t)cases->wait_month, WKS_RNG_SUPPORT_CASE, out);
        for (int32_t k = 0; k < m; k++)
            cases[first + k].lot = lot[k];
    }
}

static bool is_before(const uint64_t *key, const item *a, const item *b)
{
    return a->lot != b->lot ? a->lot < b->lot : key[a->row] < key[b->row];
}

static void insert(const uint64_t *key, item *cases, int32_t n)
{
    for (int32_t i = 1; i < n; i++) {
        const item moved = cases[i];
        int32_t k = i;
        for (; k > 0 && is_before(key, &moved, &cases[k - 1]); k--)
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

static void deal(const item *from, item *to, int32_t n, int32_t *start)
{
    memset(start, 0, ((size_t)n + 1) * sizeof *start);
    for (int32_t k = 0; k < n; k++)
        start[bin_of(from[k].lot, n) + 1]++;
    add_up(start, n);
    for (int32_t k = 0; k < n; k++)
        to[start[bin_of(from[k].lot, n)]++] = from[k];
}

void wks_support_order_lots(const wks_support_order *order, item *cases, int32_t n)
{
    if (n <= 1) return;
    draw_lots(order->world, cases, n);
    if (n > DEALT) {
        deal(cases, order->spare, n, order->bin);
        memcpy(cases, order->spare, (size_t)n * sizeof *cases);
    }
    insert(order->world->household.key, cases, n);
}

static void by_month(const wks_support_order *order, const int32_t *row, int32_t least, int32_t n_months)
{
    const int16_t *month = order->world->household.wait_month;
    int32_t *start = order->bin;

    memset(start, 0, ((size_t)n_months + 1) * sizeof *start);
    for (int32_t k = 0; k < order->n; k++)
        start[month[row[k]] - least + 1]++;
    add_up(start, n_months);
    for (int32_t k = 0; k < order->n; k++) {
        const int32_t i = row[k];
        order->item[start[month[i] - least]++] = (item){i, month[i], 0};
    }
}

wks_status wks_support_order_months(wks_tick *tick, const int32_t *row, int32_t n, wks_support_order *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int16_t *month = tick->world->household.wait_month;
    int32_t least = INT32_MAX, most = INT32_MIN;

    for (int32_t k = 0; k < n; k++) {
        least = month[row[k]] < least ? month[row[k]] : least;
        most = month[row[k]] > most ? month[row[k]] : most;
    }
    const int32_t n_months = n > 0 ? most - least + 1 : 0, n_bins = n > n_months ? n : n_months;
    *out = (wks_support_order){.world = tick->world, .n = n};
    out->item = wks_tick_buffer(tick, WKS_SLOT_SUPPORT_ORDER, 2 * (size_t)n, sizeof *out->item);
    out->bin = wks_tick_buffer(tick, WKS_SLOT_SUPPORT_BINS, (size_t)n_bins + 1, sizeof *out->bin);
    if (out->item == NULL || out->bin == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d households with known need", n);
    out->spare = out->item + n;
    by_month(out, row, least, n_months);
out:
    return rc;
}
