/* The values of wanted indices, topic by topic: what stands behind wks_index_compute. */
#ifndef WKS_SEGREGATION_INDEX_FILL_H
#define WKS_SEGREGATION_INDEX_FILL_H

#include "segregation/index.h"
#include "segregation/index_table.h"

/** value[index]: NULL when not wanted, else NaN to begin with: n_groups, n_groups^2 (group first), 1, n_areas or n_groups * n_areas values by the rows
 *  of the index. */
typedef struct wks_index_fill {
    const wks_table *table;
    const wks_index_place *place;
    int threads;
    double **value;
} wks_index_fill;

/** Some index from `first` to `last` of the catalogue is wanted. */
static inline bool wks_index_fill_wants(const wks_index_fill *fill, int32_t first, int32_t last)
{
    for (int32_t i = first; i <= last; i++)
        if (fill->value[i] != NULL) return true;
    return false;
}

static inline void wks_index_fill_put(const wks_index_fill *fill, int32_t index, size_t at, double value)
{
    if (fill->value[index] != NULL) fill->value[index][at] = value;
}

/** Indices of counts alone. */
wks_status wks_index_fill_counts(const wks_index_fill *fill, wks_err *err);
/** Indices that need a place (file index_place.c). */
wks_status wks_index_place_fill(const wks_index_fill *fill, wks_err *err);

#endif
