#include "study/batch_jobs.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/machine.h"
#include "base/mem.h"
#include "base/text.h"
#include "output/checkpoint.h"
#include "scenario/model.h"
#include "study/estimate.h"

static bool has_checkpoint(const wks_store *store, int32_t replication)
{
    char *path = wks_checkpoint_path(store->folder, replication);
    const bool is_there = path != NULL && wks_file_exists(path);

    free(path);
    return is_there;
}

/* The job of the member whose past it shares, when that is still to be run from the start too. */
static void find_trunk(wks_batch_jobs *jobs, wks_batch_job *job)
{
    if (job->member->trunk == NULL || job->has_checkpoint) return;
    for (wks_batch_job *other = job - 1; other >= jobs->item && other->replication == job->replication; other--) {
        if (other->member != job->member->trunk || other->trunk != NULL || other->has_checkpoint) continue;
        job->trunk = other;
        job->shared_ticks = job->member->shared_ticks;
        return;
    }
}

wks_status wks_batch_jobs_list(wks_batch_jobs *jobs, wks_batch_member *member, int32_t n_members, int32_t from, wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t most = 0, total = 0;

    for (int32_t m = 0; m < n_members; m++) {
        const int32_t n = member[m].scenario->n_replications;
        jobs->is_part = jobs->is_part || member[m].store->manifest.block.of > 0;
        total += n;
        if (n > most) most = n;
    }
    jobs->item = wks_mem_array((size_t)total, sizeof *jobs->item);
    if (jobs->item == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d replications", total);
    for (int32_t r = 0; r < most; r++) {
        for (int32_t m = 0; m < n_members; m++) {
            const int32_t number = member[m].scenario->first_replication + r;
            if (r >= member[m].scenario->n_replications) continue;
            const bool is_there = wks_store_has(member[m].store, number);
            jobs->n_before += is_there;
            if (is_there || number < from) continue;
            wks_batch_job *job = &jobs->item[jobs->n++];
            job->member = &member[m];
            job->replication = number;
            job->err = WKS_ERR_INIT;
            job->kept_tick = -1;
            job->has_checkpoint = has_checkpoint(member[m].store, number);
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

/* At how many ticks others turn off from this job. */
static int32_t count_pasts(const wks_batch_jobs *jobs, const wks_batch_job *trunk)
{
    int32_t n = 0;

    for (const wks_batch_job *job = trunk + 1; job < jobs->item + jobs->n && job->replication == trunk->replication; job++) {
        bool is_new = job->trunk == trunk;
        for (const wks_batch_job *before = trunk + 1; before < job && is_new; before++)
            is_new = before->trunk != trunk || before->shared_ticks != job->shared_ticks;
        n += is_new;
    }
    return n;
}

wks_thread_plan wks_batch_jobs_plan(const wks_batch_jobs *jobs, const wks_batch_options *options)
{
    wks_estimate sum = {0};
    wks_machine_limit memory = {options->free_bytes, "as asked"};

    if (!(options->free_bytes > 0)) memory = wks_machine_memory("");
    for (int32_t i = 0; i < jobs->n; i++) {
        const wks_store *store = jobs->item[i].member->store;
        wks_estimate_add(&sum, store->scenario, store->city, 1, false, store->follow, false);
        wks_estimate_add_pasts(&sum, store->city, count_pasts(jobs, &jobs->item[i]));
        if (jobs->item[i].has_checkpoint) wks_estimate_add_resumed(&sum, store->city);
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

/* How far a stopped batch came, and how to go on. */
static wks_status say_stopped(const wks_batch_jobs *jobs, int32_t n_done, wks_err *err)
{
    enum { MOST = 3 };
    wks_text text = WKS_TEXT_INIT;
    int32_t n_kept = 0;

    wks_text_addf(&text, "stopped before the end: %lld of %lld replications are done", (long long)(jobs->n_before + n_done),
                  (long long)(jobs->n_before + jobs->n));
    for (int32_t i = 0; i < jobs->n; i++) {
        const wks_batch_job *this = &jobs->item[i];
        if (this->status != WKS_ERR_STOPPED || this->kept_tick < 0) continue;
        if (n_kept++ < MOST)
            wks_text_addf(&text, "%s %d of %s at tick %d of %d", n_kept == 1 ? "; kept in the middle: number" : ",", this->replication,
                          this->member->scenario->name, this->kept_tick, this->member->scenario->n_ticks);
    }
    if (n_kept > MOST) wks_text_addf(&text, " and %d more", n_kept - MOST);
    wks_text_add(&text, "; to go on: ");
    if (jobs->n > 0) wks_pausing_command(&jobs->item[0].member->store->manifest, &text);
    const wks_status rc =
        wks_err_set(err, WKS_ERR_STOPPED, "%s", text.failed ? "stopped before the end; the same command with --resume goes on" : text.data);
    wks_text_free(&text);
    return rc;
}

wks_status wks_batch_jobs_outcome(const wks_batch_jobs *jobs, wks_err *err)
{
    const wks_batch_job *fatal = NULL, *failed = NULL;
    bool is_stopped = false;
    int32_t n_failed = 0, n_done = 0;

    for (int32_t i = 0; i < jobs->n; i++) {
        const wks_batch_job *this = &jobs->item[i];
        if (this->status == WKS_OK) {
            n_done++;
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
    if (is_stopped) return say_stopped(jobs, n_done, err);
    if (failed == NULL) return WKS_OK;
    /* Nothing at all to show is not "done, but some failed". */
    return wks_err_set(err, n_done == 0 && jobs->n_before == 0 && !jobs->is_part ? failed->status : WKS_ERR_PARTIAL,
                       "%d of %d replications failed (manifest.json lists them); the first: scenario %s, replication %d: %s", n_failed,
                       jobs->n, failed->member->scenario->name, failed->replication, failed->err.message);
}
