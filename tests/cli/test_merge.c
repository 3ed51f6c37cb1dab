/* Parts of a run or a comparison (--part, the task of a Slurm array, -r A-B in folders of their own) and merge: the bytes of one process, or a refusal. */
#include "cli/program.h"

#define SIZE "-t", "13", "-q", "--set", f->small
#define TINY "-t", "2", "-q", "--set", f->small
static const char *const joint[] = {"summary.csv",  "contrasts.csv",   "effects.csv",        "losers.csv",        "waterbed.csv",
                                    "codebook.csv", "differences.txt", "differences.nl.txt", "differences.en.txt"};

static void assert_same_joint(const char *a, const char *b)
{
    for (size_t i = 0; i < sizeof joint / sizeof *joint; i++)
        program_assert_same(a, b, joint[i]);
}

static void assert_same_runs(const char *a, const char *b, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char *first = wks_folder_path(a, names[i]), *second = wks_folder_path(b, names[i]);
        program_assert_same_run(first, second);
        free(first);
        free(second);
    }
}

static void make_part(const fixture *f, const char *part, const char *out, const char *replications)
{
    program_do(f->folder, 0, "run", f->cap, TINY, "-r", replications, "--part", part, "-o", out, NULL);
}

/* ---- equal bytes ---- */

static void parts_of_a_run_join_to_the_bytes_of_one(void **state)
{
    fixture *f = *state;
    char *whole = wks_folder_path(f->folder, "whole"), *out = wks_folder_path(f->folder, "out");
    program_do(f->folder, 0, "run", f->cap, TINY, "-r", "7", "-o", "whole", NULL);
    make_part(f, "1/3", "a", "7");
    make_part(f, "2/3", "b", "7");
    make_part(f, "3/3", "c", "7");
    wks_run run = program_run(f->folder, 0, "merge", "out", "c", "a", "b", NULL);
    assert_string_equal(run.out, "out\n");
    wks_run_free(&run);
    program_assert_same_run(whole, out);
    program_assert_status(out, "complete");
    assert_int_equal(program_n_complete(out), 7);
    assert_false(program_has(out, "parts"));
    assert_false(program_has(f->folder, "out.merging"));
    wks_json *part = program_manifest(out);
    assert_int_equal(wks_json_size(wks_json_get(part, "merged_from")), 3);
    assert_null(wks_json_get(part, "part"));
    wks_json_free(part);

    /* A merged folder is as good as one that ran: it grows, and can be joined itself. */
    program_do(f->folder, 0, "run", f->cap, TINY, "-r", "8-9", "-o", "out", NULL);
    program_do(f->folder, 0, "run", f->cap, TINY, "-r", "8-9", "-o", "whole", NULL);
    program_assert_same_run(whole, out);
    free(whole);
    free(out);
}

static void parts_are_contiguous_blocks_and_say_so(void **state)
{
    static const struct {
        const char *part, *folder;
        int first, n;
    } cases[] = {{"1/3", "a", 11, 2}, {"2/3", "b", 13, 2}, {"3/3", "c", 15, 3}};
    fixture *f = *state;
    for (size_t i = 0; i < 3; i++) {
        char *out = wks_folder_path(f->folder, cases[i].folder);
        make_part(f, cases[i].part, cases[i].folder, "11-17");
        wks_json *root = program_manifest(out);
        const wks_json *list = wks_json_get(root, "replications"), *part = wks_json_get(root, "part");
        assert_int_equal(wks_json_size(list), cases[i].n);
        assert_int_equal(wks_json_int(wks_json_get(wks_json_at(list, 0), "number")), cases[i].first);
        assert_int_equal(wks_json_int(wks_json_get(part, "number")), (int)i + 1);
        assert_int_equal(wks_json_int(wks_json_get(part, "of")), 3);
        assert_int_equal(wks_json_int(wks_json_get(part, "first_replication")), 11);
        assert_int_equal(wks_json_int(wks_json_get(part, "replications")), 7);
        wks_json_free(root);
        free(out);
    }
}

/* Two replications in three parts: the first is empty and legal. */
static void parts_of_a_comparison_join_to_the_bytes_of_one(void **state)
{
    static const char *const runs[] = {"reference", "plafond"};
    fixture *f = *state;
    char *whole = wks_folder_path(f->folder, "whole"), *out = wks_folder_path(f->folder, "out"), *empty = wks_folder_path(f->folder, "1");
    static const char *const parts[] = {"1/3", "2/3", "3/3"}, *const folders[] = {"1", "2", "3"};
    program_do(f->folder, 0, "compare", f->reference, f->cap, SIZE, "-r", "2", "-o", "whole", NULL);
    for (int i = 0; i < 3; i++) {
        wks_run run =
            program_run(f->folder, 0, "compare", f->reference, f->cap, SIZE, "-r", "2", "--part", parts[i], "-o", folders[i], NULL);
        assert_string_equal(run.out, i == 0 ? "1\n" : i == 1 ? "2\n" : "3\n"); /* no report yet */
        wks_run_free(&run);
        assert_false(program_has(f->folder, "2/report.html") || program_has(f->folder, "2/contrasts.csv"));
    }
    program_assert_status(empty, "complete");
    assert_int_equal(program_n_complete(empty), 0);
    program_says(f->folder, 0, "1 is complete: nothing to do", "compare", f->reference, f->cap, "-t", "13", "--set", f->small, "-r", "2",
                 "--part", "1/3", "-o", "1", "--resume", NULL);
    wks_run run = program_run(f->folder, 0, "merge", "out", "1", "2", "3", NULL);
    assert_string_equal(run.out, "out/report.html\n");
    wks_run_free(&run);
    assert_same_joint(whole, out);
    assert_same_runs(whole, out, runs, 2);
    program_assert_status(out, "complete");
    assert_true(program_has(out, "report.html"));
    assert_true(program_has(out, "plafond/households/000002.fates"));
    program_do(f->folder, 0, "merge", "without", "2", "3", NULL); /* what is empty is not missed */
    free(whole);
    free(out);
    free(empty);
}

static void theories_join_to_the_bytes_of_one(void **state)
{
    static const char *const runs[] = {"T0/reference", "T0/plafond", "T1/reference", "T1/plafond", "T2/reference", "T2/plafond"};
    fixture *f = *state;
    char *whole = wks_folder_path(f->folder, "whole"), *out = wks_folder_path(f->folder, "out");
#define THEORIES "compare", f->reference, f->cap, SIZE, "-r", "3", "--theories", "T0,T1,T2"
    program_do(f->folder, 0, THEORIES, "-o", "whole", NULL);
    program_do(f->folder, 0, THEORIES, "--part", "1/2", "-o", "1", NULL);
    program_do(f->folder, 0, THEORIES, "--part", "2/2", "-o", "2", NULL);
    program_do(f->folder, 0, "merge", "out", "1", "2", NULL);
    assert_same_joint(whole, out);
    assert_same_runs(whole, out, runs, 6);
    program_assert_same(whole, out, "breakeven.csv");
    free(whole);
    free(out);
}

static void ranges_in_folders_of_their_own_join_too(void **state)
{
    static const char *const runs[] = {"reference", "plafond"};
    fixture *f = *state;
    char *whole = wks_folder_path(f->folder, "whole"), *out = wks_folder_path(f->folder, "out");
#define RANGE "compare", f->reference, f->cap, TINY
    program_do(f->folder, 0, RANGE, "-r", "4-9", "-o", "whole", NULL);
    program_do(f->folder, 0, RANGE, "-r", "4-6", "-o", "a", NULL);
    program_do(f->folder, 0, RANGE, "-r", "7-9", "--part", "1/2", "-o", "b", NULL); /* and a range in parts */
    program_do(f->folder, 0, RANGE, "-r", "7-9", "--part", "2/2", "-o", "c", NULL);
    program_do(f->folder, 0, "merge", "out", "b", "c", "a", NULL);
    assert_same_joint(whole, out);
    assert_same_runs(whole, out, runs, 2);
    free(whole);
    free(out);
}

static void interrupted_part_is_refused_until_it_went_on(void **state)
{
    fixture *f = *state;
    char *whole = wks_folder_path(f->folder, "whole"), *out = wks_folder_path(f->folder, "out");
#define LONG "run", f->reference, "-t", "4", "-r", "4", "-j", "1", "-q"
    program_do(f->folder, 0, LONG, "-o", "whole", NULL);
    program_do(f->folder, 0, LONG, "--part", "1/2", "-o", "a", NULL);
    assert_int_equal(program_interrupt(f->folder, "b/parts/000003.queue.csv", SIGTERM, LONG, "--part", "2/2", "-o", "b", NULL), 5);
    wks_run run = program_run(f->folder, 3, "merge", "out", "a", "b", NULL);
    assert_contains(run.err, "b: error: status is 'interrupted', expected 'complete'; go on with: wijksim run ");
    assert_contains(run.err, "--part 2/2 -o b --resume\n");
    wks_run_free(&run);
    assert_false(program_has(f->folder, "out"));
    program_do(f->folder, 0, LONG, "--part", "2/2", "-o", "b", "--resume", NULL);
    program_do(f->folder, 0, "merge", "out", "a", "b", NULL);
    program_assert_same_run(whole, out);
    free(whole);
    free(out);
}

/* ---- which part ---- */

static void set_array(const char *id, const char *min, const char *max, const char *step, const char *count)
{
    assert_int_equal(setenv("SLURM_ARRAY_TASK_ID", id, 1), 0);
    assert_int_equal(setenv("SLURM_ARRAY_TASK_MIN", min, 1), 0);
    assert_int_equal(setenv("SLURM_ARRAY_TASK_MAX", max, 1), 0);
    assert_int_equal(setenv("SLURM_ARRAY_TASK_STEP", step, 1), 0);
    assert_int_equal(setenv("SLURM_ARRAY_TASK_COUNT", count, 1), 0);
}

static int leave_array(void **state)
{
    static const char *const names[] = {"ID", "MIN", "MAX", "STEP", "COUNT"};
    for (size_t i = 0; i < 5; i++) {
        char name[64];
        (void)snprintf(name, sizeof name, "SLURM_ARRAY_TASK_%s", names[i]);
        assert_int_equal(unsetenv(name), 0);
    }
    return fixture_end(state);
}

static void task_of_an_array_is_a_part(void **state)
{
    static const char *const ids[] = {"0", "2", "4", "6"};
    fixture *f = *state;
    char *whole = wks_folder_path(f->folder, "whole"), *out = wks_folder_path(f->folder, "out");
    program_do(f->folder, 0, "run", f->cap, TINY, "-r", "5", "-o", "whole", NULL);
    for (int i = 0; i < 4; i++) { /* --array=0-7:2 */
        set_array(ids[i], "0", "6", "2", "4");
        program_do(f->folder, 0, "run", f->cap, TINY, "-r", "5", NULL);
    }
    program_do(f->folder, 0, "merge", "out", "results/plafond.part-1-of-4", "results/plafond.part-2-of-4", "results/plafond.part-3-of-4",
               "results/plafond.part-4-of-4", NULL);
    program_assert_same_run(whole, out);
    program_do(f->folder, 0, "run", f->cap, TINY, "-r", "5", "--part", "1/1", NULL); /* all of it, array or not */
    char *named = wks_folder_path(f->folder, "results/plafond");
    program_assert_same_run(whole, named);
    program_do(f->folder, 0, "compare", f->reference, f->cap, TINY, "-r", "5", "--part", "2/5", NULL);
    assert_true(program_has(f->folder, "results/compare.part-2-of-5/plafond/city.csv"));
    free(named);
    free(whole);
    free(out);
}

static void array_that_does_not_add_up_errors(void **state)
{
    static const char *const cases[][6] = {
        {"2", "2", "2", "1", "1", "SLURM_ARRAY_TASK_COUNT is 1, one task alone (submitted again?)"}, /* not part 1 of 1 */
        {"5", "1", "5", "1", "2", "SLURM_ARRAY_TASK_COUNT is 2, but tasks 1 to 5 in steps of 1 are 5 (some of them only, or a list?)"},
        {"9", "1", "5", "1", "5", "SLURM_ARRAY_TASK_ID is none of tasks 1 to 5 in steps of 1"},
        {"2", "1", "5", "2", "3", "SLURM_ARRAY_TASK_ID is none of tasks 1 to 5 in steps of 2"},
        {"x", "1", "5", "1", "5", "SLURM_ARRAY_TASK_ID is 'x', expected a whole number from 0"},
        {"1", "1", "5", "0", "5", "SLURM_ARRAY_TASK_STEP is '0', expected a whole number from 1"},
    };
    fixture *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        set_array(cases[i][0], cases[i][1], cases[i][2], cases[i][3], cases[i][4]);
        program_says(f->folder, 2, cases[i][5], "run", f->cap, TINY, "-r", "5", "-o", "out", NULL);
        program_says(f->folder, 2, "say which part this is with --part I/N", "run", f->cap, TINY, "-r", "5", "-o", "out", NULL);
    }
    assert_int_equal(unsetenv("SLURM_ARRAY_TASK_COUNT"), 0);
    program_says(f->folder, 2, "SLURM_ARRAY_TASK_COUNT is not set; say which part this is with --part I/N", "run", f->cap, TINY, "-r", "5",
                 "-o", "out", NULL);
    assert_false(program_has(f->folder, "out"));
    program_do(f->folder, 0, "run", f->cap, TINY, "-r", "5", "--part", "2/5", "-o", "out", NULL);
    program_do(f->folder, 0, "check", f->cap, "--set", f->small, "-q", NULL); /* what has no parts does not ask */
}

static void part_that_is_none_errors(void **state)
{
    static const char *const cases[] = {"3", "a/b", "1/0", "1/3/4", "", "1.0/3", "1/1000001"};
    fixture *f = *state;
    program_says(f->folder, 2, "there is no part 0 of 3; parts count from 1, so expected 1/3 to 3/3 (tasks of a Slurm array from 0: add 1",
                 "run", f->cap, "--part", "0/3", NULL);
    program_says(f->folder, 2, "there is no part 4 of 3; parts count from 1, so expected 1/3 to 3/3", "run", f->cap, "--part", "4/3", NULL);
    program_says(f->folder, 2, "there is no part -1 of 3", "run", f->cap, "--part", "-1/3", NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        program_says(f->folder, 2, "is no part as 3/8", "run", f->cap, "--part", cases[i], NULL);
    program_says(f->folder, 2, "--part does not go with merge", "merge", "out", "a", "--part", "1/2", NULL);
}

/* A queue without a city: parts of it take no time. */
static const char queue[] = "name = \"a\"; ticks = 400; warmup = 100; replications = 12;\n"
                            "queue = { dwellings = 10; arrivals = 0.06; stay = 100.0; priority_share = 0.0; patience = 60.0; };\n"
                            "rules = ( { name = \"regio\"; order = ( { part = \"inschrijfduur\"; } ); } );\n"
                            "outcomes = ( { indicator = \"wait_mean\"; half_width = 0.01; } );\n";

/* A part adds no replications, which it says; merge judges them all, and with -q prints nothing but where. */
static void part_and_precision_go_together_with_a_word(void **state)
{
    fixture *f = *state;
    free(wks_folder_put(f->folder, "a.cfg", queue));
    program_says(f->folder, 0,
                 "half-widths are asked, but a part runs its 6 of 12 replications and adds none: merge judges all of them together; for "
                 "more replications run further ones (-r 13-...)",
                 "run", "a.cfg", "--part", "1/2", "-o", "p1", NULL);
    program_do(f->folder, 0, "run", "a.cfg", "--part", "2/2", "-o", "p2", "-q", NULL);
    wks_run run = program_run(f->folder, 6, "merge", "quiet", "p1", "p2", "-q", NULL);
    assert_string_equal(run.out, "quiet\n");
    wks_run_free(&run);
    run = program_run(f->folder, 6, "merge", "told", "p1", "p2", NULL);
    assert_contains(run.out, "held since");
    wks_run_free(&run);
}

/* Told of as the one that differs, wherever it stands. */
static void foreign_folder_errors(void **state)
{
    static const char *const order[][3] = {{"o", "p1", "p2"}, {"p1", "o", "p2"}, {"p1", "p2", "o"}};
    fixture *f = *state;
    free(wks_folder_put(f->folder, "a.cfg", queue));
    program_do(f->folder, 0, "run", "a.cfg", "--part", "1/3", "-o", "p1", "-q", NULL);
    program_do(f->folder, 0, "run", "a.cfg", "--part", "2/3", "-o", "p2", "-q", NULL);
    program_do(f->folder, 0, "run", "a.cfg", "--part", "3/3", "-o", "asked", "-q", "--precision", "wait_mean=2", NULL);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        const char *const *o = order[i];
        program_do(f->folder, 6, "run", "a.cfg", "-r", "1-2", "-o", "o", "-q", "--force", "-s", "9", NULL);
        wks_run run = program_run(f->folder, 3, "merge", "out", o[0], o[1], o[2], NULL);
        assert_contains(run.err, "o: error: another run than p1");
        assert_contains(run.err, "wijksim: 1 problem in the input");
        wks_run_free(&run);
    }
    program_says(f->folder, 3,
                 "asked: error: another run than p1: its scenario.cfg says 'half_width = 2.0;', that one 'half_width = 0.01;'", "merge",
                 "out", "asked", "p1", "p2", NULL);
    assert_false(program_has(f->folder, "out"));
}

static void second_part_in_a_folder_errors(void **state)
{
    fixture *f = *state;
#define PART(i) "run", f->cap, TINY, "-r", "6", "--part", i, "-o", "out"
    program_do(f->folder, 0, PART("1/3"), NULL);
    program_says(f->folder, 2, "out exists and is not empty", PART("2/3"), NULL);
    program_says(f->folder, 2, "out exists and is not empty", PART("1/3"), NULL);
    program_says(f->folder, 2, "out holds part 1/3 of replications 1-6, and this is part 2/3 of replications 1-6", PART("2/3"), "--resume",
                 NULL);
    program_says(f->folder, 2, "out holds part 1/3 of replications 1-6, and this is all replications", "run", f->cap, TINY, "-r", "3-6",
                 "-o", "out", NULL);
    program_do(f->folder, 0, PART("1/3"), "--resume", NULL);
    program_do(f->folder, 0, PART("2/3"), "--force", NULL);
    program_do(f->folder, 0, "run", f->cap, TINY, "-r", "1", "-o", "all", NULL);
    program_says(f->folder, 2, "all holds all replications, and this is part 1/2", "run", f->cap, TINY, "-r", "2", "--part", "1/2", "-o",
                 "all", "--resume", NULL);
    /* Another part that began a moment ago has nothing but its mark there. */
    free(wks_folder_put(f->folder, "begun/part.txt", "part 3/3 of replications 1-6\n"));
    program_says(f->folder, 2, "begun was taken by part 3/3 of replications 1-6, and this is part 1/3", "run", f->cap, TINY, "-r", "6",
                 "--part", "1/3", "-o", "begun", NULL);
    program_says(f->folder, 2, "begun was taken by part 3/3", "compare", f->reference, f->cap, TINY, "-r", "6", "--part", "1/3", "-o",
                 "begun", NULL);
    program_do(f->folder, 0, "run", f->cap, TINY, "-r", "6", "--part", "3/3", "-o", "begun", "--resume", NULL);
}

static void dry_run_of_parts_tells_what_they_hold(void **state)
{
    fixture *f = *state;
    wks_run run = program_run(f->folder, 0, "run", f->cap, "-r", "2", "-q", "--part", "1/3", "--dry-run", NULL);
    assert_contains(run.out, "no replications (there are more parts than replications) would be written to results/plafond.part-1-of-3");
    wks_run_free(&run);
    run = program_run(f->folder, 0, "compare", f->reference, f->cap, "-r", "7", "-q", "--part", "3/3", "--dry-run", "-o", "x", NULL);
    assert_contains(run.out, "2 scenarios, replications 5 to 7 of");
    wks_run_free(&run);
}

/* ---- refusals ---- */

static void parts_of_other_runs_are_refused(void **state)
{
    fixture *f = *state;
    char *city = program_source("tests/data/cities/valid/small");
    wks_text other = WKS_TEXT_INIT;
    make_part(f, "1/2", "a", "4");
    program_do(f->folder, 0, "run", f->cap, TINY, "-r", "4", "--part", "2/2", "-s", "5", "-o", "seed", NULL);
    program_do(f->folder, 0, "run", f->cap, "-t", "3", "-q", "--set", f->small, "-r", "4", "--part", "2/2", "-o", "ticks", NULL);
    program_do(f->folder, 0, "run", f->reference, TINY, "-r", "4", "--part", "2/2", "-o", "rules", NULL);
    program_do(f->folder, 0, "compare", f->reference, f->cap, TINY, "-r", "4", "--part", "2/2", "-o", "kind", NULL);
    wks_run run = program_run(f->folder, 3, "merge", "out", "a", "seed", "ticks", "rules", "kind", "nothing", NULL);
    assert_contains(run.err, "nothing: error: cannot read nothing/manifest.json");
    wks_run_free(&run);
    run = program_run(f->folder, 3, "merge", "out", "a", "seed", "ticks", "rules", "kind", NULL);
    assert_contains(run.err, "seed: error: another run than a: its scenario.cfg says 'dynamics = 5;', that one 'dynamics = 1;'");
    assert_contains(run.err, "ticks: error: another run than a: its scenario.cfg says 'ticks = 3;', that one 'ticks = 2;'");
    assert_contains(run.err, "rules: error: another run than a");
    assert_contains(run.err, "kind: error: another run than a: it has other scenarios");
    wks_run_free(&run);

    /* The city of the same name with another file. */
    wks_text_addf(&other, "cp -r '%s' city && cp -r city city.old && echo >>city/city.cfg '// changed'", city);
    const char *const copy[] = {"sh", "-c", other.data, NULL};
    run = wks_run_program(copy, f->folder);
    assert_int_equal(run.exit_code, 0);
    wks_run_free(&run);
    program_do(f->folder, 0, "run", f->cap, "-t", "2", "-q", "--set", "city=city.old", "-r", "4", "--part", "1/2", "-o", "old", NULL);
    program_do(f->folder, 0, "run", f->cap, "-t", "2", "-q", "--set", "city=city", "-r", "4", "--part", "2/2", "-o", "new", NULL);
    program_says(f->folder, 3, "new: error: other files than old:", "merge", "out", "old", "new", NULL);
    assert_false(program_has(f->folder, "out") || program_has(f->folder, "out.merging"));
    wks_text_free(&other);
    free(city);
}

static void missing_and_double_replications_are_refused(void **state)
{
    fixture *f = *state;
    make_part(f, "1/4", "a", "8");
    make_part(f, "3/4", "c", "8");
    make_part(f, "2/2", "half", "8");
    program_says(f->folder, 3, "replications 3 to 4 are missing; part 2/4", "merge", "out", "a", "c", NULL);
    wks_run run = program_run(f->folder, 3, "merge", "out", "a", "c", "half", "a", NULL);
    assert_contains(run.err, "a: error: has replications 1 to 2, which a has too");
    assert_contains(run.err, "half: error: has replications 5 to 6, which c has too");
    assert_contains(run.err, "replications 3 to 4 are missing");
    assert_contains(run.err, "3 problems in the input");
    wks_run_free(&run);
    program_says(f->folder, 3, "replications 7 to 8 are missing; part 4/4", "merge", "out", "a", "c", NULL);
    make_part(f, "2/4", "b", "8");
    program_do(f->folder, 0, "merge", "out", "a", "b", "half", NULL); /* parts of another division that fit are as good */
}

static void change(const fixture *f, const char *name, const char *from, const char *to)
{
    char *text = program_get(f->folder, name), *at = strstr(text, from);
    wks_text changed = WKS_TEXT_INIT;
    assert_non_null(at);
    *at = '\0';
    wks_text_addf(&changed, "%s%s%s", text, to, at + strlen(from));
    free(wks_folder_put(f->folder, name, changed.data));
    wks_text_free(&changed);
    free(text);
}

static void damaged_parts_are_refused(void **state)
{
    fixture *f = *state;
#define COMPARED(i, out) "compare", f->reference, f->cap, TINY, "-r", "2", "--part", i, "-o", out
    program_do(f->folder, 0, COMPARED("1/2", "a"), NULL);
    program_do(f->folder, 0, COMPARED("2/2", "b"), NULL);
    change(f, "b/plafond/city.csv", "plafond,2,1,", "plafond,2,9,");
    char *path = wks_folder_path(f->folder, "a/reference/queue.csv"),
         *fates = wks_folder_path(f->folder, "a/plafond/households/000001.fates");
    assert_int_equal(unlink(path), 0);
    assert_int_equal(unlink(fates), 0);
    wks_run run = program_run(f->folder, 3, "merge", "out", "a", "b", NULL);
    assert_contains(run.err, "b/plafond/city.csv: error: is not the file that the run wrote");
    assert_contains(run.err, "a/reference/queue.csv: error: no such file");
    assert_contains(run.err, "a/plafond: error: households/000001.fates is missing, which losers.csv needs");
    assert_contains(run.err, "3 problems in the input");
    wks_run_free(&run);

    program_do(f->folder, 0, COMPARED("1/2", "a"), "--force", NULL);
    program_do(f->folder, 0, COMPARED("2/2", "b"), "--force", NULL);
    program_do(f->folder, 0, "merge", "out", "a", "b", NULL);
    change(f, "b/manifest.json", "\"commit\": \"", "\"commit\": \"x");
    program_says(f->folder, 3, "b: error: was made by wijksim", "merge", "other", "a", "b", NULL);
    change(f, "a/manifest.json", "{", "[");
    program_says(f->folder, 3, "a: error: a/manifest.json", "merge", "other", "a", "b", NULL);
    assert_false(program_has(f->folder, "other") || program_has(f->folder, "other.merging"));
    free(path);
    free(fates);
}

static void existing_folder_is_replaced_by_force_only(void **state)
{
    fixture *f = *state;
    char *out = wks_folder_path(f->folder, "out");
    make_part(f, "1/2", "a", "2");
    make_part(f, "2/2", "b", "2");
    program_do(f->folder, 0, "compare", f->reference, f->cap, TINY, "-r", "1", "-o", "out", NULL);
    free(wks_folder_put(f->folder, "out/reference/notes.txt", "mine"));
    free(wks_folder_put(f->folder, "out/notes.txt", "mine"));
    program_says(f->folder, 2, "out exists and is not empty", "merge", "out", "a", "b", NULL);
    assert_true(program_has(out, "contrasts.csv"));
    program_do(f->folder, 0, "merge", "out", "a", "b", "--force", NULL);
    assert_true(program_has(out, "notes.txt") && program_has(out, "reference/notes.txt"));
    assert_false(program_has(out, "contrasts.csv") || program_has(out, "plafond") || program_has(out, "reference/city.csv"));
    assert_int_equal(program_n_complete(out), 2);

    /* What a merge that was killed left is in nobody's way. */
    free(wks_folder_put(f->folder, "again.merging/city.csv.tmp123-0", "half"));
    program_do(f->folder, 0, "merge", "again/", "a", "b", NULL);
    assert_false(program_has(f->folder, "again.merging"));
    program_assert_status(out, "complete");
    free(out);
}

/* Nothing fails on demand in the program: the manifests of a part that ended after replication 3 failed are written by hand. */
static void failed_replications_are_listed_and_told(void **state)
{
    static const char *const manifests[] = {"a/manifest.json", "a/reference/manifest.json", "a/plafond/manifest.json"};
    fixture *f = *state;
    char *out = wks_folder_path(f->folder, "out");
    program_do(f->folder, 0, RANGE, "-r", "1-2", "-o", "a", NULL);
    program_do(f->folder, 0, RANGE, "-r", "4-5", "-o", "b", NULL);
    for (int i = 0; i < 3; i++)
        change(f, manifests[i], "\"replications\": [",
               "\"replications\": [\n{\"number\": 3, \"status\": \"failed\", \"wall_s\": 0, \"reason\": \"persons do not balance\"},");
    program_says(f->folder, 4, "joined, but 1 of 5 replications failed (manifest.json lists them): 3", "merge", "out", "a", "b", NULL);
    program_assert_status(out, "complete");
    assert_int_equal(program_n_complete(out), 4);
    char *text = program_get(f->folder, "out/manifest.json"), *own = program_get(f->folder, "out/plafond/manifest.json");
    assert_contains(text, "\"see the manifest of each scenario\"");
    assert_contains(own, "\"persons do not balance\"");
    free(text);
    text = program_get(f->folder, "out/contrasts.csv");
    assert_contains(text, "reference,plafond,2,2025-03,D,");
    free(text);
    program_do(f->folder, 0, RANGE, "-r", "1-5", "-o", "whole", NULL);
    program_do(f->folder, 0, RANGE, "-r", "1-5", "-o", "out", "--resume", NULL); /* the failed one is tried again */
    char *whole = wks_folder_path(f->folder, "whole");
    assert_same_joint(whole, out);
    free(whole);
    free(own);
    free(out);
}

/* Parts run what they are given, as -r A-B does; what all of them reach is told when they are joined. */
static void half_widths_are_judged_of_the_whole(void **state)
{
    static const struct {
        const char *half_width, *out;
        int code;
    } cases[] = {{"0.5", "wide", 0}, {"0.0000001", "narrow", 6}};
    fixture *f = *state;
    for (size_t i = 0; i < 2; i++) {
        wks_text text = WKS_TEXT_INIT, whole_name = WKS_TEXT_INIT;
        wks_text_addf(&text,
                      "base = \"%s\"; name = \"plafond\";\noutcomes = ( { indicator = \"D\"; group = \"uitkering\"; scale = \"buurt\"; "
                      "half_width = %s; } );\n",
                      f->cap, cases[i].half_width);
        wks_text_addf(&whole_name, "whole-%s", cases[i].out);
        char *asked = wks_folder_put(f->folder, "asked.cfg", text.data);
        char *whole = wks_folder_path(f->folder, whole_name.data), *out = wks_folder_path(f->folder, cases[i].out);
        program_do(f->folder, cases[i].code, "run", asked, TINY, "-r", "1-20", "-o", whole, NULL);
        program_do(f->folder, 0, "run", asked, TINY, "-r", "20", "--part", "1/2", "-o", "a", "--force", NULL);
        program_do(f->folder, 0, "run", asked, TINY, "-r", "20", "--part", "2/2", "-o", "b", "--force", NULL);
        program_do(f->folder, cases[i].code, "merge", out, "a", "b", NULL);
        program_assert_same_run(whole, out);
        program_assert_same(whole, out, "precision.csv");
        wks_text_free(&text);
        wks_text_free(&whole_name);
        free(asked);
        free(whole);
        free(out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_fixture(parts_of_a_run_join_to_the_bytes_of_one),
        with_fixture(parts_are_contiguous_blocks_and_say_so),
        with_fixture(parts_of_a_comparison_join_to_the_bytes_of_one),
        with_fixture(theories_join_to_the_bytes_of_one),
        with_fixture(ranges_in_folders_of_their_own_join_too),
        with_fixture(interrupted_part_is_refused_until_it_went_on),
        cmocka_unit_test_setup_teardown(task_of_an_array_is_a_part, fixture_begin, leave_array),
        cmocka_unit_test_setup_teardown(array_that_does_not_add_up_errors, fixture_begin, leave_array),
        with_fixture(part_that_is_none_errors),
        with_fixture(part_and_precision_go_together_with_a_word),
        with_fixture(foreign_folder_errors),
        with_fixture(second_part_in_a_folder_errors),
        with_fixture(dry_run_of_parts_tells_what_they_hold),
        with_fixture(parts_of_other_runs_are_refused),
        with_fixture(missing_and_double_replications_are_refused),
        with_fixture(damaged_parts_are_refused),
        with_fixture(existing_folder_is_replaced_by_force_only),
        with_fixture(failed_replications_are_listed_and_told),
        with_fixture(half_widths_are_judged_of_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
