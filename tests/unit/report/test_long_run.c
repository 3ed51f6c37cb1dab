#include "report/long_run.h"

#include "report/make_page.h"

static const char scenario[] = "name = \"reference\"; title = \"x\"; city = \"modelstad\"; start = \"2025-01\"; ticks = 12;\n"
                               "processes = { allocation = { enabled = false; }; neighbourhood = { %s }; };\n";

/* The limits section of a run with these settings of process neighbourhood. */
static char *limits_with(const char *settings, const char *lang)
{
    make_results_plan plan = make_results_usual();
    plan.n_areas = 2;
    plan.n_years = 1;
    plan.n_scenarios = 1;
    char text[400];
    (void)snprintf(text, sizeof text, scenario, settings);
    const make_page_file file = {"scenario.cfg", text};
    char *page = make_page(&plan, lang, &file, 1), *section = make_page_section(page, "grenzen");
    free(page);
    return section;
}

/* a_v (1 + d_s) for a whole share, so a tenth of it for ten points: -0.02 x 1.5 = -0.03 under T1, nothing under T0. */
static void feedback_is_told_under_the_three_theories(void **state)
{
    (void)state;
    char *section = limits_with("a_v = 0.2; d_s = 0.5;", "en");
    assert_contains(section, "0.000 (T0), −0.030 (T1) and −");
    free(section);
    section = limits_with("a_v = 0.2; d_s = 0.5;", "nl");
    assert_contains(section, "0,000 (T0), −0,030 (T1) en −");
    assert_contains(section, "is geen meting");
    free(section);
}

static void nothing_is_told_without_the_process_or_of_a_file_that_cannot_be_read(void **state)
{
    (void)state;
    static const char *const settings[] = {"enabled = false;", "no_such_key = 1;"};
    for (size_t i = 0; i < 2; i++) {
        char *section = limits_with(settings[i], "en");
        assert_null(strstr(section, "How much the feedback weighs"));
        free(section);
    }
}

static const char long_scenario[] = "name = \"reference\"; title = \"x\"; city = \"modelstad\"; start = \"2025-01\"; ticks = 24; %s\n"
                                    "processes = { allocation = { enabled = false; }; };\n";

/* The page of a run of two years whose scenario.cfg says this too. */
static char *page_with(const char *more, const char *lang)
{
    make_results_plan plan = make_results_usual();
    plan.n_areas = 2;
    plan.n_years = 2;
    plan.n_scenarios = 1;
    char text[400];
    (void)snprintf(text, sizeof text, long_scenario, more);
    const make_page_file file = {"scenario.cfg", text};
    return make_page(&plan, lang, &file, 1);
}

static void run_in_is_grey_in_the_charts_and_told(void **state)
{
    (void)state;
    char *page = page_with("warmup = 6;", "nl"), *section = make_page_section(page, "scenarios");
    assert_contains(section, "<rect class=\"warmup\" x=\"52\" y=\"10\" width=\"99.0\""); /* six of 24 months */
    assert_contains(section, "Grijs: de inlooptijd");
    assert_contains(section, "inlooptijd (niet als uitkomst lezen)</span></p>");
    assert_contains(section, "het grijze begin is inlooptijd en niet als uitkomst te lezen\"");
    free(section);
    free(page);
    page = page_with("warmup = 6;", "en");
    assert_contains(page, "run-in (not to be read as outcome)</span></p>");
    assert_contains(page, "the grey begin is run-in and not to be read as outcome\"");
    free(page);
}

static void without_a_run_in_nothing_is_grey(void **state)
{
    (void)state;
    char *page = page_with("", "nl");
    assert_null(strstr(page, "class=\"warmup\""));
    assert_null(strstr(page, "Grijs: de inlooptijd"));
    assert_null(strstr(page, "inlooptijd (niet als uitkomst lezen)"));
    free(page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(feedback_is_told_under_the_three_theories),
        cmocka_unit_test(nothing_is_told_without_the_process_or_of_a_file_that_cannot_be_read),
        cmocka_unit_test(run_in_is_grey_in_the_charts_and_told),
        cmocka_unit_test(without_a_run_in_nothing_is_grey),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
