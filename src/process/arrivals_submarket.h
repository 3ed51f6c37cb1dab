/* Process arrivals: students and labour migrants, who look for rooms and private rent. See docs/odd.md, section arrivals. */
#ifndef WKS_PROCESS_ARRIVALS_SUBMARKET_H
#define WKS_PROCESS_ARRIVALS_SUBMARKET_H

#include "process/arrivals_state.h"

/** Tick 0: which of the households are labour migrants is not published; as many as `labour_start` says are drawn among singles of 20 to 54 from Europe
 *  who work and rent privately (all of these where they are fewer). O(households). */
void wks_arrivals_submarket_start(wks_world *world, const wks_settings *settings);
/** Who comes this month. */
wks_status wks_arrivals_submarket_run(wks_tick *tick, const wks_settings *settings, wks_err *err);

#endif
