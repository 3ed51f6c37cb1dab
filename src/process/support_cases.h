/* Who is helped: whole cases from the pool, the others wait. A part of process support (docs/odd.md). */
#ifndef WKS_PROCESS_SUPPORT_CASES_H
#define WKS_PROCESS_SUPPORT_CASES_H

#include "process/support_pool.h"

/** Gives the hours of the pool to households whose need is known (lists of the pass), whole cases: who is helped goes on being helped, then who waits longest,
 *  equals by lot. Writes help, helped, wait_month and the sums `met` by buurt. Hours of the pool only become fewer within a month: those whose case fits nowhere
 *  when the others have been served are turned away side by side, and of those who came in the same month only the ones whose case still fits are put in order.
 *  O(known need); who can be served, serial. WKS_ERR_NOMEM. */
wks_status wks_support_cases_share(wks_tick *tick, const wks_support_pass *pass, wks_support_pool *pool, wks_support_sums *sum,
                                   wks_err *err);

#endif
