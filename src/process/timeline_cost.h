/* What events cost while they run: EUR and staff hours, booked each month for who pays. A part of process timeline. */
#ifndef WKS_PROCESS_TIMELINE_COST_H
#define WKS_PROCESS_TIMELINE_COST_H

#include "process/timeline_kind.h"

/** Books a twelfth of eur_year and of 52 x hours_week; twelve months of a year add up to the whole, to the cent and the tenth of an hour; under the
 *  item of the kind of event, or that with the name of its `kind` (debt, school). What
 *  corporaties pay is asked of each by its rented homes in the areas of the event, of the city when it has none there (owner.asked_cent; process stock
 *  books it). O(payers x items), for corporaties O(dwellings). */
wks_status wks_timeline_cost_month(wks_tick *tick, const wks_event *event, wks_err *err);
/** cent x part / whole, rounded down, without overflow for whole up to 3e9; 0 <= part <= whole, whole above 0. */
int64_t wks_timeline_cost_part(int64_t cent, int64_t part, int64_t whole);

#endif
