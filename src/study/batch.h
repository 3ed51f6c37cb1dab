/* Many replications of one or more scenarios, side by side: each is independent, committed whole or not at all; one that is stopped in the middle is kept
 * for a later session when checkpoints are on (pausing.h). */
#ifndef WKS_STUDY_BATCH_H
#define WKS_STUDY_BATCH_H

#include "output/store.h"
#include "study/pausing.h"
#include "study/thread_plan.h"

/** One scenario with the folder it writes to and the population it starts from. */
typedef struct wks_batch_member {
    const wks_scenario *scenario;
    const wks_world *population;
    wks_store *store;
    wks_world *take; /* the population once more when it may be used up by the last replication, which saves a copy; or NULL */
    const struct wks_batch_member
        *trunk; /* the member whose past it shares up to tick `shared_ticks` (branch.h), before it in the list; NULL: none */
    int32_t shared_ticks;
} wks_batch_member;

typedef struct wks_batch_progress {
    wks_thread_plan plan;
    int64_t n_jobs, n_done, n_failed;
    int64_t n_ticks, n_ticks_done; /* over all jobs */
    int32_t n_running;
    int64_t n_ticks_running, n_ticks_running_done; /* of the jobs under way, from tick 0 of each */
    bool is_study;                                 /* jobs are trials of a study, of which no ticks are known: n_ticks counts trials */
} wks_batch_progress;
/** Called from any thread, one at a time: once before the first, after every tick and at the end of every replication. */
typedef void wks_batch_report(const wks_batch_progress *progress, void *context);

/** What runs one replication: wks_replication_run, or in tests something that fails at will. */
typedef wks_status wks_batch_runner(const wks_scenario *scenario, const wks_world *population, const wks_replication_options *options,
                                    uint64_t *out_hash, wks_err *err);

typedef struct wks_batch_options {
    int threads;
    bool verify;
    wks_stop *stop;           /* may be NULL */
    wks_batch_report *report; /* may be NULL */
    void *report_context;
    wks_batch_runner *runner; /* NULL: wks_replication_run */
    wks_pausing_rules pausing;
    bool more;         /* further replications may be asked of the same stores: they are not finished (wks_batch_finish) */
    int32_t from;      /* lower numbers are left as they are, failed ones too */
    double free_bytes; /* memory there is for replications under way; 0: what the machine has now */
} wks_batch_options;

/** Runs what is not committed yet, from its checkpoint where it has one, as many side by side as thread_plan.h says by threads and memory (manifest.json has it), replication by replication
 *  over all members (number 1 of every scenario first), then finishes every store. Months that members share are run once (trunk); a member that has a checkpoint, or whose trunk has one or is
 *  complete, runs on its own.
 *  A replication that fails is listed in the manifest and the others go on, unless the disk or the memory is what failed: then no new one is
 *  begun. @return WKS_OK, WKS_ERR_STOPPED (stores are marked interrupted), WKS_ERR_PARTIAL (some replications failed; the first message is in
 *  err), or WKS_ERR_IO/NOMEM (stores are marked failed, as far as that can be written). */
wks_status wks_batch_run(wks_batch_member *member, int32_t n_members, const wks_batch_options *options, wks_err *err);

/** Finishes every store as a batch ended with that status (already in err): result tables and manifest. wks_batch_run does it unless more is asked.
 *  @return ended, or what went wrong in writing. */
wks_status wks_batch_finish(wks_batch_member *member, int32_t n_members, wks_status ended, wks_err *err);

#endif
