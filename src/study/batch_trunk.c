#include "study/batch_trunk.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "measure/score_level.h"

/* The next job after `after` (NULL: the first) that turns off from this one. */
static wks_batch_job *next_branch(wks_batch_jobs *jobs, const wks_batch_job *trunk, const wks_batch_job *after)
{
    for (wks_batch_job *job = &jobs->item[(after == NULL ? trunk : after) - jobs->item + 1]; job < jobs->item + jobs->n; job++) {
        if (job->replication != trunk->replication) return NULL; /* those of one replication stand together */
        if (job->trunk == trunk) return job;
    }
    return NULL;
}

wks_status wks_batch_trunk_open(wks_batch_jobs *jobs, wks_batch_job *trunk, wks_err *err)
{
    wks_status rc = WKS_OK;
    for (wks_batch_job *job = next_branch(jobs, trunk, NULL); job != NULL; job = next_branch(jobs, trunk, job))
        WKS_TRY(wks_store_part_open(job->member->store, job->replication, &job->part, err));
out:
    return rc;
}

/* ---- the one thing measured that looks at later events ---- */

static bool is_gap_of_named(const wks_series_row *row)
{
    return strcmp(row->indicator, WKS_SCORE_LEVEL_GAP) == 0 && strcmp(row->group, WKS_SCORE_LEVEL_NAMED) == 0;
}

static int32_t row_of_gap(const wks_series *city)
{
    for (int32_t i = 0; i < city->n; i++) {
        if (is_gap_of_named(&city->row[i])) return i;
    }
    return -1;
}

/* Rows as the other scenario has them. */
static wks_status observe_one(wks_batch_job *job, const wks_replication_view *view, int32_t gap_row, const wks_counts *counts, wks_err *err)
{
    if (gap_row < 0) return wks_store_part_observe(view, job->part, err);
    wks_series_row *row = &view->city->row[gap_row];
    const double own = row->value;
    row->value = wks_score_level_gap_of_named(job->member->scenario, view->world, counts);
    const wks_status rc = wks_store_part_observe(view, job->part, err);
    row->value = own;
    return rc;
}

wks_status wks_batch_trunk_observe(wks_batch_jobs *jobs, wks_batch_job *trunk, const wks_replication_view *view, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t gap_row = row_of_gap(view->city);
    wks_counts counts = {0};

    if (next_branch(jobs, trunk, NULL) == NULL) return WKS_OK;
    if (gap_row >= 0) {
        WKS_TRY(wks_counts_create(view->world->buurt.base.n_rows, trunk->member->scenario->n_groups, &counts, err));
        WKS_TRY(wks_counts_take(&counts, view->world, NULL, err));
    }
    for (wks_batch_job *job = next_branch(jobs, trunk, NULL); job != NULL; job = next_branch(jobs, trunk, job)) {
        if (view->world->tick <= job->shared_ticks) WKS_TRY(observe_one(job, view, gap_row, &counts, err));
    }
out:
    wks_counts_free(&counts);
    return rc;
}

/* ---- where others turn off ---- */

static int32_t count_at(wks_batch_jobs *jobs, wks_batch_job *trunk, int32_t tick)
{
    int32_t n = 0;
    for (wks_batch_job *job = next_branch(jobs, trunk, NULL); job != NULL; job = next_branch(jobs, trunk, job))
        n += job->shared_ticks == tick;
    return n;
}

wks_status wks_batch_trunk_pause(wks_batch_jobs *jobs, wks_batch_job *trunk, const wks_replication_state *state, int32_t tick,
                                 wks_pausing_save *save, pthread_mutex_t *lock, pthread_cond_t *changed, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_batch_past *past = NULL;
    const int32_t n = count_at(jobs, trunk, tick);

    if (n == 0) return WKS_OK;
    past = wks_mem_array(1, sizeof *past);
    if (past == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the past of %d scenarios", n);
    past->n_users = n;
    WKS_TRY(save == NULL ? wks_replication_save(state, &past->state, err) : save(state, &past->state, err));
    (void)pthread_mutex_lock(lock);
    for (wks_batch_job *job = next_branch(jobs, trunk, NULL); job != NULL; job = next_branch(jobs, trunk, job)) {
        if (job->shared_ticks != tick) continue;
        job->past = past;
        wks_store_note_branched(job->member->store, tick);
    }
    (void)pthread_cond_broadcast(changed);
    (void)pthread_mutex_unlock(lock);
    past = NULL;
out:
    if (past != NULL) wks_bytes_free(&past->state);
    free(past);
    return rc;
}

wks_status wks_batch_trunk_keep(wks_batch_jobs *jobs, wks_batch_job *trunk, const wks_replication_state *state, int32_t tick,
                                const wks_pausing_rules *rules, int32_t *out_n, wks_err *err)
{
    wks_status rc = WKS_OK;

    *out_n = 0;
    for (wks_batch_job *job = next_branch(jobs, trunk, NULL); job != NULL; job = next_branch(jobs, trunk, job)) {
        if (tick >= job->shared_ticks || tick == job->kept_tick) continue; /* has its past already, or was kept here */
        WKS_TRY(wks_pausing_keep(rules, job->part, state, tick, 0, 0, err));
        job->kept_tick = tick;
        (*out_n)++;
    }
out:
    return rc;
}

void wks_batch_trunk_leave(wks_batch_job *job)
{
    wks_batch_past *past = job->past;

    job->past = NULL;
    if (past == NULL || --past->n_users > 0) return;
    wks_bytes_free(&past->state);
    free(past);
}

int64_t wks_batch_trunk_close(wks_batch_jobs *jobs, wks_batch_job *trunk)
{
    int64_t n_ticks = 0;

    for (wks_batch_job *job = next_branch(jobs, trunk, NULL); job != NULL; job = next_branch(jobs, trunk, job)) {
        if (job->past != NULL || job->is_begun) continue;
        if (job->part != NULL) wks_store_part_leave(job->part); /* as it was kept, when it was */
        job->part = NULL;
        n_ticks += job->shared_ticks;
        job->shared_ticks = 0;
    }
    return n_ticks;
}
