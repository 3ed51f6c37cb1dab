#include "measure/series.h"

#include <stdlib.h>

#include "base/mem.h"

void wks_series_free(wks_series *series)
{
    free(series->row);
    *series = (wks_series){0};
}

void wks_series_clear(wks_series *series)
{
    series->n = 0;
}

wks_status wks_series_add(wks_series *series, const char *indicator, const char *group, const char *scale, const char *level,
                          int32_t area_row, double value, wks_err *err)
{
    wks_status rc = WKS_OK;
    if (series->n == series->capacity) {
        const size_t larger = wks_mem_capacity((size_t)series->capacity, (size_t)series->n + 1);
        wks_series_row *grown = wks_mem_resize(series->row, (size_t)series->capacity, larger, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu observed values", larger);
        series->row = grown;
        series->capacity = (int32_t)larger;
    }
    series->row[series->n++] = (wks_series_row){indicator, group, scale, level, area_row, value};
out:
    return rc;
}
