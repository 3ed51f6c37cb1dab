/* The columns of a city as a table (folder.h declares it). */
#include "city/folder.h"

const wks_city_column_info wks_city_column_table[WKS_CITY_N_COLUMNS] = {
#define WKS_CITY_INFO(name, unit, low, high, is_count, help) {#name, unit, low, high, is_count, help},
    WKS_CITY_COLUMNS(WKS_CITY_INFO)
#undef WKS_CITY_INFO
};
