/* The income of buurten of which CBS published none, from a figure of wijk or gemeente or from what their dwellings are worth. The formula of one
 * area by itself is wks_estimate_income in estimate.h. */
#ifndef WKS_IMPORT_ESTIMATE_INCOME_H
#define WKS_IMPORT_ESTIMATE_INCOME_H

#include "import/estimate_work.h"

/** Mean income per inhabitant in euro a year, to hundreds, of the buurten of the gemeente at hand; nothing if all have it, or if neither wijk nor
 *  gemeente has a figure and WOZ was published (then wks_estimate_fill_income does it). Without a figure the level is what the formula of
 *  estimate.h gives the inhabitants. Between 0.3 and 4 times the level. Needs inhabitants, WOZ and bijstand. O(buurten). */
void wks_estimate_income_buurten(wks_estimate_work *w, bool woz_is_estimated);

#endif
