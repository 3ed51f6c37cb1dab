/* The data of the interactive charts as one JSON text inside the page. Numbers are those of the CSV files, as whole numbers of a
 * power of ten (at least four significant digits of the largest), maps and bands as changes from tick to tick (packed.h): a third of the size. */
#ifndef WKS_REPORT_PAYLOAD_H
#define WKS_REPORT_PAYLOAD_H

#include "report/map.h"
#include "report/page.h"

/** What of the map the page has no room for: outcomes left out, and outcomes with fewer months than the others. */
typedef struct wks_payload_left {
    size_t n_out, n_coarse;
} wks_payload_left;

/** Adds {"lang":..,"scenarios":[..],"lines":[..],"map":{..}}.
 *  @param budget  bytes that the data may take, lines and map; outcomes of the map that do not fit with all months have some, or are left out, least important first */
wks_status wks_payload_add(const wks_page *page, const wks_map *map, size_t budget, wks_text *out, wks_payload_left *left, wks_err *err);

#endif
