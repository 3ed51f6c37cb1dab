#include "segregation/index.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "segregation/index_fill.h"

const int32_t wks_index_count = WKS_INDEX_TABLE_N;

enum { NO_ROW = -1 };

int32_t wks_index_find(const char *name)
{
    for (int32_t i = 0; i < wks_index_count; i++)
        if (strcmp(wks_index_table[i].name, name) == 0) return i;
    return NO_ROW;
}

void wks_index_result_free(wks_index_result *result)
{
    free(result->row);
    *result = (wks_index_result){0};
}

static size_t n_values(const wks_table *table, int32_t index)
{
    switch (wks_index_table[index].rows) {
    case WKS_INDEX_BY_GROUP: return table->n_groups;
    case WKS_INDEX_BY_PAIR: return table->n_groups * table->n_groups;
    case WKS_INDEX_TOGETHER: return 1;
    case WKS_INDEX_BY_AREA: return table->n_areas;
    case WKS_INDEX_BY_AREA_GROUP: return table->n_groups * table->n_areas;
    default: return 0;
    }
}

/* A pair is of two groups; only exposure in space is also of a group with itself (spatial isolation). */
static bool is_row(const wks_table *table, int32_t index, size_t at)
{
    if (wks_index_table[index].rows != WKS_INDEX_BY_PAIR || index == WKS_INDEX_TABLE_P_SPATIAL) return true;
    return at / table->n_groups != at % table->n_groups;
}

static wks_index_row row_at(const wks_table *table, int32_t index, size_t at, double value)
{
    wks_index_row row = {.index = index, .group = NO_ROW, .versus = NO_ROW, .area = NO_ROW, .value = value};
    switch (wks_index_table[index].rows) {
    case WKS_INDEX_BY_GROUP: row.group = (int32_t)at; break;
    case WKS_INDEX_BY_PAIR:
        row.group = (int32_t)(at / table->n_groups);
        row.versus = (int32_t)(at % table->n_groups);
        break;
    case WKS_INDEX_TOGETHER: break;
    case WKS_INDEX_BY_AREA: row.area = (int64_t)at; break;
    case WKS_INDEX_BY_AREA_GROUP:
        row.group = (int32_t)(at / table->n_areas);
        row.area = (int64_t)(at % table->n_areas);
        break;
    }
    return row;
}

static wks_status make_rows(const wks_index_fill *fill, wks_index_result *out, wks_err *err)
{
    size_t n = 0;
    for (int32_t i = 0; i < wks_index_count; i++)
        n += fill->value[i] == NULL ? 0 : n_values(fill->table, i);
    *out = (wks_index_result){.row = wks_mem_array(n, sizeof *out->row), .capacity = n};
    if (out->row == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for %zu values of indices", n);
    for (int32_t i = 0; i < wks_index_count; i++) {
        if (fill->value[i] == NULL) continue;
        for (size_t at = 0; at < n_values(fill->table, i); at++)
            if (is_row(fill->table, i, at)) out->row[out->n++] = row_at(fill->table, i, at, fill->value[i][at]);
    }
    return WKS_OK;
}

static void check_needs(const wks_index_place *place, int needs)
{
    WKS_BUG_IF((needs & WKS_INDEX_NEEDS_COORDS) != 0 && (place == NULL || place->x == NULL || place->y == NULL));
    WKS_BUG_IF((needs & WKS_INDEX_NEEDS_SIZE) != 0 && (place == NULL || place->size == NULL));
    WKS_BUG_IF((needs & WKS_INDEX_NEEDS_CONTIGUITY) != 0 && (place == NULL || place->contiguity == NULL));
    WKS_BUG_IF((needs & WKS_INDEX_NEEDS_BOUNDARY) != 0 && (place == NULL || place->boundary == NULL));
}

static wks_status make_values(const wks_index_fill *fill, const bool *wanted, wks_err *err)
{
    for (int32_t i = 0; i < wks_index_count; i++) {
        if (!wanted[i]) continue;
        check_needs(fill->place, wks_index_table[i].needs);
        const size_t n = n_values(fill->table, i);
        fill->value[i] = wks_mem_array(n, sizeof **fill->value);
        if (fill->value[i] == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for %zu values of %s", n, wks_index_table[i].name);
        for (size_t k = 0; k < n; k++)
            fill->value[i][k] = NAN;
    }
    return WKS_OK;
}

wks_status wks_index_compute(const wks_table *table, const wks_index_place *place, const bool *wanted, int threads, wks_index_result *out,
                             wks_err *err)
{
    wks_status rc = WKS_OK;
    double *value[WKS_INDEX_TABLE_N] = {0};
    const wks_index_fill fill = {.table = table, .place = place, .threads = threads, .value = value};

    *out = (wks_index_result){0};
    WKS_TRY(make_values(&fill, wanted, err));
    WKS_TRY(wks_index_fill_counts(&fill, err));
    WKS_TRY(wks_index_place_fill(&fill, err));
    WKS_TRY(make_rows(&fill, out, err));
out:
    for (int32_t i = 0; i < wks_index_count; i++)
        free(value[i]);
    return rc;
}
