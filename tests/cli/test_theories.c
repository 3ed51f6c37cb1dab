/* wijksim compare --theories: folders, joint tables, the accepted set of T1, going on, break-even values. */
#include "cli/program.h"

#define SMALL "-t", "7", "-q", "--set", f->small
#define ALL   "--theories", "T0,T1,T2"

static char *put_set(const fixture *f, const char *name, const char *rows)
{
    wks_text text = WKS_TEXT_INIT;
    wks_text_addf(&text, "# test\nmember,processes.neighbourhood.d_s,processes.neighbourhood.a_v\n%s", rows);
    char *path = wks_folder_put(f->folder, name, text.data);
    wks_text_free(&text);
    return path;
}

/* Member of replication i of a run folder; 0 when its manifest names none. */
static int64_t member_of(const fixture *f, const char *name, size_t i)
{
    char *folder = wks_folder_path(f->folder, name);
    wks_json *m = program_manifest(folder);
    const wks_json *member = wks_json_get(wks_json_at(wks_json_get(m, "replications"), i), "member");
    const int64_t out = member == NULL ? 0 : wks_json_int(member);
    wks_json_free(m);
    free(folder);
    return out;
}

static void assert_same(const fixture *f, const char *a, const char *b)
{
    char *first = wks_folder_path(f->folder, a), *second = wks_folder_path(f->folder, b);
    program_assert_same_run(first, second);
    free(first);
    free(second);
}

static void theories_have_a_folder_each_and_joint_tables(void **state)
{
    static const char *const runs[] = {"T0/reference", "T0/plafond", "T1/reference", "T1/plafond", "T2/reference", "T2/plafond"};
    fixture *f = *state;
    wks_run run = program_run(f->folder, 0, "compare", f->reference, f->cap, ALL, SMALL, "-r", "3", "-o", "out", NULL);
    assert_string_equal(run.out, "out/report.html\n");
    assert_string_equal(run.err, "");
    wks_run_free(&run);
    char *out = wks_folder_path(f->folder, "out");
    wks_json *m = program_manifest(out);
    assert_int_equal(wks_json_size(wks_json_get(m, "scenarios")), 6);
    for (size_t i = 0; i < 6; i++) {
        char *inside = wks_folder_path(out, runs[i]);
        for (int k = 0; k < PROGRAM_N_TABLES; k++)
            assert_true(program_has(inside, program_tables[k]));
        assert_string_equal(wks_json_text(wks_json_at(wks_json_get(m, "scenarios"), i)), runs[i]);
        free(inside);
    }
    wks_json_free(m);
    program_assert_no_leftovers(out);
    char *text = program_get(out, "summary.csv");
    assert_contains(text, "\nreference,T0,7,");
    assert_contains(text, "\nplafond,T2,7,");
    free(text);
    text = program_get(out, "contrasts.csv");
    for (const char *line = text; (line = strstr(line, "\nreference,")) != NULL; line++)
        assert_true(strncmp(line, "\nreference,plafond,", 19) == 0); /* a pair is of one theory */
    assert_contains(text, ",T0,");
    assert_contains(text, ",T1,");
    assert_contains(text, ",T2,");
    free(text);
    text = program_get(out, "breakeven.csv");
    assert_contains(text, "\nreference,plafond,7,2025-08,leefbaarheid,,,,,3,");
    free(text);
    text = program_get(out, "differences.txt");
    assert_null(strstr(strstr(text, "plafond:") + 1, "plafond:"));
    free(text);
    free(out);
}

/* Threads never change a byte, nor does which theories run beside one another. */
static void theory_alone_on_other_threads_has_the_same_bytes(void **state)
{
    fixture *f = *state;
    program_do(f->folder, 0, "compare", f->reference, f->cap, ALL, SMALL, "-r", "2", "-j", "1", "-o", "a", NULL);
    program_do(f->folder, 0, "compare", f->reference, f->cap, "--theories", "T2,T1", SMALL, "-r", "2", "-j", "3", "-o", "b", NULL);
    assert_same(f, "a/T1/reference", "b/T1/reference");
    assert_same(f, "a/T1/plafond", "b/T1/plafond");
    assert_same(f, "a/T2/plafond", "b/T2/plafond");
    assert_false(program_has(f->folder, "b/T0"));
    assert_false(program_has(f->folder, "b/breakeven.csv")); /* no order without the three */
    program_do(f->folder, 0, "run", f->cap, SMALL, "-r", "2", "-o", "c", "--set", "processes.neighbourhood.theory=\"T2\"", NULL);
    assert_same(f, "b/T2/plafond", "c");
}

static void replication_takes_the_same_member_in_every_scenario(void **state)
{
    fixture *f = *state;
    char *set = put_set(f, "own.csv", "4,0.05,0.1\n9,1.2,0.4\n");
    int n_first = 0;
    program_do(f->folder, 0, "compare", f->reference, f->cap, "--theories", "T1,T0", SMALL, "-r", "8", "-o", "out", "--set",
               "processes.neighbourhood.members=\"own.csv\"", NULL);
    for (size_t i = 0; i < 8; i++) {
        const int64_t member = member_of(f, "out/T1/reference", i);
        assert_true(member == 4 || member == 9);
        assert_int_equal(member, member_of(f, "out/T1/plafond", i));
        assert_int_equal(member_of(f, "out/T0/plafond", i), 0);
        n_first += member == 4;
    }
    assert_in_range(n_first, 1, 7); /* of this population seed */
    char *text = program_get(f->folder, "out/T1/plafond/scenario.cfg");
    assert_contains(text, "/own.csv\"");
    free(text);
    /* scenario.cfg runs to the same, from any folder; plain runs take members when the scenario asks. */
    program_do(f->folder, 0, "run", "out/T1/plafond/scenario.cfg", "-q", "-o", "deep/again", NULL);
    assert_same(f, "out/T1/plafond", "deep/again");
    assert_int_equal(member_of(f, "deep/again", 0), member_of(f, "out/T1/plafond", 0));
    free(set);
}

/* A member is what its row says: the same as these values written into the scenario. */
static void set_of_one_member_equals_its_values_as_settings(void **state)
{
    static const char *const tables[] = {"city.csv", "buurt.csv", "lettings.csv"};
    fixture *f = *state;
    char *set = put_set(f, "one.csv", "1,0.9,0.45\n"), *a = wks_folder_path(f->folder, "a"), *b = wks_folder_path(f->folder, "b");
    char *c = wks_folder_path(f->folder, "c");
    program_do(f->folder, 0, "run", f->cap, SMALL, "-r", "2", "-o", "a", "--set", "processes.neighbourhood.members=\"one\"", NULL);
    program_do(f->folder, 0, "run", f->cap, SMALL, "-r", "2", "-o", "b", "--set", "processes.neighbourhood.d_s=0.9", "--set",
               "processes.neighbourhood.a_v=0.45", NULL);
    program_do(f->folder, 0, "run", f->cap, SMALL, "-r", "2", "-o", "c", NULL);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        program_assert_same(a, b, tables[i]);
    char *first = program_get(a, "buurt.csv"), *other = program_get(c, "buurt.csv");
    assert_string_not_equal(first, other); /* the values matter */
    free(first);
    free(other);
    free(set);
    free(a);
    free(b);
    free(c);
}

static void comparison_of_theories_goes_on_and_is_replaced(void **state)
{
    static const char *const joint[] = {"summary.csv", "contrasts.csv", "breakeven.csv"};
    fixture *f = *state;
    char *whole = wks_folder_path(f->folder, "whole"), *grown = wks_folder_path(f->folder, "grown");
    program_do(f->folder, 0, "compare", f->reference, f->cap, ALL, SMALL, "-r", "1-3", "-o", "whole", NULL);
    program_do(f->folder, 0, "compare", f->reference, f->cap, ALL, SMALL, "-r", "1-2", "-o", "grown", NULL);
    program_do(f->folder, 0, "compare", f->reference, f->cap, ALL, SMALL, "-r", "3-3", "-o", "grown", NULL);
    for (size_t i = 0; i < sizeof joint / sizeof *joint; i++)
        program_assert_same(whole, grown, joint[i]);
    assert_same(f, "whole/T1/plafond", "grown/T1/plafond");
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(member_of(f, "whole/T1/plafond", i), member_of(f, "grown/T1/plafond", i));
    program_says(f->folder, 0, "", "compare", f->reference, f->cap, ALL, "-t", "7", "--set", f->small, "-r", "1-3", "--resume", "-o",
                 "grown", NULL);
    program_says(f->folder, 2, "holds other results than a comparison of these scenarios", "compare", f->reference, f->cap, SMALL, "-r",
                 "1-3", "--resume", "-o", "grown", NULL);
    program_do(f->folder, 0, "compare", f->reference, f->cap, SMALL, "-r", "2", "--force", "-o", "grown", NULL);
    assert_false(program_has(grown, "T0"));
    assert_false(program_has(grown, "T1"));
    assert_false(program_has(grown, "breakeven.csv"));
    assert_true(program_has(grown, "plafond/city.csv"));
    free(whole);
    free(grown);
}

static void changed_set_is_another_run(void **state)
{
    fixture *f = *state;
    char *set = put_set(f, "own.csv", "1,0.1,0.1\n");
    program_do(f->folder, 0, "run", f->cap, SMALL, "-r", "1-1", "-o", "out", "--set", "processes.neighbourhood.members=\"own\"", NULL);
    free(set);
    set = put_set(f, "own.csv", "1,0.2,0.1\n");
    program_says(f->folder, 2, "begun with another accepted set", "run", f->cap, SMALL, "-r", "2-2", "-o", "out", "--set",
                 "processes.neighbourhood.members=\"own\"", NULL);
    free(set);
}

static void theories_errors(void **state)
{
    fixture *f = *state;
    char *grid = program_source("scenarios/classic/schelling_small.cfg"), *other = program_source("scenarios/classic/mesa.cfg");
    char *set = put_set(f, "bad.csv", "1,1.4,0.1\n1,0.1,x\n");
    program_says(f->folder, 2, "--theories 'T0,T3' is no list of T0, T1 and T2", "compare", f->reference, f->cap, "--theories", "T0,T3",
                 NULL);
    program_says(f->folder, 2, "--theories 'T1,T1' is no list", "compare", f->reference, f->cap, "--theories", "T1,T1", NULL);
    program_says(f->folder, 2, "--theories '' is no list", "compare", f->reference, f->cap, "--theories", "", NULL);
    program_says(f->folder, 2, "--theories 'T0,' is no list", "compare", f->reference, f->cap, "--theories=T0,", NULL);
    program_says(f->folder, 2, "--theories does not go with run", "run", f->reference, "--theories", "T0", NULL);
    program_says(f->folder, 2, "has no leefbaarheid", "compare", grid, other, "--theories", "T0,T1", NULL);
    program_says(f->folder, 2, "has no leefbaarheid", "compare", f->reference, f->cap, ALL, SMALL, "--set",
                 "processes.neighbourhood.enabled=false", NULL);
    /* Once, not once a theory; all at once. */
    wks_run run = program_run(f->folder, 3, "compare", f->reference, f->cap, ALL, SMALL, "--set", "processes.neighbourhood.members=\"bad\"",
                              "--set", "processes.search.reakt=1", NULL);
    assert_contains(run.err, "bad.csv:3:3: error: processes.neighbourhood.d_s is '1.4'; expected a number from 0 to 1.3");
    assert_contains(run.err, "bad.csv:4:1: error: member is '1'; expected each number once");
    assert_contains(run.err, "bad.csv:4:7: error: processes.neighbourhood.a_v is 'x'");
    assert_contains(run.err, "unknown key 'reakt'");
    assert_contains(run.err, "8 problems in the input");
    wks_run_free(&run);
    assert_false(program_has(f->folder, "results"));
    free(grid);
    free(other);
    free(set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_fixture(theories_have_a_folder_each_and_joint_tables),
        with_fixture(theory_alone_on_other_threads_has_the_same_bytes),
        with_fixture(replication_takes_the_same_member_in_every_scenario),
        with_fixture(set_of_one_member_equals_its_values_as_settings),
        with_fixture(comparison_of_theories_goes_on_and_is_replaced),
        with_fixture(changed_set_is_another_run),
        with_fixture(theories_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
