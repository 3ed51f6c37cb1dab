/* buurten.csv: the rows of a city. For folder.c. */
#ifndef WKS_CITY_AREAS_H
#define WKS_CITY_AREAS_H

#include "city/folder.h"

/** Reads buurten.csv into city->buurt, wijk and gemeente (each sorted by code, parents set). Problems are collected; what could be read
 *  is left in `city` for further checks; *out_is_whole is false when rows had to be left out. @return WKS_ERR_DATA only when there is no
 *  table at all. */
wks_status wks_areas_read(const char *path, wks_city *city, bool *out_is_whole, wks_problems *problems, wks_err *err);

/** Row of an area by code in a sorted list, -1 if absent. O(log n). */
int32_t wks_areas_row(const wks_city_area *area, int32_t n, const char *code);

/** Frees a list of areas. */
void wks_areas_free(wks_city_area *area, int32_t n);

#endif
