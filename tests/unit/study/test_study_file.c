#include "study/study_file.h"

#include "unit/study/study_made.h"

static const char whole[] = "name = \"proef\"; question = \"Wat telt?\"; scenarios = [ \"list.cfg\", \"lot.cfg\" ]; replications = 4;\n"
                            "set = [ \"warmup=20\" ];\n"
                            "parameters = (\n"
                            "  { name = \"housed\"; path = \"pool.housed\"; low = 5; high = 12; whole = true; },\n"
                            "  { name = \"waiting\"; path = \"pool.waiting\"; values = [ 60, 120 ]; whole = true; } );\n"
                            "outcomes = ( { name = \"wait\"; indicator = \"wait_mean\"; },\n"
                            "             { name = \"gain\"; indicator = \"wait_variance\"; contrast = true; tick = 30; } );\n"
                            "design = { method = \"lhs\"; points = 8; };\n"
                            "targets = ( { outcome = \"gain\"; value = 3.5; sd = 0.1; held_out = true; source = \"x\"; } );\n"
                            "calibration = { method = \"history\"; waves = 2; };\n";

static void study_is_read_whole(void **state)
{
    study_made m;
    (void)state;
    study_made_read(&m, whole, NULL);
    study_made_problems(&m, "");
    assert_ok(m.rc, &m.err);
    const wks_study *study = &m.study;
    assert_string_equal(study->name, "proef");
    assert_int_equal(study->n_scenarios, 2);
    assert_string_equal(study->scenario_name[1], "lot");
    assert_int_equal(study->ticks, 40); /* of the scenarios */
    assert_int_equal(study->seed, 1);
    assert_int_equal(study->n_replications, 4);
    assert_int_equal(study->n_parameters, 2);
    assert_true(study->parameter[0].is_whole);
    assert_true(study->parameter[0].is_in[0] && study->parameter[0].is_in[1]);
    assert_int_equal(study->parameter[1].n_values, 2);
    assert_close(study->parameter[1].low, 60, 0, 0);
    assert_close(study->parameter[1].high, 120, 0, 0);
    assert_int_equal(study->n_outcomes, 2);
    assert_string_equal(study->outcome[0].scenario, "lijst");
    assert_string_equal(study->outcome[1].scenario, "lot");
    assert_int_equal(study->outcome[1].scenario_index, 1);
    assert_true(study->outcome[1].is_contrast);
    assert_int_equal(study->outcome[1].tick, 30);
    assert_string_equal(study->design.method, "lhs");
    assert_int_equal(study->design.points, 8);
    assert_int_equal(study->design.bootstrap, 1000);
    assert_int_equal(study->n_targets, 1);
    assert_int_equal(study->target[0].outcome, 1);
    assert_true(study->target[0].is_held_out);
    assert_string_equal(study->calibration.method, "history");
    assert_int_equal(study->calibration.waves, 2);
    study_made_free(&m);
}

static void study_takes_options_over_the_file(void **state)
{
    study_made m;
    const char *const set[] = {"pool.joining=11"};
    const wks_read_options options = {
        .set = set, .n_set = 1, .seed = 7, .seed_population = -1, .ticks = 50, .first_replication = 3, .n_replications = 2};
    (void)state;
    study_made_read(&m, whole, &options);
    study_made_problems(&m, "");
    assert_int_equal(m.study.ticks, 50);
    assert_int_equal(m.study.seed, 7);
    assert_int_equal(m.study.first_replication, 3);
    assert_int_equal(m.study.n_replications, 2);
    assert_int_equal(m.study.n_sets, 2);
    assert_string_equal(m.study.set[1], "pool.joining=11");
    wks_text text = WKS_TEXT_INIT; /* what is written reads back to the same */
    wks_config_write(m.study.resolved, &text);
    study_made again;
    study_made_read(&again, text.data, NULL);
    study_made_problems(&again, "");
    assert_int_equal(again.study.ticks, 50);
    assert_int_equal(again.study.n_sets, 2);
    assert_int_equal(again.study.n_parameters, 2);
    assert_int_equal(again.study.n_targets, 1);
    study_made_free(&again);
    wks_text_free(&text);
    study_made_free(&m);
}

static void contrast_without_scenario_is_one_outcome_a_scenario(void **state)
{
    study_made m;
    (void)state;
    study_made_read(&m,
                    "name = \"drie\"; scenarios = [ \"list.cfg\", \"lot.cfg\", \"third.cfg\" ];\n"
                    "parameters = ( { name = \"p\"; path = \"pool.housed\"; low = 5; high = 12; whole = true; } );\n"
                    "outcomes = ( { name = \"d\"; indicator = \"wait_mean\"; contrast = true; } );",
                    NULL);
    assert_status(m.rc, WKS_ERR_DATA, &m.err); /* third.cfg is not there */
    study_made_free(&m);
    m = (study_made){.problems = WKS_PROBLEMS_INIT, .err = WKS_ERR_INIT};
    m.folder = wks_folder_make();
    free(wks_folder_put(m.folder, "list.cfg", study_made_list));
    free(wks_folder_put(m.folder, "lot.cfg", study_made_lot));
    free(wks_folder_put(m.folder, "third.cfg", "base = \"lot.cfg\"; name = \"een derde\";"));
    m.path = wks_folder_put(m.folder, "study.cfg",
                            "scenarios = [ \"list.cfg\", \"lot.cfg\", \"third.cfg\" ];\n"
                            "parameters = ( { name = \"p\"; path = \"pool.housed\"; low = 5; high = 12; whole = true; } );\n"
                            "outcomes = ( { name = \"d\"; indicator = \"wait_mean\"; contrast = true; } );\n"
                            "targets = ( { outcome = \"d_een_derde\"; value = 1; sd = 1; } );");
    assert_ok(wks_study_file_read(m.path, NULL, &m.study, &m.problems, &m.err), &m.err);
    assert_string_equal(m.study.name, "study"); /* the file's */
    assert_int_equal(m.study.n_outcomes, 2);
    assert_string_equal(m.study.outcome[0].name, "d_lot");
    assert_string_equal(m.study.outcome[1].name, "d_een_derde");
    assert_int_equal(m.study.outcome[1].scenario_index, 2);
    assert_int_equal(m.study.target[0].outcome, 1);
    study_made_free(&m);
}

static void parameter_of_one_scenario_is_left_out_of_the_other(void **state)
{
    study_made m;
    wks_read_options options;
    const double point[] = {0.4};
    (void)state;
    m = (study_made){.problems = WKS_PROBLEMS_INIT, .err = WKS_ERR_INIT};
    char *reference = wks_folder_path(wks_check_test_data(), "../../scenarios/00_reference.cfg");
    char *cap = wks_folder_path(wks_check_test_data(), "../../scenarios/01_cap.cfg");
    wks_text text = WKS_TEXT_INIT;
    wks_text_addf(&text,
                  "scenarios = [ \"%s\", \"%s\" ];\n"
                  "parameters = ( { name = \"ceiling\"; path = \"rules.regio.spreiding.cap_share.max_share\"; low = 0.2; high = 0.5; } );\n"
                  "outcomes = ( { name = \"d\"; indicator = \"D\"; group = \"uitkering\"; scale = \"buurt\"; contrast = true; } );",
                  reference, cap);
    m.folder = wks_folder_make();
    m.path = wks_folder_put(m.folder, "study.cfg", text.data);
    const wks_status rc = wks_study_file_read(m.path, NULL, &m.study, &m.problems, &m.err);
    study_made_problems(&m, "");
    assert_ok(rc, &m.err);
    assert_false(m.study.parameter[0].is_in[0]);
    assert_true(m.study.parameter[0].is_in[1]);
    assert_ok(wks_study_file_options(&m.study, 0, point, &options, &m.err), &m.err);
    assert_int_equal(options.n_set, 0);
    wks_study_file_options_free(&options);
    assert_ok(wks_study_file_options(&m.study, 1, point, &options, &m.err), &m.err);
    assert_int_equal(options.n_set, 1);
    assert_string_equal(options.set[0], "rules.regio.spreiding.cap_share.max_share=0.4");
    wks_study_file_options_free(&options);
    wks_text_free(&text);
    free(reference);
    free(cap);
    study_made_free(&m);
}

static void values_fill_the_range(void **state)
{
    const wks_study_parameter plain = {.low = 2, .high = 6}, wide = {.low = 0.01, .high = 100, .is_log = true},
                              whole_number = {.low = 3, .high = 5, .is_whole = true};
    int n[3] = {0};
    (void)state;
    assert_close(wks_study_file_value(&plain, 0), 2, 0, 0);
    assert_close(wks_study_file_value(&plain, 0.25), 3, 0, 0);
    assert_close(wks_study_file_value(&plain, 1), 6, 0, 0);
    assert_close(wks_study_file_value(&wide, 0.5), 1, 1e-12, 0);
    assert_close(wks_study_file_value(&wide, 1), 100, 0, 0);
    for (int i = 0; i < 300; i++)
        n[(int)wks_study_file_value(&whole_number, (i + 0.5) / 300) - 3]++;
    for (int i = 0; i < 3; i++)
        assert_int_equal(n[i], 100);
    assert_close(wks_study_file_value(&whole_number, 1), 5, 0, 0);
}

static void study_errors_all_at_once(void **state)
{
    study_made m;
    (void)state;
    study_made_read(&m,
                    "name = \"proef\"; scenarios = [ \"list.cfg\", \"lot.cfg\" ]; replicatons = 4;\n"
                    "parameters = (\n"
                    "  { name = \"a\"; path = \"pool.housed\"; low = 5; high = 12; whole = true; },\n"
                    "  { name = \"b\"; path = \"pool.waiting\"; low = -3; high = 120; whole = true; },\n"
                    "  { name = \"c\"; path = \"pool.joining\"; low = 5; high = 11; },\n"
                    "  { name = \"a\"; path = \"replications\"; low = 5; high = 5; } );\n"
                    "outcomes = ( { name = \"wait\"; indicator = \"wait_maen\"; },\n"
                    "             { name = \"wait\"; indicator = \"wait_mean\"; tick = 41; scenario = \"lto\"; } );\n"
                    "design = { method = \"moris\"; levles = 3; };\n"
                    "targets = ( { outcome = \"wiat\"; value = 1; sd = 0; } );\n",
                    NULL);
    assert_status(m.rc, WKS_ERR_DATA, &m.err);
    study_made_problems(
        &m,
        "study.cfg:1:56: error: unknown key 'replicatons' in the study; nearest valid name is 'replications'\n"
        "study.cfg:4:24: error: parameter 'b' at -3 in scenario 'lijst': waiting is -3; expected a whole number from 0 to 10000000 "
        "(persons)\n"
        "study.cfg:5:24: error: parameter 'c' at 7.291796 in scenario 'lijst': joining is 7.291796; expected a whole number from 0 to "
        "10000000 (persons/tick), without decimal point (whole = true)\n"
        "study.cfg:6:12: error: this name stands twice among the parameters\n"
        "study.cfg:6:24: error: 'replications' says what is run or written, not how the city works; expected a key of a process, a rule or "
        "an event\n"
        "study.cfg:6:56: error: high is not above low; expected a range\n"
        "study.cfg:7:43: error: unknown indicator 'wait_maen'; nearest valid name is 'wait_mean'\n"
        "study.cfg:8:23: error: two outcomes are named 'wait'\n"
        "study.cfg:8:63: error: tick 41 is behind the last, 40\n"
        "study.cfg:8:78: error: 'lto' is no scenario of this study; nearest valid name is 'lot'\n"
        "study.cfg:9:21: error: method is \"moris\"; expected one of \"grid\", \"lhs\", \"sobol\", \"morris\", \"saltelli\"; nearest valid "
        "name is 'morris'\n"
        "study.cfg:9:30: error: unknown key 'levles' in design; nearest valid name is 'levels'\n"
        "study.cfg:10:25: error: 'wiat' is no outcome of this study; nearest valid name is 'wait'\n"
        "study.cfg:10:49: error: sd is 0; expected a number of at least 1e-300 (outcome's)\n");
    study_made_free(&m);
}

static void study_of_a_function_errors(void **state)
{
    study_made m;
    (void)state;
    study_made_read(&m,
                    "function = \"ishigami\"; scenarios = [ \"list.cfg\" ];\n"
                    "parameters = ( { name = \"1x\"; low = 0; high = 1; }, { name = \"b\"; path = \"pool.waiting\"; low = 1; } );\n"
                    "outcomes = ( { name = \"y\"; indicator = \"z\"; contrast = true; } );\n",
                    NULL);
    study_made_problems(
        &m, "study.cfg:1:12: error: a function stands in the place of scenarios: leave out one of the two, and set\n"
            "study.cfg:1:12: error: ishigami has 3 parameters, the study 2\n"
            "study.cfg:2:25: error: name becomes a column; expected letters, digits and '_', beginning with a letter, at most 60\n"
            "study.cfg:2:53: error: a parameter needs 'high'; expected a number (or values = [ ... ])\n"
            "study.cfg:2:74: error: a parameter of a function has no path\n"
            "study.cfg:3:40: error: 'z' is no output of the function; expected y, or the name of a parameter\n"
            "study.cfg:3:56: error: a function has no scenarios to contrast\n");
    study_made_free(&m);
}

static void problem_of_set_stands_where_it_is_written(void **state)
{
    study_made m;
    (void)state;
    study_made_read(&m,
                    "scenarios = [ \"list.cfg\" ];\nset = [ \"warmup=20\",\n  \"pool.waitng=3\" ];\n"
                    "parameters = ( { name = \"p\"; path = \"pool.housed\"; low = 5; high = 12; whole = true; } );\n"
                    "outcomes = ( { name = \"y\"; indicator = \"wait_mean\"; } );\n",
                    NULL);
    study_made_problems(&m, "study.cfg:3:3: error: unknown key 'waitng' in pool; nearest valid name is 'waiting'\n");
    study_made_free(&m);
}

static void calibration_too_small_for_its_method_is_told_at_its_place(void **state)
{
    static const struct {
        const char *calibration, *tells;
    } given[] = {
        {"method = \"history\"; points = 9;",
         "study.cfg:10:46: error: waves of 9 points for 2 parameters; expected at least 10: 2 (parameters + 3)\n"},
        {"method = \"history\"; points = 10;", ""},
        {"method = \"abc\"; evaluations = 50;",
         "study.cfg:10:47: error: 200 points to keep of 50 evaluations; expected at least 2 accepted, and no more than are evaluated\n"},
        {"method = \"abc\"; accepted = 5; evaluations = 50;", ""},
        {"method = \"crs\"; evaluations = 11;",
         "study.cfg:10:47: error: 11 evaluations for 2 starts and 2 parameters; expected at least 12: 2 (parameters + 1) a start\n"},
        {"method = \"crs\"; starts = 2; evaluations = 12;", ""}};

    (void)state;
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        study_made m;
        char text[2048];
        const char *at = strstr(whole, "calibration = ");
        assert_non_null(at);
        (void)snprintf(text, sizeof text, "%.*scalibration = { %s };\n", (int)(at - whole), whole, given[i].calibration);
        study_made_read(&m, text, NULL);
        study_made_problems(&m, given[i].tells);
        study_made_free(&m);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(study_is_read_whole),
        cmocka_unit_test(study_takes_options_over_the_file),
        cmocka_unit_test(contrast_without_scenario_is_one_outcome_a_scenario),
        cmocka_unit_test(parameter_of_one_scenario_is_left_out_of_the_other),
        cmocka_unit_test(values_fill_the_range),
        cmocka_unit_test(study_errors_all_at_once),
        cmocka_unit_test(study_of_a_function_errors),
        cmocka_unit_test(problem_of_set_stands_where_it_is_written),
        cmocka_unit_test(calibration_too_small_for_its_method_is_told_at_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
