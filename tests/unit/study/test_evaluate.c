#include "study/evaluate.h"

#include "base/machine.h"
#include "scenario/model.h"
#include "sim/everything.h"
#include "sim/replication.h"
#include "unit/study/study_made.h"

static const char queues[] = "name = \"proef\"; scenarios = [ \"list.cfg\", \"lot.cfg\" ]; replications = 4;\n"
                             "parameters = ( { name = \"housed\"; path = \"pool.housed\"; low = 5; high = 12; whole = true; } );\n"
                             "outcomes = ( { name = \"list\"; indicator = \"wait_variance\"; },\n"
                             "             { name = \"lot\"; indicator = \"wait_variance\"; scenario = \"lot\"; },\n"
                             "             { name = \"gain\"; indicator = \"wait_variance\"; contrast = true; },\n"
                             "             { name = \"early\"; indicator = \"wait_mean\"; tick = 30; } );\n";

static wks_evaluate *open_study(study_made *m, const char *text)
{
    wks_evaluate *evaluate = NULL;
    study_made_read(m, text, NULL);
    study_made_problems(m, "");
    m->rc = wks_evaluate_create(&m->study, 1, NULL, &evaluate, &m->problems, &m->err);
    return evaluate;
}

/* The row as an ordinary run of the scenario file has it. */
typedef struct one_row {
    const char *indicator;
    int32_t tick;
    double value;
} one_row;

static wks_status watch(const wks_replication_view *view, void *context, wks_err *err)
{
    one_row *wanted = context;
    (void)err;
    for (int32_t i = 0; i < view->city->n && view->world->tick == wanted->tick; i++) {
        if (strcmp(view->city->row[i].indicator, wanted->indicator) == 0) wanted->value = view->city->row[i].value;
    }
    return WKS_OK;
}

static double run_plainly(const study_made *m, const char *file, const char *set, int32_t replication, const char *indicator, int32_t tick)
{
    char *path = wks_folder_path(m->folder, file);
    wks_read_options options = WKS_READ_OPTIONS_INIT;
    wks_scenario scenario;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    one_row wanted = {indicator, tick, NAN};
    uint64_t hash;

    options.set = &set;
    options.n_set = 1;
    assert_ok(wks_read_scenario(path, &options, wks_everything_catalogue(), &scenario, &problems, &err), &err);
    const wks_replication_options how = {.number = replication, .threads = 1, .observer = watch, .observer_context = &wanted};
    assert_ok(wks_replication_run(&scenario, NULL, &how, &hash, &err), &err);
    wks_scenario_free(&scenario);
    wks_problems_free(&problems);
    free(path);
    return wanted.value;
}

static void trial_gives_the_rows_of_an_ordinary_run(void **state)
{
    study_made m;
    double out[4];
    const double point[] = {9};
    (void)state;
    wks_evaluate *evaluate = open_study(&m, queues);
    assert_ok(m.rc, &m.err);
    for (int32_t replication = 1; replication <= 3; replication++) {
        assert_ok(wks_evaluate_trial(point, replication, out, evaluate, &m.err), &m.err);
        assert_close(out[0], run_plainly(&m, "list.cfg", "pool.housed=9", replication, "wait_variance", 40), 0, 0);
        assert_close(out[1], run_plainly(&m, "lot.cfg", "pool.housed=9", replication, "wait_variance", 40), 0, 0);
        assert_close(out[2], out[1] - out[0], 0, 0);
        assert_close(out[3], run_plainly(&m, "list.cfg", "pool.housed=9", replication, "wait_mean", 30), 0, 0);
        assert_true(out[2] > 0); /* a lottery spreads waiting times */
    }
    wks_evaluate_destroy(evaluate);
    study_made_free(&m);
}

static void contrast_of_equal_scenarios_is_exactly_zero(void **state)
{
    study_made m;
    double out[1];
    const double point[] = {7};
    (void)state;
    m = (study_made){.problems = WKS_PROBLEMS_INIT, .err = WKS_ERR_INIT};
    m.folder = wks_folder_make();
    free(wks_folder_put(m.folder, "lot.cfg", study_made_lot));
    free(wks_folder_put(m.folder, "same.cfg", "base = \"lot.cfg\"; name = \"same\";"));
    m.path = wks_folder_put(m.folder, "study.cfg",
                            "scenarios = [ \"lot.cfg\", \"same.cfg\" ];\n"
                            "parameters = ( { name = \"p\"; path = \"pool.housed\"; low = 5; high = 12; whole = true; } );\n"
                            "outcomes = ( { name = \"d\"; indicator = \"wait_variance\"; contrast = true; } );\n");
    wks_evaluate *evaluate = NULL;
    assert_ok(wks_study_file_read(m.path, NULL, &m.study, &m.problems, &m.err), &m.err);
    assert_ok(wks_evaluate_create(&m.study, 1, NULL, &evaluate, &m.problems, &m.err), &m.err);
    for (int32_t replication = 1; replication <= 3; replication++) {
        assert_ok(wks_evaluate_trial(point, replication, out, evaluate, &m.err), &m.err);
        assert_close(out[0], 0, 0, 0);
    }
    wks_evaluate_destroy(evaluate);
    study_made_free(&m);
}

static void identity_follows_what_decides_the_outcomes(void **state)
{
    study_made a, b, c;
    (void)state;
    wks_evaluate *first = open_study(&a, queues);
    wks_evaluate *same = open_study(&b, queues);
    wks_text text = WKS_TEXT_INIT;
    wks_text_addf(&text, "%s set = [ \"pool.joining=11\" ];", queues);
    wks_evaluate *other = open_study(&c, text.data);
    assert_string_equal(wks_evaluate_identity(first), wks_evaluate_identity(same));
    assert_string_not_equal(wks_evaluate_identity(first), wks_evaluate_identity(other));
    wks_evaluate_destroy(first);
    wks_evaluate_destroy(same);
    wks_evaluate_destroy(other);
    wks_text_free(&text);
    study_made_free(&a);
    study_made_free(&b);
    study_made_free(&c);
}

static void outcome_without_row_is_told_at_its_place(void **state)
{
    study_made m;
    (void)state;
    assert_null(open_study(&m, "scenarios = [ \"list.cfg\" ];\n"
                               "parameters = ( { name = \"p\"; path = \"pool.housed\"; low = 5; high = 12; whole = true; } );\n"
                               "outcomes = ( { name = \"d\"; indicator = \"wait_variance\"; group = \"oud\"; } );\n"));
    assert_int_equal(m.rc, WKS_ERR_DATA);
    study_made_problems(
        &m, "study.cfg:3:65: error: indicator 'wait_variance' has no row with group 'oud' in scenario 'lijst'; expected none\n");
    study_made_free(&m);
}

static void point_that_a_scenario_cannot_have_fails(void **state)
{
    study_made m;
    double out[4];
    const double point[] = {-1};
    (void)state;
    wks_evaluate *evaluate = open_study(&m, queues);
    assert_status(wks_evaluate_trial(point, 1, out, evaluate, &m.err), WKS_ERR_DATA, &m.err);
    assert_contains(m.err.message, "scenario 'lijst' cannot have these values: housed is -1");
    wks_evaluate_destroy(evaluate);
    study_made_free(&m);
}

/* A trial that the deadline falls within ends after its first month, and the others with it. */
static void trial_ends_at_the_month_before_the_deadline(void **state)
{
    study_made m;
    wks_evaluate *evaluate = NULL;
    wks_stop stop = {0};
    double in_time[4], out[4];
    const double point[] = {9};
    (void)state;
    study_made_read(&m, queues, NULL);
    assert_ok(m.rc, &m.err);
    assert_ok(wks_evaluate_create(&m.study, 1, &stop, &evaluate, &m.problems, &m.err), &m.err);
    wks_evaluate_until(evaluate, wks_machine_seconds() + 1000);
    assert_ok(wks_evaluate_trial(point, 1, in_time, evaluate, &m.err), &m.err);
    assert_false(wks_stop_is_raised(&stop));
    wks_evaluate_until(evaluate, wks_machine_seconds());
    assert_status(wks_evaluate_trial(point, 1, out, evaluate, &m.err), WKS_ERR_STOPPED, &m.err);
    assert_contains(m.err.message, "stopped at tick 10"); /* the first that has rows */
    assert_true(wks_stop_is_raised(&stop));
    wks_stop_lower(&stop);
    wks_evaluate_until(evaluate, 0);
    m.err = WKS_ERR_INIT;
    assert_ok(wks_evaluate_trial(point, 1, out, evaluate, &m.err), &m.err);
    assert_memory_equal(out, in_time, sizeof out);
    wks_evaluate_destroy(evaluate);
    study_made_free(&m);
}

static void function_stands_in_for_scenarios(void **state)
{
    study_made m;
    double out[2], noisy[2];
    const double point[] = {1, 2, 3};
    (void)state;
    wks_evaluate *evaluate = open_study(&m, "function = \"linear\";\n"
                                            "parameters = ( { name = \"a\"; low = 0; high = 1; }, { name = \"b\"; low = 0; high = 2; },\n"
                                            "               { name = \"c\"; low = 0; high = 3; } );\n"
                                            "outcomes = ( { name = \"y\"; indicator = \"y\"; }, { name = \"b\"; indicator = \"b\"; } );\n");
    assert_ok(m.rc, &m.err);
    assert_ok(wks_evaluate_trial(point, 1, out, evaluate, &m.err), &m.err);
    assert_close(out[0], 1 + 4 + 9, 0, 0);
    assert_close(out[1], 2, 0, 0);
    m.study.noise = 0.5;
    assert_ok(wks_evaluate_trial(point, 1, noisy, evaluate, &m.err), &m.err);
    assert_true(fabs(noisy[0] - out[0]) > 0 && fabs(noisy[0] - out[0]) < 4.2);
    assert_ok(wks_evaluate_trial(point, 2, out, evaluate, &m.err), &m.err);
    assert_true(fabs(noisy[0] - out[0]) > 0); /* another replication, other noise */
    wks_evaluate_destroy(evaluate);
    study_made_free(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trial_gives_the_rows_of_an_ordinary_run),     cmocka_unit_test(contrast_of_equal_scenarios_is_exactly_zero),
        cmocka_unit_test(identity_follows_what_decides_the_outcomes),  cmocka_unit_test(outcome_without_row_is_told_at_its_place),
        cmocka_unit_test(point_that_a_scenario_cannot_have_fails),     cmocka_unit_test(function_stands_in_for_scenarios),
        cmocka_unit_test(trial_ends_at_the_month_before_the_deadline),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
