/* GeoPackage files of polygons: bytes to wks_geometry (SQLite; back: geopackage_format.h). For geometry.c. */
#ifndef WKS_CITY_GEOPACKAGE_H
#define WKS_CITY_GEOPACKAGE_H

#include "base/problems.h"
#include "city/geometry.h"

/** As wks_geometry_parse. */
wks_status wks_geopackage_parse(const char *name, const char *bytes, size_t n, const char *table, wks_geometry *out, wks_problems *problems,
                                wks_err *err);

#endif
