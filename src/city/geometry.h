/* Polygons of areas: GeoPackage through SQLite, contiguity through GEOS. Metres, EPSG:28992. */
#ifndef WKS_CITY_GEOMETRY_H
#define WKS_CITY_GEOMETRY_H

#include <stdint.h>

#include "base/problems.h"

/** Rings of many areas, flat. Ring r has points point_start[r] .. point_start[r+1]-1 (closed: first = last). */
typedef struct wks_geometry {
    int32_t n_areas;
    char **code;         /* n_areas, sorted */
    char **name;         /* n_areas: column `name`, "" where empty; NULL when the table has no such column (or was not read) */
    char **wijk_name;    /* n_areas: likewise of column `wijk_name`, as in the map of results */
    int32_t *ring_start; /* n_areas + 1: rings of an area (outer rings and holes in file order) */
    int32_t n_rings;
    uint8_t *is_hole;     /* n_rings */
    int64_t *point_start; /* n_rings + 1 */
    double *x, *y;
} wks_geometry;

/** What a table tells of its areas beside code and shape: each NULL, or of n_areas. */
typedef struct wks_geometry_labels {
    const char *const *name;
    const char *const *wijk, *const *wijk_name; /* both or none: code and name of the wijk that the area lies in */
} wks_geometry_labels;

void wks_geometry_free(wks_geometry *geometry);

/** Reads `table` (e.g. "buurten") of a GeoPackage: column `code` and the geometry column that gpkg_geometry_columns names. Reports to
 *  `problems` (and returns WKS_ERR_DATA): unreadable, no GeoPackage, damaged, no such table or column (with the nearest name), another
 *  reference system than EPSG:28992, empty or repeated codes, geometries that are no (multi)polygon or damaged (each, with its row). */
wks_status wks_geometry_read(const char *path, const char *table, wks_geometry *out, wks_problems *problems, wks_err *err);

/** The same from the bytes of a file (the folder's hash, tests, fuzzing); `name` is used in messages. Takes nothing. */
wks_status wks_geometry_parse(const char *name, const char *bytes, size_t n, const char *table, wks_geometry *out, wks_problems *problems,
                              wks_err *err);

/** Row of an area by code, -1 if absent. */
int32_t wks_geometry_row(const wks_geometry *geometry, const char *code);

/** Area-weighted centroid of an area's polygons, holes taken out; mean of the points when the surface is 0, NaN without polygon. */
void wks_geometry_centroid(const wks_geometry *geometry, int32_t area, double *out_x, double *out_y);

/** Surface of an area's polygons in m2, holes taken out; NaN without polygon. */
double wks_geometry_surface(const wks_geometry *geometry, int32_t area);

/** Contiguity with a tolerance: i and j are neighbours when the distance between their polygons is at most tolerance_m.
 *  Compressed rows, malloc'ed, symmetric, sorted. Indexed by envelope (GEOS STRtree). An area without polygon has no neighbours. */
wks_status wks_geometry_contiguity(const wks_geometry *geometry, double tolerance_m, int32_t **out_start, int32_t **out_item, wks_err *err);

/** Writes areas as a GeoPackage table (EPSG:28992, MULTIPOLYGON; columns fid, geom, code, name, and of labels->wijk wijk, wijk_name): the folder's
 *  buurten.gpkg and the results' map. The same bytes on every run and machine: no clock, and SQLite's own version stamp is overwritten. labels may be
 *  NULL. */
wks_status wks_geometry_write(const char *path, const char *table, const wks_geometry *geometry, const wks_geometry_labels *labels,
                              wks_err *err);

#endif
