/* Filling what CBS did not publish of a buurt, so that the table is complete, with the origin of every value.
 * Order: the buurt's own figures (a group lacking one part), the wijk, the gemeente, the country; counts by that area's shares times
 * the buurt's own inhabitants or households; shares and means as they are. Nothing published is ever changed. */
#ifndef WKS_IMPORT_FILL_H
#define WKS_IMPORT_FILL_H

#include "import/draft.h"

/** Finds per count column whether CBS rounded the buurten (to 10 or 5: all its published values, at least 5 of them above 0, are
 *  multiples) and marks those values `rounded`. */
void wks_fill_mark_rounding(wks_draft *draft);

/** Fills inhabitants, their sexes, ages and origins, and surface of all buurten: what wks_estimate_buurten starts from. */
void wks_fill_persons(wks_draft *draft);

/** Those, then the rest: fills counts, shares and means of all buurten but income and Leefbaarometer (see estimate.h). Afterwards every such value is finite.
 *  Groups filled whole add up to their total exactly; buurten without people or dwellings get 0 counts.
 *  Deterministic; O(buurten * columns). */
void wks_fill_buurten(wks_draft *draft);

#endif
