#include "process/tick_list.h"

#include <stdlib.h>
#include <string.h>

static int by_key(const void *left, const void *right)
{
    const wks_tick_item *a = left, *b = right;
    if (a->key != b->key) return a->key < b->key ? -1 : 1;
    return (a->kind > b->kind) - (a->kind < b->kind);
}

void wks_tick_list_sort(wks_tick_item *item, int32_t n)
{
    if (n > 1) qsort(item, (size_t)n, sizeof *item, by_key);
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

wks_status wks_tick_list_flags(wks_tick *tick, int32_t slot, const uint8_t *flag, const uint64_t *key, int32_t n_rows, wks_tick_item **out,
                               int32_t *out_n, wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t n = 0;

    for (int32_t i = wks_tick_list_next(flag, 0, n_rows); i < n_rows; i = wks_tick_list_next(flag, i + 1, n_rows))
        n++;
    *out = wks_tick_buffer(tick, slot, (size_t)n, sizeof **out);
    *out_n = 0;
    if (*out == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d proposals", n);
    for (int32_t i = wks_tick_list_next(flag, 0, n_rows); i < n_rows; i = wks_tick_list_next(flag, i + 1, n_rows))
        (*out)[(*out_n)++] = (wks_tick_item){key[i], i, flag[i], 0};
    wks_tick_list_sort(*out, *out_n);
out:
    return rc;
}
