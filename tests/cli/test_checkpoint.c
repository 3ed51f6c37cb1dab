/* Runs that are stopped in the middle of a replication go on to the bytes of a run that was never stopped; a checkpoint that is damaged or of something else is
 * refused. Killed ones: test_kill.c. Every run here is of the small city. */
#include "cli/same_tree.h"
#include "output/checkpoint.h"

/* A replication must last long enough to be met in its middle, on a fast machine and on a busy one. */
#define MIDDLE "-t", "720", "-r", "2", "-j", "1", "-q"

/* Stops a run in its first replication. Returns its folder. */
static char *stop_in_the_middle(const fixture *f, const char *out, int signal_number)
{
    char *when = wks_folder_path(out, "parts/000001.city.csv.part"), *folder = wks_folder_path(f->folder, out);
    assert_int_equal(program_interrupt(f->folder, when, signal_number, "run", f->reference, "--set", f->small, MIDDLE, "-o", out, NULL), 5);
    program_assert_status(folder, "interrupted");
    program_assert_no_leftovers(folder);
    assert_true(program_has(folder, "checkpoint/000001.ckpt"));
    free(when);
    return folder;
}

static void stopped_run_goes_on_in_the_middle_to_the_same_bytes(void **state)
{
    static const struct {
        int number;
        const char *folder;
    } cases[] = {{SIGINT, "int"}, {SIGTERM, "term"}, {SIGUSR1, "usr1"}};
    fixture *f = *state;
    char *whole = wks_folder_path(f->folder, "whole");
    program_do(f->folder, 0, "run", f->reference, "--set", f->small, MIDDLE, "-o", "whole", NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *out = stop_in_the_middle(f, cases[i].folder, cases[i].number);
        char *text = program_get(out, "city.csv"); /* the tables hold whole replications: none */
        assert_string_equal(text, "scenario,replication,tick,date,indicator,group,scale,value\n");
        free(text);
        wks_run run =
            program_run(f->folder, 0, "run", f->reference, "--set", f->small, MIDDLE, "-o", cases[i].folder, "--resume", "--dry-run", NULL);
        assert_contains(run.out, "would go on in the middle: 1 from tick ");
        wks_run_free(&run);
        program_do(f->folder, 0, "run", f->reference, "--set", f->small, MIDDLE, "-o", cases[i].folder, "--resume", NULL);
        assert_same_tree(whole, out);
        assert_int_equal(n_resumed(out), 1);
        program_says(f->folder, 0, "is complete: nothing to do", "run", f->reference, "--set", f->small, "-t", "720", "-r", "2", "-o",
                     cases[i].folder, "--resume", NULL);
        free(out);
    }
    free(whole);
}

#define LONG "run", f->reference, "--set", f->small, "-t", "1200", "-r", "4", "-j", "1", "-q", "-o"

/* A run that is stopped by its deadline. One that passes between two replications keeps none in the middle, and rightly so: then it is run anew. */
static wks_run stop_by_the_clock(const fixture *f)
{
    for (size_t i = 0; i < 10; i++) {
        wks_run run = program_run(f->folder, 5, LONG, "out", "--max-time", "00:00:01", NULL);
        if (strstr(run.err, "kept in the middle")) return run;
        wks_run_free(&run);
        wks_folder_remove(wks_folder_path(f->folder, "out"));
    }
    fail_msg("stopped ten times, and never in the middle of a replication");
    return (wks_run){0};
}

static void max_time_keeps_the_month_and_tells_how_to_go_on(void **state)
{
    fixture *f = *state;
    char *whole = wks_folder_path(f->folder, "whole"), *out = wks_folder_path(f->folder, "out");
    wks_run run = stop_by_the_clock(f);
    assert_contains(run.err, "of 4 replications are done; kept in the middle: number ");
    assert_contains(run.err, " of reference at tick ");
    assert_contains(run.err, "; to go on: wijksim run ");
    assert_contains(run.err, "-q -o out --max-time 00:00:01 --resume");
    assert_string_equal(run.out, "");
    wks_run_free(&run);
    program_do(f->folder, 0, LONG, "out", "--resume", NULL);
    program_do(f->folder, 0, LONG, "whole", NULL);
#undef LONG
    assert_same_tree(whole, out);
    assert_int_equal(n_resumed(out), 1);
    free(whole);
    free(out);
}

static void checkpoint_every_errors(void **state)
{
    fixture *f = *state;
    program_says(f->folder, 2, "--checkpoint-every 'often' is no number of minutes from 0 to 100000", "run", f->reference,
                 "--checkpoint-every", "often", NULL);
    program_says(f->folder, 2, "--checkpoint-every '-1'", "run", f->reference, "--checkpoint-every=-1", NULL);
}

/* ---- refused ---- */

#define GO_ON "run", f->reference, "--set", f->small, MIDDLE, "-o", "out", "--resume"

static void put_bytes(const char *path, const char *bytes, size_t n)
{
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_file_write(path, bytes, n, &err), &err);
}

static void damaged_checkpoint_is_refused_errors(void **state)
{
    fixture *f = *state;
    char *out = stop_in_the_middle(f, "out", SIGTERM), *path = wks_folder_path(out, "checkpoint/000001.ckpt");
    char *bytes = NULL;
    size_t n = 0;
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_file_read(path, &bytes, &n, &err), &err);
    const size_t at[] = {0, 8, 40, n / 2, n - 1};
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        bytes[at[i]] ^= 4;
        put_bytes(path, bytes, n);
        bytes[at[i]] ^= 4;
        program_says(f->folder, 3, "out/checkpoint/000001.ckpt is damaged", GO_ON, NULL);
        program_says(f->folder, 3, "remove it and that replication begins anew", GO_ON, "--dry-run", NULL);
        put_bytes(path, bytes, at[i]);
        program_says(f->folder, 3, "out/checkpoint/000001.ckpt is damaged", GO_ON, NULL);
    }
    program_assert_status(out, "interrupted"); /* nothing was touched: with the right bytes it goes on */
    put_bytes(path, bytes, n);
    char *rows = wks_folder_path(out, "parts/000001.city.csv.part");
    assert_int_equal(truncate(rows, 100), 0);
    program_says(f->folder, 3, "000001.city.csv.part is cut short", GO_ON, NULL);
    assert_int_equal(unlink(path), 0); /* as the message says: number 1 begins anew */
    program_do(f->folder, 0, GO_ON, NULL);
    assert_int_equal(n_resumed(out), 0);
    program_assert_status(out, "complete");
    free(rows);
    free(bytes);
    free(path);
    free(out);
}

/* Rewrites the checkpoint with something else in its head, and a sum that is right. */
static void rewrite(const char *out, const char *commit, uint64_t seed)
{
    wks_checkpoint checkpoint;
    wks_err err = WKS_ERR_INIT;
    char *path = wks_checkpoint_path(out, 1), *bytes = NULL;
    size_t n = 0;
    assert_ok(wks_checkpoint_read(path, &checkpoint, &bytes, &n, &err), &err);
    if (commit != NULL) (void)snprintf(checkpoint.commit, sizeof checkpoint.commit, "%s", commit);
    checkpoint.seed_dynamics = seed;
    assert_ok(wks_checkpoint_write(out, &checkpoint, bytes, n, false, &err), &err);
    free(bytes);
    free(path);
}

static void foreign_checkpoint_is_refused_errors(void **state)
{
    fixture *f = *state;
    char *out = stop_in_the_middle(f, "out", SIGUSR1);
    rewrite(out, NULL, 9);
    program_says(f->folder, 2, "000001.ckpt is of a run with seeds 1 (population) and 9 (dynamics), this one has 1 and 1", GO_ON, NULL);
    rewrite(out, "0123456789ab", 1);
    program_says(f->folder, 2, "000001.ckpt was written by wijksim", GO_ON, NULL);
    program_says(f->folder, 2, "(0123456789ab) and this is", GO_ON, "--dry-run", NULL);
    program_says(f->folder, 2, "or --force to begin all anew", GO_ON, NULL);
    program_says(f->folder, 2, "out holds another run", "run", f->reference, "--set", f->small, "-t", "130", "-r", "2", "-q", "-o", "out",
                 "--resume", NULL); /* another scenario is told before */
    program_do(f->folder, 0, "run", f->reference, "--set", f->small, "-t", "3", "-r", "1", "-q", "-o", "out", "--force", NULL);
    program_assert_status(out, "complete");
    assert_false(program_has(out, "checkpoint"));
    free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_fixture(stopped_run_goes_on_in_the_middle_to_the_same_bytes),
        with_fixture(max_time_keeps_the_month_and_tells_how_to_go_on),
        with_fixture(checkpoint_every_errors),
        with_fixture(damaged_checkpoint_is_refused_errors),
        with_fixture(foreign_checkpoint_is_refused_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
