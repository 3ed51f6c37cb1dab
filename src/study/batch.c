#include "study/batch.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/par.h"

typedef struct wks_batch_job {
    wks_batch_member *member;
    int32_t replication;
    wks_status status;
    wks_err err;
} job;

typedef struct wks_batch {
    const wks_batch_options *options;
    job *item;
    int32_t n_items;
    int threads_inside;
    bool had_some; /* replications were complete before this session */
    pthread_mutex_t lock;
    wks_batch_progress progress;
} batch;

typedef struct wks_batch_observer {
    batch *owner;
    wks_store_part *part;
    double left; /* clock when the last tick was written; 0 before the first */
    int32_t last_tick;
    double simulation_s; /* between writing one tick and the next: the tick loop without its output */
} observer;

/* A failure that would hit every replication: no use in going on. */
static bool is_fatal(wks_status status)
{
    return status == WKS_ERR_IO || status == WKS_ERR_NOMEM;
}

static wks_status observe(const wks_replication_view *view, void *context, wks_err *err)
{
    observer *self = context;
    if (view->world->tick > 0) self->simulation_s += wks_manifest_seconds() - self->left;
    const wks_status rc = wks_store_part_observe(view, self->part, err);
    self->left = wks_manifest_seconds();

    if (rc == WKS_OK && view->world->tick > 0 && self->owner->options->report != NULL) {
        (void)pthread_mutex_lock(&self->owner->lock);
        self->owner->progress.n_ticks_done += view->world->tick - self->last_tick; /* not every tick is observed without a city */
        self->owner->options->report(&self->owner->progress, self->owner->options->report_context);
        (void)pthread_mutex_unlock(&self->owner->lock);
    }
    self->last_tick = view->world->tick;
    return rc;
}

static bool must_stop(batch *all)
{
    bool stop = wks_stop_is_raised(all->options->stop);
    (void)pthread_mutex_lock(&all->lock);
    for (int32_t i = 0; i < all->n_items && !stop; i++)
        stop = is_fatal(all->item[i].status);
    (void)pthread_mutex_unlock(&all->lock);
    return stop;
}

static wks_status run_job(batch *all, job *this, wks_err *err)
{
    wks_status rc = WKS_OK;
    observer watcher = {.owner = all};
    uint64_t hash = 0;
    wks_batch_runner *runner = all->options->runner == NULL ? wks_replication_run : all->options->runner;
    const double begin = wks_manifest_seconds();
    const wks_replication_options options = {
        .number = this->replication,
        .threads = all->threads_inside,
        .verify = all->options->verify,
        .follow = this->member->store->follow,
        .stop = all->options->stop,
        .observer = observe,
        .observer_context = &watcher,
        .take = all->n_items == 1 ? this->member->take : NULL, /* with more, some other may still have to copy it */
    };

    WKS_TRY(wks_store_part_open(this->member->store, this->replication, &watcher.part, err));
    WKS_TRY(runner(this->member->scenario, this->member->population, &options, &hash, err));
    wks_store_part *whole = watcher.part;
    watcher.part = NULL; /* commit takes it, whatever happens */
    WKS_TRY(wks_store_part_commit(whole, hash, wks_manifest_seconds() - begin, watcher.simulation_s, err));
out:
    if (watcher.part != NULL) wks_store_part_discard(watcher.part, rc == WKS_ERR_STOPPED ? NULL : err->message);
    return rc;
}

static void run_item(int64_t number, void *context)
{
    batch *all = context;
    job *this = &all->item[number];
    wks_err err = WKS_ERR_INIT;
    wks_status rc = WKS_ERR_STOPPED;

    if (!must_stop(all)) rc = run_job(all, this, &err);
    (void)pthread_mutex_lock(&all->lock);
    this->status = rc;
    this->err = err;
    if (rc == WKS_OK) {
        all->progress.n_done++;
    } else if (rc != WKS_ERR_STOPPED) {
        all->progress.n_failed++;
    }
    if (rc != WKS_ERR_STOPPED && all->options->report != NULL) all->options->report(&all->progress, all->options->report_context);
    (void)pthread_mutex_unlock(&all->lock);
}

static wks_status list_jobs(batch *all, wks_batch_member *member, int32_t n_members, wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t most = 0, total = 0;

    for (int32_t m = 0; m < n_members; m++) {
        const int32_t n = member[m].scenario->n_replications;
        total += n;
        if (n > most) most = n;
    }
    all->item = wks_mem_array((size_t)total, sizeof *all->item);
    if (all->item == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d replications", total);
    for (int32_t r = 0; r < most; r++) {
        for (int32_t m = 0; m < n_members; m++) {
            const int32_t number = member[m].scenario->first_replication + r;
            if (r >= member[m].scenario->n_replications) continue;
            const bool is_there = wks_store_has(member[m].store, number);
            all->had_some = all->had_some || is_there;
            if (is_there || number < all->options->from) continue;
            all->item[all->n_items++] = (job){.member = &member[m], .replication = number, .err = WKS_ERR_INIT};
            all->progress.n_ticks += member[m].scenario->n_ticks;
        }
    }
    all->progress.n_jobs = all->n_items;
out:
    return rc;
}

/* The worst that happened: disk or memory, else stopped, else some replications failed; with the first message of that kind. */
static wks_status outcome(const batch *all, wks_err *err)
{
    const job *fatal = NULL, *failed = NULL;
    bool is_stopped = false;
    int32_t n_failed = 0;

    for (int32_t i = 0; i < all->n_items; i++) {
        const job *this = &all->item[i];
        if (this->status == WKS_ERR_STOPPED) {
            is_stopped = true;
        } else if (is_fatal(this->status)) {
            fatal = fatal == NULL ? this : fatal;
        } else if (this->status != WKS_OK) {
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
    const wks_status rc = all->progress.n_done == 0 && n_failed == all->n_items && !all->had_some ? failed->status : WKS_ERR_PARTIAL;
    return wks_err_set(err, rc, "%d of %d replications failed (manifest.json lists them); the first: scenario %s, replication %d: %s",
                       n_failed, all->n_items, failed->member->scenario->name, failed->replication, failed->err.message);
}

static const char *word_of(wks_status rc)
{
    switch (rc) {
    case WKS_OK:
    case WKS_ERR_PRECISION:
    case WKS_ERR_PARTIAL: return "complete";
    case WKS_ERR_STOPPED: return "interrupted";
    default: return "failed";
    }
}

wks_status wks_batch_finish(wks_batch_member *member, int32_t n_members, wks_status ended, wks_err *err)
{
    wks_status rc = ended;

    for (int32_t m = 0; m < n_members; m++) {
        wks_err later = WKS_ERR_INIT;
        const wks_status finished = wks_store_finish(member[m].store, word_of(ended), &later);
        if (finished == WKS_OK || is_fatal(rc)) continue;
        if (err != NULL) *err = WKS_ERR_INIT; /* tables that cannot be written are worse than what came before */
        rc = wks_err_set(err, finished, "%s", later.message);
    }
    return rc;
}

wks_status wks_batch_run(wks_batch_member *member, int32_t n_members, const wks_batch_options *options, wks_err *err)
{
    wks_status rc = WKS_OK;
    batch all = {.options = options};

    pthread_mutex_init(&all.lock, NULL);
    WKS_TRY(list_jobs(&all, member, n_members, err));
    all.threads_inside = all.n_items > 0 && all.n_items < options->threads ? options->threads / all.n_items : 1;
    wks_par_jobs(all.n_items, options->threads, run_item, &all);
    rc = outcome(&all, err);
    if (!options->more) rc = wks_batch_finish(member, n_members, rc, err);
out:
    free(all.item);
    pthread_mutex_destroy(&all.lock);
    return rc;
}
