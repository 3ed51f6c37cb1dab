#include "unit/scenario/catalogue.h"

#include "support/chaos.h"

static void scenario_complete_fills_struct(void **state)
{
    reading r = read_text(test_scenario);
    const wks_scenario *s = &r.scenario;

    (void)state;
    assert_problems(&r.problems, "");
    assert_ok(r.rc, &r.err);
    assert_string_equal(s->name, "cap");
    assert_string_equal(s->title, "cap");
    assert_string_equal(s->question, "");
    assert_string_equal(s->city, "modelstad");
    assert_int_equal(s->start_month, 2026 * 12);
    assert_int_equal(s->n_ticks, 24);
    assert_int_equal(s->n_replications, 5);
    assert_int_equal(s->first_replication, 1);
    assert_int_equal(s->seed_population, 1);
    assert_int_equal(s->seed_dynamics, 7);
    assert_int_equal(s->n_groups, 2);
    assert_true(s->group[0].rule && s->group[0].measure);
    assert_true(!s->group[1].rule && s->group[1].measure);
    assert_int_equal(wks_scenario_group(s, "arm"), 1);
    assert_int_equal(wks_scenario_group(s, "rijk"), -1);
    assert_int_equal(s->n_rules, 1);
    assert_int_equal(s->rules[0].n_channels, 2);
    assert_string_equal(s->rules[0].channel[1].name, "direct");
    assert_close(s->rules[0].channel[1].value[0], 0.2, 0, 0);
    assert_close(s->rules[0].channel[1].value[1], 0, 0, 0); /* group verwezen */
    assert_close(s->rules[0].spreiding[0].value[1], 0.12, 0, 0);
    assert_close(s->rules[0].spreiding[0].value[2], 1, 0, 0); /* scale buurt */
    assert_non_null(s->rules[0].filter[0].expr[0]);
    assert_int_equal(s->n_events, 2);
    assert_string_equal(s->timeline[0].settings.spec->name, "build"); /* sorted by month */
    assert_int_equal(s->timeline[0].settings.n_areas[0], 1);
    assert_int_equal(s->timeline[1].month, 2027 * 12);
    assert_true(wks_scenario_is_enabled(s, "market"));
    assert_false(wks_scenario_is_enabled(s, "nothing"));
    assert_close(wks_scenario_process(s, "market")->value[1], 30, 0, 0);
    assert_close(wks_scenario_process(s, "market")->value[0], 1.5, 0, 0);
    assert_null(wks_scenario_process(s, "nothing"));
    assert_true(isnan(wks_scenario_process(s, "neighbourhood")->value[2]));
    assert_true(s->output.city && s->output.buurt && !s->output.wijk && s->output.lettings);
    assert_int_equal(s->output.buurt_every, 12);
    assert_int_equal(strlen(s->hash), 64);
    reading_free(&r);
}

static void options_given_win_over_file(void **state)
{
    const char *const set[] = {"processes.market.b_price=3", "rules.regio.spreiding.cap_share.max_share=0.5", "city=0344",
                               "processes.neighbourhood.theory=T2"};
    wks_read_options options = WKS_READ_OPTIONS_INIT;
    reading r;

    (void)state;
    options.set = set;
    options.n_set = 4;
    options.seed = 99;
    options.ticks = 6;
    options.first_replication = 3;
    options.n_replications = 2;
    r = read_text_with(test_scenario, &options);
    assert_contains(r.problems.n > 0 ? r.problems.item[0].text : "", "never happens"); /* 2027-01 lies behind tick 6 */
    assert_ok(r.rc, &r.err);
    assert_close(wks_scenario_process(&r.scenario, "market")->value[0], 3, 0, 0);
    assert_close(wks_scenario_process(&r.scenario, "neighbourhood")->value[0], 2, 0, 0);
    assert_close(r.scenario.rules[0].spreiding[0].value[1], 0.5, 0, 0);
    assert_string_equal(r.scenario.city, "0344");
    assert_int_equal(r.scenario.seed_dynamics, 99);
    assert_int_equal(r.scenario.seed_population, 1);
    assert_int_equal(r.scenario.n_ticks, 6);
    assert_int_equal(r.scenario.first_replication, 3);
    assert_int_equal(r.scenario.n_replications, 2);
    reading_free(&r);
}

static void options_wrong_errors(void **state)
{
    const char *const set[] = {"processes.market.b_prise=3", "rules.regio.spreiding.cap.max_share=0.5", "ticks=many"};
    wks_read_options options = WKS_READ_OPTIONS_INIT;
    reading r;

    (void)state;
    options.set = set;
    options.n_set = 3;
    r = read_text_with(test_scenario, &options);
    assert_status(r.rc, WKS_ERR_DATA, &r.err);
    assert_int_equal(r.problems.n_errors, 3); /* all at once */
    reading_free(&r);
}

static void hash_names_and_output_do_not_count_settings_do(void **state)
{
    static const char *const same[][2] = {{"name = \"cap\";", "name = \"other\"; title = \"T\"; question = \"?\";"},
                                          {"replications = 5;", "replications = 6; first_replication = 2;"},
                                          {"processes = {", "output = { lettings = false; }; processes = {"},
                                          {"value = 2;", "value = 2.0;"},
                                          {"ticks = 24", "ticks = 24; warmup = 3"},
                                          {"start =", "city = \"some/where/modelstad\"; start ="},
                                          {"part = \"cap_share\";", "part = \"cap_share\"; name = \"cap_share\";"}};
    static const char *const other[][2] = {{"max_share = 0.12", "max_share = 0.13"},
                                           {"dynamics = 7", "dynamics = 8"},
                                           {"ticks = 24", "ticks = 25"},
                                           {"start =", "city = \"utrecht\"; start ="},
                                           {"income_eur < 30000", "income_eur < 30001"}};
    reading r = read_text(test_scenario);

    (void)state;
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        char *text = replaced(test_scenario, same[i][0], same[i][1]);
        reading changed = read_text(text);
        assert_ok(changed.rc, &changed.err);
        assert_string_equal(changed.scenario.hash, r.scenario.hash);
        reading_free(&changed);
        free(text);
    }
    for (size_t i = 0; i < sizeof other / sizeof other[0]; i++) {
        char *text = replaced(test_scenario, other[i][0], other[i][1]);
        reading changed = read_text(text);
        assert_ok(changed.rc, &changed.err);
        assert_string_not_equal(changed.scenario.hash, r.scenario.hash);
        reading_free(&changed);
        free(text);
    }
    reading_free(&r);
}

static void areas_known_pass_unknown_errors(void **state)
{
    const char *const known[] = {"BU1", "BU2", "WK1"}, *const unknown[] = {"BU2", "BU3"};
    reading r = read_text(test_scenario);
    wks_err err = WKS_ERR_INIT;

    (void)state;
    assert_ok(wks_read_check_areas(&r.scenario, known, 3, &r.problems, &err), &err);
    assert_status(wks_read_check_areas(&r.scenario, unknown, 2, &r.problems, &err), WKS_ERR_DATA, &err);
    assert_problems(&r.problems, "test.cfg:17:46: error: 'BU1' is no buurt or wijk of this city; expected a code of its buurten.csv; "
                                 "nearest valid name is 'BU2'\n");
    reading_free(&r);
}

static void set_event_changes_own_copy_only(void **state)
{
    reading r = read_text(test_scenario);
    wks_settings *copy = malloc(sizeof *copy * (size_t)r.scenario.n_processes);
    bool is_enabled[8] = {true, true, true};

    (void)state;
    assert_non_null(copy);
    memcpy(copy, r.scenario.process, sizeof *copy * (size_t)r.scenario.n_processes);
    wks_read_apply_set(&r.scenario, &r.scenario.timeline[1], copy, is_enabled);
    assert_close(copy[1].value[0], 2.0, 0, 0);
    assert_close(r.scenario.process[1].value[0], 1.5, 0, 0);
    free(copy);
    reading_free(&r);
}

static void set_event_of_every_kind_applies(void **state)
{
    char *text = replaced(test_scenario, "{ at = \"2027-01\"; set = \"processes.market.b_price\"; value = 2; }",
                          "{ at = \"2027-01\"; set = \"processes.market.enabled\"; value = false; },"
                          "{ at = \"2027-01\"; set = \"processes.market.n_sample\"; value = 7; },"
                          "{ at = \"2027-01\"; event = \"set\"; set = \"processes.neighbourhood.theory\"; value = \"T2\"; }");
    reading r = read_text(text);
    wks_settings *copy = malloc(sizeof *copy * 3);
    bool is_enabled[3] = {true, true, true};

    (void)state;
    assert_problems(&r.problems, "");
    assert_non_null(copy);
    memcpy(copy, r.scenario.process, sizeof *copy * 3);
    for (int32_t i = 1; i < 4; i++)
        wks_read_apply_set(&r.scenario, &r.scenario.timeline[i], copy, is_enabled);
    assert_true(is_enabled[0] && !is_enabled[1] && is_enabled[2]);
    assert_close(copy[1].value[1], 7, 0, 0);
    assert_close(copy[2].value[0], 2, 0, 0);
    free(copy);
    reading_free(&r);
    free(text);
}

static void sections_wrong_type_errors(void **state)
{
    (void)state;
    assert_replaced("seeds = { dynamics = 7; };", "seeds = 7;", "test.cfg:3:9: error: seeds is a whole number; expected a group { ... }\n");
    assert_replaced("processes = { market = { n_sample = 30; }; };", "processes = { market = true; };",
                    "test.cfg:19:24: error: market is true or false; expected a group { ... }\n");
    assert_replaced("market = { n_sample = 30; };", "marked = { n_sample = 30; };",
                    "test.cfg:19:15: error: unknown key 'marked' in processes; nearest valid name is 'market'\n");
    assert_replaced("n_sample = 30;", "enabled = 1;", "test.cfg:19:36: error: enabled is a whole number; expected true or false\n");
    assert_replaced("ticks = 24;", "tics = 24;",
                    "test.cfg:2:20: error: unknown key 'tics' in the scenario; nearest valid name is 'ticks'\n");
    assert_replaced("ticks = 24;", "ticks = 24; market = { n_sample = 30; };",
                    "test.cfg:2:32: error: unknown key 'market' in the scenario; nearest valid name is 'processes.market.n_sample'\n");
    assert_replaced("ticks = 24;", "ticks = 24; market = { n_sample = 30; b_price = 2; };",
                    "test.cfg:2:32: error: unknown key 'market' in the scenario; nearest valid name is 'processes.market'\n");
    assert_replaced("ticks = 24;", "ticks = 24; b_price = 2;",
                    "test.cfg:2:32: error: unknown key 'b_price' in the scenario; nearest valid name is 'processes.market.b_price'\n");
    assert_replaced("ticks = 24;", "ticks = \"24\";",
                    "test.cfg:2:28: error: ticks is \"24\"; expected a whole number from 1 to 2400 (months), without quotes\n");
    assert_replaced("seeds = ", "output = { levels = [ \"city\", \"buurten\" ]; indicators = [ \"move\" ]; }; seeds = ",
                    "test.cfg:3:31: error: unknown level \"buurten\"; nearest valid name is 'buurt'\n"
                    "test.cfg:3:59: error: unknown indicator \"move\"; nearest valid name is 'moves'\n");
}

static void run_in_is_read_and_shorter_than_the_run(void **state)
{
    char *text = replaced(test_scenario, "ticks = 24;", "ticks = 24; warmup = 23;");
    reading r = read_text(text);
    (void)state;
    assert_ok(r.rc, &r.err);
    assert_int_equal(r.scenario.model.warmup, 23);
    reading_free(&r);
    free(text);
    assert_replaced("ticks = 24;", "ticks = 24; warmup = 24;",
                    "test.cfg:2:41: error: warmup is 24 and the run has 24 ticks; expected a warmup below ticks\n");
    assert_replaced("ticks = 24;", "ticks = 24; warmup = -1;",
                    "test.cfg:2:41: error: warmup is -1; expected a whole number from 0 to 2399 (months)\n");
}

static void run_that_months_do_not_hold_errors(void **state)
{
    static const char *const given = "start = \"2026-01\"; ticks = 24;", *const whole = "start = \"2680-12\"; ticks = 240;";
    char *text = replaced(test_scenario, given, whole);
    reading r = read_text(text);
    (void)state;
    assert_ok(r.rc, &r.err);
    assert_int_equal(r.scenario.start_month + r.scenario.n_ticks, WKS_MONTH_LAST);
    reading_free(&r);
    free(text);
    assert_replaced(given, "start = \"2680-12\"; ticks = 241;",
                    "test.cfg:2:9: error: start is 2680-12 and the run has 241 ticks; expected a run within 1900-01 to 2700-12\n"
                    "test.cfg:16:10: warning: 2027-01 lies before the run, 2680-12 to 2701-01: this event happens in the first month\n"
                    "test.cfg:17:10: warning: 2026-06 lies before the run, 2680-12 to 2701-01: this event happens in the first month\n");
    assert_replaced(given, "start = \"1899-12\"; ticks = 24;",
                    "test.cfg:2:9: error: start is 1899-12 and the run has 24 ticks; expected a run within 1900-01 to 2700-12\n"
                    "test.cfg:16:10: warning: this event never happens: 2027-01 lies outside the run, 1899-12 to 1901-12\n"
                    "test.cfg:17:10: warning: this event never happens: 2026-06 lies outside the run, 1899-12 to 1901-12\n");
}

static void rules_missing_errors(void **state)
{
    reading r = read_text("ticks = 3;\n");

    (void)state;
    assert_problems(&r.problems, "test.cfg: error: no rules, so social dwellings could not be let; expected rules = ( { ... } ), a base "
                                 "that has them, or processes.allocation.enabled = false\n");
    reading_free(&r);
    r = read_text("processes = { allocation = { enabled = false; }; };\n");
    assert_problems(&r.problems, "");
    assert_ok(r.rc, &r.err);
    reading_free(&r);
}

static wks_status read_once(void *context, wks_err *err)
{
    const wks_read_options options = WKS_READ_OPTIONS_INIT;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_scenario scenario;
    wks_status rc;

    (void)context;
    rc = wks_read_scenario_text("test.cfg", test_scenario, strlen(test_scenario), &options, &test_catalogue, &scenario, &problems, err);
    wks_scenario_free(&scenario);
    wks_problems_free(&problems);
    return rc;
}

static void read_without_memory_errors(void **state)
{
    (void)state;
    assert_true(wks_chaos_run(read_once, NULL) > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scenario_complete_fills_struct),
        cmocka_unit_test(options_given_win_over_file),
        cmocka_unit_test(options_wrong_errors),
        cmocka_unit_test(hash_names_and_output_do_not_count_settings_do),
        cmocka_unit_test(areas_known_pass_unknown_errors),
        cmocka_unit_test(set_event_changes_own_copy_only),
        cmocka_unit_test(set_event_of_every_kind_applies),
        cmocka_unit_test(sections_wrong_type_errors),
        cmocka_unit_test(run_in_is_read_and_shorter_than_the_run),
        cmocka_unit_test(run_that_months_do_not_hold_errors),
        cmocka_unit_test(rules_missing_errors),
        cmocka_unit_test(read_without_memory_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
