/* What is observed of a world: rows of (indicator, group, scale, level, area, value) at a tick. The same rows in every replication of a
 * scenario (undefined values are NaN), so that replications and scenarios can be paired. */
#ifndef WKS_MEASURE_SERIES_H
#define WKS_MEASURE_SERIES_H

#include <stdint.h>

#include "base/err.h"

typedef struct wks_series_row {
    const char *indicator, *group, *scale, *level; /* static or owned by the scenario; "" when empty */
    int32_t area_row;                              /* buurt or wijk row; -1 for the city */
    double value;
} wks_series_row;

typedef struct wks_series {
    wks_series_row *row;
    int32_t n, capacity;
} wks_series;

void wks_series_free(wks_series *series);
void wks_series_clear(wks_series *series);
wks_status wks_series_add(wks_series *series, const char *indicator, const char *group, const char *scale, const char *level,
                          int32_t area_row, double value, wks_err *err);

#endif
