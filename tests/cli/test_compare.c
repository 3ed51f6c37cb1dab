/* wijksim compare and demo: joint tables, pairing, existing folders. */
#include "cli/program.h"

#define SMALL "-t", "13", "-r", "3", "-q"

/* A copy of the reference under another name and nothing else. */
static char *put_copy(const fixture *f)
{
    wks_text text = WKS_TEXT_INIT;
    wks_text_addf(&text, "base = \"%s\";\nname = \"kopie\";\ntitle = \"Kopie\";\n", f->reference);
    char *path = wks_folder_put(f->folder, "copy.cfg", text.data);
    wks_text_free(&text);
    return path;
}

/* Nobody better or worse, and nobody who is there under one of the two only. */
static void assert_nobody_differs(const char *folder)
{
    char *text = program_get(folder, "out/losers.csv"), *rest = NULL;
    char *line = strtok_r(text, "\n", &rest);
    int64_t n_households = 0;
    assert_string_equal(line, "reference,scenario,theory,group,outcome,better,equal,worse,n");
    while ((line = strtok_r(NULL, "\n", &rest)) != NULL) {
        long better = 0, equal = 0, worse = 0, n = 0;
        const char *at = line;
        for (int i = 0; i < 5; i++)
            at = strchr(at, ',') + 1;
        if (strstr(line, ",only_") != NULL) {
            assert_string_equal(at, ",,,0");
            continue;
        }
        assert_int_equal(sscanf(at, "%ld,%ld,%ld,%ld", &better, &equal, &worse, &n), 4);
        if (better != 0 || worse != 0 || equal != n) fail_msg("not equal: %s", line);
        n_households += n;
    }
    assert_true(n_households > 500000);
    free(text);
}

static void scenario_compared_with_its_copy_differs_by_exactly_zero(void **state)
{
    fixture *f = *state;
    char *copy = put_copy(f), *rest = NULL;
    int n = 0, n_equal = 0;
    program_do(f->folder, 0, "compare", f->reference, copy, "-t", "6", "-r", "3", "-q", "-o", "out", NULL);
    char *text = program_get(f->folder, "out/contrasts.csv");
    char *line = strtok_r(text, "\n", &rest);
    assert_string_equal(
        line, "reference,scenario,tick,date,indicator,group,scale,level,area,n_pairs,mean_reference,mean_scenario,mean_difference,ci_low,"
              "ci_high,method,p_adjusted,variance_reduction,theory,verdict");
    while ((line = strtok_r(NULL, "\n", &rest)) != NULL) {
        const char *at = line;
        for (int i = 0; i < 9; i++)
            at = strchr(at, ',') + 1;
        if (strncmp(at, "0,", 2) == 0 || strncmp(at, "1,", 2) == 0) continue; /* nobody, in one replication or more */
        for (int i = 0; i < 3; i++)
            at = strchr(at, ',') + 1;
        if (strncmp(at, "0,0,0,paired t,", 15) != 0) fail_msg("not exactly zero: %s", line);
        if (strcmp(strrchr(line, ',') + 1, "exactly equal") == 0) n_equal++;
        n++;
    }
    assert_true(n > 500);
    assert_int_equal(n_equal, n);
    free(text);
    text = program_get(f->folder, "out/differences.txt");
    assert_string_equal(text, "kopie:\n");
    free(text);
    assert_nobody_differs(f->folder);
    text = program_get(f->folder, "out/waterbed.csv"); /* no areas in what differs */
    assert_null(strstr(text, "kopie"));
    free(text);
    free(copy);
}

static void compare_writes_joint_tables_and_a_folder_a_scenario(void **state)
{
    static const char *const joint[] = {"manifest.json",   "summary.csv",        "contrasts.csv",     "codebook.csv", "precision.csv",
                                        "untouched.csv",   "losers.csv",         "effects.csv",       "waterbed.csv", "report.html",
                                        "differences.txt", "differences.nl.txt", "differences.en.txt"};
    fixture *f = *state;
    char *out = wks_folder_path(f->folder, "out");
    wks_run run = program_run(f->folder, 0, "compare", f->reference, f->cap, SMALL, "-o", "out", "--set", f->small, NULL);
    assert_string_equal(run.out, "out/report.html\n");
    assert_string_equal(run.err, "");
    wks_run_free(&run);
    for (size_t i = 0; i < sizeof joint / sizeof *joint; i++) {
        if (!program_has(out, joint[i])) fail_msg("%s is missing", joint[i]);
    }
    for (int i = 0; i < PROGRAM_N_TABLES; i++) {
        char name[64];
        (void)snprintf(name, sizeof name, "plafond/%s", program_tables[i]);
        assert_true(program_has(out, name));
    }
    program_assert_no_leftovers(out);
    wks_json *m = program_manifest(out);
    assert_string_equal(wks_json_text(wks_json_get(m, "status")), "complete");
    assert_string_equal(wks_json_text(wks_json_get(m, "kind")), "compare");
    assert_string_equal(wks_json_text(wks_json_at(wks_json_get(m, "scenarios"), 0)), "reference");
    assert_string_equal(wks_json_text(wks_json_at(wks_json_get(m, "scenarios"), 1)), "plafond");
    assert_int_equal(wks_json_size(wks_json_get(m, "replications")), 3);
    assert_int_equal(wks_json_size(wks_json_get(m, "inputs")), 7); /* two scenarios, the city, its four files */
    wks_json_free(m);
    char *text = program_get(out, "summary.csv");
    assert_contains(text, "\nreference,T1,13,");
    assert_contains(text, "\nplafond,T1,13,");
    free(text);
    text = program_get(out, "contrasts.csv");
    assert_contains(text, "\nreference,plafond,13,");
    free(text);
    text = program_get(out, "differences.txt");
    assert_contains(text, "plafond:\n");
    assert_contains(text, "hoogste aandeel 25");
    free(text);
    text = program_get(out, "differences.en.txt");
    assert_contains(text, "largest share 25%");
    free(text);
    free(out);
}

/* The scenario's own run folder is what `run` would have written. */
static void member_of_a_comparison_equals_a_run_alone(void **state)
{
    fixture *f = *state;
    char *inside = wks_folder_path(f->folder, "out/plafond"), *alone = wks_folder_path(f->folder, "alone");
    program_do(f->folder, 0, "compare", f->reference, f->cap, SMALL, "-o", "out", "--set", f->small, NULL);
    program_do(f->folder, 0, "run", f->cap, SMALL, "-o", "alone", "--set", f->small, NULL);
    program_assert_same_run(inside, alone);
    free(inside);
    free(alone);
}

/* What programmes cost and did: in the run's accounts, in the indicators, beside the differences; the same bytes with any number of threads. */
static void money_of_programmes_stands_beside_what_it_did(void **state)
{
    static const char *const same[] = {"effects.csv", "contrasts.csv", "veilig/budget.csv", "veilig/monitor.csv", "veilig/city.csv"};
    fixture *f = *state;
    wks_text text = WKS_TEXT_INIT;
    wks_text_addf(
        &text,
        "base = \"%s\";\nname = \"veilig\";\ntimeline = ( { at = \"2025-03\"; event = \"safety\"; areas = [ \"WK990104\" ]; effect = 0.05; "
        "eur_year = 120000.0; hours_week = 12.0; payer = \"corporaties\"; } );\n",
        f->reference);
    char *path = wks_folder_put(f->folder, "veilig.cfg", text.data);
    program_do(f->folder, 0, "compare", f->reference, path, SMALL, "--threads", "1", "-o", "one", NULL);
    program_do(f->folder, 0, "compare", f->reference, path, SMALL, "--threads", "2", "-o", "two", NULL);
    char *one = wks_folder_path(f->folder, "one"), *two = wks_folder_path(f->folder, "two");
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        char *first = program_get(one, same[i]), *second = program_get(two, same[i]);
        assert_string_equal(first, second);
        free(first);
        free(second);
    }
    char *effects = program_get(one, "effects.csv"), *budget = program_get(one, "veilig/budget.csv");
    const char *row = strstr(effects, ",leefbaarheid,,areas,,");
    assert_non_null(row);
    for (int k = 0; k < 7; k++)
        row = strchr(row + 1, ',');
    assert_true(fabs(strtod(row + 1, NULL) - 120000) < 5000); /* twelve months; the standing pool follows the households */
    assert_contains(row, ",,,3\n");                           /* three pairs are too few to tell an effect per euro */
    assert_contains(budget, ",2025,corporaties,total,EUR,-100000\n");
    assert_contains(budget, ",2025,corporaties,safety,hours,520\n");
    assert_contains(budget, ",2025,,leefbaarheid,EUR,-100000\n");
    assert_contains(budget, ",2025,gemeente,pool,hours,");
    free(effects);
    free(budget);
    free(one);
    free(two);
    free(path);
    wks_text_free(&text);
}

static void compare_errors(void **state)
{
    fixture *f = *state;
    char *later = wks_folder_put(f->folder, "later.cfg", "city = \"x\";");
    char *shorter = NULL;
    wks_text text = WKS_TEXT_INIT;
    program_says(f->folder, 2, "have the same name 'reference'", "compare", f->reference, f->reference, SMALL, NULL);
    wks_text_addf(&text, "base = \"%s\"; name = \"kort\"; ticks = 60;", f->reference);
    shorter = wks_folder_put(f->folder, "shorter.cfg", text.data);
    program_says(f->folder, 2, "differ in start or ticks", "compare", f->reference, shorter, "-q", NULL);
    wks_text_clear(&text);
    wks_text_addf(&text, "base = \"%s\"; name = \"zaad\"; seeds = { dynamics = 2; };", f->reference);
    free(shorter);
    shorter = wks_folder_put(f->folder, "seed.cfg", text.data);
    program_says(f->folder, 2, "differ in seed or replications", "compare", f->reference, shorter, "-q", NULL);
    program_says(f->folder, 3, "city 'x' is not found", "compare", f->reference, later, "-q", NULL);
    assert_false(program_has(f->folder, "results"));
    wks_text_free(&text);
    free(later);
    free(shorter);
}

static void problems_of_all_scenarios_are_told_at_once(void **state)
{
    fixture *f = *state;
    free(wks_folder_put(f->folder, "a.cfg", "tcks = 3;\n"));
    free(wks_folder_put(f->folder, "b.cfg", "replicatons = 3;\n"));
    wks_run run = program_run(f->folder, 3, "compare", "a.cfg", "b.cfg", NULL);
    assert_contains(run.err, "a.cfg:1:1: error: unknown key 'tcks'");
    assert_contains(run.err, "b.cfg:1:1: error: unknown key 'replicatons'");
    wks_run_free(&run);
}

static void existing_comparison_is_kept_unless_forced(void **state)
{
    fixture *f = *state;
    char *copy = put_copy(f);
    program_do(f->folder, 0, "compare", f->reference, f->cap, SMALL, "-o", "out", "--set", f->small, NULL);
    program_says(f->folder, 2, "out exists and is not empty", "compare", f->reference, f->cap, SMALL, "-o", "out", "--set", f->small, NULL);
    program_says(f->folder, 2, "out holds other results than a comparison of these scenarios", "compare", f->reference, copy, SMALL, "-o",
                 "out", "--resume", "--set", f->small, NULL);
    program_do(f->folder, 0, "compare", f->reference, copy, SMALL, "-o", "out", "--force", "--set", f->small, NULL);
    assert_false(program_has(f->folder, "out/plafond"));
    assert_true(program_has(f->folder, "out/kopie/city.csv"));
    /* A run's folder is no comparison, and the other way round. */
    program_do(f->folder, 0, "run", f->reference, SMALL, "-o", "single", "--set", f->small, NULL);
    program_says(f->folder, 2, "single holds other results", "compare", f->reference, copy, SMALL, "-o", "single", "--resume", "--set",
                 f->small, NULL);
    program_says(f->folder, 2, "out holds a comparison, not a run", "run", f->reference, SMALL, "-o", "out", "--resume", "--set", f->small,
                 NULL);
    free(copy);
}

static void ranges_extend_a_comparison(void **state)
{
    static const char *const joint[] = {"summary.csv", "contrasts.csv", "losers.csv", "untouched.csv", "waterbed.csv", "effects.csv"};
    fixture *f = *state;
    char *whole = wks_folder_path(f->folder, "whole"), *grown = wks_folder_path(f->folder, "grown");
    program_do(f->folder, 0, "compare", f->reference, f->cap, "-t", "3", "-r", "1-4", "-q", "-o", "whole", "--set", f->small, NULL);
    program_do(f->folder, 0, "compare", f->reference, f->cap, "-t", "3", "-r", "1-2", "-q", "-o", "grown", "--set", f->small, NULL);
    program_do(f->folder, 0, "compare", f->reference, f->cap, "-t", "3", "-r", "3-4", "-q", "-o", "grown", "--set", f->small, NULL);
    for (size_t i = 0; i < sizeof joint / sizeof *joint; i++)
        program_assert_same(whole, grown, joint[i]);
    assert_int_equal(program_n_complete(grown), 4);
    free(whole);
    free(grown);
}

/* Without what was kept of its households a replication is made again; a damaged file is told, not used. */
static void households_that_are_missing_are_made_again(void **state)
{
    fixture *f = *state;
    char *out = wks_folder_path(f->folder, "out"), *whole = wks_folder_path(f->folder, "whole");
    char *gone = wks_folder_path(out, "plafond/households/000001.fates");
    program_do(f->folder, 0, "compare", f->reference, f->cap, "-t", "3", "-r", "1-3", "-q", "-o", "whole", "--set", f->small, NULL);
    program_do(f->folder, 0, "compare", f->reference, f->cap, "-t", "3", "-r", "1-2", "-q", "-o", "out", "--set", f->small, NULL);
    assert_int_equal(unlink(gone), 0);
    program_do(f->folder, 0, "compare", f->reference, f->cap, "-t", "3", "-r", "1-3", "-q", "-o", "out", "--resume", "--set", f->small,
               NULL);
    assert_true(program_has(out, "plafond/households/000001.fates"));
    program_assert_same(whole, out, "losers.csv");
    program_assert_same(whole, out, "untouched.csv");
    program_assert_same(whole, out, "plafond/city.csv");
    free(gone);
    free(whole);
    free(out);
}

static void demo_needs_no_input(void **state)
{
    fixture *f = *state;
    wks_run run = program_run(f->folder, 0, "demo", "-t", "2", "-r", "2", "-q", NULL);
    assert_string_equal(run.out, "results/demo/report.html\n");
    wks_run_free(&run);
    char *out = wks_folder_path(f->folder, "results/demo");
    wks_json *m = program_manifest(out);
    assert_int_equal(wks_json_size(wks_json_get(m, "scenarios")), 3);
    wks_json_free(m);
    program_says(f->folder, 2, "results/demo exists and is not empty", "demo", "-t", "2", "-r", "2", "-q", NULL);
    run = program_run(f->folder, 0, "demo", "-t", "2", "-r", "2", "-q", "--force", "--lang", "en", NULL);
    char *text = program_get(out, "report.html");
    assert_contains(text, "lang=\"en\"");
    free(text);
    wks_run_free(&run);
    free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_fixture(scenario_compared_with_its_copy_differs_by_exactly_zero),
        with_fixture(compare_writes_joint_tables_and_a_folder_a_scenario),
        with_fixture(member_of_a_comparison_equals_a_run_alone),
        with_fixture(money_of_programmes_stands_beside_what_it_did),
        with_fixture(compare_errors),
        with_fixture(problems_of_all_scenarios_are_told_at_once),
        with_fixture(existing_comparison_is_kept_unless_forced),
        with_fixture(ranges_extend_a_comparison),
        with_fixture(households_that_are_missing_are_made_again),
        with_fixture(demo_needs_no_input),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
