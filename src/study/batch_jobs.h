/* The replications a batch has to run, in order, and how they ended. */
#ifndef WKS_STUDY_BATCH_JOBS_H
#define WKS_STUDY_BATCH_JOBS_H

#include "study/batch.h"

typedef struct wks_batch_job {
    wks_batch_member *member;
    int32_t replication;
    wks_status status;
    wks_err err;
    atomic_int threads; /* inside it, now */
    bool is_running;
} wks_batch_job;

typedef struct wks_batch_jobs {
    wks_batch_job *item;
    int32_t n, n_begun, n_running;
    int64_t n_ticks;
    bool had_some; /* replications were complete before this session */
} wks_batch_jobs;

/** What no store has yet: number 1 of every member first. */
wks_status wks_batch_jobs_list(wks_batch_jobs *jobs, wks_batch_member *member, int32_t n_members, wks_err *err);
void wks_batch_jobs_free(wks_batch_jobs *jobs);

/** How they are run by threads and memory. `free_bytes` 0: what the machine has. */
wks_thread_plan wks_batch_jobs_plan(const wks_batch_jobs *jobs, const wks_batch_options *options);
/** A job begins or has ended: what threads it has, and when none is left to begin, what the others get of those that are free. Under the batch's lock. */
void wks_batch_jobs_begin(wks_batch_jobs *jobs, wks_batch_job *job, const wks_thread_plan *plan);
void wks_batch_jobs_end(wks_batch_jobs *jobs, wks_batch_job *job, const wks_thread_plan *plan);

/** A failure that would hit every replication: no use in going on. */
bool wks_batch_jobs_is_fatal(wks_status status);
/** The worst that happened: disk or memory, else stopped, else some replications failed; with the first message of that kind. */
wks_status wks_batch_jobs_outcome(const wks_batch_jobs *jobs, wks_err *err);

#endif
