/* The data of the map: levels and differences of every indicator, scenario, tick and area, as changes from tick to tick. For payload.c. */
#ifndef WKS_REPORT_PAYLOAD_MAP_H
#define WKS_REPORT_PAYLOAD_MAP_H

#include "report/map.h"
#include "report/page.h"

/** Adds "map":{..}; *out_left_out counts the indicators that did not fit in `budget` bytes. */
wks_status wks_payload_map_add(const wks_page *page, const wks_map *map, size_t budget, wks_text *out, size_t *out_left_out, wks_err *err);

#endif
