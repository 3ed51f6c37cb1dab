/* Points for reacting: earned and lost by the month, whatever the months look like. */
#include "unit/rules/conduct_case.h"

static void search_points_are_earned_and_lost_by_the_month(void **state)
{
    conduct_case c;

    (void)state;
    conduct_open(&c, "{ part = \"search_points\"; }");
    conduct_month(&c, "a", 4);
    conduct_month(&c, "a", 6);
    assert_close(conduct_search_points(&c, "a"), 2.0, 1e-12, 0.0);
    conduct_month(&c, "a", 3); /* not enough */
    assert_close(conduct_search_points(&c, "a"), 1.0, 1e-12, 0.0);
    conduct_month(&c, "a", 0);
    conduct_month(&c, "a", 0); /* never below zero */
    assert_close(conduct_search_points(&c, "a"), 0.0, 1e-12, 0.0);
    assert_true(wks_conduct_may_earn(&c.conduct, c.world, conduct_row(&c, "a")));
    for (int32_t i = 0; i < 40; i++)
        conduct_month(&c, "a", 4);
    assert_close(conduct_search_points(&c, "a"), 30.0, 1e-12, 0.0);
    assert_false(wks_conduct_may_earn(&c.conduct, c.world, conduct_row(&c, "a")));
    assert_false(wks_conduct_may_earn(&c.conduct, c.world, conduct_row(&c, "c"))); /* not registered */
    conduct_close(&c);
}

/* Thousands of months with any number of reactions against the rule done by hand. */
static void any_months_give_what_the_rule_says(void **state)
{
    const wks_rng_seed seed = wks_rng_seed_make(4, 2);
    wks_rng rng = wks_rng_open(&seed, 1, 0, WKS_RNG_TEST);
    conduct_case c;
    double expected = 0.0;

    (void)state;
    conduct_open(&c, "{ part = \"search_points\"; reactions = 3; per_month = 1.5; most = 10; loss = 0.5; }");
    for (int32_t i = 0; i < 5000; i++) {
        const int32_t n = case_below(&rng, 7);
        conduct_month(&c, "a", n);
        expected = n >= 3 ? expected + 1.5 : expected - 0.5;
        expected = expected > 10.0 ? 10.0 : expected < 0.0 ? 0.0 : expected;
        assert_close(conduct_search_points(&c, "a"), expected, 1e-5, 0.0);
        assert_true(wks_conduct_may_earn(&c.conduct, c.world, conduct_row(&c, "a")) == (expected < 10.0));
    }
    conduct_close(&c);
}

static void most_of_nothing_earns_nothing_edge(void **state)
{
    conduct_case c;

    (void)state;
    conduct_open(&c, "{ part = \"search_points\"; reactions = 1; most = 0; }");
    conduct_month(&c, "a", 5); /* nothing can be earned */
    assert_close(conduct_search_points(&c, "a"), 0.0, 0.0, 0.0);
    assert_false(wks_conduct_may_earn(&c.conduct, c.world, conduct_row(&c, "a")));
    conduct_close(&c);
}

static void search_points_errors(void **state)
{
    (void)state;
    assert_part_problem("conduct", "{ part = \"search_points\"; reactions = 0; }", "reactions is 0");
    assert_part_problem("conduct", "{ part = \"search_points\"; loss = -1.0; }", "loss is -1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(search_points_are_earned_and_lost_by_the_month),
        cmocka_unit_test(any_months_give_what_the_rule_says),
        cmocka_unit_test(most_of_nothing_earns_nothing_edge),
        cmocka_unit_test(search_points_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
