/* Uitponden: private landlords sell what falls vacant to who comes to live there. A part of process stock. */
#ifndef WKS_PROCESS_STOCK_UITPOND_H
#define WKS_PROCESS_STOCK_UITPOND_H

#include "process/tick.h"

/** Each month that a private rented home of its own stands vacant it goes up for sale with wks_math_monthly(yearly), so that of homes vacant for a
 *  year a share `yearly` is sold; drawn by dwelling and month. Others than private rent, and houses let by the room, are left alone. Ledger:
 *  uitpond. O(1). */
void wks_stock_uitpond(wks_tick *tick, int32_t unit_row, double yearly);

#endif
