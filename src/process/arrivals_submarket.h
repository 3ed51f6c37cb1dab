/* Process arrivals: students and labour migrants, who look for rooms and private rent. See docs/odd.md, section arrivals. */
#ifndef WKS_PROCESS_ARRIVALS_SUBMARKET_H
#define WKS_PROCESS_ARRIVALS_SUBMARKET_H

#include "process/arrivals_state.h"

/** Who comes this month. */
wks_status wks_arrivals_submarket_run(wks_tick *tick, const wks_settings *settings, wks_err *err);
/** Tick 0: as many labour migrants as `labour_start` says are drawn among singles of 20 to 54 from Europe who work and rent privately (all where these are
 *  fewer), and students look for a room from outside since the last start of the academic year. */
wks_status wks_arrivals_submarket_start(wks_tick *tick, const wks_settings *settings, wks_err *err);

#endif
