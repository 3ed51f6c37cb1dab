/* The six cities: scripts/make-cities.sh builds them from downloaded files where these are, and says so where not; their own scenarios and the reference fit them. */
#include "cli/program.h"

static const char *const cities[] = {"breda", "ede", "groningen", "leeuwarden", "nijmegen", "tilburg"};
enum { N_CITIES = sizeof cities / sizeof *cities };

static wks_run make_cities(const char *data, const char *folder)
{
    char *script = program_source("scripts/make-cities.sh");
    const char *const argv[] = {script, data, folder, NULL};
    (void)setenv("WIJKSIM_BIN", WKS_BIN_DIR, 1);
    wks_run run = wks_run_program(argv, NULL);
    free(script);
    return run;
}

static void without_downloaded_files_it_says_so_and_builds_nothing(void **state)
{
    char *folder = wks_folder_make(), *data = wks_folder_path(folder, "nowhere"), *out = wks_folder_path(folder, "cities");
    (void)state;
    wks_run run = make_cities(data, out);
    assert_int_equal(run.exit_code, 0);
    assert_contains(run.out, "nothing is built");
    assert_false(wks_file_exists(out));
    wks_run_free(&run);
    free(data);
    free(out);
    wks_folder_remove(folder);
}

/* Every city has a storyline and a programme of twenty years, with a head. */
static void every_city_has_its_scenarios(void **state)
{
    static const char *const files[] = {"verhaal", "programma_20_jaar"};
    (void)state;
    for (int i = 0; i < N_CITIES; i++) {
        for (int k = 0; k < 2; k++) {
            char name[96];
            (void)snprintf(name, sizeof name, "scenarios/cities/%s/%s.cfg", cities[i], files[k]);
            char *path = program_source(name), *text = wks_folder_get(path);
            assert_int_equal(strncmp(text, "// Question: ", strlen("// Question: ")), 0);
            assert_contains(text, "\n// Source: ");
            assert_contains(text, "\n// Expected outcome: ");
            free(text);
            free(path);
        }
    }
}

static void check_scenario(const char *folder, const char *name, const char *city)
{
    char *path = program_source(name);
    wks_text set = WKS_TEXT_INIT;
    wks_text_addf(&set, "city=%s/%s", folder, city);
    program_do(NULL, 0, "check", path, "--set", set.data, NULL); /* areas that the city does not have are errors */
    wks_text_free(&set);
    free(path);
}

static void the_reference_and_their_own_scenarios_fit_the_cities_built(void **state)
{
    const char *data = getenv("WKS_SHARED_DATA");
    char *folder = NULL;
    (void)state;
    if (data == NULL || !wks_file_exists(WKS_BIN_DIR "/wijksim-import")) {
        skip(); /* real data are not in the repository */
        return;
    }
    folder = wks_folder_make();
    wks_run run = make_cities(data, folder);
    if (run.exit_code != 0) fail_msg("make-cities: %s", run.err);
    wks_run_free(&run);
    for (int i = 0; i < N_CITIES; i++) {
        char name[96];
        check_scenario(folder, "scenarios/00_reference.cfg", cities[i]);
        (void)snprintf(name, sizeof name, "scenarios/cities/%s/verhaal.cfg", cities[i]);
        check_scenario(folder, name, cities[i]);
        (void)snprintf(name, sizeof name, "scenarios/cities/%s/programma_20_jaar.cfg", cities[i]);
        check_scenario(folder, name, cities[i]);
    }
    wks_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_downloaded_files_it_says_so_and_builds_nothing),
        cmocka_unit_test(every_city_has_its_scenarios),
        cmocka_unit_test(the_reference_and_their_own_scenarios_fit_the_cities_built),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
