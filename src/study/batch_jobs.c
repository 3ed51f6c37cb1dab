#include "study/batch_jobs.h"

#include <stdlib.h>

#include "base/machine.h"
#include "base/mem.h"
#include "scenario/model.h"
#include "study/estimate.h"

/* The job of the member whose past it shares, when that is still to be run too. */
static void find_trunk(wks_batch_jobs *jobs, wks_batch_job *job)
{
    for (wks_batch_job *other = job - 1; job->member->trunk != NULL && other >= jobs->item; other--) {
        if (other->replication != job->replication) return;
        if (other->member != job->member->trunk || other->trunk != NULL) continue;
        job->trunk = other;
        job->shared_ticks = job->member->shared_ticks;
        job->member->store->manifest.branched_at = job->shared_ticks;
        return;
    }
}

wks_status wks_batch_jobs_list(wks_batch_jobs *jobs, wks_batch_member *member, int32_t n_members, wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t most = 0, total = 0;

    for (int32_t m = 0; m < n_members; m++) {
        const int32_t n = member[m].scenario->n_replications;
        jobs->had_some = jobs->had_some || member[m].store->manifest.block.of > 0; /* of a part, what the others have counts too */
        total += n;
        if (n > most) most = n;
    }
    jobs->item = wks_mem_array((size_t)total, sizeof *jobs->item);
    if (jobs->item == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d replications", total);
    for (int32_t r = 0; r < most; r++) {
        for (int32_t m = 0; m < n_members; m++) {
            const int32_t number = member[m].scenario->first_replication + r;
            if (r >= member[m].scenario->n_replications) continue;
            if (wks_store_has(member[m].store, number)) {
                jobs->had_some = true;
                continue;
            }
            wks_batch_job *job = &jobs->item[jobs->n++];
            job->member = &member[m];
            job->replication = number;
            job->err = WKS_ERR_INIT;
            find_trunk(jobs, job);
            jobs->n_ticks += member[m].scenario->n_ticks - job->shared_ticks;
        }
    }
out:
    return rc;
}

void wks_batch_jobs_free(wks_batch_jobs *jobs)
{
    free(jobs->item);
    *jobs = (wks_batch_jobs){0};
}

/* ---- threads ---- */

wks_thread_plan wks_batch_jobs_plan(const wks_batch_jobs *jobs, const wks_batch_options *options)
{
    wks_estimate sum = {0};
    wks_machine_limit memory = {options->free_bytes, "as asked"};

    if (!(options->free_bytes > 0)) memory = wks_machine_memory("");
    for (int32_t i = 0; i < jobs->n; i++) {
        const wks_store *store = jobs->item[i].member->store;
        wks_estimate_add(&sum, store->scenario, store->city, 1, false, store->follow, false);
    }
    const wks_thread_plan_facts facts = {jobs->n, options->threads, memory.value, wks_estimate_replication(&sum, 1), memory.source};
    return wks_thread_plan_make(&facts);
}

static bool can_begin(const wks_batch_job *job)
{
    return !job->is_begun && (job->trunk == NULL || job->past != NULL || job->shared_ticks == 0);
}

wks_batch_job *wks_batch_jobs_next(wks_batch_jobs *jobs, bool *out_any_left)
{
    *out_any_left = false;
    for (int32_t i = 0; i < jobs->n; i++) {
        if (jobs->item[i].is_begun) continue;
        *out_any_left = true;
        if (can_begin(&jobs->item[i])) return &jobs->item[i];
    }
    return NULL;
}

void wks_batch_jobs_share(wks_batch_jobs *jobs, const wks_thread_plan *plan)
{
    int places = jobs->n_running, k = 0;

    for (int32_t i = 0; i < jobs->n && places < plan->at_once; i++)
        places += can_begin(&jobs->item[i]);
    for (int32_t i = 0; i < jobs->n && k < jobs->n_running; i++) {
        if (jobs->item[i].is_running)
            atomic_store_explicit(&jobs->item[i].threads, wks_thread_plan_share(plan->threads, places, k++), memory_order_relaxed);
    }
}

void wks_batch_jobs_begin(wks_batch_jobs *jobs, wks_batch_job *job, const wks_thread_plan *plan)
{
    job->is_begun = job->is_running = true;
    jobs->n_running++;
    wks_batch_jobs_share(jobs, plan);
}

void wks_batch_jobs_end(wks_batch_jobs *jobs, wks_batch_job *job, const wks_thread_plan *plan)
{
    job->is_running = false;
    jobs->n_running--;
    wks_batch_jobs_share(jobs, plan);
}

/* ---- the end ---- */

bool wks_batch_jobs_is_fatal(wks_status status)
{
    return status == WKS_ERR_IO || status == WKS_ERR_NOMEM;
}

wks_status wks_batch_jobs_outcome(const wks_batch_jobs *jobs, wks_err *err)
{
    const wks_batch_job *fatal = NULL, *failed = NULL;
    bool is_stopped = false, any_done = jobs->had_some;
    int32_t n_failed = 0;

    for (int32_t i = 0; i < jobs->n; i++) {
        const wks_batch_job *this = &jobs->item[i];
        if (this->status == WKS_OK) {
            any_done = true;
        } else if (this->status == WKS_ERR_STOPPED) {
            is_stopped = true;
        } else if (wks_batch_jobs_is_fatal(this->status)) {
            fatal = fatal == NULL ? this : fatal;
        } else {
            failed = failed == NULL ? this : failed;
            n_failed++;
        }
    }
    if (fatal != NULL)
        return wks_err_set(err, fatal->status, "scenario %s, replication %d: %s", fatal->member->scenario->name, fatal->replication,
                           fatal->err.message);
    if (is_stopped)
        return wks_err_set(err, WKS_ERR_STOPPED,
                           "stopped before the end; finished replications are kept, the same command with --resume goes on");
    if (failed == NULL) return WKS_OK;
    /* Nothing at all to show is not "done, but some failed". */
    return wks_err_set(err, any_done ? WKS_ERR_PARTIAL : failed->status,
                       "%d of %d replications failed (manifest.json lists them); the first: scenario %s, replication %d: %s", n_failed,
                       jobs->n, failed->member->scenario->name, failed->replication, failed->err.message);
}
