/* Tables of columns from one list: X(type, name, unit, help) makes struct, growth, copy, comparison and documentation. R(type, none, name, unit, help) in it is
 * a column of which only the rows other than `none` are held (rare.h); hashed and written as if it were any other.
 * A row is alive when its key is not 0. Rows are reused (last freed first), keys never. */
#ifndef WKS_WORLD_COLUMNS_H
#define WKS_WORLD_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/carry.h"
#include "base/month.h"
#include "world/rare.h"

struct wks_row_order; /* row_order.h */

#define WKS_NONE        (-1)
/* "no such month": smaller than any month number in use, and the least that a column of months (16 bits) holds. */
#define WKS_NO_MONTH    INT16_MIN
/* A month that never comes: of homes that stand empty for other reasons. The largest that a column of months holds. */
#define WKS_NEVER_MONTH INT16_MAX

/** What every table struct starts with. */
typedef struct wks_columns {
    int32_t n_rows; /* rows in use or freed; loops go over 0..n_rows and skip key == 0 */
    int32_t n_live;
    int32_t capacity;
    int32_t *free_row;
    int32_t n_free, free_capacity;
} wks_columns;

typedef struct wks_column_info {
    const char *name, *type, *unit, *help;
    size_t size;   /* of an element */
    size_t offset; /* of the pointer, or wks_rare, in the table struct */
    bool is_rare;
    int64_t none; /* of a rare column */
} wks_column_info;

typedef struct wks_table_info {
    const char *name;
    const wks_column_info *column; /* column 0 is always `uint64_t key` */
    int32_t n_columns;
    size_t size; /* of the struct */
} wks_table_info;

/* Uses of the lists: WKS_X_COLUMNS(WKS_COLUMN_FIELD) in the struct; in the source file
 *     #define TABLE wks_x_table
 *     static const wks_column_info column[] = {WKS_X_COLUMNS(WKS_COLUMN_INFO)};
 * and with rare columns WKS_X_COLUMNS(WKS_COLUMN_FIELD, WKS_RARE_FIELD), WKS_X_COLUMNS(WKS_COLUMN_INFO, WKS_RARE_INFO).
 *     const wks_table_info wks_x_info = WKS_TABLE_INFO("x", column);                                                           */
#define WKS_COLUMN_FIELD(type, name, unit, help)     type *name;
#define WKS_COLUMN_INFO(type, name, unit, help)      {#name, #type, unit, help, sizeof(type), offsetof(TABLE, name), false, 0},
#define WKS_RARE_FIELD(type, none, name, unit, help) wks_rare name;
#define WKS_RARE_INFO(type, none, name, unit, help)  {#name, #type, unit, help, sizeof(type), offsetof(TABLE, name), true, none},
#define WKS_TABLE_INFO(name, column)                                               \
    {                                                                              \
        name, column, (int32_t)(sizeof(column) / sizeof(column)[0]), sizeof(TABLE) \
    }

/** All operations on any table: `table` points to a struct that starts with wks_columns. */
void wks_columns_init(void *table, const wks_table_info *info);
void wks_columns_free(void *table, const wks_table_info *info);
wks_status wks_columns_reserve(void *table, const wks_table_info *info, int32_t n_rows, wks_err *err);
/** Gives back what was reserved beyond the rows in use. WKS_ERR_NOMEM only if the system cannot even make a block smaller. O(columns). */
wks_status wks_columns_shrink(void *table, const wks_table_info *info, wks_err *err);
/** New zeroed row (reused or at the end) with that key (not 0). */
wks_status wks_columns_add(void *table, const wks_table_info *info, uint64_t key, int32_t *out_row, wks_err *err);
/** Frees a row: key becomes 0. Never fails in fact: the room was reserved with the row, so a change of the world is not left half done. */
wks_status wks_columns_remove(void *table, const wks_table_info *info, int32_t row, wks_err *err);
/** Rows in another order, freed ones at the end and no longer in use. O(rows x columns). */
void wks_columns_reorder(void *table, const wks_table_info *info, const struct wks_row_order *order);
/** Deep copy into an initialised table (capacity reused when large enough). */
wks_status wks_columns_copy(const void *source, const wks_table_info *info, void *target, wks_err *err);
/** Room for some values more in every rare column, for what a month sets. @return WKS_ERR_NOMEM also when a value could not be set before. */
wks_status wks_columns_make_room(void *table, const wks_table_info *info, wks_err *err);
/** The numbers of `n` rows from `begin` on: in the table, or of a rare column in `scratch`. @param scratch  n values of 8 bytes. O(n). */
const void *wks_columns_numbers(const void *table, const wks_column_info *column, int32_t begin, int32_t n, uint64_t *scratch);
/** Bytes held. */
size_t wks_columns_bytes(const void *table, const wks_table_info *info);
/** Adds the table to a running hash: the sum modulo 2^64 of a well mixed hash of every live row, so free rows and row order do not count
 *  (keys are unique, so this is as good as sorting by key, without memory). -0 counts as 0, all NaN are alike. Columns named in
 *  `row_columns` (comma list of columns that hold row numbers) are left out. O(rows x columns). */
uint64_t wks_columns_hash(const void *table, const wks_table_info *info, const char *row_columns, uint64_t hash);
/** Hash of the names and widths of its columns. */
uint64_t wks_columns_shape(const wks_table_info *info);
/** Carries the table over, row by row as it is, freed rows included: what comes next does the same. Read into an initialised table without rows; afterwards
 *  keys and freed rows add up, the values are whatever stood in the bytes. O(rows x columns). */
wks_status wks_columns_carry(void *table, const wks_table_info *info, wks_carry *carry, wks_err *err);
/** Whether a column of whole numbers lies within low to high, or is WKS_NO_MONTH where its unit is months, in every live row. A name that is no such column is
 *  a mistake of ours. O(rows). */
bool wks_columns_within(const void *table, const wks_table_info *info, const char *column, int64_t low, int64_t high);
/** The hash of each of the rows [begin, begin + n) without the columns named in `left_out` (comma list). @param out  n values. O(n x columns). */
void wks_columns_hash_rows(const void *table, const wks_table_info *info, const char *left_out, int32_t begin, int32_t n, uint64_t *out);
/** The first column with a number in a live row that no table ever holds: whole numbers of 32 bits beyond 2^30, of 64 bits beyond 2^53, others beyond 1e15 or
 *  infinite (NaN may be). Keys and bits (unsigned) can be any. NULL: none. O(rows x columns). */
const char *wks_columns_absurd(const void *table, const wks_table_info *info);
/** Adds one value to a running hash (order matters); the bits of a double with -0 as 0 and one NaN. */
uint64_t wks_columns_mix(uint64_t hash, uint64_t value);
uint64_t wks_columns_bits(double value);

#endif
