/* New dwellings: a part of process stock, used by timeline events too. */
#ifndef WKS_PROCESS_STOCK_BUILD_H
#define WKS_PROCESS_STOCK_BUILD_H

#include "process/tick.h"

/** Adds one self-contained dwelling of that tenure to a buurt, ready to let or sell next month, in a complex of the buurt that has such
 *  dwellings (else any complex there; nothing happens in a buurt without complexes). Size, rent and value follow a dwelling of the same tenure in the
 *  same buurt that a keyed draw picks (else of the city, else of any tenure); rents stay within the segment: social up to the liberalisatiegrens,
 *  rent up to that of middenhuur. O(dwellings). */
wks_status wks_stock_build_one(wks_tick *tick, int32_t buurt_row, wks_tenure tenure, uint64_t key, wks_err *err);

#endif
