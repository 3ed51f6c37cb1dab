/* Who is helped: whole cases from the pool, the others wait. A part of process support (docs/odd.md). */
#ifndef WKS_PROCESS_SUPPORT_CASES_H
#define WKS_PROCESS_SUPPORT_CASES_H

#include "process/support_pool.h"

/** Gives the hours of the pool to households of flag 1, whole cases: who is helped goes on being helped, then who waits longest, equals by lot. Writes help, helped,
 *  wait_month and the sums `met` by buurt. Serial, O(n log n) over known need. */
wks_status wks_support_cases_share(wks_tick *tick, const double *p, const uint8_t *flag, wks_support_pool *pool, wks_support_sums *sum,
                                   wks_err *err);

#endif
