/* Process arrivals: who leaves care or detention and needs a home. See docs/odd.md, section arrivals. */
#ifndef WKS_PROCESS_ARRIVALS_CONTINGENT_H
#define WKS_PROCESS_ARRIVALS_CONTINGENT_H

#include "process/arrivals_state.h"

/** Who leaves detention this month. */
wks_status wks_arrivals_contingent_ex_detainees(wks_tick *tick, const wks_settings *settings, wks_err *err);
/** Who leaves an institution this month for a home of their own. O(persons). */
wks_status wks_arrivals_contingent_care_leavers(wks_tick *tick, const wks_settings *settings, wks_err *err);

#endif
