/* The replications a batch has to run, in order, and how they ended. */
#ifndef WKS_STUDY_BATCH_JOBS_H
#define WKS_STUDY_BATCH_JOBS_H

#include <pthread.h>

#include "study/batch.h"

struct wks_batch_past;

typedef struct wks_batch_job {
    wks_batch_member *member;
    int32_t replication;
    wks_status status;
    wks_err err;
    int32_t at_tick;    /* how far it is, while it runs */
    int32_t kept_tick;  /* of its checkpoint when it was stopped; -1: none */
    atomic_int threads; /* inside it, now */
    bool has_checkpoint, is_begun, is_running;
    struct wks_batch_job *trunk; /* runs its past up to shared_ticks; NULL: it begins at the start */
    int32_t shared_ticks;
    struct wks_batch_past *past; /* of the trunk at that tick, once it came there (batch_trunk.h) */
    wks_store_part *part;        /* begun by the trunk */
} wks_batch_job;

typedef struct wks_batch_jobs {
    wks_batch_job *item;
    int32_t n, n_running;
    int64_t n_ticks;
    int32_t n_before; /* replications that were complete before this session */
    bool is_part;     /* of a larger run: what the other parts have counts too */
} wks_batch_jobs;

/** What no store has yet, of the numbers from `from` on: number 1 of every member first. */
wks_status wks_batch_jobs_list(wks_batch_jobs *jobs, wks_batch_member *member, int32_t n_members, int32_t from, wks_err *err);
void wks_batch_jobs_free(wks_batch_jobs *jobs);

/** How they are run by threads and memory. `free_bytes` 0: what the machine has. */
wks_thread_plan wks_batch_jobs_plan(const wks_batch_jobs *jobs, const wks_batch_options *options);
/** The next job that can begin now: in order, but for those whose past still runs. NULL: none; `out_any_left` says whether one has not begun. Under the batch's lock, as are the next two. */
wks_batch_job *wks_batch_jobs_next(wks_batch_jobs *jobs, bool *out_any_left);
/** A job begins or has ended: those under way share the threads that those about to begin will not need. */
void wks_batch_jobs_begin(wks_batch_jobs *jobs, wks_batch_job *job, const wks_thread_plan *plan);
void wks_batch_jobs_end(wks_batch_jobs *jobs, wks_batch_job *job, const wks_thread_plan *plan);
/** The same after something else changed: a past is there. */
void wks_batch_jobs_share(wks_batch_jobs *jobs, const wks_thread_plan *plan);

/** A failure that would hit every replication: no use in going on. */
bool wks_batch_jobs_is_fatal(wks_status status);
/** The worst that happened: disk or memory, else stopped, else some replications failed; with the first message of that kind. */
wks_status wks_batch_jobs_outcome(const wks_batch_jobs *jobs, wks_err *err);

#endif
