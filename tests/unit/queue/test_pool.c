#include "queue/pool.h"

#include "unit/queue/model.h"

static void list_waits_exactly_n_over_m(void **state)
{
    const double n_over_m[][2] = {{1, 1}, {12, 1}, {120, 10}, {100, 100}, {1000, 8}, {60, 20}};

    (void)state;
    for (size_t i = 0; i < sizeof n_over_m / sizeof *n_over_m; i++) {
        const double n = n_over_m[i][0], m = n_over_m[i][1];
        const wks_scenario scenario = MODEL(WKS_MODEL_POOL, 400, 200, n, m, m);
        wks_queue *queue = run_model(&scenario, 1);
        assert_true(value_of(queue, "wait_mean", "") == n / m);
        assert_true(value_of(queue, "wait_variance", "") == 0);
        assert_true(value_of(queue, "housed", "") == 200 * m);
        assert_true(value_of(queue, "queue_mean", "") == n);
        wks_queue_destroy(queue);
    }
}

/* 100 wait, 7 are housed: somebody waits 14 or 15 ticks, on average 100/7. */
static void list_that_m_does_not_divide_waits_n_over_m_on_average(void **state)
{
    const wks_scenario scenario = MODEL(WKS_MODEL_POOL, 1400, 700, 100, 7, 7); /* 700 ticks: 49 times round the list */
    wks_queue *queue = run_model(&scenario, 1);
    const double mean = 100.0 / 7, up = mean - 14;

    (void)state;
    assert_close(value_of(queue, "wait_mean", ""), mean, 0, 1e-9);
    assert_close(value_of(queue, "wait_variance", ""), up * (1 - up), 0, 1e-9);
    wks_queue_destroy(queue);
}

/* p = m/N: mean 1/p, variance (1 - p)/p^2. */
static void lottery_waits_are_geometric_from_1(void **state)
{
    const double n_over_m[][2] = {{120, 10}, {30, 10}, {8, 4}, {5, 5}};

    (void)state;
    for (size_t i = 0; i < sizeof n_over_m / sizeof *n_over_m; i++) {
        const double p = n_over_m[i][1] / n_over_m[i][0];
        wks_scenario scenario = MODEL(WKS_MODEL_POOL, 2500, 500, n_over_m[i][0], n_over_m[i][1], n_over_m[i][1]);
        scenario.model.by_lot = true;
        model_runs runs = run_models(&scenario, 30);
        assert_theory(measure(&runs, "wait_mean", ""), 1 / p, 0.01);
        assert_theory(measure(&runs, "housed", ""), 2000 * n_over_m[i][1], 0);
        if (p < 1) assert_theory(measure(&runs, "wait_variance", ""), (1 - p) / (p * p), 0.02);
        free_runs(&runs);
    }
}

/* Three wait, five could be housed, two join: from then on everybody waits one tick. */
static void pool_that_is_too_small_houses_all(void **state)
{
    wks_scenario scenario = MODEL(WKS_MODEL_POOL, 50, 10, 3, 5, 2);

    (void)state;
    for (int by_lot = 0; by_lot < 2; by_lot++) {
        scenario.model.by_lot = by_lot == 1;
        wks_queue *queue = run_model(&scenario, 1);
        assert_true(value_of(queue, "housed", "") == 80);
        assert_true(value_of(queue, "wait_mean", "") == 1);
        assert_true(value_of(queue, "queue_mean", "") == 2);
        wks_queue_destroy(queue);
    }
}

/* One more joins each tick than is housed: the list grows and so does the wait. */
static void pool_that_grows_is_followed(void **state)
{
    wks_scenario scenario = MODEL(WKS_MODEL_POOL, 300, 0, 0, 1, 2);

    (void)state;
    for (int by_lot = 0; by_lot < 2; by_lot++) {
        scenario.model.by_lot = by_lot == 1;
        wks_queue *queue = begin_model(&scenario, 1);
        for (int32_t t = 1; t <= 300; t++) {
            go_to(queue, t);
            assert_int_equal(queue->tally[0].n_now, t + 1); /* 2 t joined, one fewer than t housed: nobody waits in the first tick */
        }
        assert_true(value_of(queue, "housed", "") == 299);
        /* Number k, who joined at the end of tick (k + 1) / 2, is housed in tick k + 1. */
        if (by_lot == 0) assert_close(value_of(queue, "wait_mean", ""), 151 - (2.0 * 149 * 150 / 2 + 150) / 299, 0, 1e-9);
        wks_queue_destroy(queue);
    }
}

static void nothing_is_defined_before_anybody_is_housed(void **state)
{
    const wks_scenario scenario = MODEL(WKS_MODEL_POOL, 20, 20, 5, 1, 1);
    wks_queue *queue = begin_model(&scenario, 1);

    (void)state;
    for (int i = 0; i < 2; i++) {
        assert_true(isnan(value_of(queue, "wait_mean", "")) && isnan(value_of(queue, "wait_variance", "")));
        assert_true(isnan(value_of(queue, "queue_mean", "")) && value_of(queue, "housed", "") == 0);
        go_to(queue, 20);
    }
    wks_queue_destroy(queue);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(list_waits_exactly_n_over_m),        cmocka_unit_test(list_that_m_does_not_divide_waits_n_over_m_on_average),
        cmocka_unit_test(lottery_waits_are_geometric_from_1), cmocka_unit_test(pool_that_is_too_small_houses_all),
        cmocka_unit_test(pool_that_grows_is_followed),        cmocka_unit_test(nothing_is_defined_before_anybody_is_housed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
