/* Counts of groups in areas: what every index is computed from. */
#ifndef WKS_SEGREGATION_TABLE_H
#define WKS_SEGREGATION_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/** Counts by group and area with their sums. Counts are finite and >= 0, and may be fractional. */
typedef struct wks_table {
    size_t n_areas, n_groups;
    double *count;       /* n_groups * n_areas, a group after the other: count[g * n_areas + i] */
    double *total;       /* n_areas: all groups together */
    double *group_total; /* n_groups */
    double all;          /* everybody */
} wks_table;

/** A table of zeros; fill `count`, then wks_table_sum. WKS_ERR_NOMEM (also where the size overflows). */
wks_status wks_table_create(size_t n_areas, size_t n_groups, wks_table *out, wks_err *err);
void wks_table_free(wks_table *table);
/** Takes the sums again. Fixed blocks of areas: the same bits for any number of threads. O(areas * groups). */
void wks_table_sum(wks_table *table, int threads);
/** True when every count is a whole number (baselines with fixed margins and resampling need that). */
bool wks_table_is_whole(const wks_table *table);
/** Areas put together: area i goes into area into[i] (0 .. n_out-1; negative: left out). O(areas * groups). */
wks_status wks_table_merge(const wks_table *table, const int64_t *into, size_t n_out, wks_table *out, wks_err *err);

/** Counts of one group, n_areas of them. */
static inline const double *wks_table_group(const wks_table *table, size_t group)
{
    return table->count + group * table->n_areas;
}

#endif
