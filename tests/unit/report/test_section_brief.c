#include "report/section_brief.h"

#include "report/make_page.h"

static make_results_plan small(int n_pairs)
{
    make_results_plan plan = make_results_usual();
    plan.n_areas = 4;
    plan.n_years = 1;
    plan.n_pairs = n_pairs;
    return plan;
}

/* Nine differences of one scenario: five are told, four fold; three of the next all stand. */
static void many_differences_of_a_scenario_are_folded(void **state)
{
    (void)state;
    const make_results_plan plan = small(20);
    wks_text text = WKS_TEXT_INIT;
    wks_text_add(&text, "cap-12:\n");
    for (int i = 1; i <= 9; i++)
        wks_text_addf(&text, "difference a%d.\n", i);
    wks_text_add(&text, "lottery:\n");
    for (int i = 1; i <= 8; i++)
        wks_text_addf(&text, "difference b%d.\n", i);
    const make_page_file file = {"differences.en.txt", text.data};
    char *page = make_page(&plan, "en", &file, 1), *section = make_page_section(page, "kort");
    char *fold = strstr(section, "<details><summary>Another 4 differences</summary>"), *end = strstr(section, "</details>");
    assert_non_null(fold);
    assert_true(strstr(section, "difference a5.") < fold);
    assert_true(strstr(section, "difference a6.") > fold && strstr(section, "difference a9.") < end);
    assert_true(strstr(section, "difference b1.") > end);
    assert_null(strstr(end + 1, "<details>"));
    free(section);
    free(page);
    wks_text_free(&text);
}

/* D falls because the group grows: both months stand beside what chance gives, and the month without is not where the course begins. */
static void segregation_is_told_beside_chance(void **state)
{
    (void)state;
    make_results_plan plan = small(20);
    plan.n_scenarios = 1;
    const make_page_file file = {"summary.csv",
                                 "scenario,theory,tick,date,indicator,group,scale,level,area,mean,sd,ci_low,ci_high,p10,p50,p90,n\n"
                                 "a,T1,0,2025-01,D,jong,buurt,,,0.7,0,,,,,,20\n"
                                 "a,T1,1,2025-02,D,jong,buurt,,,0.5,0,,,,,,20\n"
                                 "a,T1,1,2025-02,ED_binom,jong,buurt,,,0.4,0,,,,,,20\n"
                                 "a,T1,2,2025-03,D,jong,buurt,,,0.3,0,,,,,,20\n"
                                 "a,T1,2,2025-03,ED_binom,jong,buurt,,,0.2,0,,,,,,20\n"};
    char *page = make_page(&plan, "en", &file, 1), *section = make_page_section(page, "kort");
    assert_contains(section, "goes from 0.500 (by chance 0.400) in February 2025 to 0.300 (by chance 0.200) in March 2025");
    free(section);
    free(page);
}

static void verdicts_of_few_pairs_are_folded(void **state)
{
    (void)state;
    for (int n = 9; n <= 10; n++) {
        const make_results_plan plan = small(n);
        char *page = make_page(&plan, "en", NULL, 0);
        assert_int_equal(strstr(page, "<details><summary>Verdict by outcome: too few replications") != NULL, n < 10);
        free(page);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_differences_of_a_scenario_are_folded),
        cmocka_unit_test(segregation_is_told_beside_chance),
        cmocka_unit_test(verdicts_of_few_pairs_are_folded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
