#include "study/batch.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/machine.h"
#include "base/mem.h"
#include "base/par.h"
#include "study/batch_trunk.h"

typedef wks_batch_job job;

typedef struct wks_batch {
    const wks_batch_options *options;
    wks_batch_jobs jobs;
    pthread_mutex_t lock;
    pthread_cond_t changed; /* a job has ended, or a past is there */
    wks_batch_progress progress;
    wks_pausing_pace pace; /* of the replication that ended last */
} batch;

/* Of one job while it runs. */
typedef struct wks_batch_observer {
    batch *owner;
    job *job;
    wks_store_part *part;
    double left; /* clock when the last tick was written; 0 before the first */
    int32_t last_tick;
    double simulation_s; /* between writing one tick and the next: the tick loop without its output */
    wks_pausing pausing;
    char **kept; /* state it goes on from, as large as the population: freed once it is read */
} observer;

static wks_status observe(const wks_replication_view *view, void *context, wks_err *err)
{
    observer *self = context;
    free(*self->kept);
    *self->kept = NULL;
    if (self->job->past != NULL) { /* it has read that when its first month is told */
        (void)pthread_mutex_lock(&self->owner->lock);
        wks_batch_trunk_leave(self->job);
        (void)pthread_mutex_unlock(&self->owner->lock);
    }
    if (view->world->tick > 0) self->simulation_s += wks_machine_seconds() - self->left;
    wks_status rc = wks_store_part_observe(view, self->part, err);
    if (rc == WKS_OK) rc = wks_batch_trunk_observe(&self->owner->jobs, self->job, view, err);
    self->left = wks_machine_seconds();

    if (rc == WKS_OK && view->world->tick > 0 && self->owner->options->report != NULL) {
        (void)pthread_mutex_lock(&self->owner->lock);
        self->owner->progress.n_ticks_done += view->world->tick - self->last_tick; /* not every tick is observed without a city */
        self->owner->progress.n_ticks_running_done += view->world->tick - self->job->at_tick;
        self->job->at_tick = view->world->tick;
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
    if (!stop && all->options->stop != NULL && wks_pausing_is_late(&all->options->pausing, &all->pace)) {
        wks_stop_raise(all->options->stop);
        stop = true;
    }
    for (int32_t i = 0; i < all->jobs.n && !stop; i++)
        stop = wks_batch_jobs_is_fatal(all->jobs.item[i].status);
    (void)pthread_mutex_unlock(&all->lock);
    return stop;
}

/* Keeps the replication when that is due, and with it those that still share its past; then the past for those that turn off here. */
static wks_status pause(const wks_replication_state *state, int32_t tick, bool is_stopping, void *context, wks_err *err)
{
    wks_status rc = WKS_OK;
    observer *self = context;
    batch *all = self->owner;
    int32_t n_kept = 0;

    WKS_TRY(wks_pausing_ask(state, tick, is_stopping, &self->pausing, err));
    if (all->options->pausing.is_on && self->pausing.kept_tick == tick)
        WKS_TRY(wks_batch_trunk_keep(&all->jobs, self->job, state, tick, &all->options->pausing, &n_kept, err));
    if (n_kept > 0) wks_pausing_kept_others(&self->pausing);
    if (!is_stopping)
        WKS_TRY(wks_batch_trunk_pause(&all->jobs, self->job, state, tick, all->options->pausing.save, &all->lock, &all->changed, err));
out:
    return rc;
}

/* Goes on from the checkpoint of the replication, if it has one: what it did before is not counted as work of this session. */
static wks_status take_up(observer *watcher, wks_store_state *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    batch *all = watcher->owner;

    WKS_TRY(wks_store_part_resume(watcher->job->member->store, watcher->job->replication, &watcher->part, out, err));
    if (out->tick < 0) goto out;
    watcher->last_tick = out->tick;
    (void)pthread_mutex_lock(&all->lock);
    all->progress.n_ticks -= out->tick;
    (void)pthread_mutex_unlock(&all->lock);
out:
    return rc;
}

/* The part that its trunk began, or its own; and those of the jobs whose trunk it is. */
static wks_status begin_parts(observer *watcher, wks_store_state *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    job *this = watcher->job;

    watcher->left = wks_machine_seconds();
    watcher->last_tick = this->shared_ticks;
    if (this->part == NULL) WKS_TRY(take_up(watcher, out, err));
    if (this->part != NULL) watcher->part = this->part;
    this->part = NULL;
    WKS_TRY(wks_batch_trunk_open(&watcher->owner->jobs, this, err));
out:
    return rc;
}

/* Stopped, or no disk or memory: that is no reason to lose what was kept. Anything else would come again. */
static void let_go(const job *this, wks_store_part *part, wks_status rc, const wks_err *err)
{
    if (rc == WKS_ERR_STOPPED || wks_batch_jobs_is_fatal(rc)) {
        if (rc != WKS_ERR_STOPPED) wks_store_note_failed(this->member->store, this->replication, err->message);
        wks_store_part_leave(part);
    } else {
        wks_store_part_discard(part, err->message);
    }
}

/* From the past that a trunk ran, from a checkpoint, or from the start. */
static wks_status run_job(batch *all, job *this, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_store_state kept = {.tick = -1};
    observer watcher = {.owner = all, .job = this, .pausing = {.kept_tick = -1}, .kept = &kept.data};
    uint64_t hash = 0;
    wks_batch_runner *runner = all->options->runner == NULL ? wks_replication_run : all->options->runner;
    const double begin = wks_machine_seconds();

    WKS_TRY(begin_parts(&watcher, &kept, err));
    wks_pausing_begin(&watcher.pausing, &all->options->pausing, all->options->stop, watcher.part, &watcher.simulation_s,
                      this->member->scenario->n_ticks, kept.tick);
    const wks_bytes state = {.data = kept.data, .length = kept.length};
    const wks_replication_options options = {
        .number = this->replication,
        .threads = atomic_load_explicit(&this->threads, memory_order_relaxed),
        .lent = &this->threads,
        .verify = all->options->verify,
        .follow = this->member->store->follow,
        .stop = all->options->stop,
        .observer = observe,
        .observer_context = &watcher,
        .pause = pause,
        .pause_context = &watcher,
        .from = this->past != NULL ? &this->past->state
                : kept.tick >= 0   ? &state
                                   : NULL,
        .take = all->jobs.n == 1 && !all->options->more ? this->member->take : NULL, /* with more, some other may still have to copy it */
    };
    WKS_TRY(runner(this->member->scenario, this->member->population, &options, &hash, err));
    wks_store_part *whole = watcher.part;
    watcher.part = NULL; /* commit takes it, whatever happens */
    WKS_TRY(wks_store_part_commit(whole, hash, wks_machine_seconds() - begin, watcher.simulation_s, err));
out:
    this->kept_tick = rc == WKS_OK ? -1 : watcher.pausing.kept_tick;
    if (watcher.pausing.pace.month_s > 0) {
        (void)pthread_mutex_lock(&all->lock);
        all->pace = watcher.pausing.pace;
        (void)pthread_mutex_unlock(&all->lock);
    }
    if (watcher.part != NULL) let_go(this, watcher.part, rc, err);
    free(kept.data);
    return rc;
}

static void report(batch *all)
{
    if (all->options->report != NULL) all->options->report(&all->progress, all->options->report_context);
}

static job *begin_next(batch *all)
{
    job *this = NULL;
    bool any_left = true;

    (void)pthread_mutex_lock(&all->lock);
    while ((this = wks_batch_jobs_next(&all->jobs, &any_left)) == NULL && any_left) {
        wks_batch_jobs_share(&all->jobs, &all->progress.plan);
        (void)pthread_cond_wait(&all->changed, &all->lock); /* its past runs in another thread */
    }
    WKS_BUG_IF(this == NULL); /* as many are asked for as there are */
    wks_batch_jobs_begin(&all->jobs, this, &all->progress.plan);
    all->progress.n_running++;
    all->progress.n_ticks_running += this->member->scenario->n_ticks;
    (void)pthread_mutex_unlock(&all->lock);
    return this;
}

static void end(batch *all, job *this, wks_status rc, const wks_err *err)
{
    (void)pthread_mutex_lock(&all->lock);
    this->status = rc;
    this->err = *err;
    wks_batch_trunk_leave(this);
    all->progress.n_ticks += wks_batch_trunk_close(&all->jobs, this);
    wks_batch_jobs_end(&all->jobs, this, &all->progress.plan);
    all->progress.n_running--;
    all->progress.n_ticks_running -= this->member->scenario->n_ticks;
    all->progress.n_ticks_running_done -= this->at_tick;
    if (rc == WKS_OK) {
        all->progress.n_done++;
    } else if (rc != WKS_ERR_STOPPED) {
        all->progress.n_failed++;
    }
    if (rc != WKS_ERR_STOPPED) report(all);
    (void)pthread_cond_broadcast(&all->changed);
    (void)pthread_mutex_unlock(&all->lock);
}

/* Stopped after its trunk came to where it turns off, and before it began. */
static void keep_unbegun(const batch *all, job *this, wks_err *err)
{
    if (all->options->pausing.is_on && this->past != NULL) {
        const wks_checkpoint_block state = {this->past->state.data, this->past->state.length};
        if (wks_store_part_checkpoint(this->part, this->shared_ticks, wks_checkpoint_save_block, &state, 0, 0, err) == WKS_OK)
            this->kept_tick = this->shared_ticks;
    }
    wks_store_part_leave(this->part);
    this->part = NULL;
}

static void run_one(int64_t number, void *context)
{
    batch *all = context;
    job *this = begin_next(all);
    wks_err err = WKS_ERR_INIT;
    wks_status rc = WKS_ERR_STOPPED;

    (void)number; /* of a turn, not of a job */
    if (!must_stop(all)) rc = run_job(all, this, &err);
    if (this->part != NULL) keep_unbegun(all, this, &err);
    end(all, this, rc, &err);
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
        if (finished == WKS_OK || wks_batch_jobs_is_fatal(rc)) continue;
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
    pthread_cond_init(&all.changed, NULL);
    WKS_TRY(wks_batch_jobs_list(&all.jobs, member, n_members, options->from, err));
    const wks_thread_plan plan = wks_batch_jobs_plan(&all.jobs, options);
    all.progress = (wks_batch_progress){.plan = plan, .n_jobs = all.jobs.n, .n_ticks = all.jobs.n_ticks};
    for (int32_t m = 0; m < n_members && all.jobs.n > 0; m++)
        wks_manifest_set_plan(&member[m].store->manifest, plan.at_once, plan.inside, plan.why);
    if (all.jobs.n > 0) report(&all);
    wks_par_side_by_side(all.jobs.n, plan.at_once, run_one, &all);
    wks_mem_give_back(); /* what replications held, before tables are read */
    rc = wks_batch_jobs_outcome(&all.jobs, err);
    if (!options->more) rc = wks_batch_finish(member, n_members, rc, err);
out:
    wks_batch_jobs_free(&all.jobs);
    pthread_cond_destroy(&all.changed);
    pthread_mutex_destroy(&all.lock);
    return rc;
}
