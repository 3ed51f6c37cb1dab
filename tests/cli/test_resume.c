/* Runs that are stopped: whole replications are kept, and --resume ends with the bytes of a run that was never stopped. What is kept of replications in the
 * middle: test_checkpoint.c. */
#include "cli/program.h"

/* Long enough to be stopped after the first replication, on the built-in city. */
enum { LONG_TICKS = 6, LONG_REPLICATIONS = 6 };
#define LONG "-t", "6", "-r", "6", "-j", "1", "-q"

static void assert_interrupted(const char *folder, const char *scenario)
{
    char *text = program_get(folder, "city.csv");
    const int n = program_n_complete(folder);
    char row[64];
    assert_true(n >= 1 && n < LONG_REPLICATIONS);
    program_assert_status(folder, "interrupted");
    for (int r = 1; r <= LONG_REPLICATIONS; r++) { /* the tables hold exactly the whole replications */
        (void)snprintf(row, sizeof row, "\n%s,%d,%d,", scenario, r, LONG_TICKS);
        assert_int_equal(strstr(text, row) != NULL, r <= n);
        (void)snprintf(row, sizeof row, "\n%s,%d,0,", scenario, r);
        assert_int_equal(strstr(text, row) != NULL, r <= n);
    }
    program_assert_no_leftovers(folder);
    free(text);
}

static void interrupted_run_goes_on_to_the_same_bytes(void **state)
{
    fixture *f = *state;
    char *whole = wks_folder_path(f->folder, "whole"), *out = wks_folder_path(f->folder, "out");
    program_do(f->folder, 0, "run", f->reference, LONG, "-o", "whole", NULL);
    assert_int_equal(program_interrupt(f->folder, "out/parts/000001.queue.csv", SIGINT, "run", f->reference, LONG, "-o", "out", NULL), 5);
    assert_interrupted(out, "reference");
    const int n = program_n_complete(out);
    program_says(f->folder, 2, "out exists and is not empty", "run", f->reference, LONG, "-o", "out", NULL);
    assert_int_equal(program_n_complete(out), n);
    wks_run run = program_run(f->folder, 0, "run", f->reference, LONG, "-o", "out", "--resume", NULL);
    assert_string_equal(run.out, "out\n");
    wks_run_free(&run);
    program_assert_status(out, "complete");
    program_assert_same_run(whole, out);
    assert_false(program_has(out, "parts"));

    run = program_run(f->folder, 0, "run", f->reference, LONG, "-o", "out", "--resume", NULL); /* complete: nothing is done */
    assert_string_equal(run.out, "out\n");
    wks_run_free(&run);
    program_assert_same_run(whole, out);
    free(whole);
    free(out);
}

static void other_signals_stop_in_good_order_too(void **state)
{
    static const struct {
        int number;
        const char *folder, *when;
    } cases[] = {{SIGTERM, "term", "term/parts/000001.queue.csv"}, {SIGUSR1, "usr1", "usr1/parts/000001.queue.csv"}};
    fixture *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *out = wks_folder_path(f->folder, cases[i].folder);
        assert_int_equal(program_interrupt(f->folder, cases[i].when, cases[i].number, "run", f->reference, LONG, "-o", out, NULL), 5);
        assert_interrupted(out, "reference");
        free(out);
    }
}

static void killed_run_goes_on_from_what_was_whole(void **state)
{
    fixture *f = *state;
    char *whole = wks_folder_path(f->folder, "whole"), *out = wks_folder_path(f->folder, "out");
    program_do(f->folder, 0, "run", f->reference, LONG, "-o", "whole", NULL);
    assert_int_equal(program_interrupt(f->folder, "out/parts/000002.queue.csv", SIGKILL, "run", f->reference, LONG, "-o", "out", NULL), -1);
    program_assert_status(out, "running");
    assert_true(program_n_complete(out) >= 1);
    program_do(f->folder, 0, "run", f->reference, LONG, "-o", "out", "--resume", NULL);
    program_assert_same_run(whole, out);
    program_assert_no_leftovers(out);
    free(whole);
    free(out);
}

static void max_time_stops_and_tells_how_to_go_on(void **state)
{
    fixture *f = *state;
    wks_run run =
        program_run(f->folder, 5, "run", f->reference, "-t", "600", "-r", "500", "-q", "-o", "out", "--max-time", "00:00:01", NULL);
    char *out = wks_folder_path(f->folder, "out");
    assert_contains(run.err, "to go on: wijksim run ");
    assert_string_equal(run.out, "");
    program_assert_status(out, "interrupted");
    assert_true(program_has(out, "city.csv") && program_has(out, "summary.csv"));
    wks_run_free(&run);
    free(out);
}

static void resume_of_a_missing_or_empty_folder_starts(void **state)
{
    fixture *f = *state;
    char *out = wks_folder_path(f->folder, "empty");
    assert_int_equal(mkdir(out, 0777), 0);
    program_do(f->folder, 0, "run", f->reference, "-t", "2", "-r", "1", "-q", "-o", "missing", "--resume", "--set", f->small, NULL);
    program_do(f->folder, 0, "run", f->reference, "-t", "2", "-r", "1", "-q", "-o", "empty", "--resume", "--set", f->small, NULL);
    program_assert_status(out, "complete");
    free(out);
}

static void resume_of_another_run_errors(void **state)
{
    fixture *f = *state;
    program_do(f->folder, 0, "run", f->reference, "-t", "2", "-r", "1", "-q", "-o", "out", "--set", f->small, NULL);
    program_says(f->folder, 2, "out holds another run: its scenario.cfg says 'ticks = 2;', this scenario 'ticks = 3;'", "run", f->reference,
                 "-t", "3", "-r", "1", "-q", "-o", "out", "--resume", "--set", f->small, NULL);
    program_says(f->folder, 2, "'dynamics = 1;', this scenario 'dynamics = 9;'", "run", f->reference, "-t", "2", "-r", "1", "-s", "9", "-q",
                 "-o", "out", "--resume", "--set", f->small, NULL);
    program_says(f->folder, 2, "other files of city modelstad", "run", f->reference, "-t", "2", "-r", "1", "-q", "-o", "out", "--resume",
                 NULL);
}

static void compare_interrupted_goes_on_to_the_same_bytes(void **state)
{
    static const char *const joint[] = {"summary.csv", "contrasts.csv", "effects.csv", "codebook.csv", "differences.txt"};
    fixture *f = *state;
    char *whole = wks_folder_path(f->folder, "whole"), *out = wks_folder_path(f->folder, "out");
    program_do(f->folder, 0, "compare", f->reference, f->cap, "-t", "4", "-r", "4", "-j", "1", "-q", "-o", "whole", NULL);
    assert_int_equal(program_interrupt(f->folder, "out/plafond/parts/000001.queue.csv", SIGINT, "compare", f->reference, f->cap, "-t", "4",
                                       "-r", "4", "-j", "1", "-q", "-o", "out", NULL),
                     5);
    program_assert_status(out, "interrupted");
    assert_in_range(program_n_complete(out), 1, 3);
    assert_true(program_has(out, "contrasts.csv"));
    assert_false(program_has(out, "report.html"));
    program_do(f->folder, 0, "compare", f->reference, f->cap, "-t", "4", "-r", "4", "-j", "1", "-q", "-o", "out", "--resume", NULL);
    program_assert_status(out, "complete");
    for (size_t i = 0; i < sizeof joint / sizeof *joint; i++)
        program_assert_same(whole, out, joint[i]);
    static const char *const folders[] = {"reference", "plafond"};
    for (size_t i = 0; i < 2; i++) {
        char *a = wks_folder_path(whole, folders[i]), *b = wks_folder_path(out, folders[i]);
        program_assert_same_run(a, b);
        free(a);
        free(b);
    }
    assert_true(program_has(out, "report.html"));
    program_says(f->folder, 0, "out is complete: nothing to do", "compare", f->reference, f->cap, "-t", "4", "-r", "4", "-j", "1", "-o",
                 "out", "--resume", NULL);
    free(whole);
    free(out);
}

static void demo_interrupted_goes_on(void **state)
{
    fixture *f = *state;
    char *out = wks_folder_path(f->folder, "out");
    assert_int_equal(program_interrupt(f->folder, "out/reference/parts/000001.queue.csv", SIGTERM, "demo", "-t", "6", "-r", "2", "-j", "1",
                                       "-q", "-o", "out", NULL),
                     5);
    program_assert_status(out, "interrupted");
    wks_run run = program_run(f->folder, 0, "demo", "-t", "6", "-r", "2", "-j", "1", "-q", "-o", "out", "--resume", NULL);
    assert_string_equal(run.out, "out/report.html\n");
    wks_run_free(&run);
    program_assert_status(out, "complete");
    assert_int_equal(program_n_complete(out), 2);
    assert_true(program_has(out, "report.html"));
    free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_fixture(interrupted_run_goes_on_to_the_same_bytes),     with_fixture(other_signals_stop_in_good_order_too),
        with_fixture(killed_run_goes_on_from_what_was_whole),        with_fixture(max_time_stops_and_tells_how_to_go_on),
        with_fixture(resume_of_a_missing_or_empty_folder_starts),    with_fixture(resume_of_another_run_errors),
        with_fixture(compare_interrupted_goes_on_to_the_same_bytes), with_fixture(demo_interrupted_goes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
