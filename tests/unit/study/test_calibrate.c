/* study/calibrate: what the set says about targets and parameters, by hand; failed trials; sizes by default. */
#include "study/calibrate.h"

#include "study/calibrate_tables.h"
#include "unit/study/study_made.h"

static const char head[] = "function = \"linear\"; replications = 3; seed = 4;\n"
                           "outcomes = ( { name = \"y\"; indicator = \"y\"; }, { name = \"own\"; indicator = \"a\"; } );\n";

static void read_study(study_made *m, const char *parameters, const char *targets, const char *calibration)
{
    wks_text text = WKS_TEXT_INIT;
    wks_text_addf(&text, "%sparameters = ( %s );\ntargets = ( %s );\ncalibration = { %s };\n", head, parameters, targets, calibration);
    study_made_read(m, text.data, NULL);
    wks_text_free(&text);
    assert_ok(m->rc, &m->err);
}

/* y = 10 a + replication, own = a; fails in replication 2 where a is above 0.5 (context: everywhere). */
static wks_status made_up(const double *point, int32_t replication, double *out, void *context, wks_err *err)
{
    const bool *fails_always = context;
    if (replication == 2 && point[0] > 0.5) return wks_err_set(err, WKS_ERR_LAW, "broken on purpose");
    if (fails_always != NULL && *fails_always) return wks_err_set(err, WKS_ERR_DATA, "cannot have these values");
    out[0] = 10.0 * point[0] + replication;
    out[1] = point[0];
    return WKS_OK;
}

static wks_status run(const study_made *m, wks_trials_evaluate *evaluate, void *context, wks_calibrate_options *options, wks_calibrate *out,
                      wks_err *err)
{
    *options = (wks_calibrate_options){.evaluate = evaluate, .context = context, .trials = {.threads = 2}};
    return wks_calibrate_run(&m->study, options, out, err);
}

static const char
    one_parameter[] = "{ name = \"a\"; low = 0.0; high = 1.0; }",
    two_targets[] =
        "{ outcome = \"y\"; value = 9.0; sd = 2.0; discrepancy = 1.0; }, { outcome = \"own\"; value = 5.0; sd = 0.1; held_out = true; }";

static void failed_trials_leave_their_point_to_the_others(void **unused)
{
    (void)unused;
    study_made m;
    wks_calibrate c;
    wks_calibrate_options options;
    wks_err err = WKS_ERR_INIT;

    read_study(&m, one_parameter, two_targets, "method = \"history\"; waves = 1; points = 20;");
    assert_status(run(&m, made_up, NULL, &options, &c, &err), WKS_ERR_PARTIAL, &err);
    assert_contains(err.message, "10 trials failed");
    assert_int_equal(c.n_failed, 10);
    for (int32_t i = 0; i < c.archive.n; i++) {
        const double a = c.value[i];
        /* replications 1, 2, 3, or 1 and 3: mean 2 in both; variance of the mean 1/3, or 2/2 */
        assert_close(c.mean[2 * i], 10.0 * a + 2.0, 1e-12, 0.0);
        assert_close(c.sd[2 * i], a > 0.5 ? 1.0 : sqrt(1.0 / 3.0), 1e-12, 0.0);
        assert_close(c.mean[2 * i + 1], a, 1e-12, 0.0);
        assert_close(c.sd[2 * i + 1], 0.0, 0.0, 0.0);
    }
    wks_calibrate_free(&c);
    study_made_free(&m);
}

static void nothing_that_can_be_run_is_an_error(void **unused)
{
    (void)unused;
    study_made m;
    wks_calibrate c;
    wks_calibrate_options options;
    wks_err err = WKS_ERR_INIT;
    bool fails_always = true;

    read_study(&m, one_parameter, two_targets, "method = \"abc\"; evaluations = 10; accepted = 5;");
    assert_status(run(&m, made_up, &fails_always, &options, &c, &err), WKS_ERR_DATA, &err);
    assert_contains(err.message, "cannot have these values");
    wks_calibrate_free(&c);
    study_made_free(&m);
}

static void targets_over_the_set_by_hand(void **unused)
{
    (void)unused;
    study_made m;
    wks_calibrate c;
    wks_calibrate_options options;
    wks_calibrate_target t;
    wks_err err = WKS_ERR_INIT;
    double sum = 0.0, squares = 0.0;

    read_study(&m, one_parameter, two_targets, "method = \"history\"; waves = 1; points = 20;");
    assert_status(run(&m, made_up, NULL, &options, &c, &err), WKS_ERR_PARTIAL, &err);
    err = WKS_ERR_INIT;
    assert_true(c.n_members > 5 && c.n_members <= 20);
    for (int32_t i = 0; i < c.n_members; i++)
        sum += c.value[c.row[i]];
    const double mean = sum / c.n_members;
    for (int32_t i = 0; i < c.n_members; i++)
        squares += (c.value[c.row[i]] - mean) * (c.value[c.row[i]] - mean);
    assert_ok(wks_calibrate_target_of(&c, 1, &t, &err), &err);
    assert_close(t.mean, mean, 1e-12, 0.0);
    assert_close(t.mc_sd, 0.0, 0.0, 0.0);
    assert_close(t.z, (mean - 5.0) / sqrt(0.01 + squares / c.n_members), 1e-10, 0.0);
    assert_ok(wks_calibrate_target_of(&c, 0, &t, &err), &err);
    assert_close(t.mean, 10.0 * mean + 2.0, 1e-12, 0.0);
    assert_true(t.low <= t.mean && t.mean <= t.high);
    assert_true(t.mc_sd > sqrt(1.0 / 3.0) - 1e-9 && t.mc_sd < 1.0);
    wks_calibrate_free(&c);
    study_made_free(&m);
}

/* z alone would call a wide discrepancy "met": the set has to come near the value too. */
static void a_wide_discrepancy_alone_meets_nothing(void **unused)
{
    (void)unused;
    static const struct {
        const char *held_out, *verdict;
    } cases[] = {
        {"value = 7.0; sd = 0.5;", "held out: met"},
        {"value = 7.0; sd = 0.5; discrepancy = 40.0;", "held out: met"},
        {"value = 45.0; sd = 0.5; discrepancy = 40.0;", "held out: outside the set; within the discrepancy stated"},
        {"value = 45.0; sd = 40.0;", "held out: met"}, /* an observation that is no better says so */
        {"value = 45.0; sd = 0.5; discrepancy = 2.0;", "held out: missed"},
        {"value = 45.0; sd = 0.5;", "held out: missed"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        study_made m;
        wks_calibrate c;
        wks_calibrate_options options;
        wks_calibrate_target t;
        wks_err err = WKS_ERR_INIT;
        wks_text targets = WKS_TEXT_INIT;

        wks_text_addf(&targets, "{ outcome = \"own\"; value = 0.5; sd = 0.1; }, { outcome = \"y\"; %s held_out = true; }",
                      cases[i].held_out);
        read_study(&m, one_parameter, targets.data, "method = \"history\"; waves = 1; points = 20;");
        const wks_status rc = run(&m, made_up, NULL, &options, &c, &err);
        assert_true(rc == WKS_OK || rc == WKS_ERR_PARTIAL);
        assert_true(c.n_members > 1);
        err = WKS_ERR_INIT;
        assert_ok(wks_calibrate_target_of(&c, 1, &t, &err), &err);
        assert_string_equal(wks_calibrate_tables_verdict(&c, 1, &t), cases[i].verdict);
        wks_calibrate_free(&c);
        study_made_free(&m);
        wks_text_free(&targets);
    }
}

static void parameter_at_the_edge_of_its_range_is_told(void **unused)
{
    (void)unused;
    study_made m;
    wks_calibrate c;
    wks_calibrate_options options;
    wks_calibrate_parameter p;
    wks_err err = WKS_ERR_INIT;

    /* 120 is beyond the range: its end is all that comes near */
    read_study(&m, "{ name = \"a\"; low = 1.0; high = 100.0; log = true; }", "{ outcome = \"own\"; value = 120.0; sd = 8.0; }",
               "method = \"abc\"; evaluations = 2000; accepted = 20;");
    assert_status(run(&m, made_up, NULL, &options, &c, &err), WKS_ERR_PARTIAL, &err);
    err = WKS_ERR_INIT;
    assert_ok(wks_calibrate_parameter_of(&c, 0, &p, &err), &err);
    assert_string_equal(p.edge, "high");
    assert_true(p.low > 80.0 && p.high <= 100.0 && p.low < p.mean && p.mean < p.high);
    assert_true(p.shrinkage > 0.8 && p.shrinkage < 1.0);
    assert_close(p.best, 100.0, 0.01, 0.0);
    wks_calibrate_free(&c);
    study_made_free(&m);
}

static void a_best_point_has_no_interval(void **unused)
{
    (void)unused;
    study_made m;
    wks_calibrate c;
    wks_calibrate_options options;
    wks_calibrate_parameter p;
    wks_err err = WKS_ERR_INIT;

    read_study(&m, "{ name = \"a\"; low = 0.0; high = 0.4; }, { name = \"b\"; low = 0.0; high = 1.0; }",
               "{ outcome = \"own\"; value = 0.3; sd = 0.1; }", "method = \"bobyqa\"; starts = 2; evaluations = 80;");
    assert_ok(run(&m, made_up, NULL, &options, &c, &err), &err);
    assert_int_equal(c.n_members, 1);
    assert_ok(wks_calibrate_parameter_of(&c, 0, &p, &err), &err);
    assert_close(p.best, 0.3, 0.0, 0.01);
    assert_true(isnan(p.mean) && isnan(p.low) && isnan(p.shrinkage));
    assert_true(isnan(wks_calibrate_correlation(&c, 0, 1)));
    wks_calibrate_free(&c);
    study_made_free(&m);
}

static void budget_by_method(void **unused)
{
    (void)unused;
    static const struct {
        const char *calibration;
        int32_t budget;
    } cases[] = {{"method = \"bobyqa\";", 200},
                 {"method = \"crs\";", 1000},
                 {"method = \"isres\"; evaluations = 70;", 70},
                 {"method = \"abc\";", 2000},
                 {"method = \"abc_smc\";", 5000},
                 {"method = \"history\";", 30},
                 {"method = \"history\"; points = 25; waves = 2; evaluations = 500;", 50},
                 {"method = \"history\"; points = 25; waves = 2; evaluations = 500; accepted = 40;", 500}};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        study_made m;
        read_study(&m, one_parameter, two_targets, cases[i].calibration);
        assert_int_equal(wks_calibrate_budget(&m.study), cases[i].budget);
        study_made_free(&m);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(failed_trials_leave_their_point_to_the_others),
        cmocka_unit_test(nothing_that_can_be_run_is_an_error),
        cmocka_unit_test(targets_over_the_set_by_hand),
        cmocka_unit_test(a_wide_discrepancy_alone_meets_nothing),
        cmocka_unit_test(parameter_at_the_edge_of_its_range_is_told),
        cmocka_unit_test(a_best_point_has_no_interval),
        cmocka_unit_test(budget_by_method),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
