/* Places of wijkbasisbanen: who gets one and when they end. What they mean for income is in livelihood_jobs.h. Part of process timeline. */
#ifndef WKS_PROCESS_TIMELINE_JOBS_H
#define WKS_PROCESS_TIMELINE_JOBS_H

#include "process/tick.h"

/** One month of a jobs event: adds its places to buurt.job_places (equal parts over its areas, parameter 0) and fills free ones, at most a sixth
 *  of all (rounded up) a month. Asked are households with a home in the areas on a benefit that have no such job, longest on it first; ties by a
 *  keyed draw, then by key. Who would accept is one keyed draw a household and event, below `accept`. Writes household.job and ledger.jobs_begun.
 *  WKS_ERR_NOMEM. O(households + candidates log candidates). */
wks_status wks_timeline_jobs_run(wks_tick *tick, const wks_event *event, int32_t places, double accept, wks_err *err);

/** The programme ends: who has one of its places has WKS_JOB_ENDED until livelihood draws what follows. O(households). */
void wks_timeline_jobs_end(wks_tick *tick, const wks_event *event);

#endif
