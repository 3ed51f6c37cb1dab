/* Polygons as they come from a map file, collected ring by ring, then packed into a wks_geometry. */
#ifndef WKS_IMPORT_POLYGONS_H
#define WKS_IMPORT_POLYGONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "city/geometry.h"
#include "import/codes.h"

typedef struct wks_polygons_ring {
    int32_t area; /* row in codes */
    bool is_hole;
    int64_t start, n;
    int64_t number; /* order of arrival */
} wks_polygons_ring;

typedef struct wks_polygons {
    wks_codes codes;
    wks_polygons_ring *ring;
    size_t n_rings, ring_capacity;
    double *x, *y; /* metres, multiples of 0.1 */
    size_t n_points, point_capacity;
    size_t n_vanished; /* rings smaller than the rounding */
} wks_polygons;

void wks_polygons_free(wks_polygons *polygons);

/** Opens a ring of `code` with room for n points. */
wks_status wks_polygons_open_ring(wks_polygons *polygons, const char *code, bool is_hole, size_t n, wks_err *err);
/** Adds a point to the open ring, rounded to 0.1 m; a point that rounding makes equal to the one before is left out. */
void wks_polygons_add_point(wks_polygons *polygons, double x_m, double y_m);
/** Closes the open ring (first point = last); a ring with fewer than three different points is dropped. */
void wks_polygons_close_ring(wks_polygons *polygons);

/** Packs into `out`: areas sorted by code, rings of an area in order of arrival. O(n log n). */
wks_status wks_polygons_pack(wks_polygons *polygons, wks_geometry *out, wks_err *err);

/** Copy of the areas for which keep[area] is true (rows of `from`); areas without a ring are left out. */
wks_status wks_polygons_subset(const wks_geometry *from, const bool *keep, wks_geometry *out, wks_err *err);

/** Metres rounded to 0.1. */
double wks_polygons_decimetre(double metres);

/** Surface of an area in hectares, holes taken out. */
double wks_polygons_area_ha(const wks_geometry *geometry, int32_t area);

#endif
