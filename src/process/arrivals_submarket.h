/* Process arrivals: students and labour migrants, who look for rooms and private rent. See docs/odd.md, section arrivals. */
#ifndef WKS_PROCESS_ARRIVALS_SUBMARKET_H
#define WKS_PROCESS_ARRIVALS_SUBMARKET_H

#include "process/arrivals_state.h"

/** Who comes this month. */
wks_status wks_arrivals_submarket_run(wks_tick *tick, const wks_settings *settings, wks_err *err);
/** Tick 0: students who look for a room from outside since the last start of the academic year. */
wks_status wks_arrivals_submarket_start(wks_tick *tick, const wks_settings *settings, wks_err *err);

#endif
