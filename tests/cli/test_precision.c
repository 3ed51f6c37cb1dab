/* Half-widths asked of outcomes: run and compare go on until they are reached, or say that they are not; the same number whatever the threads or breaks. */
#include "cli/program.h"

static const char queue[] =
    "name = \"a\"; ticks = 1500; warmup = 300; replications = 12;\n"
    "queue = { dwellings = 10; arrivals = 0.06; stay = 100.0; priority_share = 0.0; patience = 60.0; };\n"
    "rules = ( { name = \"regio\"; order = ( { part = \"inschrijfduur\"; } ); } );\n"
    "output = { city_every = 1500; };\n"
    "outcomes = ( { indicator = \"wait_mean\"; threshold = 40.0; half_width = 0.35; }, { indicator = \"housed\"; half_width = 0.2; },\n"
    "             { indicator = \"left_share\"; } );\n"
    "precision = { max_replications = 90; };\n";

static int setup(void **state)
{
    if (fixture_begin(state) != 0) return 1;
    fixture *f = *state;
    free(wks_folder_put(f->folder, "a.cfg", queue));
    free(wks_folder_put(f->folder, "b.cfg", "base = \"a.cfg\"; name = \"b\"; queue = { patience = 90.0; };\n"));
    return 0;
}

static double manifest_number(const char *folder, const char *name, const char *object, const char *key)
{
    wks_err err = WKS_ERR_INIT;
    wks_json *root = NULL;
    char *text = program_get(folder, name);
    assert_ok(wks_json_parse(text, strlen(text), &root, &err), &err);
    const wks_json *at = object == NULL ? root : wks_json_get(root, object);
    const double value = wks_json_double(wks_json_get(at, key));
    wks_json_free(root);
    free(text);
    return value;
}

/* Column of the first row of a table with this indicator. */
static char *cell(const char *folder, const char *name, const char *indicator, const char *column)
{
    wks_csv csv;
    wks_err err = WKS_ERR_INIT;
    wks_problems problems = WKS_PROBLEMS_INIT;
    char *path = wks_folder_path(folder, name), *out = NULL;
    assert_ok(wks_csv_read(path, ',', false, &csv, &problems, &err), &err);
    const int key = wks_csv_column(&csv, "indicator"), wanted = wks_csv_column(&csv, column);
    assert_true(key >= 0 && wanted >= 0);
    for (size_t i = 0; i < csv.n_rows && out == NULL; i++) {
        if (strcmp(wks_csv_cell(&csv, i, key), indicator) == 0) out = strdup(wks_csv_cell(&csv, i, wanted));
    }
    assert_non_null(out);
    wks_csv_free(&csv);
    wks_problems_free(&problems);
    free(path);
    return out;
}

static double cell_number(const char *folder, const char *name, const char *indicator, const char *column)
{
    char *text = cell(folder, name, indicator, column);
    const double value = text[0] == '\0' ? (double)NAN : strtod(text, NULL);
    free(text);
    return value;
}

static void assert_same_files(const fixture *f, const char *a, const char *b)
{
    static const char *const names[] = {"contrasts.csv", "precision.csv",  "summary.csv",  "a/city.csv",
                                        "b/city.csv",    "a/scenario.cfg", "b/summary.csv"};
    char *first = wks_folder_path(f->folder, a), *second = wks_folder_path(f->folder, b);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        program_assert_same(first, second, names[i]);
    free(first);
    free(second);
}

static void compare_goes_on_until_all_half_widths_hold(void **state)
{
    fixture *f = *state;
    wks_run run = program_run(f->folder, 0, "compare", "a.cfg", "b.cfg", "-o", "out", "--progress", "none", "-j", "1", NULL);
    assert_contains(run.out, "held since");
    assert_contains(run.out, "wait_mean");
    assert_null(strstr(run.out, "left_share")); /* declared, nothing asked */
    assert_contains(run.err, "after 12 pairs: about ");
    wks_run_free(&run);
    char *folder = wks_folder_path(f->folder, "out");
    const double n = cell_number(folder, "precision.csv", "wait_mean", "n_pairs"),
                 since = cell_number(folder, "precision.csv", "wait_mean", "held_since");
    assert_true(n > 12 && n < 90 && fmod(n - 12, 10) == 0);
    assert_true(since >= 10 && n - since >= 5);
    assert_true(cell_number(folder, "precision.csv", "wait_mean", "half_width") <= 0.35);
    assert_true(cell_number(folder, "precision.csv", "housed", "half_width") <= 0.2);
    char *reached = cell(folder, "precision.csv", "housed", "reached"), *not_asked = cell(folder, "precision.csv", "left_share", "reached");
    assert_string_equal(reached, "yes");
    assert_string_equal(not_asked, "");
    assert_true(manifest_number(folder, "manifest.json", NULL, "replications_asked") == n);
    assert_true(manifest_number(folder, "manifest.json", "precision", "asked") == 2);
    assert_true(manifest_number(folder, "manifest.json", "precision", "reached") == 2);
    free(reached);
    free(not_asked);
    free(folder);
    program_do(f->folder, 0, "compare", "a.cfg", "b.cfg", "-o", "threads", "-q", "-j", "3", NULL);
    assert_same_files(f, "out", "threads");
    /* And once more, from what it wrote: nothing is added. */
    program_does_nothing(f->folder, 0, "threads", "compare", "a.cfg", "b.cfg", "-o", "threads", "--resume", NULL);
    /* Asked otherwise, its tables are made anew, without another run. */
    program_do(f->folder, 0, "compare", "a.cfg", "b.cfg", "-o", "threads", "-q", "--resume", "--precision", "left_share=0.9", NULL);
    folder = wks_folder_path(f->folder, "threads");
    assert_true(manifest_number(folder, "manifest.json", "precision", "asked") == 3);
    free(folder);
    program_do(f->folder, 0, "compare", "a.cfg", "b.cfg", "-o", "threads", "-q", "--resume", NULL);
    assert_same_files(f, "out", "threads");
    /* A table that is gone is made again. */
    folder = wks_folder_path(f->folder, "threads/precision.csv");
    assert_int_equal(remove(folder), 0);
    free(folder);
    program_do(f->folder, 0, "compare", "a.cfg", "b.cfg", "-o", "threads", "-q", "--resume", NULL);
    assert_same_files(f, "out", "threads");
}

static void break_in_the_middle_of_a_batch_changes_nothing(void **state)
{
    fixture *f = *state;
    program_do(f->folder, 0, "compare", "a.cfg", "b.cfg", "-o", "whole", "-q", NULL);
    program_says(f->folder, 6, "not reached with 14 replications", "compare", "a.cfg", "b.cfg", "-o", "broken", "-q", "--max-replications",
                 "14", NULL);
    char *folder = wks_folder_path(f->folder, "broken"), *reached = cell(folder, "precision.csv", "wait_mean", "reached");
    assert_string_equal(reached, "no");
    assert_true(cell_number(folder, "precision.csv", "wait_mean", "n_needed") > 14);
    assert_true(manifest_number(folder, "manifest.json", "precision", "reached") < 2);
    assert_true(program_has(folder, "report.html"));
    free(reached);
    program_do(f->folder, 0, "compare", "a.cfg", "b.cfg", "-o", "broken", "-q", "--resume", NULL);
    assert_same_files(f, "whole", "broken");
    free(folder);
}

static void numbers_given_are_kept_and_judged(void **state)
{
    fixture *f = *state;
    program_says(f->folder, 6, "not reached with 15 replications", "compare", "a.cfg", "b.cfg", "-o", "fixed", "-q", "-r", "1-15", NULL);
    program_says(f->folder, 6, "not reached with 18 replications", "compare", "a.cfg", "b.cfg", "-o", "fixed", "-q", "-r", "16-18", NULL);
    char *folder = wks_folder_path(f->folder, "fixed");
    assert_true(cell_number(folder, "precision.csv", "wait_mean", "n_pairs") == 18);
    free(folder);
}

static void run_asks_it_of_the_mean(void **state)
{
    fixture *f = *state;
    wks_run run = program_run(f->folder, 0, "run", "a.cfg", "-o", "mean", "-q", "--precision", "wait_mean=4,housed=30", NULL);
    assert_contains(run.out, "housed");
    wks_run_free(&run);
    char *folder = wks_folder_path(f->folder, "mean");
    const double n = cell_number(folder, "precision.csv", "wait_mean", "n_pairs");
    assert_true(n >= 22);
    assert_true(cell_number(folder, "precision.csv", "wait_mean", "half_width") <= 4);
    assert_true(manifest_number(folder, "manifest.json", NULL, "replications_asked") == n);
    free(folder);
    program_says(f->folder, 6, "precision.csv tells which", "run", "a.cfg", "-o", "never", "-q", "--precision", "wait_mean=0.01",
                 "--max-replications", "20", NULL);
    program_does_nothing(f->folder, 6, "never", "run", "a.cfg", "-o", "never", "--precision", "wait_mean=0.01", "--max-replications", "20",
                         "--resume", NULL);
    program_says(f->folder, 6, "not reached with 30 replications", "run", "a.cfg", "-o", "never", "-q", "--precision", "wait_mean=0.01",
                 "--max-replications", "30", "--resume", NULL); /* more are allowed */
    program_does_nothing(f->folder, 0, "mean", "run", "a.cfg", "-o", "mean", "--precision", "wait_mean=4,housed=30", "--resume", NULL);
}

static void precision_errors(void **state)
{
    fixture *f = *state;
    program_says(f->folder, 3, "unknown indicator \"wait_meen\"; nearest valid name is 'wait_mean'", "run", "a.cfg", "-o", "e",
                 "--precision", "wait_meen=1", NULL);
    program_says(f->folder, 3, "error: indicator 'wait_mean' has no row with group 'jong' in scenario 'a'; expected none", "run", "a.cfg",
                 "-o", "e", "-q", "--precision", "wait_mean:jong=1", NULL);
    assert_false(program_has(f->folder, "e")); /* nothing was run */
    free(wks_folder_put(f->folder, "asks.cfg",
                        "base = \"a.cfg\"; name = \"asks\";\noutcomes = ( { indicator = \"wait_mean\"; half_width = 1; } );"));
    free(wks_folder_put(f->folder, "mute.cfg",
                        "base = \"b.cfg\"; name = \"mute\"; outcomes = ( ); output = { indicators = [ \"housed\" ]; };"));
    program_says(f->folder, 3, "asks.cfg:2:28: error: indicator 'wait_mean' has no row in scenario 'mute', whose output.indicators",
                 "compare", "asks.cfg", "mute.cfg", "-o", "e", NULL);
    program_says(f->folder, 2, "--max-replications '5'", "run", "a.cfg", "-o", "e2", "--max-replications", "5", NULL);
    wks_run run = program_run(f->folder, 0, "run", "a.cfg", "-o", "e2", "--dry-run", NULL);
    assert_contains(run.out, "at most 90 replications");
    wks_run_free(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(compare_goes_on_until_all_half_widths_hold, setup, fixture_end),
        cmocka_unit_test_setup_teardown(break_in_the_middle_of_a_batch_changes_nothing, setup, fixture_end),
        cmocka_unit_test_setup_teardown(numbers_given_are_kept_and_judged, setup, fixture_end),
        cmocka_unit_test_setup_teardown(run_asks_it_of_the_mean, setup, fixture_end),
        cmocka_unit_test_setup_teardown(precision_errors, setup, fixture_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
