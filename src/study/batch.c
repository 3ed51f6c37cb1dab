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
    int32_t kept_tick; /* of its checkpoint when it was stopped; -1: none */
} job;

typedef struct wks_batch {
    const wks_batch_options *options;
    job *item;
    int32_t n_items;
    int threads_inside;
    int32_t n_before; /* replications that were complete before this session */
    bool is_part;     /* of a larger run: what the other parts have counts too */
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

/* Goes on from the checkpoint of the replication, if it has one: what it did before is not counted as work of this session. */
static wks_status take_up(batch *all, const job *this, observer *watcher, wks_store_state *out, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(wks_store_part_resume(this->member->store, this->replication, &watcher->part, out, err));
    if (out->tick < 0) goto out;
    watcher->last_tick = out->tick;
    watcher->left = wks_manifest_seconds();
    (void)pthread_mutex_lock(&all->lock);
    all->progress.n_ticks -= out->tick;
    (void)pthread_mutex_unlock(&all->lock);
out:
    return rc;
}

/* Stopped, or no disk or memory: that is no reason to lose what was kept. Anything else would come again. */
static void let_go(const job *this, wks_store_part *part, wks_status rc, const wks_err *err)
{
    if (rc == WKS_ERR_STOPPED || is_fatal(rc)) {
        if (rc != WKS_ERR_STOPPED) wks_store_note_failed(this->member->store, this->replication, err->message);
        wks_store_part_leave(part);
    } else {
        wks_store_part_discard(part, err->message);
    }
}

static wks_status run_job(batch *all, job *this, wks_err *err)
{
    wks_status rc = WKS_OK;
    observer watcher = {.owner = all};
    wks_pausing pausing = {0};
    wks_store_state from = {.tick = -1};
    uint64_t hash = 0;
    wks_batch_runner *runner = all->options->runner == NULL ? wks_replication_run : all->options->runner;
    const double begin = wks_manifest_seconds();

    WKS_TRY(take_up(all, this, &watcher, &from, err));
    wks_pausing_begin(&pausing, &all->options->pausing, all->options->stop, watcher.part, &watcher.simulation_s,
                      this->member->scenario->n_ticks, from.tick);
    const wks_bytes state = {.data = from.data, .length = from.length};
    const wks_replication_options options = {
        .number = this->replication,
        .threads = all->threads_inside,
        .verify = all->options->verify,
        .follow = this->member->store->follow,
        .stop = all->options->stop,
        .observer = observe,
        .observer_context = &watcher,
        .pause = wks_pausing_ask,
        .pause_context = &pausing,
        .from = from.tick >= 0 ? &state : NULL,
        .take = all->n_items == 1 ? this->member->take : NULL, /* with more, some other may still have to copy it */
    };

    WKS_TRY(runner(this->member->scenario, this->member->population, &options, &hash, err));
    wks_store_part *whole = watcher.part;
    watcher.part = NULL; /* commit takes it, whatever happens */
    WKS_TRY(wks_store_part_commit(whole, hash, wks_manifest_seconds() - begin, watcher.simulation_s, err));
out:
    this->kept_tick = rc == WKS_OK ? -1 : pausing.kept_tick;
    if (watcher.part != NULL) let_go(this, watcher.part, rc, err);
    wks_pausing_free(&pausing);
    free(from.data);
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
        all->is_part = all->is_part || member[m].store->manifest.block.of > 0;
        total += n;
        if (n > most) most = n;
    }
    all->item = wks_mem_array((size_t)total, sizeof *all->item);
    if (all->item == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d replications", total);
    for (int32_t r = 0; r < most; r++) {
        for (int32_t m = 0; m < n_members; m++) {
            const int32_t number = member[m].scenario->first_replication + r;
            if (r >= member[m].scenario->n_replications) continue;
            if (wks_store_has(member[m].store, number)) {
                all->n_before++;
                continue;
            }
            all->item[all->n_items++] = (job){.member = &member[m], .replication = number, .err = WKS_ERR_INIT, .kept_tick = -1};
            all->progress.n_ticks += member[m].scenario->n_ticks;
        }
    }
    all->progress.n_jobs = all->n_items;
out:
    return rc;
}

/* How far a stopped batch came, and how to go on. */
static wks_status say_stopped(const batch *all, wks_err *err)
{
    enum { MOST = 3 };
    wks_text text = WKS_TEXT_INIT;
    int32_t n_kept = 0;

    wks_text_addf(&text, "stopped before the end: %lld of %lld replications are done", (long long)(all->n_before + all->progress.n_done),
                  (long long)(all->n_before + all->progress.n_jobs));
    for (int32_t i = 0; i < all->n_items; i++) {
        const job *this = &all->item[i];
        if (this->status != WKS_ERR_STOPPED || this->kept_tick < 0) continue;
        if (n_kept++ < MOST)
            wks_text_addf(&text, "%s %d of %s at tick %d of %d", n_kept == 1 ? "; kept in the middle: number" : ",", this->replication,
                          this->member->scenario->name, this->kept_tick, this->member->scenario->n_ticks);
    }
    if (n_kept > MOST) wks_text_addf(&text, " and %d more", n_kept - MOST);
    wks_text_add(&text, "; to go on: ");
    if (all->n_items > 0) wks_pausing_command(all->item[0].member->store->manifest.command, &text);
    const wks_status rc =
        wks_err_set(err, WKS_ERR_STOPPED, "%s", text.failed ? "stopped before the end; the same command with --resume goes on" : text.data);
    wks_text_free(&text);
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
    if (is_stopped) return say_stopped(all, err);
    if (failed == NULL) return WKS_OK;
    /* Nothing at all to show is not "done, but some failed". */
    const wks_status rc =
        all->progress.n_done == 0 && n_failed == all->n_items && all->n_before == 0 && !all->is_part ? failed->status : WKS_ERR_PARTIAL;
    return wks_err_set(err, rc, "%d of %d replications failed (manifest.json lists them); the first: scenario %s, replication %d: %s",
                       n_failed, all->n_items, failed->member->scenario->name, failed->replication, failed->err.message);
}

static const char *word_of(wks_status rc)
{
    switch (rc) {
    case WKS_OK:
    case WKS_ERR_PARTIAL: return "complete";
    case WKS_ERR_STOPPED: return "interrupted";
    default: return "failed";
    }
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
    for (int32_t m = 0; m < n_members; m++) {
        wks_err later = WKS_ERR_INIT;
        const wks_status finished = wks_store_finish(member[m].store, word_of(rc), &later);
        if (finished == WKS_OK || is_fatal(rc)) continue;
        if (err != NULL) *err = WKS_ERR_INIT; /* tables that cannot be written are worse than what came before */
        rc = wks_err_set(err, finished, "%s", later.message);
    }
out:
    free(all.item);
    pthread_mutex_destroy(&all.lock);
    return rc;
}
