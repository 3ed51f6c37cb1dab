#include "world/rare.h"

#include <stdlib.h>

#include "base/mem.h"

enum { LEAST_ROOM = 32 };

static int32_t chains_of(int32_t n_rows)
{
    return n_rows / WKS_RARE_ROWS + (n_rows % WKS_RARE_ROWS != 0);
}

wks_status wks_rare_reserve(wks_rare *rare, int32_t n_rows, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n = chains_of(n_rows);

    if (n <= rare->n_chains) goto out;
    int32_t *grown = wks_mem_resize(rare->first, (size_t)rare->n_chains, (size_t)n, sizeof *grown);
    if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a column of %d rows", n_rows);
    rare->first = grown;
    rare->n_chains = n;
out:
    return rc;
}

/* Small columns grow by half, others by an eighth. */
static bool grow(wks_rare *rare, int32_t more)
{
    const int32_t step = rare->capacity / (rare->capacity < 4096 ? 2 : 8);
    const int32_t most = INT32_MAX - rare->capacity, by = step > more ? step : more;

    if (by > most) return false;
    wks_rare_entry *grown = wks_mem_resize(rare->entry, (size_t)rare->capacity, (size_t)(rare->capacity + by), sizeof *grown);
    if (grown == NULL) return false;
    rare->entry = grown;
    rare->capacity += by;
    return true;
}

wks_status wks_rare_shrink(wks_rare *rare, int32_t n_rows, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n = chains_of(n_rows);

    if (n >= rare->n_chains) goto out;
    int32_t *less = wks_mem_resize(rare->first, (size_t)n, (size_t)n, sizeof *less);
    if (less == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a column of %d rows", n_rows);
    rare->first = less;
    rare->n_chains = n;
out:
    return rc;
}

wks_status wks_rare_make_room(wks_rare *rare, wks_err *err)
{
    wks_status rc = WKS_OK;
    const bool has_room = rare->first_free != 0 || rare->capacity - rare->n_entries >= LEAST_ROOM / 2;

    if (rare->is_short || (rare->n_entries > 0 && !has_room && !grow(rare, LEAST_ROOM)))
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d values of a column", rare->n_entries);
out:
    return rc;
}

wks_status wks_rare_copy(const wks_rare *source, int32_t n_rows, wks_rare *target, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n = chains_of(n_rows), n_entries = source->n_entries;

    WKS_TRY(wks_rare_reserve(target, n_rows, err));
    if (n_entries > target->capacity && !grow(target, n_entries - target->capacity))
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d values of a column", n_entries);
    if (target->n_entries > 0) memset(target->first, 0, (size_t)target->n_chains * sizeof *target->first);
    if (n_entries > 0) {
        memcpy(target->first, source->first, (size_t)n * sizeof *target->first);
        memcpy(target->entry, source->entry, (size_t)n_entries * sizeof *target->entry);
    }
    target->n_entries = n_entries;
    target->first_free = source->first_free;
    target->is_short = source->is_short;
out:
    return rc;
}

void wks_rare_free(wks_rare *rare)
{
    free(rare->first);
    free(rare->entry);
    *rare = (wks_rare){.none = rare->none};
}

/* Where the number of the row's entry stands, or the 0 at the end of its chain. */
static int32_t *link_of(wks_rare *rare, int32_t row)
{
    int32_t *link = &rare->first[row / WKS_RARE_ROWS];

    while (*link != 0 && rare->entry[*link - 1].row != row)
        link = &rare->entry[*link - 1].next;
    return link;
}

static void drop(wks_rare *rare, int32_t *link)
{
    const int32_t number = *link;
    wks_rare_entry *entry = &rare->entry[number - 1];

    *link = entry->next;
    *entry = (wks_rare_entry){.row = -1, .next = rare->first_free};
    rare->first_free = number;
}

/* Number of an entry that is not in use; 0: no memory. */
static int32_t take(wks_rare *rare)
{
    const int32_t number = rare->first_free;

    if (number != 0) {
        rare->first_free = rare->entry[number - 1].next;
        return number;
    }
    if (rare->n_entries == rare->capacity && !grow(rare, LEAST_ROOM)) return 0;
    return ++rare->n_entries;
}

void wks_rare_set(wks_rare *rare, int32_t row, int64_t value)
{
    WKS_BUG_IF(row < 0 || row / WKS_RARE_ROWS >= rare->n_chains);
    int32_t *link = link_of(rare, row);

    if (*link != 0 && value == rare->none) {
        drop(rare, link);
    } else if (*link != 0) {
        rare->entry[*link - 1].value = value;
    } else if (value != rare->none) {
        const int32_t number = take(rare); /* may move the entries, not the chains */
        if (number == 0) {
            rare->is_short = true;
            return;
        }
        link = &rare->first[row / WKS_RARE_ROWS];
        rare->entry[number - 1] = (wks_rare_entry){.row = row, .next = *link, .value = value};
        *link = number;
    }
}

void wks_rare_overwrite(wks_rare *rare, int32_t row, int64_t value)
{
    const int32_t number = *link_of(rare, row);

    WKS_BUG_IF(number == 0);
    rare->entry[number - 1].value = value;
}

static int64_t renamed(const int32_t *after, int32_t n, int64_t row)
{
    if (after == NULL) return row;
    return row < 0 || row >= n ? -1 : after[row];
}

void wks_rare_rename(wks_rare *rare, const int32_t *after, const int32_t *value_after, int32_t n)
{
    int32_t n_kept = 0;

    if (rare->n_entries == 0) return;
    memset(rare->first, 0, (size_t)rare->n_chains * sizeof *rare->first);
    for (int32_t i = 0; i < rare->n_entries; i++) {
        const wks_rare_entry old = rare->entry[i];
        if (old.row < 0) continue;
        const int64_t row = renamed(after, n, old.row), value = renamed(value_after, n, old.value);
        if (row < 0 || value == rare->none) continue;
        int32_t *first = &rare->first[row / WKS_RARE_ROWS];
        rare->entry[n_kept++] = (wks_rare_entry){.row = (int32_t)row, .next = *first, .value = value};
        *first = n_kept;
    }
    rare->n_entries = n_kept;
    rare->first_free = 0;
}

size_t wks_rare_bytes(const wks_rare *rare)
{
    return (size_t)rare->n_chains * sizeof *rare->first + (size_t)rare->capacity * sizeof *rare->entry;
}
