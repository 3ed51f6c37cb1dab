#include "queue/queue.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "measure/selection.h"
#include "queue/choice.h"
#include "queue/entries.h"
#include "queue/pool.h"
#include "queue/service.h"
#include "scenario/keys.h"
#include "world/columns.h"

/* ---- what happens to a person ------------------------------------------------------------------------------------------------- */

double wks_queue_measured(const wks_queue *queue, double since)
{
    return queue->now <= queue->from ? 0 : queue->now - (since > queue->from ? since : queue->from);
}

static bool is_measured(const wks_queue *queue)
{
    return queue->now > queue->from;
}

void wks_queue_pass(wks_queue *queue, double time)
{
    const double begin = queue->now > queue->from ? queue->now : queue->from;

    queue->now = time;
    if (time <= begin) return;
    for (int32_t c = 0; c < queue->n_classes; c++)
        queue->tally[c].area += (double)queue->tally[c].n_now * (time - begin);
}

void wks_queue_come(wks_queue *queue, int32_t c, bool finds_vacant)
{
    if (!is_measured(queue)) return;
    for (int32_t k = c;; k = 0) {
        queue->tally[k].n_arrived++;
        queue->tally[k].n_waited += !finds_vacant;
        if (k == 0) return;
    }
}

void wks_queue_wait(wks_queue *queue, int32_t c)
{
    queue->tally[0].n_now++;
    if (c > 0) queue->tally[c].n_now++;
}

void wks_queue_stop(wks_queue *queue, int32_t c, double since)
{
    const double waited = wks_queue_measured(queue, since);

    for (int32_t k = c;; k = 0) {
        queue->tally[k].n_now--;
        queue->tally[k].waited += waited;
        if (k == 0) return;
    }
}

void wks_queue_house(wks_queue *queue, int32_t c, double since, double fit)
{
    if (!is_measured(queue)) return;
    wks_tally_house(&queue->tally[0], queue->now - since, fit);
    if (c > 0) wks_tally_house(&queue->tally[c], queue->now - since, fit);
}

void wks_queue_leave(wks_queue *queue, int32_t c)
{
    if (!is_measured(queue)) return;
    queue->tally[0].n_left++;
    if (c > 0) queue->tally[c].n_left++;
}

/* ---- the whole ---------------------------------------------------------------------------------------------------------------- */

static const wks_queue_kind *kind_of(wks_model_kind kind)
{
    switch (kind) {
    case WKS_MODEL_POOL: return &wks_pool_kind;
    case WKS_MODEL_ENTRIES: return &wks_entries_kind;
    case WKS_MODEL_QUEUE: return &wks_service_kind;
    case WKS_MODEL_CHOICE: return &wks_choice_kind;
    default: return NULL;
    }
}

static void name_classes(wks_queue *queue)
{
    const wks_model *model = &queue->scenario->model;

    queue->group[0] = "";
    queue->n_classes = 1;
    if (model->kind == WKS_MODEL_QUEUE && model->settings.value[WKS_KEYS_QUEUE_PRIORITY_SHARE] > 0.0) {
        queue->group[1] = "priority";
        queue->group[2] = "regular";
        queue->n_classes = 3;
    }
    for (int32_t i = 0; i < model->n_types; i++)
        queue->group[queue->n_classes++] = model->type[i].name;
}

wks_status wks_queue_create(const wks_scenario *scenario, wks_rng_seed seed, wks_queue **out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_queue *queue = wks_mem_array(1, sizeof *queue);

    *out = queue;
    if (queue == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a queue");
    queue->scenario = scenario;
    queue->seed = seed;
    queue->from = (double)scenario->model.warmup;
    queue->kind = kind_of(scenario->model.kind);
    WKS_BUG_IF(queue->kind == NULL);
    name_classes(queue);
    WKS_TRY(queue->kind->begin(queue, err));
out:
    return rc;
}

void wks_queue_destroy(wks_queue *queue)
{
    if (queue == NULL) return;
    queue->kind->end(queue);
    free(queue);
}

wks_status wks_queue_advance(wks_queue *queue, int32_t tick, wks_err *err)
{
    return queue->kind->advance(queue, tick, err);
}

wks_status wks_queue_check(const wks_queue *queue, wks_err *err)
{
    for (int32_t c = 0; c < queue->n_classes && queue->kind->still != NULL; c++) {
        if (wks_tally_balances(&queue->tally[c], queue->kind->still(queue, c))) continue;
        return wks_err_set(err, WKS_ERR_LAW, "tick %.0f, group '%s': %.15g person-ticks in the queue, %.15g waited", queue->now,
                           queue->group[c], queue->tally[c].area, queue->tally[c].waited + queue->kind->still(queue, c));
    }
    return WKS_OK;
}

wks_status wks_queue_carry(wks_queue *queue, wks_carry *carry, wks_err *err)
{
    wks_carry_tag(carry, "queue");
    wks_carry_double(carry, &queue->now);
    wks_carry_must(carry, queue->now >= 0 && queue->now <= INT32_MAX, "a time that cannot be");
    wks_carry_same(carry, queue->n_classes, "another number of classes");
    for (int32_t c = 0; c < queue->n_classes; c++)
        wks_tally_carry(&queue->tally[c], carry);
    wks_carry_i64(carry, &queue->n_persons);
    wks_carry_i64(carry, &queue->n_first);
    if (!wks_carry_failed(carry)) queue->kind->carry(queue, carry);
    return wks_carry_status(carry, err);
}

uint64_t wks_queue_hash(const wks_queue *queue)
{
    uint64_t hash = wks_columns_mix(0, wks_columns_bits(queue->now));

    for (int32_t c = 0; c < queue->n_classes; c++)
        hash = wks_tally_hash(&queue->tally[c], hash);
    hash = wks_columns_mix(hash, (uint64_t)queue->n_persons);
    hash = wks_columns_mix(hash, (uint64_t)queue->n_first);
    return queue->kind->hash(queue, hash);
}

/* ---- rows --------------------------------------------------------------------------------------------------------------------- */

static double wait_mean(const wks_queue *queue, int32_t c)
{
    return queue->tally[c].n_housed > 0 ? queue->tally[c].wait_mean : NAN;
}

static double wait_variance(const wks_queue *queue, int32_t c)
{
    return wks_tally_variance(&queue->tally[c]);
}

static double housed(const wks_queue *queue, int32_t c)
{
    return (double)queue->tally[c].n_housed;
}

static double queue_mean(const wks_queue *queue, int32_t c)
{
    return wks_tally_ratio(queue->tally[c].area, queue->now - queue->from);
}

static double waited_share(const wks_queue *queue, int32_t c)
{
    return wks_tally_ratio((double)queue->tally[c].n_waited, (double)queue->tally[c].n_arrived);
}

static double left_share(const wks_queue *queue, int32_t c)
{
    const wks_tally *tally = &queue->tally[c];
    return wks_tally_ratio((double)tally->n_left, (double)(tally->n_left + tally->n_housed));
}

static double housed_share(const wks_queue *queue, int32_t c)
{
    return wks_tally_ratio((double)queue->tally[c].n_housed, (double)queue->tally[0].n_housed);
}

static double fit_mean(const wks_queue *queue, int32_t c)
{
    return wks_tally_ratio(queue->tally[c].fit_sum, (double)queue->tally[c].n_housed);
}

static double chance(const wks_queue *queue, int32_t c)
{
    (void)c;
    return wks_tally_ratio((double)queue->n_first, (double)queue->n_persons);
}

#define OF(kind) (1u << (kind))
enum { WITH_QUEUE = 1u << WKS_MODEL_POOL | 1u << WKS_MODEL_QUEUE | 1u << WKS_MODEL_CHOICE };

static const struct {
    const char *indicator;
    double (*value)(const wks_queue *queue, int32_t c);
    unsigned kinds; /* models that have it */
} rows[] = {
    {"wait_mean", wait_mean, WITH_QUEUE},
    {"wait_variance", wait_variance, WITH_QUEUE},
    {"housed", housed, WITH_QUEUE},
    {"queue_mean", queue_mean, WITH_QUEUE},
    {"waited_share", waited_share, OF(WKS_MODEL_QUEUE)},
    {"left_share", left_share, OF(WKS_MODEL_QUEUE) | OF(WKS_MODEL_CHOICE)},
    {"housed_share", housed_share, OF(WKS_MODEL_CHOICE)},
    {"fit_mean", fit_mean, OF(WKS_MODEL_CHOICE)},
    {"chance", chance, OF(WKS_MODEL_ENTRIES)},
};

wks_status wks_queue_rows(const wks_queue *queue, wks_series *out, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if ((rows[i].kinds & OF(queue->scenario->model.kind)) == 0) continue;
        if (!wks_selection_has(queue->scenario, rows[i].indicator)) continue;
        for (int32_t c = 0; c < queue->n_classes; c++)
            WKS_TRY(wks_series_add(out, rows[i].indicator, queue->group[c], "", "", -1, rows[i].value(queue, c), err));
    }
out:
    return rc;
}
