/* Process arrivals: who leaves care or detention and needs a home. See docs/odd.md, section arrivals. */
#ifndef WKS_PROCESS_ARRIVALS_CONTINGENT_H
#define WKS_PROCESS_ARRIVALS_CONTINGENT_H

#include "process/arrivals_state.h"

/** Who leaves detention this month. */
wks_status wks_arrivals_contingent_ex_detainees(wks_tick *tick, const wks_settings *settings, wks_err *err);
/** Residents of institutions of 18 to 64. O(persons). */
int64_t wks_arrivals_contingent_residents(const wks_world *world);
/** Who leaves an institution this month for a home of their own: of the residents of 18 to 64 each with `care_leavers` a year, or, where a contingent is
 *  given, that number; and as many more as there are residents above `care_places`. They come to shelter with a referral. O(persons). */
wks_status wks_arrivals_contingent_care_leavers(wks_tick *tick, const wks_settings *settings, wks_err *err);

#endif
