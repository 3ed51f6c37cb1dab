/* One past for several scenarios: the replication of the one runs, its rows go to the parts of the others too, and where another turns off the state is kept for it. */
#ifndef WKS_STUDY_BATCH_TRUNK_H
#define WKS_STUDY_BATCH_TRUNK_H

#include "study/batch_jobs.h"

/** The past of a replication up to a tick, for all that turn off there. */
typedef struct wks_batch_past {
    wks_bytes state;
    int32_t n_users;
} wks_batch_past;

/** Begins the parts of all that turn off from this job. */
wks_status wks_batch_trunk_open(wks_batch_jobs *jobs, wks_batch_job *trunk, wks_err *err);
/** Rows of a tick, to those that still share it. */
wks_status wks_batch_trunk_observe(wks_batch_jobs *jobs, wks_batch_job *trunk, const wks_replication_view *view, wks_err *err);
/** After that: keeps the state for those that turn off at this tick, which may begin from then on. Takes the lock. */
wks_status wks_batch_trunk_pause(wks_batch_jobs *jobs, wks_batch_job *trunk, const wks_replication_state *state, int32_t tick,
                                 wks_pausing_save *save, pthread_mutex_t *lock, pthread_cond_t *changed, wks_err *err);
/** The trunk was kept at this tick: whoever still shares the past gets a checkpoint of its own, of the same state. @param out_n  how many did */
wks_status wks_batch_trunk_keep(wks_batch_jobs *jobs, wks_batch_job *trunk, const wks_replication_state *state, int32_t tick,
                                const wks_pausing_rules *rules, int32_t *out_n, wks_err *err);
/** A job that turned off has read its past, or does not need it. Under the lock. */
void wks_batch_trunk_leave(wks_batch_job *job);
/** Lets go of what the trunk began for jobs that have no past, as it ended before: they run from the start. Under the lock. @return ticks they run more than was counted on */
int64_t wks_batch_trunk_close(wks_batch_jobs *jobs, wks_batch_job *trunk);

#endif
