/* The city's areas beside the tables of a run, for a GIS. */
#ifndef WKS_OUTPUT_MAP_H
#define WKS_OUTPUT_MAP_H

#include "city/folder.h"

/** Writes folder/map.gpkg, layer "areas": code, name, wijk, wijk_name and shape of each area of the city; a buurt without shape is a row with its
 *  names and none. Nothing for a city without shapes. */
wks_status wks_map_write(const char *folder, const wks_city *city, wks_err *err);

#endif
