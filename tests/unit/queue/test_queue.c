#include "queue/queue.h"

#include "measure/observe.h"
#include "unit/queue/model.h"

static wks_settings type = {.name = (char[]){"all"}, .value = {[WKS_KEYS_TYPE_SHARE] = 1, [WKS_KEYS_TYPE_OUTSIDE] = 0.3}};

enum { N_KINDS = 7, N_INDICATORS = 200 };

/* One of each kind and order. */
static wks_scenario scenario_of(int i)
{
    wks_scenario scenario = {0};

    switch (i / 2) {
    case 0: scenario = MODEL(WKS_MODEL_POOL, 60, 20, 40, 4, 4); break;
    case 1: scenario = MODEL(WKS_MODEL_QUEUE, 60, 20, 2, 1, 3, 0.3, 5); break;
    case 2: scenario = MODEL(WKS_MODEL_CHOICE, 60, 20, 4, 9, 10, 0); break;
    default: scenario = MODEL(WKS_MODEL_ENTRIES, 60, 20, 30, 4); break;
    }
    scenario.model.by_lot = i % 2 == 1;
    if (scenario.model.kind == WKS_MODEL_CHOICE) {
        scenario.model.type = &type;
        scenario.model.n_types = 1;
    }
    return scenario;
}

/* In one step or in many, from the same seed the same state; of another replication another one. */
static void state_depends_on_seed_and_tick_only(void **state)
{
    (void)state;
    for (int i = 0; i < N_KINDS; i++) {
        const wks_scenario scenario = scenario_of(i);
        wks_queue *at_once = run_model(&scenario, 3), *by_steps = begin_model(&scenario, 3), *other = run_model(&scenario, 4);
        for (int32_t t = 1; t <= 60; t++)
            go_to(by_steps, t);
        assert_true(wks_queue_hash(at_once) == wks_queue_hash(by_steps));
        if (i != 0) assert_true(wks_queue_hash(at_once) != wks_queue_hash(other)); /* nothing is drawn on a list */
        go_to(by_steps, 61);
        assert_true(wks_queue_hash(at_once) != wks_queue_hash(by_steps));
        wks_queue_destroy(at_once);
        wks_queue_destroy(by_steps);
        wks_queue_destroy(other);
    }
}

static void rows_are_the_same_at_every_tick(void **state)
{
    (void)state;
    for (int i = 0; i < N_KINDS; i++) {
        const wks_scenario scenario = scenario_of(i);
        wks_queue *queue = begin_model(&scenario, 1);
        wks_series first = {0}, last = {0};
        wks_err err = WKS_ERR_INIT;
        assert_ok(wks_queue_rows(queue, &first, &err), &err);
        go_to(queue, 60);
        assert_ok(wks_queue_rows(queue, &last, &err), &err);
        assert_true(first.n > 0);
        assert_int_equal(first.n, last.n);
        for (int32_t k = 0; k < first.n; k++) {
            assert_string_equal(first.row[k].indicator, last.row[k].indicator);
            assert_string_equal(first.row[k].group, last.row[k].group);
            assert_true(isfinite(last.row[k].value));
        }
        wks_series_free(&first);
        wks_series_free(&last);
        wks_queue_destroy(queue);
    }
}

/* Every row has an indicator of level model, and every one of those has a row in some model. */
static void rows_and_the_table_of_indicators_agree(void **state)
{
    bool is_there[N_INDICATORS] = {false};

    (void)state;
    for (int i = 0; i < N_KINDS; i++) {
        const wks_scenario scenario = scenario_of(i);
        wks_queue *queue = begin_model(&scenario, 1);
        wks_series rows = {0};
        wks_err err = WKS_ERR_INIT;
        assert_ok(wks_queue_rows(queue, &rows, &err), &err);
        for (int32_t k = 0; k < rows.n; k++) {
            int32_t m = 0;
            while (m < wks_observe_indicators_count && strcmp(wks_observe_indicators[m].name, rows.row[k].indicator) != 0)
                m++;
            assert_true(m < wks_observe_indicators_count && m < N_INDICATORS);
            assert_string_equal(wks_observe_indicators[m].level, "model");
            is_there[m] = true;
        }
        wks_series_free(&rows);
        wks_queue_destroy(queue);
    }
    for (int32_t m = 0; m < wks_observe_indicators_count; m++)
        assert_int_equal(is_there[m], strcmp(wks_observe_indicators[m].level, "model") == 0);
}

static void only_chosen_indicators_have_rows(void **state)
{
    char chosen[] = "housed", *list[] = {chosen};
    wks_scenario scenario = scenario_of(2);
    wks_series rows = {0};
    wks_err err = WKS_ERR_INIT;
    scenario.output.indicator = list;
    scenario.output.n_indicators = 1;
    wks_queue *queue = run_model(&scenario, 1);

    (void)state;
    assert_ok(wks_queue_rows(queue, &rows, &err), &err);
    assert_int_equal(rows.n, 3); /* everybody, priority, regular */
    assert_string_equal(rows.row[1].group, "priority");
    assert_true(rows.row[1].value + rows.row[2].value == rows.row[0].value);
    wks_series_free(&rows);
    wks_queue_destroy(queue);
}

/* A broken area is found: the check can fail. */
static void check_tells_an_area_that_is_lost(void **state)
{
    const wks_scenario scenario = scenario_of(2);
    wks_queue *queue = run_model(&scenario, 1);
    wks_err err = WKS_ERR_INIT;

    (void)state;
    queue->tally[2].area += 1e-3;
    assert_status(wks_queue_check(queue, &err), WKS_ERR_LAW, &err);
    assert_contains(err.message, "group 'regular'");
    wks_queue_destroy(queue);
}

/* The n-th allocation fails, for every n: an error, nothing lost. */
static void memory_that_fails_is_an_error(void **state)
{
    (void)state;
    for (int i = 0; i < N_KINDS; i++) {
        const wks_scenario scenario = scenario_of(i);
        wks_status rc = WKS_ERR_NOMEM;
        for (int64_t n = 1; rc != WKS_OK; n++) {
            wks_queue *queue = NULL;
            wks_err err = WKS_ERR_INIT;
            wks_mem_fail_after(n);
            rc = wks_queue_create(&scenario, wks_rng_seed_make(1, 1), &queue, &err);
            if (rc == WKS_OK) rc = wks_queue_advance(queue, 60, &err);
            wks_mem_fail_after(0);
            assert_true(rc == WKS_OK || rc == WKS_ERR_NOMEM);
            wks_queue_destroy(queue);
            assert_true(n < 200);
            assert_true(rc == WKS_ERR_NOMEM || n > 2); /* some did fail */
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(state_depends_on_seed_and_tick_only),    cmocka_unit_test(rows_are_the_same_at_every_tick),
        cmocka_unit_test(rows_and_the_table_of_indicators_agree), cmocka_unit_test(only_chosen_indicators_have_rows),
        cmocka_unit_test(check_tells_an_area_that_is_lost),       cmocka_unit_test(memory_that_fails_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
