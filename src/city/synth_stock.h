/* How many dwellings of which tenure and type are occupied, vacant or let in rooms, and which households live in rooms or with others. */
#ifndef WKS_CITY_SYNTH_STOCK_H
#define WKS_CITY_SYNTH_STOCK_H

#include "city/synth_plan.h"

/** Sets plan->stock, vacant, split, n_rooms, n_hosted. Tenure x type by IPF. Where there are more households than occupied dwellings, the
 * others live in rooms (rented dwellings let to 2-8 households, more where a campus needs it) or, a small part, with a host; where there
 * are fewer, more dwellings stand empty. Then marks the households: rooms go to the youngest living alone, guests too for the most part. */
wks_status wks_synth_stock_make(const wks_synth_plan_context *context, wks_synth_plan *plan, wks_err *err);

#endif
