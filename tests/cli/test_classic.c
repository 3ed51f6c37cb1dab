/* The shipped models on a grid by the ordinary commands: known outcomes in the ordinary tables, with the bounds of scripts/validate/52_classic.sh. */
#include "cli/model_rows.h"

static const char *const shipped[] = {"schelling",
                                      "schelling_small",
                                      "schelling_large",
                                      "schelling_250",
                                      "schelling_500",
                                      "schelling_1000",
                                      "schelling_1000_event",
                                      "schelling_1000_synchronous",
                                      "schelling_1000_long",
                                      "schelling_1000_long_event",
                                      "schelling_2000",
                                      "schelling_4000",
                                      "mesa",
                                      "sakoda",
                                      "bounded"};
enum { N_SHIPPED = sizeof shipped / sizeof *shipped, LAST = 100 };

static char *path_of(const char *name)
{
    char file[64];

    (void)snprintf(file, sizeof file, "scenarios/classic/%s.cfg", name);
    return program_source(file);
}

static void shipped_files_are_good_and_can_be_shown(void **state)
{
    fixture *f = *state;

    for (size_t i = 0; i < N_SHIPPED; i++) {
        char *path = path_of(shipped[i]);
        wks_run run = program_run(f->folder, 0, "check", path, NULL);
        assert_contains(run.out, "agents of two groups on a grid");
        assert_string_equal(run.err, "");
        wks_run_free(&run);
        run = program_run(f->folder, 0, "show", path, NULL);
        assert_contains(run.out, "relocation.radius");
        assert_contains(run.out, " cells  # ");
        wks_run_free(&run);
        free(path);
    }
}

/* 74.5 +- 1.5 % over 20 seeds; at 0.80 nobody ever rests. */
static void schelling_has_the_known_outcome(void **state)
{
    fixture *f = *state;
    char *path = path_of("schelling"), *out = wks_folder_path(f->folder, "out");
    double unhappy[20];

    program_do(f->folder, 0, "run", path, "-q", "-o", "out", NULL);
    assert_close(summary(out, LAST, "alike_pooled", "", MEAN), 0.745, 0, 0.015);
    assert_true(summary(out, LAST, "unhappy_share", "", MEAN) == 0 && summary(out, LAST, "unhappy_share", "", SD) == 0);
    assert_close(summary(out, 0, "alike_pooled", "", MEAN), 0.5, 0, 0.01);
    assert_true(summary(out, LAST, "moves", "", MEAN) == 0);
    program_do(f->folder, 0, "run", path, "-q", "--force", "-o", "out", "--set", "relocation.alike_share=0.80", "-t", "400", NULL);
    assert_int_equal(values_of(out, "city.csv", 2, 400, "unhappy_share", "", 7, unhappy, 20), 20);
    for (int r = 0; r < 20; r++)
        assert_true(unhappy[r] > 0.5);
    free(path);
    free(out);
}

static void thresholds_without_a_share_between_write_the_same(void **state)
{
    fixture *f = *state;
    char *path = path_of("schelling"), *a = wks_folder_path(f->folder, "a"), *b = wks_folder_path(f->folder, "b");

    program_do(f->folder, 0, "run", path, "-q", "-r", "5", "-o", "a", "--set", "relocation.alike_share=0.29", NULL);
    program_do(f->folder, 0, "run", path, "-q", "-r", "5", "-o", "b", "--set", "relocation.alike_share=0.33", NULL);
    program_assert_same(a, b, "city.csv");
    program_do(f->folder, 0, "run", path, "-q", "-r", "5", "--force", "-o", "b", "--set", "relocation.alike_share=0.34", NULL);
    assert_true(summary(a, LAST, "alike_pooled", "", MEAN) < summary(b, LAST, "alike_pooled", "", MEAN)); /* 1/3 lies between */
    free(path);
    free(a);
    free(b);
}

static void mesa_has_the_known_outcome(void **state)
{
    fixture *f = *state;
    char *path = path_of("mesa"), *out = wks_folder_path(f->folder, "out");

    program_do(f->folder, 0, "run", path, "-q", "--verify", "-o", "out", NULL);
    assert_close(summary(out, LAST, "alike_pooled", "", MEAN), 0.82, 0, 0.02);
    assert_true(summary(out, LAST, "unhappy_share", "", MEAN) == 0);
    free(path);
    free(out);
}

static void bounded_neighbourhood_has_80_of_each(void **state)
{
    fixture *f = *state;
    char *path = path_of("bounded"), *out = wks_folder_path(f->folder, "out");

    program_do(f->folder, 0, "run", path, "-q", "--verify", "-o", "out", NULL);
    assert_true(summary(out, LAST, "inside", "a", MEAN) == 80 && summary(out, LAST, "inside", "b", MEAN) == 80);
    assert_true(summary(out, LAST, "inside", "a", SD) == 0);
    free(path);
    free(out);
}

static void event_writes_what_random_writes(void **state)
{
    fixture *f = *state;
    char *path = path_of("schelling_small"), *a = wks_folder_path(f->folder, "a"), *b = wks_folder_path(f->folder, "b");

    program_do(f->folder, 0, "run", path, "-q", "-o", "a", NULL);
    program_do(f->folder, 0, "run", path, "-q", "-o", "b", "--set", "relocation.order=event", NULL);
    program_assert_same(a, b, "city.csv");
    free(path);
    free(a);
    free(b);
}

/* The same bytes by one thread, by two, in two parts, and from the resolved scenario; for every order. */
static void bytes_do_not_depend_on_threads_or_parts(void **state)
{
    static const char *const orders[] = {"relocation.order=random", "relocation.order=pass", "relocation.order=event",
                                         "relocation.order=synchronous"};
    fixture *f = *state;
    char *path = path_of("schelling_large"), *one = wks_folder_path(f->folder, "one"), *two = wks_folder_path(f->folder, "two");
    char *parts = wks_folder_path(f->folder, "parts_of_it"), *again = wks_folder_path(f->folder, "again");

    for (int i = 0; i < 4; i++) {
        program_do(f->folder, 0, "run", path, "-q", "--force", "-t", "4", "-r", "4", "-j", "1", "--verify", "-o", "one", "--set", orders[i],
                   NULL);
        program_do(f->folder, 0, "run", path, "-q", "--force", "-t", "4", "-r", "4", "-j", "2", "-o", "two", "--set", orders[i], NULL);
        program_do(f->folder, 0, "run", path, "-q", "--force", "-t", "4", "-r", "1-2", "-o", "parts_of_it", "--set", orders[i], NULL);
        program_do(f->folder, 0, "run", path, "-q", "-t", "4", "-r", "4", "--resume", "-o", "parts_of_it", "--set", orders[i], NULL);
        program_do(f->folder, 0, "run", "one/scenario.cfg", "-q", "--force", "-o", "again", NULL);
        program_assert_same_run(one, two);
        program_assert_same_run(one, again);
        program_assert_same(one, parts, "city.csv");
    }
    free(path);
    free(one);
    free(two);
    free(parts);
    free(again);
}

static void share_of_0_changes_exactly_nothing(void **state)
{
    fixture *f = *state;
    char *path = path_of("schelling"), *out = wks_folder_path(f->folder, "out");
    double start[5], end[5];

    program_do(f->folder, 0, "run", path, "-q", "-r", "5", "-o", "out", "--set", "relocation.alike_share=0.0", NULL);
    assert_int_equal(values_of(out, "city.csv", 2, 0, "alike_pooled", "", 7, start, 5), 5);
    assert_int_equal(values_of(out, "city.csv", 2, LAST, "alike_pooled", "", 7, end, 5), 5);
    assert_memory_equal(start, end, sizeof start);
    assert_true(summary(out, LAST, "moves", "", MEAN) == 0 && summary(out, 1, "unhappy_share", "", MEAN) == 0);
    free(path);
    free(out);
}

static void models_can_be_compared_reported_and_told_apart(void **state)
{
    fixture *f = *state;
    char *random = path_of("schelling_small"), *out = wks_folder_path(f->folder, "out");
    const char *const other = "name = \"later\";\nbase = \"%s\";\nrelocation = { order = \"synchronous\"; };\n";
    char text[600];

    (void)snprintf(text, sizeof text, other, random);
    free(wks_folder_put(f->folder, "later.cfg", text));
    program_do(f->folder, 0, "compare", random, "later.cfg", "-q", "-r", "10", "-o", "out", NULL);
    char *contrasts = program_get(out, "contrasts.csv");
    assert_contains(contrasts, "schelling_small,later,20,,moves,");
    assert_contains(contrasts, "schelling_small,later,0,,alike_pooled,,,,,10,"); /* the same start */
    free(contrasts);
    assert_true(program_has(out, "report.html"));
    wks_run diff = program_run(f->folder, 0, "diff", random, "later.cfg", NULL);
    assert_contains(diff.out, "relocation.order");
    wks_run_free(&diff);
    program_do(f->folder, 0, "run", random, "-q", "-r", "2", "-o", "one", NULL);
    program_do(f->folder, 0, "report", "one", NULL);
    free(random);
    free(out);
}

static void keys_errors(void **state)
{
    static const wrong_setting wrong[] = {
        {"schelling", "grid.rows=0", "rows is 0; expected a whole number from 1"},
        {"schelling", "grid.density=1.2", "density is 1.2; expected a number from 0 to 1"},
        {"schelling", "grid.row=3", "unknown key 'row' in grid; nearest valid name is 'rows'"},
        {"schelling", "relocation.radius=30", "on a torus so small a neighbour would be counted twice"},
        {"schelling", "relocation.radius=0", "radius is 0; expected a whole number from 1"},
        {"schelling", "relocation.order=sweep", "order is \"sweep\""},
        {"schelling", "relocation.alike_count=3", "both alike_share and alike_count are given"},
        {"schelling", "warmup=5", "warmup means nothing in a scenario with grid"},
        {"schelling", "rules=()", "unknown key 'rules' in a scenario without a city"},
        {"schelling", "city=modelstad", "unknown key 'city' in a scenario without a city"},
        {"schelling", "output.indicators=[\"wait_mean\"]", "unknown indicator \"wait_mean\""},
        {"schelling", "pool={waiting=1;housed=1;joining=1;}", "both pool and grid are given"},
        {"schelling_large", "grid={rows=16384;columns=16384;}", "16384 x 16384 is 268435456 cells; expected at most 16777216"},
        {"sakoda", "relocation.order=event", "order \"event\" does not go with weights; expected \"random\" or \"pass\""},
        {"sakoda", "relocation.alike_share=0.5", "alike_share means nothing beside weights"},
        {"sakoda", "relocation.tolerance={a=1.0;b=1.0;rows=1;}", "both weights and tolerance are given"},
        {"sakoda", "grid={rows=400;columns=400;}", "expected at most 65536 with relocation.weights"},
        {"bounded", "relocation.destination=nearest", "destination means nothing beside tolerance"},
        {"bounded", "relocation.tolerance.rows=20", "the neighbourhood takes all rows of the grid"},
        {"bounded", "relocation.tolerance=3", "tolerance is a whole number; expected a group"},
    };

    assert_refused(*state, wrong, sizeof wrong / sizeof *wrong, path_of);
}

/* At file, line and column; nothing said of satisfaction, and relocation without a grid. */
static void mistakes_have_their_place_errors(void **state)
{
    fixture *f = *state;

    free(wks_folder_put(f->folder, "small.cfg",
                        "grid = { rows = 4; columns = 9; };\nrelocation = { alike_share = 0.3;\n  radius = 2; };\n"));
    program_says(f->folder, 3, "small.cfg:3:12: error: on a torus so small", "check", "small.cfg", NULL);
    free(wks_folder_put(f->folder, "mute.cfg", "grid = { rows = 9; columns = 9; };\nrelocation = { radius = 1; };\n"));
    program_says(f->folder, 3, "mute.cfg:2:1: error: relocation does not say when somebody is satisfied", "check", "mute.cfg", NULL);
    free(wks_folder_put(f->folder, "bare.cfg", "grid = { rows = 9; columns = 9; };\n"));
    program_says(f->folder, 3, "relocation does not say when somebody is satisfied", "check", "bare.cfg", NULL);
    free(wks_folder_put(f->folder, "stray.cfg",
                        "pool = { waiting = 1; housed = 1; joining = 1; };\nrelocation = { radius = 1; };\n"
                        "rules = ( { name = \"r\"; order = ( { part = \"lot\"; } ); } );\n"));
    program_says(f->folder, 3, "stray.cfg:2:1: error: unknown key 'relocation' in a scenario without a city", "check", "stray.cfg", NULL);
}

/* Values at the edge: a full grid is warned of and runs, nobody at all, one cell, neighbours that are all others, 16 million cells checked. */
static void extreme_values_run(void **state)
{
    fixture *f = *state;
    char *path = path_of("schelling"), *large = path_of("schelling_large"), *out = wks_folder_path(f->folder, "out");

    program_says(f->folder, 0, "warning: no cell is empty", "run", path, "-r", "2", "-t", "3", "-o", "out", "--set", "grid.density=1.0",
                 NULL);
    assert_true(summary(out, 3, "moves", "", MEAN) == 0 && summary(out, 3, "unhappy_share", "", MEAN) > 0);
    program_do(f->folder, 0, "run", path, "-q", "-r", "2", "-t", "3", "--force", "-o", "out", "--set", "grid.density=0.0", NULL);
    assert_true(isnan(summary(out, 3, "unhappy_share", "", MEAN)));
    program_do(f->folder, 0, "run", path, "-q", "-r", "1", "-t", "3", "--force", "-o", "out", "--set",
               "grid={rows=1;columns=1;torus=false;}", NULL);
    program_do(f->folder, 0, "run", path, "-q", "-r", "1", "-t", "3", "--force", "--verify", "-o", "out", "--set",
               "grid={rows=9;columns=9;torus=false;}", "--set", "relocation.radius=127", NULL);
    program_do(f->folder, 0, "check", large, "--set", "grid={rows=4000;columns=4000;}", NULL);
    program_do(f->folder, 0, "run", path, "-q", "-r", "1", "-t", "3", "--force", "--verify", "-o", "out", "--set", "grid.group_share=1.0",
               NULL);
    assert_true(summary(out, 0, "alike_pooled", "", MEAN) == 1 && summary(out, 3, "unhappy_share", "", MEAN) == 0);
    free(path);
    free(large);
    free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_fixture(shipped_files_are_good_and_can_be_shown),
        with_fixture(schelling_has_the_known_outcome),
        with_fixture(thresholds_without_a_share_between_write_the_same),
        with_fixture(mesa_has_the_known_outcome),
        with_fixture(bounded_neighbourhood_has_80_of_each),
        with_fixture(event_writes_what_random_writes),
        with_fixture(bytes_do_not_depend_on_threads_or_parts),
        with_fixture(share_of_0_changes_exactly_nothing),
        with_fixture(models_can_be_compared_reported_and_told_apart),
        with_fixture(keys_errors),
        with_fixture(mistakes_have_their_place_errors),
        with_fixture(extreme_values_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
