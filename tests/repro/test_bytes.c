/* The same bytes whatever the number of threads, the folder it is started from, and the way it is asked for. */
#include "cli/program.h"

static void threads_never_change_a_byte(void **state)
{
    fixture *f = *state;
    char *one = wks_folder_path(f->folder, "one"), *two = wks_folder_path(f->folder, "two"), *inside = wks_folder_path(f->folder, "inside");
    char *single = wks_folder_path(f->folder, "single");
    program_do(f->folder, 0, "run", f->cap, "-t", "13", "-r", "2", "-j", "1", "-q", "-o", "one", NULL);
    program_do(f->folder, 0, "run", f->cap, "-t", "13", "-r", "2", "-j", "2", "-q", "-o", "two", NULL); /* replications side by side */
    program_assert_same_run(one, two);
    program_do(f->folder, 0, "run", f->cap, "-t", "13", "-r", "1", "-j", "1", "-q", "-o", "single", NULL);
    program_do(f->folder, 0, "run", f->cap, "-t", "13", "-r", "1", "-j", "4", "-q", "-o", "inside", NULL); /* threads inside a tick */
    program_assert_same_run(single, inside);
    char *text = program_get(one, "lettings.csv");
    assert_contains(text, "\nplafond,2,13,"); /* something was let to the end, so something was compared */
    free(text);
    free(one);
    free(two);
    free(inside);
    free(single);
}

static void written_scenario_reruns_to_the_same_bytes_from_anywhere(void **state)
{
    fixture *f = *state;
    char *first = wks_folder_path(f->folder, "first"), *again = wks_folder_path(f->folder, "elsewhere/again");
    char *scenario = wks_folder_path(first, "scenario.cfg"), *elsewhere = wks_folder_path(f->folder, "elsewhere");
    assert_int_equal(mkdir(elsewhere, 0777), 0);
    program_do(f->folder, 0, "run", f->cap, "-t", "4", "-r", "3-4", "-s", "9", "--seed-population", "4", "-q", "-o", "first", "--set",
               "processes.market.enabled=false", NULL);
    char *text = program_get(first, "scenario.cfg");
    assert_contains(text, "city = \"modelstad\";"); /* by name, as it comes with the program */
    free(text);
    program_do(elsewhere, 0, "run", scenario, "-q", "-o", "again", NULL);
    program_assert_same_run(first, again);
    free(first);
    free(again);
    free(scenario);
    free(elsewhere);
}

static void written_scenario_finds_a_city_named_by_a_relative_path(void **state)
{
    static const char *const files[] = {"city.cfg", "buurten.csv"};
    fixture *f = *state;
    char *first = wks_folder_path(f->folder, "first"), *again = wks_folder_path(f->folder, "elsewhere/again");
    char *scenario = wks_folder_path(first, "scenario.cfg"), *elsewhere = wks_folder_path(f->folder, "elsewhere");
    wks_text text = WKS_TEXT_INIT;
    assert_int_equal(mkdir(elsewhere, 0777), 0);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char name[64];
        (void)snprintf(name, sizeof name, "cities/eigen/%s", files[i]);
        char *content = program_get(f->small + strlen("city="), files[i]);
        free(wks_folder_put(f->folder, name, content));
        free(content);
    }
    wks_text_addf(&text, "base = \"%s\"; name = \"eigen\"; city = \"cities/eigen\";", f->reference);
    free(wks_folder_put(f->folder, "own.cfg", text.data));
    program_do(f->folder, 0, "run", "own.cfg", "-t", "3", "-r", "2", "-q", "-o", "first", NULL);
    program_do(elsewhere, 0, "run", scenario, "-q", "-o", "again", NULL);
    program_assert_same_run(first, again);
    wks_text_free(&text);
    free(first);
    free(again);
    free(scenario);
    free(elsewhere);
}

/* Replication numbers are identities: 3 to 4 alone give the rows that 3 and 4 have in 1 to 4, and other seeds give others. */
static void replication_numbers_are_identities(void **state)
{
    fixture *f = *state;
    program_do(f->folder, 0, "run", f->reference, "-t", "3", "-r", "1-4", "-q", "-o", "all", "--set", f->small, NULL);
    program_do(f->folder, 0, "run", f->reference, "-t", "3", "-r", "3-4", "-q", "-o", "some", "--set", f->small, NULL);
    program_do(f->folder, 0, "run", f->reference, "-t", "3", "-r", "3-4", "-s", "2", "-q", "-o", "others", "--set", f->small, NULL);
    char *all = program_get(f->folder, "all/city.csv"), *some = program_get(f->folder, "some/city.csv"),
         *others = program_get(f->folder, "others/city.csv");
    const char *third = strstr(all, "\nreference,3,0,");
    assert_non_null(third);
    assert_string_equal(third, strstr(some, "\nreference,3,0,"));
    assert_string_not_equal(some, others);
    const char *fourth = strstr(some, "\nreference,4,0,") + 1;
    const size_t n = (size_t)(fourth - some) - (size_t)(strchr(some, '\n') + 1 - some);
    assert_true(strncmp(strchr(some, '\n') + 1, fourth, n) != 0);
    free(all);
    free(some);
    free(others);
}

/* The hash of the end state is the same too: with and without output of lettings, and under --verify. */
static void what_is_written_does_not_change_the_state(void **state)
{
    static const char *const how[][2] = {{"--set", "output.lettings=false"}, {"--set", "output.city_every=4"}, {"--verify", "-q"}};
    fixture *f = *state;
    char expected[17] = "";
    for (size_t i = 0; i < 1 + sizeof how / sizeof *how; i++) {
        char name[8];
        (void)snprintf(name, sizeof name, "run%zu", i);
        program_do(f->folder, 0, "run", f->reference, "-t", "4", "-r", "1", "-q", "-o", name, "--set", f->small,
                   i == 0 ? "-q" : how[i - 1][0], i == 0 ? "-q" : how[i - 1][1], NULL);
        char *out = wks_folder_path(f->folder, name);
        wks_json *m = program_manifest(out);
        const char *hash = wks_json_text(wks_json_get(wks_json_at(wks_json_get(m, "replications"), 0), "state_hash"));
        assert_int_equal(strlen(hash), 16);
        if (i == 0) memcpy(expected, hash, sizeof expected);
        assert_string_equal(hash, expected);
        wks_json_free(m);
        free(out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_fixture(threads_never_change_a_byte),
        with_fixture(written_scenario_reruns_to_the_same_bytes_from_anywhere),
        with_fixture(written_scenario_finds_a_city_named_by_a_relative_path),
        with_fixture(replication_numbers_are_identities),
        with_fixture(what_is_written_does_not_change_the_state),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
