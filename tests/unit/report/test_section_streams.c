#include "report/section_streams.h"

#include "report/make_page.h"

#define HEAD "scenario,replication,year,from_area,to_area,group,moves\n"

static make_results_plan plan_of(int n_scenarios)
{
    make_results_plan plan = make_results_usual();
    plan.n_areas = 2;
    plan.n_years = 2;
    plan.n_scenarios = n_scenarios;
    return plan;
}

static char *section_of(const make_results_plan *plan, const make_page_file *file, size_t n_files, const char *lang)
{
    char *page = make_page(plan, lang, file, n_files), *section = make_page_section(page, "waterbed");
    free(page);
    assert_non_null(section);
    return section;
}

/* Two years: 40 and 60 moves are 50 a year; in the second replication 30 a year. */
static void streams_are_means_a_year_and_replication(void **state)
{
    (void)state;
    const make_results_plan plan = plan_of(1);
    const make_page_file file = {"flows.csv", HEAD "a,1,2025,WK999900,WK999911,,40\na,1,2026,WK999900,WK999911,,60\n"
                                                   "a,2,2025,WK999900,WK999911,,60\na,2,2026,WK999911,WK999900,,8\n"
                                                   "a,1,2025,outside,WK999911,,100\na,1,2025,WK999900,WK999911,starters,30\n"};
    char *section = section_of(&plan, &file, 1, "en");
    assert_contains(section, "Waterbed and streams</h2>");
    assert_contains(section, "data-v=\"40\">40.0</td>");
    assert_contains(section, "<td class=\"n few\" data-v=\"2\">2.0</td>"); /* 8 in one of two replications, in two years */
    assert_contains(section, "outside the city");
    assert_contains(section, "Streams between wijken, by group");
    assert_true(strstr(section, "data-v=\"40\"") < strstr(section, "data-v=\"2\""));
    free(section);
}

static void a_scenario_without_a_row_has_no_moves_and_intervals_need_ten_pairs(void **state)
{
    (void)state;
    const make_results_plan plan = plan_of(2);
    wks_text a = WKS_TEXT_INIT, b = WKS_TEXT_INIT;
    wks_text_add(&a, HEAD);
    wks_text_add(&b, HEAD "b,1,2025,WK999911,WK999900,,40\n");
    for (int r = 1; r <= 10; r++)
        wks_text_addf(&a, "a,%d,2025,WK999900,WK999911,,%d\n", r, 38 + 2 * (r % 2) * 2);
    make_page_file files[] = {{"reference/flows.csv", a.data}, {"cap-12/flows.csv", b.data}};
    char *section = section_of(&plan, files, 2, "nl");
    assert_contains(section, "van 1 stromen van tien huishoudens of meer per jaar is bij 1 een verschil aangetoond");
    assert_contains(section, "data-d=\"-20\"");
    assert_contains(section, "data-lo=\"-20.7");
    free(section);
    files[0].text = HEAD "a,1,2025,WK999900,WK999911,,40\na,2,2025,WK999900,WK999911,,44\n";
    section = section_of(&plan, files, 2, "nl");
    assert_contains(section, "data-d=\"-21\"");
    assert_null(strstr(strstr(section, "streams"), "data-lo=\"-"));
    assert_null(strstr(section, "stromen van tien huishoudens of meer"));
    free(section);
    wks_text_free(&a);
    wks_text_free(&b);
}

static void without_flows_there_is_no_heading(void **state)
{
    (void)state;
    const make_results_plan plan = plan_of(1);
    char *section = section_of(&plan, NULL, 0, "nl");
    assert_null(strstr(section, "Stromen tussen wijken"));
    free(section);
}

static void what_is_no_number_is_told_with_its_place(void **state)
{
    (void)state;
    const make_results_plan plan = plan_of(1);
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    char *dir = wks_folder_make();
    make_results(dir, &plan);
    free(wks_folder_put(dir, "flows.csv", HEAD "a,1,2025,WK999900,WK999911,,many\n"));
    assert_int_equal(wks_html_write(dir, "nl", &problems, &err), WKS_ERR_DATA);
    assert_int_equal(problems.n_errors, 1);
    assert_contains(problems.item[0].text, "a replication and a number of moves were expected");
    wks_problems_free(&problems);
    wks_folder_remove(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(streams_are_means_a_year_and_replication),
        cmocka_unit_test(a_scenario_without_a_row_has_no_moves_and_intervals_need_ten_pairs),
        cmocka_unit_test(without_flows_there_is_no_heading),
        cmocka_unit_test(what_is_no_number_is_told_with_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
