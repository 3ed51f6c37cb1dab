/* warmup with a city: drift.csv of run, compare and merge, nothing else by a byte, and what is wrong or doubtful is told at its place. */
#include "cli/program.h"

#define QUICK "-t", "18", "-r", "10", "-q", "--set", f->small

/* Rows with a slope; every row is of this scenario and of the last half of twelve months. */
static size_t check_drift(const char *folder, const char *name)
{
    wks_csv csv = program_table(folder, "drift.csv");
    size_t n = 0;
    for (size_t i = 0; i < csv.n_rows; i++) {
        assert_string_equal(wks_csv_cell(&csv, i, wks_csv_column(&csv, "scenario")), name);
        assert_string_equal(wks_csv_cell(&csv, i, wks_csv_column(&csv, "from_tick")), "6");
        assert_string_equal(wks_csv_cell(&csv, i, wks_csv_column(&csv, "to_tick")), "12");
        assert_string_not_equal(wks_csv_cell(&csv, i, wks_csv_column(&csv, "verdict")), "");
        n += strcmp(wks_csv_cell(&csv, i, wks_csv_column(&csv, "n")), "10") == 0;
    }
    wks_csv_free(&csv);
    return n;
}

static void run_writes_the_drift_and_nothing_else_differs(void **state)
{
    fixture *f = *state;
    char *without = wks_folder_path(f->folder, "without"), *with = wks_folder_path(f->folder, "with");
    program_do(f->folder, 0, "run", f->reference, QUICK, "-o", "without", NULL);
    program_do(f->folder, 0, "run", f->reference, QUICK, "-o", "with", "--set", "warmup=12", NULL);
    assert_false(program_has(without, "drift.csv"));
    assert_true(check_drift(with, "reference") > 1);
    for (int i = 0; i < PROGRAM_N_TABLES; i++) {
        if (strcmp(program_tables[i], "scenario.cfg") != 0) program_assert_same(without, with, program_tables[i]);
    }
    wks_json *a = program_manifest(without), *b = program_manifest(with);
    const wks_json *first = wks_json_get(a, "replications"), *second = wks_json_get(b, "replications");
    for (size_t i = 0; i < 10; i++)
        assert_string_equal(wks_json_text(wks_json_get(wks_json_at(first, i), "state_hash")),
                            wks_json_text(wks_json_get(wks_json_at(second, i), "state_hash")));
    wks_json_free(a);
    wks_json_free(b);
    free(without);
    free(with);
}

/* The run-in changes no replication: it may be asked of a run that is there. */
static void a_finished_run_is_asked_for_its_drift(void **state)
{
    fixture *f = *state;
    char *whole = wks_folder_path(f->folder, "whole"), *later = wks_folder_path(f->folder, "later");
    program_do(f->folder, 0, "run", f->reference, QUICK, "-o", "whole", "--set", "warmup=12", NULL);
    program_do(f->folder, 0, "run", f->reference, QUICK, "-o", "later", NULL);
    program_do(f->folder, 0, "run", f->reference, QUICK, "-o", "later", "--set", "warmup=12", "--resume", NULL);
    program_assert_same(whole, later, "drift.csv");
    program_assert_same_run(whole, later); /* scenario.cfg too */
    program_does_nothing(f->folder, 0, "later", "run", f->reference, "-t", "18", "-r", "10", "--set", f->small, "-o", "later", "--set",
                         "warmup=12", "--resume", NULL);
    program_do(f->folder, 0, "run", f->reference, QUICK, "-o", "later", "--resume", NULL);
    assert_false(program_has(later, "drift.csv")); /* asked no more */
    free(whole);
    free(later);
}

static void merge_writes_the_drift_of_all(void **state)
{
    fixture *f = *state;
    char *whole = wks_folder_path(f->folder, "whole"), *joined = wks_folder_path(f->folder, "joined");
    program_do(f->folder, 0, "run", f->reference, QUICK, "-o", "whole", "--set", "warmup=12", NULL);
    program_do(f->folder, 0, "run", f->reference, QUICK, "-o", "a", "--part", "1/2", "--set", "warmup=12", NULL);
    program_do(f->folder, 0, "run", f->reference, QUICK, "-o", "b", "--part", "2/2", "--set", "warmup=12", NULL);
    program_do(f->folder, 0, "merge", "joined", "a", "b", NULL);
    program_do(f->folder, 0, "run", f->reference, QUICK, "-o", "c", "--part", "2/2", "--set", "warmup=6", NULL);
    program_says(f->folder, 3, "c: error: another run than a: its scenario.cfg says 'warmup = 6;', that one 'warmup = 12;'", "merge", "not",
                 "a", "c", NULL);
    program_assert_same_run(whole, joined);
    program_assert_same(whole, joined, "drift.csv");
    free(whole);
    free(joined);
}

static void compare_writes_it_for_each_scenario(void **state)
{
    fixture *f = *state;
    char *first = wks_folder_path(f->folder, "out/reference"), *second = wks_folder_path(f->folder, "out/plafond");
    program_do(f->folder, 0, "compare", f->reference, f->cap, QUICK, "-o", "out", "--set", "warmup=12", NULL);
    assert_true(check_drift(first, "reference") > 1);
    assert_true(check_drift(second, "plafond") > 1);
    program_do(f->folder, 0, "compare", f->reference, f->cap, QUICK, "-o", "out", "--force", NULL); /* the old one is ours to remove */
    assert_false(program_has(first, "drift.csv") || program_has(second, "drift.csv"));
    program_do(f->folder, 0, "compare", f->reference, f->cap, QUICK, "-o", "out", "--set", "warmup=12", "--resume", NULL);
    assert_true(check_drift(second, "plafond") > 1);
    program_does_nothing(f->folder, 0, "out", "compare", f->reference, f->cap, "-t", "18", "-r", "10", "--set", f->small, "-o", "out",
                         "--set", "warmup=12", "--resume", NULL);
    program_do(f->folder, 0, "compare", f->reference, f->cap, QUICK, "-o", "out", "--resume", NULL);
    assert_false(program_has(first, "drift.csv") || program_has(second, "drift.csv"));
    free(first);
    free(second);
}

static void a_run_in_as_long_as_the_run_is_refused(void **state)
{
    fixture *f = *state;
    wks_text text = WKS_TEXT_INIT;
    wks_text_addf(&text, "base = \"%s\";\nticks = 12;\nwarmup = 12;\n", f->reference);
    free(wks_folder_put(f->folder, "long.cfg", text.data));
    wks_text_free(&text);
    program_says(f->folder, 3, "long.cfg:3:10: error: warmup is 12 and the run has 12 ticks; expected a warmup below ticks", "check",
                 "long.cfg", NULL);
    program_do(f->folder, 0, "check", "long.cfg", "--set", "warmup=11", NULL);
}

static void an_event_in_the_run_in_is_warned_of(void **state)
{
    fixture *f = *state;
    static const struct {
        const char *at, *says;
    } cases[] = {{"2025-03", "event.cfg:4:21: warning: this event lies inside the warm-up of 12 months"},
                 {"2026-01", "expected from tick 13 on, 2026-02"},
                 {"2026-02", NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        wks_text text = WKS_TEXT_INIT;
        wks_text_addf(&text,
                      "base = \"%s\";\nticks = 36; start = \"2025-01\";\nwarmup = 12;\ntimeline = ( { at = \"%s\"; event = \"set\"; "
                      "set = \"processes.search.start\"; value = 1.9; } );\n",
                      f->reference, cases[i].at);
        free(wks_folder_put(f->folder, "event.cfg", text.data));
        wks_text_free(&text);
        wks_run run = program_run(f->folder, 0, "check", "event.cfg", NULL);
        if (cases[i].says != NULL) assert_contains(run.err, cases[i].says);
        if (cases[i].says == NULL) assert_null(strstr(run.err, "warm-up"));
        wks_run_free(&run);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_fixture(run_writes_the_drift_and_nothing_else_differs),
        with_fixture(a_finished_run_is_asked_for_its_drift),
        with_fixture(merge_writes_the_drift_of_all),
        with_fixture(compare_writes_it_for_each_scenario),
        with_fixture(a_run_in_as_long_as_the_run_is_refused),
        with_fixture(an_event_in_the_run_in_is_warned_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
