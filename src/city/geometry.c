#include "city/geometry.h"

#include <geos_c.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "city/geopackage.h"
#include "city/geopackage_format.h"

enum { MESSAGE_SIZE = 512 };

void wks_geometry_free(wks_geometry *geometry)
{
    for (int32_t i = 0; geometry->code != NULL && i < geometry->n_areas; i++)
        free(geometry->code[i]);
    for (int32_t i = 0; geometry->name != NULL && i < geometry->n_areas; i++)
        free(geometry->name[i]);
    free(geometry->name);
    for (int32_t i = 0; geometry->wijk_name != NULL && i < geometry->n_areas; i++)
        free(geometry->wijk_name[i]);
    free(geometry->wijk_name);
    free(geometry->code);
    free(geometry->ring_start);
    free(geometry->is_hole);
    free(geometry->point_start);
    free(geometry->x);
    free(geometry->y);
    *geometry = (wks_geometry){0};
}

int32_t wks_geometry_row(const wks_geometry *geometry, const char *code)
{
    int32_t low = 0;
    int32_t high = geometry->n_areas - 1;

    while (low <= high) {
        const int32_t middle = low + (high - low) / 2;
        const int order = strcmp(code, geometry->code[middle]);
        if (order == 0) return middle;
        if (order < 0)
            high = middle - 1;
        else
            low = middle + 1;
    }
    return -1;
}

/* ------------------------------------------------------------------------------------------------------------------ centroid */

/* Surface (m2, never negative) and first moments of a ring about (x0, y0), which keeps digits: coordinates are 1e5, rings 1e2. */
static double ring_moments(const wks_geometry *g, int32_t ring, double x0, double y0, double *out_mx, double *out_my)
{
    double area = 0.0;
    double mx = 0.0;
    double my = 0.0;

    for (int64_t i = g->point_start[ring]; i + 1 < g->point_start[ring + 1]; i++) {
        const double ax = g->x[i] - x0;
        const double ay = g->y[i] - y0;
        const double bx = g->x[i + 1] - x0;
        const double by = g->y[i + 1] - y0;
        const double cross = ax * by - bx * ay;
        area += cross / 2.0;
        mx += cross * (ax + bx) / 6.0;
        my += cross * (ay + by) / 6.0;
    }
    const double sign = area < 0.0 ? -1.0 : 1.0;
    *out_mx = sign * mx;
    *out_my = sign * my;
    return sign * area;
}

static void mean_point(const wks_geometry *g, int64_t first, int64_t end, double *out_x, double *out_y)
{
    double x = 0.0;
    double y = 0.0;

    for (int64_t i = first; i < end; i++) {
        x += g->x[i] - g->x[first];
        y += g->y[i] - g->y[first];
    }
    *out_x = g->x[first] + x / (double)(end - first);
    *out_y = g->y[first] + y / (double)(end - first);
}

void wks_geometry_centroid(const wks_geometry *geometry, int32_t area, double *out_x, double *out_y)
{
    const int32_t first_ring = geometry->ring_start[area];
    const int32_t end_ring = geometry->ring_start[area + 1];
    double surface = 0.0;
    double mx = 0.0;
    double my = 0.0;

    *out_x = *out_y = NAN;
    if (first_ring == end_ring) return;
    const int64_t first = geometry->point_start[first_ring];
    const double x0 = geometry->x[first];
    const double y0 = geometry->y[first];
    for (int32_t r = first_ring; r < end_ring; r++) {
        double ring_mx, ring_my;
        const double ring_area = ring_moments(geometry, r, x0, y0, &ring_mx, &ring_my);
        const double sign = geometry->is_hole[r] ? -1.0 : 1.0;
        surface += sign * ring_area;
        mx += sign * ring_mx;
        my += sign * ring_my;
    }
    if (surface > 0.0) {
        *out_x = x0 + mx / surface;
        *out_y = y0 + my / surface;
    } else {
        mean_point(geometry, first, geometry->point_start[end_ring], out_x, out_y);
    }
}

double wks_geometry_surface(const wks_geometry *geometry, int32_t area)
{
    const int32_t first_ring = geometry->ring_start[area], end_ring = geometry->ring_start[area + 1];
    double surface = 0.0, mx, my;

    if (first_ring == end_ring) return (double)NAN;
    const int64_t first = geometry->point_start[first_ring];
    for (int32_t r = first_ring; r < end_ring; r++)
        surface += (geometry->is_hole[r] ? -1.0 : 1.0) * ring_moments(geometry, r, geometry->x[first], geometry->y[first], &mx, &my);
    return surface;
}

/* --------------------------------------------------------------------------------------------------------- reading and writing */

wks_status wks_geometry_parse(const char *name, const char *bytes, size_t n, const char *table, wks_geometry *out, wks_problems *problems,
                              wks_err *err)
{
    return wks_geopackage_parse(name, bytes, n, table, out, problems, err);
}

wks_status wks_geometry_read(const char *path, const char *table, wks_geometry *out, wks_problems *problems, wks_err *err)
{
    wks_err read_err = WKS_ERR_INIT;
    char *bytes = NULL;
    size_t n = 0;

    *out = (wks_geometry){0};
    wks_status rc = wks_file_read(path, &bytes, &n, &read_err);
    if (rc == WKS_ERR_NOMEM) return wks_err_set(err, rc, "%s", read_err.message);
    if (rc != WKS_OK) {
        wks_problems_error(problems, path, 0, 0, "cannot be read; expected a GeoPackage (%s)", read_err.message);
        return wks_err_set(err, WKS_ERR_DATA, "%s cannot be used", path);
    }
    rc = wks_geometry_parse(path, bytes, n, table, out, problems, err);
    free(bytes);
    return rc;
}

wks_status wks_geometry_write(const char *path, const char *table, const wks_geometry *geometry, const wks_geometry_labels *labels,
                              wks_err *err)
{
    wks_text bytes = WKS_TEXT_INIT;
    wks_status rc = wks_geopackage_format(table, geometry, labels, &bytes, err);

    if (rc == WKS_OK) rc = wks_file_write(path, bytes.data, bytes.length, err);
    wks_text_free(&bytes);
    return wks_err_context(err, rc, "%s", path);
}

/* ---------------------------------------------------------------------------------------------------------------- contiguity */

typedef struct links {
    GEOSContextHandle_t geos;
    const wks_geometry *geometry;
    GEOSGeometry **shape;                 /* NULL for an area without polygon */
    const GEOSPreparedGeometry *prepared; /* of the area that is asking */
    int32_t asking;
    double tolerance_m;
    int32_t *pair; /* i, j with i < j */
    size_t n_pairs, capacity;
    bool failed;
    char message[MESSAGE_SIZE];
} links;

static void geos_message(const char *message, void *context)
{
    links *ln = context;
    (void)snprintf(ln->message, sizeof ln->message, "%s", message);
}

static GEOSGeometry *make_ring(const links *ln, int32_t ring)
{
    const int64_t first = ln->geometry->point_start[ring];
    const unsigned n = (unsigned)(ln->geometry->point_start[ring + 1] - first);
    GEOSCoordSequence *points = GEOSCoordSeq_copyFromArrays_r(ln->geos, ln->geometry->x + first, ln->geometry->y + first, NULL, NULL, n);
    return points == NULL ? NULL : GEOSGeom_createLinearRing_r(ln->geos, points);
}

/* An outer ring with the n_holes rings after it. */
static GEOSGeometry *make_polygon(const links *ln, int32_t ring, int32_t n_holes)
{
    GEOSGeometry *outer = make_ring(ln, ring);
    GEOSGeometry **hole = wks_mem_array((size_t)n_holes, sizeof *hole);
    GEOSGeometry *polygon = NULL;
    int32_t n = 0;

    if (outer != NULL && hole != NULL) {
        while (n < n_holes && (hole[n] = make_ring(ln, ring + 1 + n)) != NULL)
            n++;
        if (n == n_holes) polygon = GEOSGeom_createPolygon_r(ln->geos, outer, hole, (unsigned)n_holes);
    }
    if (polygon == NULL) { /* else the rings belong to it */
        while (n > 0)
            GEOSGeom_destroy_r(ln->geos, hole[--n]);
        if (outer != NULL) GEOSGeom_destroy_r(ln->geos, outer);
    }
    free(hole);
    return polygon;
}

static GEOSGeometry *make_shape(const links *ln, int32_t area)
{
    const int32_t first = ln->geometry->ring_start[area];
    const int32_t end = ln->geometry->ring_start[area + 1];
    GEOSGeometry **part = wks_mem_array((size_t)(end - first), sizeof *part);
    GEOSGeometry *shape = NULL;
    unsigned n = 0;

    for (int32_t r = first; part != NULL && r < end;) {
        int32_t next = r + 1;
        while (next < end && ln->geometry->is_hole[next])
            next++;
        part[n] = make_polygon(ln, r, next - r - 1);
        if (part[n] == NULL) goto out;
        n++;
        r = next;
    }
    if (part != NULL) shape = GEOSGeom_createCollection_r(ln->geos, GEOS_MULTIPOLYGON, part, n);
out:
    if (shape == NULL) {
        while (n > 0)
            GEOSGeom_destroy_r(ln->geos, part[--n]);
    }
    free(part);
    return shape;
}

/* A line from corner to corner: only its envelope is asked for. */
static GEOSGeometry *make_reach(const links *ln, int32_t area)
{
    const wks_geometry *g = ln->geometry;
    const int64_t first = g->point_start[g->ring_start[area]];
    const int64_t end = g->point_start[g->ring_start[area + 1]];
    double x[2] = {g->x[first], g->x[first]};
    double y[2] = {g->y[first], g->y[first]};

    for (int64_t i = first + 1; i < end; i++) {
        if (g->x[i] < x[0]) x[0] = g->x[i];
        if (g->x[i] > x[1]) x[1] = g->x[i];
        if (g->y[i] < y[0]) y[0] = g->y[i];
        if (g->y[i] > y[1]) y[1] = g->y[i];
    }
    x[0] -= ln->tolerance_m;
    y[0] -= ln->tolerance_m;
    x[1] += ln->tolerance_m;
    y[1] += ln->tolerance_m;
    GEOSCoordSequence *points = GEOSCoordSeq_copyFromArrays_r(ln->geos, x, y, NULL, NULL, 2);
    return points == NULL ? NULL : GEOSGeom_createLineString_r(ln->geos, points);
}

/* Called for each area whose envelope is within reach. */
static void meet(void *item, void *context)
{
    links *ln = context;
    const int32_t other = (int32_t)((GEOSGeometry **)item - ln->shape);

    if (other <= ln->asking || ln->failed) return;
    const char is_near = GEOSPreparedDistanceWithin_r(ln->geos, ln->prepared, ln->shape[other], ln->tolerance_m);
    if (is_near == 2) ln->failed = true;
    if (is_near != 1) return;
    if (ln->n_pairs == ln->capacity) {
        const size_t capacity = wks_mem_capacity(ln->capacity, ln->n_pairs + 1);
        int32_t *pair = wks_mem_resize(ln->pair, 2 * ln->n_pairs, 2 * capacity, sizeof *pair);
        if (pair == NULL) {
            ln->failed = true;
            return;
        }
        ln->pair = pair;
        ln->capacity = capacity;
    }
    ln->pair[2 * ln->n_pairs] = ln->asking;
    ln->pair[2 * ln->n_pairs + 1] = other;
    ln->n_pairs++;
}

static bool ask(links *ln, GEOSSTRtree *tree, int32_t area)
{
    GEOSGeometry *reach = make_reach(ln, area);

    ln->asking = area;
    ln->prepared = GEOSPrepare_r(ln->geos, ln->shape[area]);
    if (reach != NULL && ln->prepared != NULL)
        GEOSSTRtree_query_r(ln->geos, tree, reach, meet, ln);
    else
        ln->failed = true;
    if (ln->message[0] != '\0') ln->failed = true; /* the query itself returns nothing */
    if (ln->prepared != NULL) GEOSPreparedGeom_destroy_r(ln->geos, ln->prepared);
    if (reach != NULL) GEOSGeom_destroy_r(ln->geos, reach);
    return !ln->failed;
}

static int compare_int32(const void *a, const void *b)
{
    const int32_t left = *(const int32_t *)a;
    const int32_t right = *(const int32_t *)b;
    return left < right ? -1 : left > right;
}

static wks_status compress(const links *ln, int32_t **out_start, int32_t **out_item, wks_err *err)
{
    const int32_t n = ln->geometry->n_areas;
    int32_t *start = wks_mem_array((size_t)n + 2, sizeof *start);
    int32_t *item = wks_mem_array(2 * ln->n_pairs, sizeof *item);

    if (start == NULL || item == NULL) {
        free(start);
        free(item);
        return wks_err_set(err, WKS_ERR_NOMEM, "no memory for the neighbours of %d areas", n);
    }
    /* start[i + 2] counts, then start[i + 1] is where area i writes next, and ends as where it stops. */
    for (size_t k = 0; k < 2 * ln->n_pairs; k++)
        start[ln->pair[k] + 2]++;
    for (int32_t i = 0; i < n; i++)
        start[i + 2] += start[i + 1];
    for (size_t k = 0; k < ln->n_pairs; k++) {
        const int32_t a = ln->pair[2 * k];
        const int32_t b = ln->pair[2 * k + 1];
        item[start[a + 1]++] = b;
        item[start[b + 1]++] = a;
    }
    for (int32_t i = 0; i < n; i++)
        qsort(item + start[i], (size_t)(start[i + 1] - start[i]), sizeof *item, compare_int32);
    *out_start = start;
    *out_item = item;
    return WKS_OK;
}

/* GEOS says what is wrong with the coordinates; when it said nothing there was no memory. */
static wks_status blame(const links *ln)
{
    return ln->message[0] != '\0' ? WKS_ERR_DATA : WKS_ERR_NOMEM;
}

static const char *reason(const links *ln)
{
    return ln->message[0] != '\0' ? ln->message : "no memory";
}

wks_status wks_geometry_contiguity(const wks_geometry *geometry, double tolerance_m, int32_t **out_start, int32_t **out_item, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n = geometry->n_areas;
    links ln = {.geometry = geometry, .tolerance_m = tolerance_m};
    GEOSSTRtree *tree = NULL;

    *out_start = *out_item = NULL;
    ln.geos = GEOS_init_r();
    if (ln.geos == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "GEOS does not start");
    (void)GEOSContext_setErrorMessageHandler_r(ln.geos, geos_message, &ln);
    ln.shape = wks_mem_array((size_t)n, sizeof(GEOSGeometry *));
    tree = GEOSSTRtree_create_r(ln.geos, 10);
    if (ln.shape == NULL || tree == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the polygons of %d areas", n);
    for (int32_t i = 0; i < n; i++) {
        if (geometry->ring_start[i] == geometry->ring_start[i + 1]) continue;
        ln.shape[i] = make_shape(&ln, i);
        if (ln.shape[i] == NULL) WKS_FAIL(err, blame(&ln), "area %s makes no polygon: %s", geometry->code[i], reason(&ln));
        GEOSSTRtree_insert_r(ln.geos, tree, ln.shape[i], &ln.shape[i]);
    }
    for (int32_t i = 0; i < n; i++) {
        if (ln.shape[i] == NULL) continue;
        if (!ask(&ln, tree, i)) WKS_FAIL(err, blame(&ln), "neighbours of area %s: %s", geometry->code[i], reason(&ln));
    }
    WKS_TRY(compress(&ln, out_start, out_item, err));
out:
    free(ln.pair);
    if (tree != NULL) GEOSSTRtree_destroy_r(ln.geos, tree);
    for (int32_t i = 0; ln.shape != NULL && i < n; i++) {
        if (ln.shape[i] != NULL) GEOSGeom_destroy_r(ln.geos, ln.shape[i]);
    }
    free(ln.shape);
    if (ln.geos != NULL) GEOS_finish_r(ln.geos);
    return rc;
}
