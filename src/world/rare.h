/* A column in which nearly every row has one value ("none"): only the rows that differ are held, as entries in chains of 32 rows each. A row costs an eighth
 * of a byte, an entry 16. Reading is O(entries of the 32 rows); writing is for one thread at a time.
 * Setting never stops half-way: where an entry cannot be had the column is short from then on, and wks_rare_make_room tells (wks_world_make_room, every tick). */
#ifndef WKS_WORLD_RARE_H
#define WKS_WORLD_RARE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/err.h"

enum { WKS_RARE_ROWS = 32 }; /* rows of a chain */

typedef struct wks_rare_entry {
    int32_t row;  /* -1: free */
    int32_t next; /* number of the next of the chain, or of the next that is free; 0 at the end */
    int64_t value;
} wks_rare_entry;

typedef struct wks_rare {
    int64_t none;
    int32_t *first; /* of every chain: number of an entry (1 is entry[0]), 0 none */
    wks_rare_entry *entry;
    int32_t n_chains, n_entries, capacity; /* n_entries: in use or freed */
    int32_t first_free;                    /* number */
    bool is_short;
} wks_rare;

/** Room for rows, all of them none. O(rows / 32). */
wks_status wks_rare_reserve(wks_rare *rare, int32_t n_rows, wks_err *err);
/** Gives back what is not needed for that many rows and the entries there are. */
wks_status wks_rare_shrink(wks_rare *rare, int32_t n_rows, wks_err *err);
/** Room for some entries more. @return WKS_ERR_NOMEM also when a value could not be set before. */
wks_status wks_rare_make_room(wks_rare *rare, wks_err *err);
/** Deep copy; room of the target is kept. */
wks_status wks_rare_copy(const wks_rare *source, int32_t n_rows, wks_rare *target, wks_err *err);
void wks_rare_free(wks_rare *rare);
/** Sets the value of a row that room was reserved for. O(entries of its chain). */
void wks_rare_set(wks_rare *rare, int32_t row, int64_t value);
/** Sets the value of a row that has another than none, also while other threads do so for other rows or read them: an entry of none may remain. */
void wks_rare_overwrite(wks_rare *rare, int32_t row, int64_t value);
/** Rows get other numbers, and so do values where they are rows: `after` by row before (WKS_NONE: gone), `n` rows; NULL: they stay. What becomes none is dropped.
 *  O(rows / 32 + entries). */
void wks_rare_rename(wks_rare *rare, const int32_t *after, const int32_t *value_after, int32_t n);
size_t wks_rare_bytes(const wks_rare *rare);

static inline int64_t wks_rare_get(const wks_rare *rare, int32_t row)
{
    if (rare->n_entries == 0) return rare->none;
    for (int32_t at = rare->first[row / WKS_RARE_ROWS]; at != 0; at = rare->entry[at - 1].next) {
        if (rare->entry[at - 1].row == row) return rare->entry[at - 1].value;
    }
    return rare->none;
}

/** Of columns of rows and months. */
static inline int32_t wks_rare_i32(const wks_rare *rare, int32_t row)
{
    return (int32_t)wks_rare_get(rare, row);
}

/** Of columns of keys. */
static inline uint64_t wks_rare_u64(const wks_rare *rare, int32_t row)
{
    return (uint64_t)wks_rare_get(rare, row);
}

/** Of columns of type float, held by their bits. */
static inline float wks_rare_float(const wks_rare *rare, int32_t row)
{
    const uint32_t bits = (uint32_t)wks_rare_get(rare, row);
    float value;

    memcpy(&value, &bits, sizeof value);
    return value;
}

static inline void wks_rare_set_u64(wks_rare *rare, int32_t row, uint64_t value)
{
    wks_rare_set(rare, row, (int64_t)value);
}

static inline void wks_rare_set_float(wks_rare *rare, int32_t row, float value)
{
    uint32_t bits;

    memcpy(&bits, &value, sizeof bits);
    wks_rare_set(rare, row, (int64_t)bits);
}

#endif
