/* The data of the map: levels and differences of every indicator, scenario, tick and area, as changes from tick to tick. For payload.c. */
#ifndef WKS_REPORT_PAYLOAD_MAP_H
#define WKS_REPORT_PAYLOAD_MAP_H

#include "report/map.h"
#include "report/page.h"
#include "report/payload.h"

/** Adds "map":{..}: the most important outcomes and the households with all months of the slider ("ticks"); of the others as many as fit in `budget` bytes, with some of
 *  the months ("coarse") where all are too many. No outcomes without a shape to colour. */
wks_status wks_payload_map_add(const wks_page *page, const wks_map *map, size_t budget, wks_text *out, wks_payload_left *left,
                               wks_err *err);

#endif
