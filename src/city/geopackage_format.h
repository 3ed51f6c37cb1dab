/* The bytes of GeoPackage files of polygons, through SQLite. For geometry.c. */
#ifndef WKS_CITY_GEOPACKAGE_FORMAT_H
#define WKS_CITY_GEOPACKAGE_FORMAT_H

#include "base/text.h"
#include "city/geometry.h"

/** Adds the bytes of a GeoPackage with one table of multipolygons, as wks_geometry_write describes it. */
wks_status wks_geopackage_format(const char *table, const wks_geometry *geometry, const wks_geometry_labels *labels, wks_text *out,
                                 wks_err *err);

#endif
