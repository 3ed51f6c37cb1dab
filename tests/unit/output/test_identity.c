#include "output/identity.h"

#include "unit/output/made.h"

static const char head[] = "name = \"proef\"; ticks = 12; replications = 3;";

/* Copies the small city to data/scenarios/cities/klein and reads it from there. */
static void move_city(made *m, const char *inside)
{
    static const char *const files[] = {"city.cfg", "buurten.csv", "margins.csv", "quality.csv"};
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    char *city = wks_folder_path(m->folder, inside);

    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *from = wks_folder_path(m->city.path, files[i]), *text = wks_folder_get(from);
        free(wks_folder_put(city, files[i], text));
        free(text);
        free(from);
    }
    wks_folder_free(&m->city);
    assert_ok(wks_folder_read(city, &m->city, &problems, &err), &err);
    wks_problems_free(&problems);
    free(city);
}

static void assert_city(made *m, const char *expected)
{
    wks_text text = WKS_TEXT_INIT;
    wks_err err = WKS_ERR_INIT;
    char line[512];
    assert_ok(wks_identity_scenario(&m->scenario, &m->city, &text, &err), &err);
    (void)snprintf(line, sizeof line, "city = \"%s\";", expected);
    assert_contains(text.data, line);
    wks_text_free(&text);
}

static void city_of_the_data_folder_goes_by_its_name(void **state)
{
    made m;
    (void)state;
    made_init(&m, head);
    char *data = wks_folder_path(m.folder, "data");
    move_city(&m, "data/scenarios/cities/klein");
    assert_int_equal(setenv("WIJKSIM_DATA", data, 1), 0);
    assert_city(&m, "klein");
    assert_int_equal(unsetenv("WIJKSIM_DATA"), 0);
    free(data);
    made_free(&m);
}

static void other_city_goes_by_its_full_path(void **state)
{
    made m;
    (void)state;
    made_init(&m, head);
    char *data = wks_folder_path(m.folder, "data");
    free(wks_folder_put(m.folder, "data/scenarios/cities/readme.txt", ""));
    move_city(&m, "elsewhere/klein");
    assert_int_equal(setenv("WIJKSIM_DATA", data, 1), 0);
    char *full = realpath(m.city.path, NULL);
    assert_non_null(full);
    assert_int_equal(full[0], '/');
    assert_city(&m, full);
    assert_int_equal(unsetenv("WIJKSIM_DATA"), 0);
    free(full);
    free(data);
    made_free(&m);
}

/* Checks the scenario of `m` against a folder whose scenario.cfg was written for `head_there`. */
static wks_status check_against(made *m, const char *head_there, wks_err *err)
{
    made there;
    wks_manifest old = {0};
    wks_store store;
    wks_err own = WKS_ERR_INIT;
    const wks_store_options how = {.threads = 1};

    made_init(&there, head_there);
    assert_ok(wks_store_open(m->run, &there.scenario, &there.city, &how, &store, &own), &own);
    wks_store_close(&store);
    assert_ok(wks_manifest_read(m->run, &old, &own), &own);
    const wks_status rc = wks_identity_check(m->run, &m->scenario, &m->city, &old, err);
    wks_manifest_free(&old);
    made_free(&there);
    return rc;
}

static void words_and_replications_may_differ(void **state)
{
    made m;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    made_init(&m, head);
    assert_ok(
        check_against(
            &m, "name = \"proef\"; title = \"Iets anders\"; question = \"?\"; ticks = 12; first_replication = 7; replications = 2;", &err),
        &err);
    made_free(&m);
}

/* What is declared and how precisely changes no replication: a folder goes on with other thresholds, with some where there were none, and without. */
static void outcomes_and_precision_may_differ(void **state)
{
    static const char with[] = "name = \"proef\"; ticks = 12; replications = 3;\n"
                               "outcomes = ( { indicator = \"persons\"; threshold = 2.0; } ); precision = { max_replications = 50; };";
    static const char other[] =
        "name = \"proef\"; ticks = 12; replications = 3;\noutcomes = ( { indicator = \"moves\"; half_width = 1.0; } );";
    static const char *const pairs[][2] = {{head, with}, {with, head}, {with, other}};
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        made m;
        wks_err err = WKS_ERR_INIT;
        made_init(&m, pairs[i][0]);
        assert_ok(check_against(&m, pairs[i][1], &err), &err);
        made_free(&m);
    }
}

/* Of a city a run-in changes no replication; without one it says what is measured. */
static void run_in_may_differ_with_a_city(void **state)
{
    static const char *const before[] = {"name = \"a\";\ncity = \"x\";\n", "name = \"a\";\n"};
    const char *a = "", *b = "";
    char there[80], here[80];
    (void)state;
    for (int i = 0; i < 2; i++) {
        (void)snprintf(there, sizeof there, "%sticks = 9;\nwarmup = 0;\n", before[i]);
        (void)snprintf(here, sizeof here, "%sticks = 9;\nwarmup = 4;\n", before[i]);
        assert_int_equal(wks_identity_differs(there, here, false, &a, &b), i);
    }
    assert_string_equal(b, "warmup = 4;");
}

static void check_errors(void **state)
{
    static const struct {
        const char *there, *says;
    } cases[] = {
        {"name = \"anders\"; ticks = 12;", "'name = \"anders\";', this scenario 'name = \"proef\";'"},
        {"name = \"proef\"; ticks = 13;", "'ticks = 13;', this scenario 'ticks = 12;'"},
        {"name = \"proef\"; ticks = 12; seeds = { population = 4; };", "'population = 4;', this scenario 'population = 1;'"},
        {"name = \"proef\"; ticks = 12; output = { buurt_every = 6; };", "'buurt_every = 6;', this scenario 'buurt_every = 12;'"},
        {"name = \"proef\"; ticks = 12; processes = { market = { enabled = false; }; };",
         "'enabled = false;', this scenario 'enabled = true;'"},
        {"name = \"proef\"; ticks = 12; timeline = ( { at = \"2025-06\"; set = \"processes.market.enabled\"; value = "
         "false; } );",
         "timeline"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        made m;
        wks_err err = WKS_ERR_INIT;
        made_init(&m, head);
        assert_status(check_against(&m, cases[i].there, &err), WKS_ERR_USAGE, &err);
        assert_contains(err.message, m.run);
        assert_contains(err.message, cases[i].says);
        made_free(&m);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(city_of_the_data_folder_goes_by_its_name),
        cmocka_unit_test(other_city_goes_by_its_full_path),
        cmocka_unit_test(words_and_replications_may_differ),
        cmocka_unit_test(outcomes_and_precision_may_differ),
        cmocka_unit_test(run_in_may_differ_with_a_city),
        cmocka_unit_test(check_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
