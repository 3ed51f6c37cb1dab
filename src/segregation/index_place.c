/* Indices that know where areas lie. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "num/points.h"
#include "segregation/centralization.h"
#include "segregation/concentration.h"
#include "segregation/contiguity.h"
#include "segregation/evenness.h"
#include "segregation/index_fill.h"
#include "segregation/kernel.h"

enum { PLACE_NEAREST = 6 };

/* ---- neighbours ---- */

static void fill_morrill(const wks_index_fill *fill, size_t g)
{
    const wks_table *table = fill->table;
    const wks_index_links *c = fill->place->contiguity, *b = fill->place->boundary;
    const double *x = wks_table_group(table, g), *t = table->total;
    const double d = wks_evenness_dissimilarity(x, t, table->n_areas);

    if (fill->value[WKS_INDEX_TABLE_DADJ] != NULL)
        wks_index_fill_put(fill, WKS_INDEX_TABLE_DADJ, g,
                           wks_contiguity_morrill(d, x, t, table->n_areas, c->start, c->to, WKS_CONTIGUITY_BINARY));
    if (fill->value[WKS_INDEX_TABLE_DADJ_W] != NULL)
        wks_index_fill_put(fill, WKS_INDEX_TABLE_DADJ_W, g,
                           wks_contiguity_morrill(d, x, t, table->n_areas, c->start, c->to, WKS_CONTIGUITY_ROWS));
    if (fill->value[WKS_INDEX_TABLE_DW] != NULL)
        wks_index_fill_put(fill, WKS_INDEX_TABLE_DW, g, wks_contiguity_wong(d, x, t, table->n_areas, b->start, b->to, b->weight));
}

/* The six nearest of areas with residents: x and y of the others become NaN, so that they are no neighbours. */
static wks_status find_nearest(const wks_index_fill *fill, wks_index_links *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = fill->table->n_areas;
    double *x = wks_mem_array(n, sizeof *x);

    *out = (wks_index_links){.n_areas = n};
    out->start = wks_mem_array(n + 1, sizeof *out->start);
    out->to = wks_mem_array(n * PLACE_NEAREST, sizeof *out->to);
    if (x == NULL || out->start == NULL || out->to == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the nearest of %zu areas", n);
    for (size_t i = 0; i < n; i++)
        x[i] = fill->table->total[i] > 0 ? fill->place->x[i] : NAN;
    WKS_TRY(wks_points_nearest(x, fill->place->y, n, PLACE_NEAREST, fill->threads, out->start, out->to, err));
out:
    free(x);
    return rc;
}

static void fill_moran(const wks_index_fill *fill, size_t g, const wks_index_links *nearest, double *share)
{
    const size_t n = fill->table->n_areas;
    const wks_index_links *c = fill->place->contiguity;

    wks_contiguity_shares(wks_table_group(fill->table, g), fill->table->total, n, share);
    if (fill->value[WKS_INDEX_TABLE_MORAN_B] != NULL)
        wks_index_fill_put(fill, WKS_INDEX_TABLE_MORAN_B, g, wks_contiguity_moran(share, n, c->start, c->to, WKS_CONTIGUITY_BINARY, NULL));
    if (fill->value[WKS_INDEX_TABLE_MORAN_W] != NULL)
        wks_index_fill_put(fill, WKS_INDEX_TABLE_MORAN_W, g, wks_contiguity_moran(share, n, c->start, c->to, WKS_CONTIGUITY_ROWS, NULL));
    if (fill->value[WKS_INDEX_TABLE_MORAN_KNN6] != NULL)
        wks_index_fill_put(fill, WKS_INDEX_TABLE_MORAN_KNN6, g,
                           wks_contiguity_moran(share, n, nearest->start, nearest->to, WKS_CONTIGUITY_ROWS, NULL));
}

static wks_status fill_neighbours(const wks_index_fill *fill, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_index_links nearest = {0};
    double *share = NULL;

    for (size_t g = 0; g < fill->table->n_groups && wks_index_fill_wants(fill, WKS_INDEX_TABLE_DADJ, WKS_INDEX_TABLE_DW); g++)
        fill_morrill(fill, g);
    if (!wks_index_fill_wants(fill, WKS_INDEX_TABLE_MORAN_B, WKS_INDEX_TABLE_MORAN_KNN6)) goto out;
    share = wks_mem_array(fill->table->n_areas, sizeof *share);
    if (share == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for shares of %zu areas", fill->table->n_areas);
    if (fill->value[WKS_INDEX_TABLE_MORAN_KNN6] != NULL) WKS_TRY(find_nearest(fill, &nearest, err));
    for (size_t g = 0; g < fill->table->n_groups; g++)
        fill_moran(fill, g, &nearest, share);
out:
    free(nearest.start);
    free(nearest.to);
    free(share);
    return rc;
}

/* ---- distances ---- */

static wks_status fill_kernel(const wks_index_fill *fill, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_table *table = fill->table;
    wks_kernel_indices all;
    double *around = NULL;

    if (!wks_index_fill_wants(fill, WKS_INDEX_TABLE_SP, WKS_INDEX_TABLE_P_SPATIAL)) goto out;
    around = wks_mem_array(table->n_areas * table->n_groups, sizeof *around);
    if (around == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the surroundings of %zu areas", table->n_areas);
    WKS_TRY(wks_kernel_around(table, fill->place->x, fill->place->y, &fill->place->kernel, fill->threads, around, err));
    WKS_TRY(wks_kernel_measure(table, around, fill->threads, &all, fill->value[WKS_INDEX_TABLE_P_SPATIAL], err));
    wks_index_fill_put(fill, WKS_INDEX_TABLE_SP, 0, all.proximity);
    wks_index_fill_put(fill, WKS_INDEX_TABLE_H_SPATIAL, 0, all.information);
    wks_index_fill_put(fill, WKS_INDEX_TABLE_D_SPATIAL, 0, all.dissimilarity);
    wks_index_fill_put(fill, WKS_INDEX_TABLE_R_SPATIAL, 0, all.diversity);
out:
    free(around);
    return rc;
}

/* ---- space and centre ---- */

static wks_status fill_concentration(const wks_index_fill *fill, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_table *table = fill->table;
    int32_t *row = NULL;
    size_t n = 0;

    if (!wks_index_fill_wants(fill, WKS_INDEX_TABLE_DELTA, WKS_INDEX_TABLE_RCO)) goto out;
    const double *t = table->total, *size = fill->place->size;
    row = wks_mem_array(table->n_areas, sizeof *row);
    if (row == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the order of %zu areas", table->n_areas);
    WKS_TRY(wks_concentration_rank(t, size, table->n_areas, row, &n, err));
    for (size_t g = 0; g < table->n_groups; g++) {
        const double *x = wks_table_group(table, g);
        wks_index_fill_put(fill, WKS_INDEX_TABLE_DELTA, g, wks_concentration_delta(x, t, size, table->n_areas));
        wks_index_fill_put(fill, WKS_INDEX_TABLE_ACO, g, wks_concentration_absolute(x, t, size, row, n));
        wks_index_fill_put(fill, WKS_INDEX_TABLE_RCO, g, wks_concentration_relative(x, t, size, row, n));
    }
out:
    free(row);
    return rc;
}

static wks_status fill_centralization(const wks_index_fill *fill, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_table *table = fill->table;
    const wks_index_place *place = fill->place;
    wks_centralization_order order = {0};

    if (!wks_index_fill_wants(fill, WKS_INDEX_TABLE_ACE, WKS_INDEX_TABLE_RCE)) goto out;
    WKS_TRY(wks_centralization_order_make(place->x, place->y, table->total, table->n_areas, &order, err));
    for (size_t g = 0; g < table->n_groups; g++) {
        const double *x = wks_table_group(table, g);
        if (fill->value[WKS_INDEX_TABLE_ACE] != NULL)
            wks_index_fill_put(fill, WKS_INDEX_TABLE_ACE, g, wks_centralization_absolute(x, place->size, &order));
        wks_index_fill_put(fill, WKS_INDEX_TABLE_RCE, g, wks_centralization_relative(x, table->total, &order));
    }
out:
    wks_centralization_order_free(&order);
    return rc;
}

wks_status wks_index_place_fill(const wks_index_fill *fill, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(fill_neighbours(fill, err));
    WKS_TRY(fill_kernel(fill, err));
    WKS_TRY(fill_concentration(fill, err));
    WKS_TRY(fill_centralization(fill, err));
out:
    return rc;
}
