/* GDAL/OGR: workbooks and polygons. The only file that knows GDAL. */
#ifndef WKS_IMPORT_OGR_H
#define WKS_IMPORT_OGR_H

#include "base/problems.h"
#include "import/polygons.h"
#include "import/sheet.h"

/** Reads a sheet of a workbook (xlsx, or xls where GDAL has its driver), every cell as text (see wks_sheet_read for which). */
wks_status wks_ogr_sheet(const char *path, const char *const *wanted, size_t n_wanted, wks_sheet *out, wks_problems *problems,
                         wks_err *err);

/** Reads the attributes of layer number `layer` of a map as a sheet, a feature a row; *out_n_layers tells how many there are. Nested
 *  attributes of GeoJSON are left as they are. Problems: not a readable map. */
wks_status wks_ogr_attributes(const char *path, int layer, wks_sheet *out, int *out_n_layers, wks_problems *problems, wks_err *err);

/** Adds the polygons with CBS area codes (BU........) of GeoJSON, GeoPackage, shapefile or whatever OGR opens to `all`, in metres EPSG:28992
 *  rounded to 0.1 m (no grid is fetched; up to 0.2 m off the official transformation). The code column is the first text column whose values
 *  look like buurt codes. Features whose attribute water (H2O) says so are left out. Parts of one code in several features are joined.
 *  Problems: unreadable, no buurt codes (wijken or gemeenten instead are named), no coordinate system, not polygons. O(points). */
wks_status wks_ogr_polygons(const char *path, wks_polygons *all, wks_problems *problems, wks_err *err);

/** Version text of GDAL, for --version. */
const char *wks_ogr_version(void);

#endif
