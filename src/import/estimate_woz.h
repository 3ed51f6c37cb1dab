/* The WOZ value of buurten of which CBS published none. */
#ifndef WKS_IMPORT_ESTIMATE_WOZ_H
#define WKS_IMPORT_ESTIMATE_WOZ_H

#include "import/estimate_work.h"

/** Mean WOZ value of dwellings in euro, to hundreds, of the buurten of the gemeente at hand; nothing if all have it. From the model of people, density
 *  and Leefbaarometer; without the Leefbaarometer from the published stock and households, where the buurten of nine in ten inhabitants have
 *  those. Between a quarter of and five times the level of gemeente or country. Needs dwellings. O(buurten). */
void wks_estimate_woz(wks_estimate_work *w);

#endif
