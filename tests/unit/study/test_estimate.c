#include "study/estimate.h"

#include "unit/output/made.h"

/* Against measured peaks: tests/cli/test_estimate.c. Here what must hold whatever the figures. */

static wks_estimate estimate_of(const made *m, int64_t n_jobs, bool follows, bool compares)
{
    wks_estimate sum = {0};
    wks_estimate_add(&sum, &m->scenario, &m->city, n_jobs, true, follows, compares);
    return sum;
}

static void one_run_uses_up_its_population_and_two_hold_it(void **state)
{
    made m;
    (void)state;
    made_init(&m, "name = \"een\"; ticks = 5; replications = 2;");
    wks_estimate one = estimate_of(&m, 1, false, false), two = estimate_of(&m, 2, false, false);
    one.tables = two.tables = 0; /* of a city of nine households they are the largest */
    assert_true(one.uses_up);
    assert_false(two.uses_up);
    assert_close(wks_estimate_peak(&two, 1, 1) - wks_estimate_peak(&one, 1, 1), two.population, 1e-9, 0);
    assert_close(wks_estimate_peak(&two, 2, 1) - wks_estimate_peak(&two, 1, 1), wks_estimate_replication(&two, 1), 1e-9, 0);
    assert_true(wks_estimate_replication(&two, 1) > two.replication); /* what writes its checkpoints */
    assert_close(two.seconds, 2 * one.seconds, 0.5, 0);
    made_free(&m);
}

static void scenarios_of_one_population_share_it(void **state)
{
    made m;
    (void)state;
    made_init(&m, "name = \"een\"; ticks = 5; replications = 2;");
    wks_estimate sum = estimate_of(&m, 2, true, true);
    const double population = sum.population, tables = sum.tables;
    wks_estimate_add(&sum, &m.scenario, &m.city, 2, false, true, true);
    assert_close(sum.population, population, 0, 0);
    assert_true(sum.tables > 2 * tables); /* and what is worked out of the pair */
    const double pair = sum.tables - tables;
    assert_int_equal(sum.n_jobs, 4);
    wks_estimate_add(&sum, &m.scenario, &m.city, 2, true, true, true);
    assert_close(sum.population, 2 * population, 1e-12, 0);
    assert_close(sum.tables, tables + 2 * pair, 1e-12, 0);
    made_free(&m);
}

static void households_followed_and_threads_inside_take_more(void **state)
{
    made m;
    (void)state;
    made_init(&m, "name = \"een\"; ticks = 5; replications = 2;");
    const wks_estimate plain = estimate_of(&m, 2, false, false), followed = estimate_of(&m, 2, true, false);
    assert_true(followed.replication > plain.replication);
    assert_true(wks_estimate_replication(&plain, 2) > wks_estimate_replication(&plain, 1));
    assert_true(estimate_of(&m, 200, false, false).tables > plain.tables);
    made_free(&m);
}

/* Rows that come once a year are not counted every month; a buurt table of every month is. */
static void rows_are_counted_at_the_ticks_that_have_them(void **state)
{
    static const char *const output[] = {"", "output = { buurt_every = 1; };", "output = { city_every = 12; };"};
    double tables[3];
    (void)state;
    for (int i = 0; i < 3; i++) {
        made m;
        wks_text text = WKS_TEXT_INIT;
        wks_text_addf(&text, "name = \"een\"; ticks = 60; replications = 2; %s", output[i]);
        made_init(&m, text.data);
        tables[i] = estimate_of(&m, 2, false, false).tables;
        made_free(&m);
        wks_text_free(&text);
    }
    assert_true(tables[1] > 3 * tables[0]);
    assert_true(tables[2] < tables[0]);
}

static void what_goes_on_from_a_checkpoint_holds_its_state_too(void **state)
{
    made m;
    (void)state;
    made_init(&m, "name = \"een\"; ticks = 5; replications = 2;");
    wks_estimate one = estimate_of(&m, 1, false, false);
    const double begun = one.replication;
    wks_estimate_add_resumed(&one, &m.city);
    assert_true(one.replication > begun);
    assert_false(one.uses_up);
    made_free(&m);
}

static void trials_share_populations_and_have_no_tables(void **state)
{
    made m;
    (void)state;
    made_init(&m, "name = \"een\"; ticks = 5; replications = 2;");
    const wks_estimate run = estimate_of(&m, 1, false, false);
    wks_estimate sum = {0};
    wks_estimate_add_trials(&sum, &m.scenario, &m.city, 1, true);
    wks_estimate_add_trials(&sum, &m.scenario, &m.city, 1, false);
    assert_close(sum.population, run.population, 0, 0);
    assert_close(sum.replication, run.replication, 0, 0);
    assert_true(sum.tables == 0 && !sum.uses_up);
    made_free(&m);
}

/* Each replication under way keeps its own. */
static void states_kept_for_branches_count(void **state)
{
    made m;
    (void)state;
    made_init(&m, "name = \"proef\"; ticks = 9; replications = 3;");
    wks_estimate sum = {0};
    wks_estimate_add(&sum, &m.scenario, &m.city, 4, true, true, true);
    sum.tables = 0;
    const double before = wks_estimate_peak(&sum, 2, 1), one = wks_estimate_replication(&sum, 1);
    wks_estimate_add_pasts(&sum, &m.city, 0);
    assert_true(wks_estimate_peak(&sum, 2, 1) == before);
    wks_estimate_add_pasts(&sum, &m.city, 2);
    wks_estimate_add_pasts(&sum, &m.city, 1); /* of another: the most counts */
    const double past = wks_estimate_replication(&sum, 1) - one;
    assert_true(past > 0);
    assert_close(wks_estimate_peak(&sum, 2, 1) - before, 2 * past, 0, 1e-6 * before);
    made_free(&m);
}

static void scenario_without_city_takes_the_program_only(void **state)
{
    made m;
    (void)state;
    made_init(&m, "name = \"een\"; ticks = 5; replications = 2;");
    wks_estimate sum = {0};
    wks_scenario pool = m.scenario;
    pool.model.kind = WKS_MODEL_POOL;
    wks_estimate_add(&sum, &pool, &m.city, 5, true, false, false);
    assert_close(wks_estimate_peak(&sum, 4, 1), sum.program, 0, 0);
    assert_true(sum.program > 0);
    made_free(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_run_uses_up_its_population_and_two_hold_it),
        cmocka_unit_test(scenarios_of_one_population_share_it),
        cmocka_unit_test(households_followed_and_threads_inside_take_more),
        cmocka_unit_test(states_kept_for_branches_count),
        cmocka_unit_test(rows_are_counted_at_the_ticks_that_have_them),
        cmocka_unit_test(what_goes_on_from_a_checkpoint_holds_its_state_too),
        cmocka_unit_test(trials_share_populations_and_have_no_tables),
        cmocka_unit_test(scenario_without_city_takes_the_program_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
