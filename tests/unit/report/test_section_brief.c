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
        wks_text_addf(&text, "difference b%d. [key.b%d]\n", i, i);
    const make_page_file file = {"differences.en.txt", text.data};
    char *page = make_page(&plan, "en", &file, 1), *section = make_page_section(page, "kort");
    char *fold = strstr(section, "<details><summary>Another 4 differences</summary>"), *end = strstr(section, "</details>");
    assert_non_null(fold);
    assert_true(strstr(section, "difference a5.") < fold);
    assert_true(strstr(section, "difference a6.") > fold && strstr(section, "difference a9.") < end);
    assert_true(strstr(section, "difference b1.") > end);
    assert_contains(section, "<li>difference b1. <small class=\"key\">key.b1</small></li>"); /* how the file calls it is a note */
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

/* A group without a value by chance at the start (nobody of it yet) has one month: the group with a course is told; alone it is told once. */
static void a_run_tells_a_group_with_a_course(void **state)
{
    static const char head[] = "scenario,theory,tick,date,indicator,group,scale,level,area,mean,sd,ci_low,ci_high,p10,p50,p90,n\n"
                               "a,T1,0,2025-01,D,verwezen,buurt,,,0.7,0,,,,,,20\n"
                               "a,T1,2,2025-03,D,verwezen,buurt,,,0.3,0,,,,,,20\n"
                               "a,T1,2,2025-03,ED_binom,verwezen,buurt,,,0.2,0,,,,,,20\n";
    static const char course[] = "a,T1,0,2025-01,D,jong,buurt,,,0.6,0,,,,,,20\na,T1,0,2025-01,ED_binom,jong,buurt,,,0.1,0,,,,,,20\n"
                                 "a,T1,2,2025-03,D,jong,buurt,,,0.5,0,,,,,,20\na,T1,2,2025-03,ED_binom,jong,buurt,,,0.1,0,,,,,,20\n";
    static const char *const says[2] = {"</b> is 0.300 (by chance 0.200) in March 2025",
                                        "goes from 0.600 (by chance 0.100) in January 2025 to 0.500 (by chance 0.100) in March 2025"};
    make_results_plan plan = small(20);
    (void)state;
    plan.n_scenarios = 1;
    for (int k = 0; k < 2; k++) {
        wks_text text = WKS_TEXT_INIT;
        wks_text_addf(&text, "%s%s", head, k == 0 ? "" : course);
        const make_page_file file = {"summary.csv", text.data};
        char *page = make_page(&plan, "en", &file, 1), *section = make_page_section(page, "kort");
        assert_contains(section, says[k]);
        free(section);
        free(page);
        wks_text_free(&text);
    }
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

/* The verdict against the threshold that the reference declares, in both languages, beside the outcome's name. */
static void verdicts_tell_the_threshold(void **state)
{
    static const char head[] = "reference,scenario,tick,date,indicator,group,scale,level,area,n_pairs,mean_reference,mean_scenario,"
                               "mean_difference,ci_low,ci_high,method,p_adjusted,variance_reduction,theory,verdict\n";
    static const struct {
        const char *row, *nl, *en;
    } cases[] = {
        {"10,8,12,bootstrap (BCa),,,T1,higher by more than the threshold you set", "hoger, met meer dan de drempel",
         "higher, by more than the threshold"},
        {"-1,-2,-0.5,bootstrap (BCa),,,T1,lower but smaller than the threshold you set", "lager, maar met minder dan de drempel",
         "lower, but by less than the threshold"},
        {"0.5,-1,2,bootstrap (BCa),,,T1,smaller than the threshold you set", "verschil kleiner dan de drempel",
         "difference smaller than the threshold"},
        {"0.5,-1,9,bootstrap (BCa),,,T1,within the noise", "geen verschil aangetoond", "no difference shown"},
    };
    const make_results_plan plan = small(20);
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        wks_text text = WKS_TEXT_INIT;
        wks_text_addf(&text, "%sreference,cap-12,12,2026-01,wait_mean_months,,,,,20,80,90,%s\n", head, cases[i].row);
        const make_page_file files[] = {
            {"contrasts.csv", text.data},
            {"reference/scenario.cfg", "outcomes = ( { indicator = \"wait_mean_months\"; threshold = 2.5; } );\n"}};
        char *nl = make_page(&plan, "nl", files, 2), *en = make_page(&plan, "en", files, 2);
        assert_contains(nl, cases[i].nl);
        assert_contains(en, cases[i].en);
        assert_contains(nl, "(drempel 2,50)");
        assert_contains(en, "(threshold 2.50)");
        free(nl);
        free(en);
        wks_text_free(&text);
    }
}

/* The first sentences are about the outcomes that the reference declares, in that order. */
static void declared_outcomes_come_first(void **state)
{
    (void)state;
    const make_results_plan plan = small(20);
    const make_page_file file = {"reference/scenario.cfg", "name = \"reference\";\noutcomes = ( { indicator = \"load\"; }, "
                                                           "{ indicator = \"success_rate\"; threshold = 0.01; } );\n"};
    char *page = make_page(&plan, "en", &file, 1), *section = make_page_section(page, "kort");
    const char *first = strstr(section, "<li><p><b>");
    assert_non_null(first);
    const char *second = strstr(first + 1, "<li><p><b>"), *third = second != NULL ? strstr(second + 1, "<li><p><b>") : NULL;
    assert_non_null(third);
    assert_memory_equal(third, "<li><p><b>Certainty", 19);
    assert_null(strstr(third + 1, "<li><p><b>"));
    char *plain = make_page(&plan, "en", NULL, 0), *without = make_page_section(plain, "kort");
    const char *undeclared = strstr(without, "<li><p><b>");
    assert_non_null(undeclared);
    assert_memory_not_equal(first, undeclared, 30); /* without it, another outcome comes first */
    free(section);
    free(page);
    free(without);
    free(plain);
}

/* A rule about a group: its segregation is told, shown to differ or not. */
static void segregation_of_a_group_that_the_rules_name_is_told(void **state)
{
    (void)state;
    const make_results_plan plan = small(9); /* nine pairs: nothing is shown to differ */
    const make_page_file file = {"differences.en.txt", "cap-12:\nceiling for jong.\n"};
    char *page = make_page(&plan, "en", &file, 1), *section = make_page_section(page, "kort");
    const char *first = strstr(section, "<li><p><b>"), *second = first != NULL ? strstr(first + 1, "<li><p><b>") : NULL;
    assert_non_null(second);
    char *end = strstr(second, "</b>");
    *end = '\0';
    assert_contains(second, "(by buurt)");
    free(section);
    free(page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(declared_outcomes_come_first),
        cmocka_unit_test(segregation_of_a_group_that_the_rules_name_is_told),
        cmocka_unit_test(many_differences_of_a_scenario_are_folded),
        cmocka_unit_test(segregation_is_told_beside_chance),
        cmocka_unit_test(a_run_tells_a_group_with_a_course),
        cmocka_unit_test(verdicts_of_few_pairs_are_folded),
        cmocka_unit_test(verdicts_tell_the_threshold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
