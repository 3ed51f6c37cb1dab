/* Section 3, Kaart: controls and a place for the interactive map; still maps of the first and last month until the script takes over. */
#ifndef WKS_REPORT_SECTION_MAP_H
#define WKS_REPORT_SECTION_MAP_H

#include "report/map.h"
#include "report/page.h"

wks_status wks_section_map_write(wks_page *page, const wks_map *map, wks_err *err);

#endif
