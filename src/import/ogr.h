/* GDAL/OGR: workbooks and polygons. The only file that knows GDAL. */
#ifndef WKS_IMPORT_OGR_H
#define WKS_IMPORT_OGR_H

#include "base/problems.h"
#include "city/geometry.h"
#include "import/sheet.h"

/** Reads a sheet of an xlsx workbook, every cell as text (see wks_sheet_read for which). */
wks_status wks_ogr_sheet(const char *path, const char *const *wanted, size_t n_wanted, wks_sheet *out, wks_problems *problems,
                         wks_err *err);

/** Reads polygons with CBS area codes (BU........) from GeoJSON, GeoPackage, shapefile or whatever OGR opens, in metres EPSG:28992 rounded to
 *  0.1 m (no grid is fetched; up to 0.2 m off the official transformation). The code column is the first text column whose values look like
 *  buurt codes. Areas are sorted by code; parts of one code in several features are joined.
 *  Problems: unreadable, no buurt codes (wijken or gemeenten instead are named), no coordinate system, not polygons. O(points). */
wks_status wks_ogr_polygons(const char *path, wks_geometry *out, wks_problems *problems, wks_err *err);

/** Version text of GDAL, for --version. */
const char *wks_ogr_version(void);

#endif
