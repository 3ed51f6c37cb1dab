#include "report/section_precision.h"

#include "report/make_page.h"

#define PRECISION                                                                                                                         \
    "reference,scenario,theory,indicator,group,scale,level,area,threshold,half_width_asked,half_width,method,n_pairs,held_since,reached," \
    "n_needed\n"
#define DRIFT                                                                                                                      \
    "scenario,theory,indicator,group,scale,level,area,from_tick,to_tick,n,mean_first,mean_second,drift_per_year,ci_low,ci_high,p_" \
    "adjusted,threshold,verdict\n"

static char *section_of(const make_page_file *file, size_t n_files, const char *lang)
{
    make_results_plan plan = make_results_usual();
    plan.n_areas = 2;
    plan.n_years = 1;
    plan.n_scenarios = 2;
    char *page = make_page(&plan, lang, file, n_files), *section = make_page_section(page, "zeker");
    free(page);
    assert_non_null(section);
    return section;
}

static void what_was_asked_stands_beside_what_was_reached(void **state)
{
    (void)state;
    const make_page_file file = {"precision.csv", PRECISION "reference,cap-12,T1,success_rate,,,,,0.01,0.005,0.004,t,20,15,yes,12\n"
                                                            "reference,cap-12,T1,starters_share,,,,,,0.002,0.004,t,20,,no,80\n"
                                                            "reference,cap-12,T1,leefbaarheid,,,,,,,0.003,t,9,,,\n"
                                                            "reference,cap-12,T1,nobody_knows,,,,,,,0.003,t,9,,,\n"};
    char *section = section_of(&file, 1, "nl"), *table = strstr(section, "precision asked");
    assert_non_null(table);
    assert_contains(table, "data-d=\"0.01\">1,00</td><td class=\"n\" data-d=\"0.005\">0,50</td><td class=\"n\" data-d=\"0.004\">0,40</td>");
    assert_contains(table, "<td>gehaald</td>");
    assert_contains(table, "<td>niet gehaald</td><td class=\"n\" data-v=\"80\">80</td>");
    assert_contains(table, "<td>niets gevraagd</td>");
    assert_null(strstr(table, "data-d=\"0.003\"")); /* nine pairs: no interval is told */
    assert_null(strstr(table, "nobody_knows"));
    free(section);
}

static void nothing_asked_is_a_sentence(void **state)
{
    (void)state;
    const make_page_file file = {"precision.csv", PRECISION "reference,cap-12,T1,success_rate,,,,,,,0.004,t,20,,,\n"};
    char *section = section_of(&file, 1, "nl");
    assert_null(strstr(section, "precision asked"));
    assert_contains(section, "Er is geen drempel gekozen");
    free(section);
}

static void drift_is_told_for_every_scenario_with_a_run_in(void **state)
{
    (void)state;
    const make_page_file files[] = {
        {"reference/drift.csv", DRIFT "reference,T1,success_rate,,,,,12,24,20,0.1,0.2,0.05,0.03,0.07,0.01,,drifts\n"},
        {"cap-12/drift.csv", DRIFT "cap-12,T1,success_rate,,,,,12,24,9,0.1,0.2,0.04,0.02,0.06,0.3,,too few replications\n"},
    };
    char *section = section_of(files, 2, "nl"), *table = strstr(section, "precision drift");
    assert_contains(section, "Gekeken is van maand 12 tot 24 ");
    assert_non_null(table);
    assert_contains(table, "data-lo=\"0.03\" data-hi=\"0.07\"");
    assert_contains(table, "<td>verloopt nog</td>");
    assert_contains(table, "<td>te weinig herhalingen</td>");
    assert_null(strstr(table, "data-lo=\"0.02\""));
    free(section);
    section = section_of(files, 1, "en");
    assert_contains(section, "<td>drifts</td>");
    free(section);
}

static void without_the_files_there_is_nothing(void **state)
{
    (void)state;
    char *section = section_of(NULL, 0, "nl");
    assert_null(strstr(section, "Gevraagde en bereikte"));
    assert_null(strstr(section, "geen drempel gekozen"));
    assert_null(strstr(section, "inloop"));
    free(section);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_asked_stands_beside_what_was_reached),
        cmocka_unit_test(nothing_asked_is_a_sentence),
        cmocka_unit_test(drift_is_told_for_every_scenario_with_a_run_in),
        cmocka_unit_test(without_the_files_there_is_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
