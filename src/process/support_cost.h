/* What the standing pool of support and care contracts cost, booked each month in the purse. A part of process support (docs/odd.md). */
#ifndef WKS_PROCESS_SUPPORT_COST_H
#define WKS_PROCESS_SUPPORT_COST_H

#include "process/support_state.h"

/** Books a twelfth of a year of the pool's base hours (gemeente) and of what care contracts deliver (zorg), at their tariffs. What events ask for on top they book
 *  themselves (timeline_cost.h). @param care  what contracts deliver, tenths of an hour a week */
void wks_support_cost_book(wks_world *world, const double *p, int64_t care);

#endif
