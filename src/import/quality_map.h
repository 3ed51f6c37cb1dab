/* A map of how much of a city is known: per buurt the share of its figures that nobody published of the buurt itself. */
#ifndef WKS_IMPORT_QUALITY_MAP_H
#define WKS_IMPORT_QUALITY_MAP_H

#include "base/text.h"
#include "import/draft.h"

/** Share of the figures of a buurt (WKS_CITY_N_COLUMNS) whose origin is neither published nor rounded: 0 all known, 1 nothing. */
double wks_quality_map_share(const wks_draft_area *buurt);

/** quality.svg: buurten with a polygon in five classes of that share, with legend, a scale bar and the name of each as its title. North is up;
 *  one pixel is the same distance in both directions. Nothing is added when the draft has no polygons. The same draft gives the same
 *  bytes. O(points). */
void wks_quality_map(const wks_draft *draft, wks_text *out);

#endif
