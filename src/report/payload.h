/* The data of the interactive charts as one JSON text inside the page. Numbers are those of the CSV files, as whole numbers of a
 * power of ten (at least four significant digits of the largest), maps as changes from tick to tick: a third of the size. */
#ifndef WKS_REPORT_PAYLOAD_H
#define WKS_REPORT_PAYLOAD_H

#include "report/map.h"
#include "report/page.h"

/** Adds {"lang":..,"scenarios":[..],"lines":[..],"map":{..}}.
 *  @param budget  bytes that the data may take, lines and map; indicators of the map that do not fit any more are left out, least important first
 *  @param out_left_out  how many were */
wks_status wks_payload_add(const wks_page *page, const wks_map *map, size_t budget, wks_text *out, size_t *out_left_out, wks_err *err);

#endif
