/* Peak memory as check says it beforehand, against what the run itself measured, on the city that comes with the program. All cases: tests/bench/estimate.sh. */
#include "cli/program.h"

#include "base/json.h"
#include "output/manifest.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define WKS_TEST_HAS_SHADOW 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define WKS_TEST_HAS_SHADOW 1
#endif
#endif

static char *in_scenarios(const char *name)
{
    char *folder = wks_file_data_folder();
    char *scenarios = wks_file_join(folder, "scenarios");
    char *path = wks_file_join(scenarios, name);
    free(folder);
    free(scenarios);
    return path;
}

static double estimated(const char *output)
{
    const char *at = output; /* of several objects the last: all together */
    for (const char *next = strstr(at, "\"memory_mib\": "); next != NULL; next = strstr(at, "\"memory_mib\": "))
        at = next + strlen("\"memory_mib\": ");
    return atof(at);
}

static void assert_near(const char *folder, double mib)
{
    wks_manifest manifest;
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_manifest_read(folder, &manifest, &err), &err);
#ifndef WKS_TEST_HAS_SHADOW
    assert_in_range((uintmax_t)(1000 * mib / manifest.peak_rss_mib), 800, 1200);
#endif
    assert_true(mib > 0);
    wks_manifest_free(&manifest);
}

static void peak_of_runs_is_within_a_fifth_of_what_check_says(void **state)
{
    static const char *const cases[][2] = {{"1", "1"}, {"1", "2"}, {"3", "2"}};
    char *reference = in_scenarios("00_reference.cfg");
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *folder = wks_folder_make();
        wks_run run = program_run(folder, 0, "check", reference, "--json", "-q", "-t", "12", "-r", cases[i][0], "-j", cases[i][1], NULL);
        const double mib = estimated(run.out);
        wks_run_free(&run);
        run = program_run(folder, 0, "run", reference, "-o", "out", "-q", "-t", "12", "-r", cases[i][0], "-j", cases[i][1], NULL);
        wks_run_free(&run);
        char *out = wks_folder_path(folder, "out");
        assert_near(out, mib);
        free(out);
        wks_folder_remove(folder);
    }
    free(reference);
}

static void peak_of_a_comparison_is_within_a_fifth_of_what_check_says_of_all(void **state)
{
    char *reference = in_scenarios("00_reference.cfg"), *cap = in_scenarios("01_cap.cfg"), *folder = wks_folder_make();
    (void)state;
    wks_run run = program_run(folder, 0, "check", reference, cap, "--json", "-q", "-t", "12", "-r", "2", "-j", "2", NULL);
    assert_contains(run.out, "\"scenarios\": 2");
    const double mib = estimated(run.out);
    wks_run_free(&run);
    run = program_run(folder, 0, "compare", reference, cap, "-o", "out", "-q", "-t", "12", "-r", "2", "-j", "2", NULL);
    wks_run_free(&run);
    char *out = wks_folder_path(folder, "out");
    assert_near(out, mib);
    free(out);
    wks_folder_remove(folder);
    free(reference);
    free(cap);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(peak_of_runs_is_within_a_fifth_of_what_check_says),
        cmocka_unit_test(peak_of_a_comparison_is_within_a_fifth_of_what_check_says_of_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
