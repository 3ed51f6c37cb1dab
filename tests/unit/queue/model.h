/* Scenarios without a city made by hand, and replications of them. */
#ifndef WKS_TESTS_QUEUE_MODEL_H
#define WKS_TESTS_QUEUE_MODEL_H

#include "base/mem.h"
#include "queue/queue.h"
#include "scenario/keys.h"
#include "support/check.h"

/* `value` in the order of the keys of the kind. */
static inline wks_scenario model_of(wks_model_kind kind, int32_t ticks, int32_t warmup, const double *value, size_t n)
{
    wks_scenario scenario = {.n_ticks = ticks, .seed_dynamics = 1, .model = {.kind = kind, .warmup = warmup}};

    for (size_t i = 0; i < n; i++)
        scenario.model.settings.value[i] = value[i];
    return scenario;
}
#define MODEL(kind, ticks, warmup, ...) \
    model_of(kind, ticks, warmup, (const double[]){__VA_ARGS__}, sizeof((const double[]){__VA_ARGS__}) / sizeof(double))

static inline wks_queue *begin_model(const wks_scenario *scenario, uint64_t replication)
{
    wks_err err = WKS_ERR_INIT;
    wks_queue *queue = NULL;

    assert_ok(wks_queue_create(scenario, wks_rng_seed_make(scenario->seed_dynamics, replication), &queue, &err), &err);
    return queue;
}

static inline void go_to(wks_queue *queue, int32_t tick)
{
    wks_err err = WKS_ERR_INIT;

    assert_ok(wks_queue_advance(queue, tick, &err), &err);
    assert_ok(wks_queue_check(queue, &err), &err);
}

/* To the end; destroy it. */
static inline wks_queue *run_model(const wks_scenario *scenario, uint64_t replication)
{
    wks_queue *queue = begin_model(scenario, replication);

    go_to(queue, scenario->n_ticks);
    return queue;
}

/* Value of an indicator of a group; fails when there is no such row. */
static inline double value_of(const wks_queue *queue, const char *indicator, const char *group)
{
    wks_series rows = {0};
    wks_err err = WKS_ERR_INIT;
    double value = NAN;
    bool is_there = false;

    assert_ok(wks_queue_rows(queue, &rows, &err), &err);
    for (int32_t i = 0; i < rows.n; i++) {
        if (strcmp(rows.row[i].indicator, indicator) != 0 || strcmp(rows.row[i].group, group) != 0) continue;
        assert_false(is_there);
        is_there = true;
        value = rows.row[i].value;
    }
    wks_series_free(&rows);
    if (!is_there) fail_msg("no row %s of '%s'", indicator, group);
    return value;
}

/* Several replications of one scenario: the rows of each at the end. */
enum { MODEL_MAX_RUNS = 40 };
typedef struct model_runs {
    wks_series rows[MODEL_MAX_RUNS];
    int32_t n;
} model_runs;

static inline model_runs run_models(const wks_scenario *scenario, int32_t n)
{
    model_runs runs = {.n = n};
    wks_err err = WKS_ERR_INIT;

    for (int32_t r = 0; r < n; r++) {
        wks_queue *queue = run_model(scenario, (uint64_t)r + 1);
        assert_ok(wks_queue_rows(queue, &runs.rows[r], &err), &err);
        wks_queue_destroy(queue);
    }
    return runs;
}

static inline void free_runs(model_runs *runs)
{
    for (int32_t r = 0; r < runs->n; r++)
        wks_series_free(&runs->rows[r]);
}

/* Mean over replications and its standard error. Groups are compared as text: those of types live as long as the scenario. */
typedef struct measured {
    double mean, error;
} measured;

static inline measured measure(const model_runs *runs, const char *indicator, const char *group)
{
    double sum = 0, squares = 0;
    int32_t n = 0;

    for (int32_t r = 0; r < runs->n; r++) {
        for (int32_t i = 0; i < runs->rows[r].n; i++) {
            const wks_series_row *row = &runs->rows[r].row[i];
            if (strcmp(row->indicator, indicator) != 0 || strcmp(row->group, group) != 0) continue;
            sum += row->value;
            squares += row->value * row->value;
            n++;
        }
    }
    assert_int_equal(n, runs->n);
    const double mean = sum / n, variance = squares / n - mean * mean;
    return (measured){mean, sqrt((variance > 0 ? variance : 0) / (n - 1))};
}

/* Theory within four standard errors, which are at most `precision` of it: a miss by chance is 1 in 10,000 (30 replications), and seeds are fixed. */
#define assert_theory(m, theory, precision) check_theory((m), (theory), (precision), #m, __LINE__)
static inline void check_theory(measured m, double theory, double precision, const char *what, int line)
{
    if (m.error > precision * theory) fail_msg("line %d: %s: standard error %g of %g is too large to tell", line, what, m.error, theory);
    if (fabs(m.mean - theory) > 4 * m.error + 1e-12 * theory)
        fail_msg("line %d: %s: %g, theory %g, standard error %g", line, what, m.mean, theory, m.error);
}

#endif
