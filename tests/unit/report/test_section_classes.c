#include "report/section_classes.h"

#include "report/make_page.h"

#define HEAD                                "scenario,replication,tick,date,level,area,indicator,group,value\n"
#define ROW(replication, tick, area, class) "a," replication "," tick ",2025-01,buurt,BU9999000" area ",leefbaarheid_class,," class "\n"

static char *section_of(int n_areas, const make_page_file *file, size_t n_files, const char *lang)
{
    make_results_plan plan = make_results_usual();
    plan.n_areas = n_areas;
    plan.n_years = 1; /* the last tick is 12 */
    plan.n_scenarios = 2;
    char *page = make_page(&plan, lang, file, n_files), *section = make_page_section(page, "buurten");
    free(page);
    assert_non_null(section);
    return section;
}

static void the_chance_is_a_share_of_replications(void **state)
{
    (void)state;
    const make_page_file file = {"reference/buurt.csv",
                                 HEAD ROW("1", "0", "1", "5") ROW("1", "12", "1", "6") ROW("1", "6", "1", "9") ROW("2", "12", "1", "5")
                                     ROW("2", "0", "1", "5") ROW("3", "12", "1", "4") ROW("3", "0", "1", "6") ROW("4", "0", "1", "3")
                                         ROW("4", "12", "1", "4") ROW("1", "0", "2", "3") ROW("1", "12", "2", "3")};
    char *section = section_of(2, &file, 1, "en"), *table = strstr(section, "areas classes");
    assert_non_null(table);
    assert_contains(table, "Oosterwijk 1</th><td class=\"n\" data-v=\"0.5\">50%</td><td class=\"n\" data-v=\"0.25\">25%</td>");
    *strstr(table, "</table>") = '\0';
    assert_null(strstr(table, "De Meent 1"));
    free(section);
}

static void no_change_is_a_sentence_and_no_file_is_nothing(void **state)
{
    (void)state;
    const make_page_file file = {"reference/buurt.csv", HEAD ROW("1", "0", "1", "5") ROW("1", "12", "1", "5")};
    char *section = section_of(2, &file, 1, "nl");
    assert_contains(section, "Geen enkele buurt komt in enige herhaling in een andere klasse");
    free(section);
    section = section_of(2, NULL, 0, "nl");
    assert_null(strstr(section, "andere klasse"));
    assert_contains(section, "van west naar oost");
    assert_contains(section, "gemiddelde met 95 %-interval"); /* the strip of levels */
    free(section);
}

static void a_small_buurt_is_greyed(void **state)
{
    (void)state;
    const make_page_file file = {"reference/buurt.csv", HEAD ROW("1", "0", "8", "5") ROW("1", "12", "8", "6")};
    char *section = section_of(8, &file, 1, "nl"), *table = strstr(section, "areas classes"); /* the eighth has four households */
    assert_non_null(table);
    assert_contains(table, "<td class=\"n few\" data-v=\"1\">100");
    free(section);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_chance_is_a_share_of_replications),
        cmocka_unit_test(no_change_is_a_sentence_and_no_file_is_nothing),
        cmocka_unit_test(a_small_buurt_is_greyed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
