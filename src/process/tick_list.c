#include "process/tick_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/par.h"
#include "process/buffer_slots.h"

enum { BLOCK = 1 << 15, MOST_BITS = 20 };

static int by_key(const void *left, const void *right)
{
    const wks_tick_item *a = left, *b = right;
    if (a->key != b->key) return a->key < b->key ? -1 : 1;
    return (a->kind > b->kind) - (a->kind < b->kind);
}

static bool goes_before(const wks_tick_item *a, const wks_tick_item *b)
{
    return a->key != b->key ? a->key < b->key : a->kind < b->kind;
}

/* Keys are hashes, spread evenly: dealt into as many parts as there are items they are nearly in order. */
static void sort_into(const wks_tick_item *in, int32_t n, int32_t bits, int32_t *start, wks_tick_item *out)
{
    const int shift = 64 - bits;

    memset(start, 0, (((size_t)1 << bits) + 1) * sizeof *start);
    for (int32_t i = 0; i < n; i++)
        start[(in[i].key >> shift) + 1]++;
    for (int32_t b = 0; b < INT32_C(1) << bits; b++)
        start[b + 1] += start[b];
    for (int32_t i = 0; i < n; i++)
        out[start[in[i].key >> shift]++] = in[i];
    for (int32_t i = 1; i < n; i++) {
        const wks_tick_item moving = out[i];
        int32_t k = i;
        while (k > 0 && goes_before(&moving, &out[k - 1])) {
            out[k] = out[k - 1];
            k--;
        }
        out[k] = moving;
    }
}

int32_t wks_tick_list_next(const uint8_t *flag, int32_t at, int32_t n_rows)
{
    uint64_t eight = 0;

    for (; at + 8 <= n_rows; at += 8) {
        memcpy(&eight, &flag[at], sizeof eight);
        if (eight != 0) break;
    }
    while (at < n_rows && flag[at] == 0)
        at++;
    return at;
}

int32_t wks_tick_list_next_of(const uint8_t *column, uint8_t value, int32_t at, int32_t n_rows)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
    uint64_t eight = 0;

    for (; at + 8 <= n_rows; at += 8) {
        memcpy(&eight, &column[at], sizeof eight);
        eight ^= ones * value;
        if (((eight - ones) & ~eight & tops) != 0) break; /* a byte of 0 */
    }
    while (at < n_rows && column[at] != value)
        at++;
    return at;
}

/* Rows with a flag, of a block of rows: how many, or as items from the place of the block on. */
typedef struct listing {
    const uint8_t *flag;
    const uint64_t *key;
    int32_t *place;
    wks_tick_item *item;
} listing;

static void count_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    const listing *self = context;
    int32_t n = 0;

    for (int32_t i = wks_tick_list_next(self->flag, (int32_t)begin, (int32_t)end); i < end;
         i = wks_tick_list_next(self->flag, i + 1, (int32_t)end))
        n++;
    self->place[block] = n;
}

static void take_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    const listing *self = context;
    wks_tick_item *out = &self->item[self->place[block]];

    for (int32_t i = wks_tick_list_next(self->flag, (int32_t)begin, (int32_t)end); i < end;
         i = wks_tick_list_next(self->flag, i + 1, (int32_t)end))
        *out++ = (wks_tick_item){self->key[i], i, self->flag[i], 0};
}

/* More items than this of one key (rows of a table that is not keyed one by one) would make the last step of the quick way slow. */
static bool is_spread(const wks_tick_item *item, int32_t n, int32_t bits, int32_t *start)
{
    enum { MOST = 64 };

    memset(start, 0, ((size_t)1 << bits) * sizeof *start);
    for (int32_t i = 0; i < n; i++) {
        if (++start[item[i].key >> (64 - bits)] > MOST) return false;
    }
    return true;
}

wks_status wks_tick_list_flags(wks_tick *tick, int32_t slot, const uint8_t *flag, const uint64_t *key, int32_t n_rows, wks_tick_item **out,
                               int32_t *out_n, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int threads = tick->world == NULL ? 1 : tick->world->threads;
    const int32_t n_blocks = (int32_t)wks_par_blocks(n_rows, BLOCK);
    listing self = {flag, key, wks_tick_buffer(tick, WKS_SLOT_LIST_PLACES, (size_t)n_blocks, sizeof *self.place), NULL};
    int32_t n = 0, bits = 1;

    *out_n = 0;
    if (self.place == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d blocks", n_blocks);
    wks_par_for(n_rows, BLOCK, threads, count_block, &self);
    for (int32_t b = 0; b < n_blocks; b++) {
        const int32_t n_here = self.place[b];
        self.place[b] = n;
        n += n_here;
    }
    while (bits < MOST_BITS && INT32_C(1) << bits < n)
        bits++;
    self.item = wks_tick_buffer(tick, WKS_SLOT_LIST_ITEMS, (size_t)n, sizeof *self.item);
    int32_t *start = wks_tick_buffer(tick, WKS_SLOT_LIST_STARTS, ((size_t)1 << bits) + 1, sizeof *start);
    *out = wks_tick_buffer(tick, slot, (size_t)n, sizeof **out);
    if (self.item == NULL || start == NULL || *out == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d proposals", n);
    wks_par_for(n_rows, BLOCK, threads, take_block, &self);
    *out_n = n;
    if (is_spread(self.item, n, bits, start)) {
        sort_into(self.item, n, bits, start, *out);
    } else {
        memcpy(*out, self.item, (size_t)n * sizeof **out);
        qsort(*out, (size_t)n, sizeof **out, by_key);
    }
out:
    return rc;
}
