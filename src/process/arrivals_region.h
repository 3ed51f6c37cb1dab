/* Process arrivals: seekers from elsewhere in the country. See docs/odd.md, section arrivals. */
#ifndef WKS_PROCESS_ARRIVALS_REGION_H
#define WKS_PROCESS_ARRIVALS_REGION_H

#include "process/arrivals_state.h"

/** Tick 0: who has been looking from outside, for a social home and on the market. */
wks_status wks_arrivals_region_start(wks_tick *tick, const wks_settings *settings, wks_err *err);
/** This month: who begins to look for a social home, and on the market so many that those who look are as many as at the start. */
wks_status wks_arrivals_region_run(wks_tick *tick, const wks_settings *settings, wks_err *err);

#endif
