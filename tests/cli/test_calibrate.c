/* wijksim calibrate: known truths are recovered, held-out targets are not fitted, the set is carried by scenarios, stopping and threads change no byte, and
 * what is told when nothing can fit. */
#include "cli/late.h"

#include "base/rng.h"
#include "num/draw.h"

static const char *const tables[] = {"evaluations.csv", "steps.csv", "posterior.csv",   "members.csv",
                                     "targets.csv",     "study.cfg", "calibration.csv", "correlations.csv"};
enum { N_TABLES = sizeof tables / sizeof *tables, TRUTHS = 10 };

/* y = 1 x + 2 z beside each parameter itself, with noise; observed with an error of 0.05 and 0.15. */
static char *put_study(const fixture *f, const char *name, const char *calibration, const double *value)
{
    wks_text text = WKS_TEXT_INIT;
    wks_text_addf(&text,
                  "name = \"lijn\"; function = \"linear\"; noise = 0.05; replications = 5; seed = 4;\n"
                  "parameters = ( { name = \"x\"; low = 0.0; high = 1.0; }, { name = \"z\"; low = 0.0; high = 2.0; } );\n"
                  "outcomes = ( { name = \"y\"; indicator = \"y\"; }, { name = \"own_x\"; indicator = \"x\"; }, { name = \"own_z\"; "
                  "indicator = \"z\"; } );\n"
                  "targets = ( { outcome = \"y\"; value = %.6f; sd = 0.05; }, { outcome = \"own_x\"; value = %.6f; sd = 0.15; source = "
                  "\"made, for a test\"; },\n"
                  "            { outcome = \"own_z\"; value = %.6f; sd = 0.1; held_out = true; } );\n"
                  "calibration = { %s };\n",
                  value[0], value[1], value[2], calibration);
    char *path = wks_folder_put(f->folder, name, text.data);
    wks_text_free(&text);
    return path;
}

static const double usual[] = {1.9, 0.55, 0.7};

static double cell(const wks_csv *csv, size_t row, const char *column)
{
    double value = (double)NAN;
    assert_true(wks_csv_column(csv, column) >= 0);
    (void)wks_text_parse_double(wks_csv_cell(csv, row, wks_csv_column(csv, column)), &value);
    return value;
}

static wks_csv table_of(const fixture *f, const char *folder, const char *name)
{
    char *path = wks_folder_path(f->folder, folder);
    wks_csv csv = program_table(path, name);
    free(path);
    return csv;
}

static void assert_same_results(const fixture *f, const char *a, const char *b)
{
    char *first = wks_folder_path(f->folder, a), *second = wks_folder_path(f->folder, b);
    for (int i = 0; i < N_TABLES; i++)
        program_assert_same(first, second, tables[i]);
    program_assert_no_leftovers(first);
    free(first);
    free(second);
}

/* ---- recovery ---- */

/* Parameters of ten truths, each observed once with the errors that the targets state: how many of the 20 lie in their interval. */
static int recovered(const fixture *f, const char *calibration)
{
    const wks_rng_seed seed = wks_rng_seed_make(2025, 0);
    int n = 0;

    for (uint64_t k = 0; k < TRUTHS; k++) {
        wks_rng rng = wks_rng_open(&seed, k, 0, WKS_RNG_TEST);
        double truth[2], value[3];
        truth[0] = wks_rng_u01(&rng);
        truth[1] = 2.0 * wks_rng_u01(&rng);
        value[0] = truth[0] + 2.0 * truth[1] + 0.05 * wks_draw_normal(&rng);
        value[1] = truth[0] + 0.15 * wks_draw_normal(&rng);
        value[2] = truth[1];
        char *path = put_study(f, "truth.cfg", calibration, value);
        program_do(f->folder, 0, "calibrate", path, "-q", "--force", "-o", "truth", NULL);
        wks_csv csv = table_of(f, "truth", "calibration.csv");
        assert_int_equal(csv.n_rows, 2);
        for (size_t i = 0; i < 2; i++)
            n += cell(&csv, i, "ci_low") <= truth[i] && truth[i] <= cell(&csv, i, "ci_high");
        assert_true(cell(&csv, 1, "shrinkage") > 0.5); /* z is known to about 0.08 of a range of 2 */
        wks_csv_free(&csv);
        free(path);
    }
    return n;
}

static void abc_smc_recovers_nine_in_ten(void **state)
{
    assert_in_range(recovered(*state, "method = \"abc_smc\"; accepted = 150;"), 18, 20);
}

static void abc_recovers_nine_in_ten(void **state)
{
    assert_in_range(recovered(*state, "method = \"abc\"; evaluations = 3000;"), 18, 20);
}

static void history_recovers_nine_in_ten(void **state)
{
    assert_in_range(recovered(*state, "method = \"history\"; accepted = 60; evaluations = 400;"), 18, 20);
}

static void searches_find_the_best_point(void **state)
{
    static const char *const method[] = {"method = \"bobyqa\"; starts = 3;", "method = \"crs\"; evaluations = 300;",
                                         "method = \"isres\"; evaluations = 400;"};
    const fixture *f = *state;

    for (int m = 0; m < 3; m++) {
        char *path = put_study(f, "best.cfg", method[m], usual);
        wks_run run = program_run(f->folder, 0, "calibrate", path, "-q", "--force", "-o", "best", NULL);
        assert_contains(run.out, "starts agree on it: it says nothing about what else fits as well");
        wks_run_free(&run);
        wks_csv csv = table_of(f, "best", "calibration.csv");
        assert_close(cell(&csv, 0, "best"), 0.55, 0.0, 0.2);
        assert_close(cell(&csv, 1, "best"), 0.675, 0.0, 0.1);
        assert_true(isnan(cell(&csv, 0, "ci_low")));
        wks_csv_free(&csv);
        csv = table_of(f, "best", "members.csv");
        assert_int_equal(csv.n_rows, 1);
        wks_csv_free(&csv);
        csv = table_of(f, "best", "steps.csv");
        assert_int_equal(csv.n_rows, 4 * (m == 0 ? 3 : 2));
        wks_csv_free(&csv);
        free(path);
    }
}

/* ---- targets ---- */

static void held_out_target_changes_nothing_that_is_fitted(void **state)
{
    const fixture *f = *state;
    const double other[] = {1.9, 0.55, 1.6};
    char *a = put_study(f, "a.cfg", "method = \"history\";", usual), *b = put_study(f, "b.cfg", "method = \"history\";", other);
    char *first = wks_folder_path(f->folder, "a"), *second = wks_folder_path(f->folder, "b");

    program_do(f->folder, 0, "calibrate", a, "-q", "-o", "a", NULL);
    wks_run run = program_run(f->folder, 0, "calibrate", b, "-q", "-o", "b", NULL);
    assert_contains(run.out, "held out: missed");
    wks_run_free(&run);
    program_assert_same(first, second, "evaluations.csv");
    program_assert_same(first, second, "members.csv");
    program_assert_same(first, second, "calibration.csv");
    wks_csv csv = table_of(f, "a", "targets.csv");
    assert_string_equal(wks_csv_cell(&csv, 0, wks_csv_column(&csv, "verdict")), "fitted: met");
    assert_string_equal(wks_csv_cell(&csv, 1, wks_csv_column(&csv, "source")), "made, for a test");
    assert_string_equal(wks_csv_cell(&csv, 2, wks_csv_column(&csv, "use")), "held_out");
    assert_string_equal(wks_csv_cell(&csv, 2, wks_csv_column(&csv, "verdict")), "held out: met");
    assert_true(cell(&csv, 2, "low") < 0.7 && cell(&csv, 2, "high") > 0.65);
    wks_csv_free(&csv);
    free(a);
    free(b);
    free(first);
    free(second);
}

static void every_member_was_run_and_fits(void **state)
{
    const fixture *f = *state;
    char *path = put_study(f, "a.cfg", "method = \"history\";", usual);

    program_do(f->folder, 0, "calibrate", path, "-q", "-o", "out", NULL);
    wks_csv csv = table_of(f, "out", "evaluations.csv"), members = table_of(f, "out", "members.csv");
    size_t n = 0;
    for (size_t i = 0; i < csv.n_rows; i++) {
        const char *member = wks_csv_cell(&csv, i, wks_csv_column(&csv, "member"));
        assert_int_equal(member[0] != '\0', cell(&csv, i, "implausibility") <= 3.0);
        if (member[0] == '\0') continue;
        assert_close(cell(&csv, i, "x"), cell(&members, n, "x"), 0.0, 0.0);
        n++;
    }
    assert_int_equal(n, members.n_rows);
    assert_true(n >= 20);
    assert_int_equal(wks_csv_column(&members, "weight"), -1); /* all alike */
    wks_csv_free(&csv);
    wks_csv_free(&members);
    free(path);
}

static void nothing_fits_is_told(void **state)
{
    const fixture *f = *state;
    const double far[] = {40.0, 0.5, 0.7};
    char *path = put_study(f, "far.cfg", "method = \"history\";", far);
    wks_run run = program_run(f->folder, 0, "calibrate", path, "-q", "-o", "out", NULL);
    wks_csv csv;

    assert_contains(run.out, "Nothing fits");
    assert_contains(run.out, "fitted: nothing fits, best point");
    wks_run_free(&run);
    char *folder = wks_folder_path(f->folder, "out"), *text = program_get(folder, "members.csv");
    assert_string_equal(text, "member,x,z\n");
    free(text);
    free(folder);
    csv = table_of(f, "out", "targets.csv");
    assert_close(cell(&csv, 0, "model_mean"), 5.0, 0.0, 0.6); /* the most it can be */
    wks_csv_free(&csv);
    free(path);
    path = put_study(f, "far.cfg", "method = \"abc_smc\"; accepted = 50; evaluations = 500;", far);
    run = program_run(f->folder, 0, "calibrate", path, "-q", "--force", "-o", "out", NULL);
    assert_contains(run.out, "times as wide, so the intervals are too wide");
    wks_run_free(&run);
    free(path);
}

/* ---- sessions ---- */

static void threads_change_no_byte(void **state)
{
    static const char *const method[] = {"method = \"history\";", "method = \"abc_smc\"; accepted = 40;", "method = \"bobyqa\";"};
    const fixture *f = *state;

    for (int m = 0; m < 3; m++) {
        char *path = put_study(f, "a.cfg", method[m], usual);
        program_do(f->folder, 0, "calibrate", path, "-q", "--force", "-j", "1", "-o", "one", NULL);
        program_do(f->folder, 0, "calibrate", path, "-q", "--force", "-j", "3", "-o", "three", NULL);
        assert_same_results(f, "one", "three");
        free(path);
    }
}

static void killed_and_resumed_has_the_same_bytes(void **state)
{
    const fixture *f = *state;
    char *path = put_study(f, "a.cfg", "method = \"abc_smc\"; accepted = 300;", usual);

    program_do(f->folder, 0, "calibrate", path, "-q", "-o", "whole", NULL);
    (void)program_interrupt(f->folder, "cut/journal", SIGKILL, "calibrate", path, "-q", "-o", "cut", NULL);
    program_says(f->folder, 2, "is not empty", "calibrate", path, "-q", "-o", "cut", NULL);
    program_do(f->folder, 0, "calibrate", path, "-q", "--resume", "-o", "cut", NULL);
    assert_same_results(f, "whole", "cut");
    program_does_nothing(f->folder, 0, "cut", "calibrate", path, "--resume", "-o", "cut", NULL);
    assert_same_results(f, "whole", "cut");
    free(path);
}

static void stopped_exits_5_and_goes_on(void **state)
{
    const fixture *f = *state;
    char *path = put_study(f, "a.cfg", "method = \"abc\"; evaluations = 40000;", usual), *cut = wks_folder_path(f->folder, "cut");

    assert_int_equal(program_interrupt(f->folder, "cut/journal", SIGTERM, "calibrate", path, "-q", "-o", "cut", NULL), 5);
    program_assert_status(cut, "interrupted");
    assert_false(program_has(cut, "members.csv"));
    free(path);
    free(cut);
}

/* ---- carrying the set ---- */

static char *put_city_study(const fixture *f, const char *calibration)
{
    wks_text text = WKS_TEXT_INIT;
    wks_text_addf(&text,
                  "name = \"stad\"; scenarios = ( \"%s\" ); set = ( \"%s\" ); ticks = 3; replications = 2;\n"
                  "parameters = ( { name = \"react\"; path = \"processes.allocation.react\"; low = 0.3; high = 0.9; },\n"
                  "               { name = \"sample\"; path = \"processes.market.sample\"; low = 2.0; high = 9.0; whole = true; } );\n"
                  "outcomes = ( { name = \"households\"; indicator = \"households\"; }, { name = \"moves\"; indicator = \"moves\"; } );\n"
                  "targets = ( { outcome = \"households\"; value = 60.0; sd = 1000.0; }, { outcome = \"moves\"; value = 3.0; sd = 100.0; "
                  "held_out = true; } );\n"
                  "calibration = { %s };\n",
                  f->reference, f->small, calibration);
    char *path = wks_folder_put(f->folder, "city.cfg", text.data);
    wks_text_free(&text);
    return path;
}

static char *late_fit(const fixture *f, int size)
{
    char calibration[80];
    (void)snprintf(calibration, sizeof calibration, "method = \"abc\"; accepted = 5; evaluations = %d;", size / 2);
    return put_city_study(f, calibration);
}

static void max_time_stops_a_fit_that_goes_on_to_the_same_bytes(void **state)
{
    const fixture *f = *state;
    char *study = late_stop(f, "calibrate", late_fit), *late = wks_folder_path(f->folder, "late");
    late_goes_on(f, "calibrate", study);
    assert_same_results(f, "whole", "late");
    program_assert_status(late, "complete");
    free(study);
    free(late);
}

static int64_t member_of(const fixture *f, const char *name, size_t i)
{
    char *folder = wks_folder_path(f->folder, name);
    wks_json *m = program_manifest(folder);
    const wks_json *member = wks_json_get(wks_json_at(wks_json_get(m, "replications"), i), "calibrated_member");
    const int64_t out = member == NULL ? 0 : wks_json_int(member);
    wks_json_free(m);
    free(folder);
    return out;
}

static void set_is_carried_into_a_comparison(void **state)
{
    const fixture *f = *state;
    char *path = put_city_study(f, "method = \"history\"; waves = 1;");
    bool varies = false;

    program_do(f->folder, 0, "calibrate", path, "-q", "-o", "fit", NULL);
    wks_csv csv = table_of(f, "fit", "members.csv");
    assert_int_equal(csv.n_rows, 20);
    assert_string_equal(csv.header[1], "processes.allocation.react");
    for (size_t i = 0; i < csv.n_rows; i++) {
        const double sample = cell(&csv, i, "processes.market.sample");
        assert_true(sample == (double)(int)sample && sample >= 2.0 && sample <= 9.0);
    }
    program_do(f->folder, 0, "compare", f->reference, f->cap, "--set", f->small, "--set", "members=fit/members.csv", "-t", "3", "-r", "4",
               "-q", "-o", "out", NULL);
    for (size_t i = 0; i < 4; i++) {
        const int64_t member = member_of(f, "out/reference", i);
        assert_in_range(member, 1, 20);
        assert_int_equal(member_of(f, "out/plafond", i), member); /* the same in every scenario */
        varies = varies || member != member_of(f, "out/reference", 0);
    }
    assert_true(varies);
    char *joint = wks_folder_path(f->folder, "out"), *report = program_get(joint, "report.html");
    assert_contains(report, ">20</span> stellen waarden van ");
    assert_contains(report, ">2</span> parameters");
    free(joint);
    free(report);
    /* Its scenario.cfg reads the same set from anywhere. */
    char *folder = wks_folder_path(f->folder, "out/reference"), *again = wks_folder_path(f->folder, "again");
    char *resolved = wks_folder_path(folder, "scenario.cfg");
    program_do("/tmp", 0, "run", resolved, "-q", "-o", again, NULL);
    program_assert_same(folder, again, "city.csv");
    /* One member by hand gives what it gives when it is carried. */
    const size_t row = (size_t)member_of(f, "out/reference", 2) - 1;
    wks_text react = WKS_TEXT_INIT, sample = WKS_TEXT_INIT;
    wks_text_addf(&react, "processes.allocation.react=%s", wks_csv_cell(&csv, row, 1));
    wks_text_addf(&sample, "processes.market.sample=%s", wks_csv_cell(&csv, row, 2));
    program_do(f->folder, 0, "run", f->reference, "--set", f->small, "--set", react.data, "--set", sample.data, "-t", "3", "-r", "3-3",
               "-q", "-o", "hand", NULL);
    wks_json *a = program_manifest(folder);
    char *hand = wks_folder_path(f->folder, "hand"), *hash = program_state_hash(hand);
    assert_string_equal(wks_json_text(wks_json_get(wks_json_at(wks_json_get(a, "replications"), 2), "state_hash")), hash);
    wks_json_free(a);
    wks_text_free(&react);
    wks_text_free(&sample);
    free(hand);
    free(hash);
    free(folder);
    free(again);
    free(resolved);
    wks_csv_free(&csv);
    free(path);
}

static void set_that_is_not_there_or_wrong_is_told(void **state)
{
    const fixture *f = *state;

    program_says(f->folder, 3, "members is \"nowhere.csv\" and there is no such set", "run", f->reference, "--set", f->small, "--set",
                 "members=nowhere.csv", "-q", "-o", "out", NULL);
    free(wks_folder_put(f->folder, "wrong.csv", "member,processes.allocation.raect\n1,0.5\n"));
    program_says(f->folder, 3, "nearest valid name is 'processes.allocation.react'", "run", f->reference, "--set", f->small, "--set",
                 "members=wrong.csv", "-q", "-o", "out", NULL);
}

/* ---- errors ---- */

static void calibrate_errors(void **state)
{
    const fixture *f = *state;
    char *path = put_study(f, "a.cfg", "method = \"history\"; points = 5;", usual);

    program_says(f->folder, 3, "a.cfg:6:46: error: waves of 5 points for 2 parameters; expected at least 10", "calibrate", path, "-q", "-o",
                 "out", NULL);
    free(path);
    path = put_study(f, "a.cfg", "method = \"histroy\";", usual);
    program_says(f->folder, 3, "histroy", "calibrate", path, "-q", "-o", "new", NULL);
    assert_false(program_has(f->folder, "new"));
    free(path);
    char *text = NULL;
    path = put_study(f, "a.cfg", "method = \"history\";", usual);
    program_do(f->folder, 0, "calibrate", path, "-q", "--force", "-o", "out", NULL);
    program_says(f->folder, 2, "is not empty", "calibrate", path, "-q", "-o", "out", NULL);
    program_says(f->folder, 2, "holds other results", "calibrate", path, "-q", "-s", "9", "--resume", "-o", "out", NULL);
    wks_run run = program_run(f->folder, 0, "calibrate", path, "--dry-run", "-o", "dry", NULL);
    assert_contains(run.out, "lijn: history, at most 60 points of 5 replications");
    assert_false(program_has(f->folder, "dry"));
    wks_run_free(&run);
    text = wks_folder_get(path);
    *strstr(text, "targets") = '\0';
    free(wks_folder_put(f->folder, "none.cfg", text));
    program_says(f->folder, 3, "has no calibration", "calibrate", "none.cfg", "-q", "-o", "new", NULL);
    assert_false(program_has(f->folder, "new")); /* refused before a folder is made */
    free(text);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_fixture(abc_smc_recovers_nine_in_ten),
        with_fixture(abc_recovers_nine_in_ten),
        with_fixture(history_recovers_nine_in_ten),
        with_fixture(searches_find_the_best_point),
        with_fixture(held_out_target_changes_nothing_that_is_fitted),
        with_fixture(every_member_was_run_and_fits),
        with_fixture(nothing_fits_is_told),
        with_fixture(threads_change_no_byte),
        with_fixture(killed_and_resumed_has_the_same_bytes),
        with_fixture(max_time_stops_a_fit_that_goes_on_to_the_same_bytes),
        with_fixture(stopped_exits_5_and_goes_on),
        with_fixture(set_is_carried_into_a_comparison),
        with_fixture(set_that_is_not_there_or_wrong_is_told),
        with_fixture(calibrate_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
