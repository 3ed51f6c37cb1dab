#include "report/section_losers.h"

#include "report/make_page.h"

#define HEAD "reference,scenario,theory,group,outcome,better,equal,worse,n\n"

static char *section_of(const char *text, int n_scenarios, const char *lang)
{
    make_results_plan plan = make_results_usual();
    plan.n_areas = 2;
    plan.n_years = 1;
    plan.n_scenarios = n_scenarios;
    const make_page_file file = {"losers.csv", text};
    char *page = make_page(&plan, lang, &file, 1), *section = make_page_section(page, "wie");
    free(page);
    return section;
}

static size_t count_of(const char *text, const char *word)
{
    size_t n = 0;
    while ((text = strstr(text, word)) != NULL) {
        n++;
        text++;
    }
    return n;
}

static void a_scenario_is_told_once_above_its_rows(void **state)
{
    (void)state;
    char *section = section_of(HEAD "reference,cap-12,,,forced_moves,3,90,7,100\nreference,cap-12,,,rent_share,4,90,6,100\n"
                                    "reference,lot,,,forced_moves,5,90,5,100\n",
                               3, "en");
    char *table = strstr(section, "contrasts losers");
    assert_non_null(table);
    assert_int_equal(count_of(table, "<tr class=\"group\">"), 2);
    assert_contains(table, "forced_moves</td><td class=\"n\" data-v=\"3\">3</td>");
    assert_contains(table, "<span>better</span><span>worse</span>");
    assert_null(strstr(table, "Everybody"));
    free(section);
}

static void a_group_has_a_heading_of_its_own_and_few_are_grey(void **state)
{
    (void)state;
    char *section = section_of(HEAD "reference,cap-12,,,forced_moves,3,90,7,100\nreference,cap-12,,starters,forced_moves,1,7,1,9\n"
                                    "reference,cap-12,,starters,only_reference,,,,3\n",
                               2, "nl");
    char *table = strstr(section, "contrasts losers");
    assert_non_null(table);
    assert_int_equal(count_of(table, "<tr class=\"group\">"), 2);
    assert_contains(table, "&#183; ");
    assert_contains(table, "class=\"n few\" data-v=\"9\"");
    assert_null(strstr(table, "only_reference")); /* no numbers of better and worse */
    free(section);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scenario_is_told_once_above_its_rows),
        cmocka_unit_test(a_group_has_a_heading_of_its_own_and_few_are_grey),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
