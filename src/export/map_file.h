/* A folder's results on its map: a GeoPackage with the areas, a layer of areas and months, differences by area, and styles for QGIS in the file. */
#ifndef WKS_EXPORT_MAP_FILE_H
#define WKS_EXPORT_MAP_FILE_H

#include "export/database.h"

/** Takes the areas of the folder's map.gpkg (of a comparison: of its first scenario), their shapes byte for byte. Adds, from summary.csv and
 *  contrasts.csv where they are there: table area_month_value and layer area_month (a row a scenario, area and month; a column an indicator, of a group
 *  <indicator>__<group>), table contrast_value and layer contrast, codebook, about, layer_styles and metadata. Layers are views on the areas: no
 *  shape is there twice. WKS_ERR_DATA when there is no map. */
wks_status wks_map_file_write(const wks_result_folder *from, const char *path, wks_err *err);

#endif
