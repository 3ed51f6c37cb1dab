#include "queue/entries.h"

#include "unit/queue/model.h"

/* 1 - (1 - 1/n)^k. */
static double chance_of(double reactors, int entries)
{
    double never = 1;

    for (int i = 0; i < entries; i++)
        never *= 1 - 1 / reactors;
    return 1 - never;
}

static void chance_is_that_of_separate_lotteries(void **state)
{
    const int reactors[] = {1094, 10, 2, 500}, entries[] = {104, 5, 3, 1};

    (void)state;
    assert_close(chance_of(1094, 104), 0.0907, 0, 5e-5); /* the published 9 % [S5] */
    for (size_t i = 0; i < sizeof reactors / sizeof *reactors; i++) {
        const wks_scenario scenario = MODEL(WKS_MODEL_ENTRIES, 500, 10, reactors[i], entries[i]);
        model_runs runs = run_models(&scenario, 30);
        assert_theory(measure(&runs, "chance", ""), chance_of(reactors[i], entries[i]), 0.01);
        free_runs(&runs);
    }
}

static void chance_at_its_ends(void **state)
{
    const wks_scenario one = MODEL(WKS_MODEL_ENTRIES, 5, 0, 1, 3), none = MODEL(WKS_MODEL_ENTRIES, 5, 0, 7, 0);
    wks_queue *queue = begin_model(&one, 1);

    (void)state;
    assert_true(isnan(value_of(queue, "chance", "")));
    go_to(queue, 5);
    assert_true(value_of(queue, "chance", "") == 1);
    wks_queue_destroy(queue);
    queue = run_model(&none, 1);
    assert_true(value_of(queue, "chance", "") == 0);
    wks_queue_destroy(queue);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chance_is_that_of_separate_lotteries),
        cmocka_unit_test(chance_at_its_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
