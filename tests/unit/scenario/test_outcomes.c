#include "scenario/outcomes.h"

#include "unit/scenario/catalogue.h"

#define OUTCOMES(list) "replications = 5;\noutcomes = " list ";"

static void outcomes_not_written_leave_the_scenario_as_it_was(void **state)
{
    reading r = read_text(test_scenario);

    (void)state;
    assert_int_equal(r.scenario.n_outcomes, 0);
    assert_null(wks_config_get(r.scenario.resolved, "outcomes"));
    assert_null(wks_config_get(r.scenario.resolved, "precision"));
    assert_int_equal(r.scenario.precision.max_replications, 1000);
    assert_int_equal(r.scenario.precision.look_ahead, 5);
    assert_int_equal(r.scenario.precision.batch, 10);
    assert_false(wks_outcomes_ask_precision(&r.scenario));
    reading_free(&r);
}

static void outcomes_are_read_with_what_matters_and_how_precisely(void **state)
{
    char *text =
        replaced(test_scenario, "replications = 5;",
                 OUTCOMES("( { indicator = \"moves\"; threshold = 2; half_width = 0.5; }, { indicator = \"households\"; group = \"arm\"; "
                          "area = \"BU1\"; } );\nprecision = { max_replications = 80; look_ahead = 3; }"));
    reading r = read_text(text), plain = read_text(test_scenario);

    (void)state;
    assert_problems(&r.problems, "");
    assert_int_equal(r.scenario.n_outcomes, 2);
    assert_string_equal(r.scenario.outcome[0].indicator, "moves");
    assert_string_equal(r.scenario.outcome[0].group, "");
    assert_true(r.scenario.outcome[0].threshold == 2 && r.scenario.outcome[0].half_width == 0.5);
    assert_string_equal(r.scenario.outcome[1].group, "arm");
    assert_string_equal(r.scenario.outcome[1].area, "BU1");
    assert_true(r.scenario.outcome[1].threshold == 0 && r.scenario.outcome[1].half_width == 0);
    assert_int_equal(r.scenario.precision.max_replications, 80);
    assert_int_equal(r.scenario.precision.look_ahead, 3);
    assert_int_equal(r.scenario.precision.batch, 10);
    assert_true(wks_outcomes_ask_precision(&r.scenario));
    assert_string_equal(r.scenario.hash, plain.scenario.hash); /* no replication is another for it */
    const size_t n = r.scenario.resolved->n_children;
    assert_string_equal(r.scenario.resolved->child[n - 2]->name, "outcomes");
    assert_string_equal(r.scenario.resolved->child[n - 1]->name, "precision");
    reading_free(&r);
    reading_free(&plain);
    free(text);
}

static void outcomes_of_the_command_line_join_those_written(void **state)
{
    char *text = replaced(test_scenario, "replications = 5;", OUTCOMES("( { indicator = \"moves\"; threshold = 2; half_width = 9.0; } )"));
    wks_read_options options = WKS_READ_OPTIONS_INIT;
    options.precision = "households:arm=3,moves=0.25";
    options.max_replications = 77;
    reading r = read_text_with(text, &options);

    (void)state;
    assert_problems(&r.problems, "");
    assert_int_equal(r.scenario.n_outcomes, 2);
    assert_true(r.scenario.outcome[0].threshold == 2 && r.scenario.outcome[0].half_width == 0.25);
    assert_string_equal(r.scenario.outcome[1].indicator, "households");
    assert_string_equal(r.scenario.outcome[1].group, "arm");
    assert_true(r.scenario.outcome[1].half_width == 3);
    assert_int_equal(r.scenario.precision.max_replications, 77);
    reading_free(&r);
    free(text);
}

static void outcomes_wrong_errors(void **state)
{
    (void)state;
    assert_replaced("replications = 5;", OUTCOMES("( { indicator = \"move\"; } )"),
                    "test.cfg:3:28: error: unknown indicator \"move\"; nearest valid name is 'moves'\n");
    assert_replaced("replications = 5;", OUTCOMES("( { threshold = 1.0; } )"),
                    "test.cfg:3:14: error: 'an outcome' needs the key 'indicator'; expected text between quotes\n");
    assert_replaced("replications = 5;", OUTCOMES("( { indicator = \"moves\"; }, { indicator = \"moves\"; threshold = 1.0; } )"),
                    "test.cfg:3:40: error: outcome 'moves' is there twice; expected one of each\n");
    assert_replaced("replications = 5;", OUTCOMES("( { indicator = \"moves\"; treshold = 1.0; } )"),
                    "test.cfg:3:37: error: unknown key 'treshold' in an outcome; nearest valid name is 'threshold'\n");
    assert_replaced("replications = 5;", OUTCOMES("\"moves\""),
                    "test.cfg:3:12: error: outcomes is text; expected a list ( { ... }, { ... } )\n");
    assert_replaced("replications = 5;", "replications = 5;\nprecision = { look_ahead = -1; };",
                    "test.cfg:3:28: error: look_ahead is -1; expected a whole number from 0 to 1000 (count)\n");
}

static void command_line_wrong_errors(void **state)
{
    static const char *const wrong[] = {"moves", "moves=", "moves=-1", "moves=0", "moves=1,,", "moves=a"};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        wks_read_options options = WKS_READ_OPTIONS_INIT;
        options.precision = wrong[i];
        reading r = read_text_with(test_scenario, &options);
        assert_int_equal(r.rc, WKS_ERR_DATA);
        assert_true(r.problems.n_errors > 0);
        reading_free(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outcomes_not_written_leave_the_scenario_as_it_was),
        cmocka_unit_test(outcomes_are_read_with_what_matters_and_how_precisely),
        cmocka_unit_test(outcomes_of_the_command_line_join_those_written),
        cmocka_unit_test(outcomes_wrong_errors),
        cmocka_unit_test(command_line_wrong_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
