/* What events cost while they run: EUR and staff hours, booked each month for who pays. A part of process timeline. */
#ifndef WKS_PROCESS_TIMELINE_COST_H
#define WKS_PROCESS_TIMELINE_COST_H

#include "process/timeline_kind.h"

/** Books a twelfth of eur_year and of 52 x hours_week; twelve months of a year add up to the whole, to the cent and the tenth of an hour. */
void wks_timeline_cost_month(wks_tick *tick, const wks_event *event);

#endif
