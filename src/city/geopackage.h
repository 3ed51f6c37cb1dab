/* GeoPackage files of polygons: bytes to wks_geometry and back (SQLite; in this folder no other file knows it). For geometry.c. */
#ifndef WKS_CITY_GEOPACKAGE_H
#define WKS_CITY_GEOPACKAGE_H

#include "base/problems.h"
#include "base/text.h"
#include "city/geometry.h"

/** As wks_geometry_parse. */
wks_status wks_geopackage_parse(const char *name, const char *bytes, size_t n, const char *table, wks_geometry *out, wks_problems *problems,
                                wks_err *err);

/** Adds the bytes of a GeoPackage with one table of multipolygons, as wks_geometry_write describes it. */
wks_status wks_geopackage_format(const char *table, const wks_geometry *geometry, const char *const *names, wks_text *out, wks_err *err);

#endif
