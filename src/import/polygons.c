#include "import/polygons.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void wks_polygons_free(wks_polygons *polygons)
{
    if (polygons == NULL) return;
    wks_codes_free(&polygons->codes);
    free(polygons->ring);
    free(polygons->x);
    free(polygons->y);
    memset(polygons, 0, sizeof *polygons);
}

double wks_polygons_decimetre(double metres)
{
    return floor(metres * 10.0 + 0.5) / 10.0;
}

/* ---- collecting ---- */

static wks_status reserve(wks_polygons *p, size_t n_points, wks_err *err)
{
    if (p->n_rings + 1 > p->ring_capacity) {
        size_t capacity = wks_mem_capacity(p->ring_capacity, p->n_rings + 1);
        wks_polygons_ring *grown = wks_mem_resize(p->ring, p->ring_capacity, capacity, sizeof *grown);
        if (grown == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for rings");
        p->ring = grown;
        p->ring_capacity = capacity;
    }
    if (p->n_points + n_points > p->point_capacity) {
        size_t capacity = wks_mem_capacity(p->point_capacity, p->n_points + n_points);
        double *x = wks_mem_resize(p->x, p->point_capacity, capacity, sizeof *x);
        if (x != NULL) p->x = x;
        double *y = wks_mem_resize(p->y, p->point_capacity, capacity, sizeof *y);
        if (y != NULL) p->y = y;
        if (x == NULL || y == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for points");
        p->point_capacity = capacity;
    }
    return WKS_OK;
}

wks_status wks_polygons_open_ring(wks_polygons *polygons, const char *code, bool is_hole, size_t n, wks_err *err)
{
    int32_t area = -1;
    wks_status rc = wks_codes_add(&polygons->codes, code, &area, err);
    if (rc == WKS_OK) rc = reserve(polygons, n + 1, err); /* one more to close it */
    if (rc != WKS_OK) return rc;
    polygons->ring[polygons->n_rings] = (wks_polygons_ring){
        .area = area, .is_hole = is_hole, .start = (int64_t)polygons->n_points, .n = 0, .number = (int64_t)polygons->n_rings};
    return WKS_OK;
}

void wks_polygons_add_point(wks_polygons *polygons, double x_m, double y_m)
{
    wks_polygons_ring *ring = &polygons->ring[polygons->n_rings];
    size_t end = (size_t)(ring->start + ring->n);
    double x = wks_polygons_decimetre(x_m), y = wks_polygons_decimetre(y_m);
    WKS_BUG_IF(end >= polygons->point_capacity);
    if (ring->n > 0 && polygons->x[end - 1] == x && polygons->y[end - 1] == y) return;
    polygons->x[end] = x;
    polygons->y[end] = y;
    ring->n++;
}

void wks_polygons_close_ring(wks_polygons *polygons)
{
    wks_polygons_ring *ring = &polygons->ring[polygons->n_rings];
    size_t start = (size_t)ring->start, end = (size_t)(ring->start + ring->n);
    if (ring->n >= 3 && (polygons->x[start] != polygons->x[end - 1] || polygons->y[start] != polygons->y[end - 1])) {
        WKS_BUG_IF(end >= polygons->point_capacity);
        polygons->x[end] = polygons->x[start];
        polygons->y[end] = polygons->y[start];
        ring->n++;
    }
    if (ring->n < 4) {
        polygons->n_vanished++;
        return;
    }
    polygons->n_points += (size_t)ring->n;
    polygons->n_rings++;
}

/* ---- packing ---- */

static wks_status allocate(wks_geometry *out, size_t n_areas, size_t n_rings, size_t n_points, wks_err *err)
{
    memset(out, 0, sizeof *out);
    out->code = wks_mem_array(n_areas, sizeof *out->code);
    out->ring_start = wks_mem_array(n_areas + 1, sizeof *out->ring_start);
    out->is_hole = wks_mem_array(n_rings, sizeof *out->is_hole);
    out->point_start = wks_mem_array(n_rings + 1, sizeof *out->point_start);
    out->x = wks_mem_array(n_points, sizeof *out->x);
    out->y = wks_mem_array(n_points, sizeof *out->y);
    if (out->code == NULL || out->ring_start == NULL || out->is_hole == NULL || out->point_start == NULL || out->x == NULL ||
        out->y == NULL)
        return wks_err_set(err, WKS_ERR_NOMEM, "no memory for the geometry");
    return WKS_OK;
}

/* Starts an area: its rings follow. */
static wks_status append_area(wks_geometry *out, const char *code, wks_err *err)
{
    out->code[out->n_areas] = wks_mem_string(code);
    if (out->code[out->n_areas] == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for the geometry");
    out->ring_start[out->n_areas++] = out->n_rings;
    return WKS_OK;
}

static void append_ring(wks_geometry *out, bool is_hole, const double *x, const double *y, int64_t n)
{
    int64_t start = out->point_start[out->n_rings];
    memcpy(out->x + start, x, (size_t)n * sizeof *x);
    memcpy(out->y + start, y, (size_t)n * sizeof *y);
    out->is_hole[out->n_rings++] = is_hole;
    out->point_start[out->n_rings] = start + n;
    out->ring_start[out->n_areas] = out->n_rings;
}

typedef struct sorted_ring {
    const char *code;
    const wks_polygons_ring *ring;
} sorted_ring;

static int by_code_then_number(const void *a, const void *b)
{
    const sorted_ring *p = a, *q = b;
    int order = strcmp(p->code, q->code);
    if (order != 0) return order;
    return (p->ring->number > q->ring->number) - (p->ring->number < q->ring->number);
}

wks_status wks_polygons_pack(wks_polygons *polygons, wks_geometry *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    sorted_ring *sorted = wks_mem_array(polygons->n_rings, sizeof *sorted);

    memset(out, 0, sizeof *out);
    if (sorted == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the geometry");
    WKS_TRY(allocate(out, (size_t)polygons->codes.n, polygons->n_rings, polygons->n_points, err));
    for (size_t r = 0; r < polygons->n_rings; r++)
        sorted[r] = (sorted_ring){polygons->codes.code[polygons->ring[r].area], &polygons->ring[r]};
    qsort(sorted, polygons->n_rings, sizeof *sorted, by_code_then_number);
    for (size_t r = 0; r < polygons->n_rings; r++) {
        const wks_polygons_ring *ring = sorted[r].ring;
        if (r == 0 || strcmp(sorted[r].code, sorted[r - 1].code) != 0) WKS_TRY(append_area(out, sorted[r].code, err));
        append_ring(out, ring->is_hole, polygons->x + ring->start, polygons->y + ring->start, ring->n);
    }
out:
    free(sorted);
    if (rc != WKS_OK) wks_geometry_free(out);
    return rc;
}

wks_status wks_polygons_subset(const wks_geometry *from, const bool *keep, wks_geometry *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    size_t n_rings = (size_t)from->n_rings;

    WKS_TRY(allocate(out, (size_t)from->n_areas, n_rings, (size_t)from->point_start[n_rings], err));
    for (int32_t a = 0; a < from->n_areas; a++) {
        if (!keep[a] || from->ring_start[a] == from->ring_start[a + 1]) continue;
        WKS_TRY(append_area(out, from->code[a], err));
        for (int32_t r = from->ring_start[a]; r < from->ring_start[a + 1]; r++) {
            int64_t start = from->point_start[r];
            append_ring(out, from->is_hole[r] != 0, from->x + start, from->y + start, from->point_start[r + 1] - start);
        }
    }
out:
    if (rc != WKS_OK) wks_geometry_free(out);
    return rc;
}

double wks_polygons_area_ha(const wks_geometry *geometry, int32_t area)
{
    double sum = 0.0;
    for (int32_t r = geometry->ring_start[area]; r < geometry->ring_start[area + 1]; r++) {
        int64_t start = geometry->point_start[r];
        double x0 = geometry->x[start], y0 = geometry->y[start], twice = 0.0; /* relative to the first point: no digits lost */
        for (int64_t p = start; p + 1 < geometry->point_start[r + 1]; p++)
            twice += (geometry->x[p] - x0) * (geometry->y[p + 1] - y0) - (geometry->x[p + 1] - x0) * (geometry->y[p] - y0);
        sum += geometry->is_hole[r] ? -fabs(twice) : fabs(twice);
    }
    return sum / 2.0 / 1e4;
}
