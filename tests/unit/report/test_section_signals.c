#include "report/section_signals.h"

#include "report/make_page.h"

#define HEAD "scenario,replication,quarter,area,signal,value,trend,alarm\n"

static make_results_plan run_of(int n_areas)
{
    make_results_plan plan = make_results_usual();
    plan.n_areas = n_areas;
    plan.n_years = 2;
    plan.n_scenarios = 1;
    return plan;
}

static char *section_of(const make_results_plan *plan, const make_page_file *file, size_t n_files, const char *lang)
{
    char *page = make_page(plan, lang, file, n_files), *section = make_page_section(page, "signalen");
    assert_int_equal(section != NULL, strstr(page, "href=\"#signalen\"") != NULL);
    free(page);
    return section;
}

static void buurten_with_a_warning_are_listed_in_order_of_code(void **state)
{
    (void)state;
    const make_results_plan plan = run_of(3);
    const make_page_file file = {"monitor.csv", HEAD "a,1,2026-Q3,BU99990001,load,3,0.5,alarm\n"
                                                     "a,1,2026-Q4,BU99990002,load,4.25,-0.5,alarm\n"
                                                     "a,1,2026-Q4,BU99990002,leefbaarheid,-0.3,-0.02,alarm\n"
                                                     "a,1,2026-Q4,BU99990003,load,1,0.5,none\n"
                                                     "a,2,2026-Q4,BU99990001,load,1,0.5,none\n"
                                                     "a,2,2026-Q4,BU99990002,load,3.75,-0.25,alarm\n"
                                                     "a,2,2026-Q4,BU99990002,leefbaarheid,-0.3,-0.02,none\n"
                                                     "a,2,2026-Q4,BU99990003,load,1,0.5,none\n"};
    char *section = section_of(&plan, &file, 1, "en");
    assert_contains(section, "Early signals</h2>");
    assert_contains(section, "De Meent 1</th><td>weak and falling <span class=\"unit nb\">(1 of 2)</span>, high load <span class=\"unit "
                             "nb\">(2 of 2)</span></td>");
    assert_contains(section, "4.00 <span class=\"unit\">(−0.375)</span>");
    assert_contains(section, "Nowhere: Early: score falls through a class bound.");
    assert_contains(section, "<svg class=\"plot\"");
    assert_contains(section, "this is no ranking");
    assert_null(strstr(section, "Oosterwijk 1")); /* a warning in an earlier quarter only */
    assert_null(strstr(section, "Havenkwartier"));
    free(section);
    section = section_of(&plan, &file, 1, "nl");
    assert_contains(section, "Vroege signalen</h2>");
    assert_contains(section, "zwak en dalend <span class=\"unit nb\">(1 van 2)</span>, hoge belasting");
    assert_contains(section, "nooit iets over wie er woont");
    free(section);
}

static void many_buurten_are_folded(void **state)
{
    (void)state;
    const make_results_plan plan = run_of(9);
    wks_text text = WKS_TEXT_INIT;
    wks_text_add(&text, HEAD);
    for (int a = 1; a <= 9; a++)
        wks_text_addf(&text, "a,1,2026-Q4,BU9999000%d,load,3,0.5,alarm\n", a);
    const make_page_file file = {"monitor.csv", text.data};
    char *section = section_of(&plan, &file, 1, "nl");
    assert_contains(section, "<details><summary>9 buurten met een waarschuwing");
    free(section);
    wks_text_free(&text);
}

static void scenarios_stand_side_by_side(void **state)
{
    (void)state;
    make_results_plan plan = run_of(2);
    plan.n_scenarios = 2;
    const make_page_file files[] = {{"reference/monitor.csv", HEAD "a,1,2026-Q4,BU99990001,load,3,0.5,alarm\n"},
                                    {"cap-12/monitor.csv", HEAD "b,1,2026-Q4,BU99990001,load,3,0.5,none\n"}};
    char *section = section_of(&plan, files, 2, "en");
    assert_contains(section, "<td>high load <span class=\"unit nb\">(1 of 1)</span></td><td>&#8211;</td>");
    free(section);
}

static void nothing_often_is_a_sentence(void **state)
{
    (void)state;
    const make_results_plan plan = run_of(2);
    const make_page_file file = {"monitor.csv", HEAD "a,1,2026-Q4,BU99990001,load,3,0.5,alarm\na,2,2026-Q4,BU99990001,load,3,0.5,none\n"
                                                     "a,3,2026-Q4,BU99990001,load,3,0.5,none\n"};
    char *section = section_of(&plan, &file, 1, "en");
    assert_contains(section, "no buurt has a warning");
    assert_null(strstr(section, "<svg class=\"plot\"")); /* a line of one quarter is none */
    assert_null(strstr(section, "<table"));
    free(section);
}

static void without_the_file_there_is_no_section(void **state)
{
    (void)state;
    const make_results_plan plan = run_of(2);
    assert_null(section_of(&plan, NULL, 0, "nl"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(buurten_with_a_warning_are_listed_in_order_of_code),
        cmocka_unit_test(many_buurten_are_folded),
        cmocka_unit_test(scenarios_stand_side_by_side),
        cmocka_unit_test(nothing_often_is_a_sentence),
        cmocka_unit_test(without_the_file_there_is_no_section),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
