#include "report/section_tenants.h"

#include "report/make_page.h"

#define LEVELS "scenario,theory,tick,date,indicator,group,scale,level,area,mean,sd,ci_low,ci_high,p10,p50,p90,n\n"
#define PAIRS                                                                                                             \
    "reference,scenario,tick,date,indicator,group,scale,level,area,n_pairs,mean_reference,mean_scenario,mean_difference," \
    "ci_low,ci_high,method,p_adjusted,variance_reduction,theory,verdict\n"

static char *section_of(int n_scenarios, const make_page_file *file, size_t n_files, const char *lang)
{
    make_results_plan plan = make_results_usual();
    plan.n_areas = 2;
    plan.n_years = 1;
    plan.n_scenarios = n_scenarios;
    plan.with_queue = false;
    char *page = make_page(&plan, lang, file, n_files), *section = make_page_section(page, "huurders");
    assert_int_equal(section != NULL, strstr(page, "href=\"#huurders\"") != NULL);
    free(page);
    return section;
}

static const make_page_file tables[] = {
    {"summary.csv", LEVELS "reference,T1,12,2026-01,success_rate,,,,,0.2,0.01,0.19,0.21,0.18,0.2,0.22,10\n"
                           "cap-12,T1,12,2026-01,success_rate,,,,,0.25,0.01,0.24,0.26,0.18,0.2,0.22,10\n"
                           "reference,T1,12,2026-01,success_rate,young,,,,0.2,0.01,0.19,0.21,0.18,0.2,0.22,10\n"
                           "reference,T1,12,2026-01,success_rate,old,,,,0.2,0.01,0.19,0.21,0.18,0.2,0.22,10\n"
                           "reference,T1,12,2026-01,success_rate,rich,,,,0.2,0.01,0.19,0.21,0.18,0.2,0.22,10\n"},
    {"contrasts.csv", PAIRS "reference,cap-12,12,2026-01,success_rate,,,,,10,0.2,0.25,0.05,0.04,0.06,t,0.01,2,T1,higher\n"
                            "reference,cap-12,12,2026-01,success_rate,young,,,,10,0.2,0.25,0.05,0.04,0.06,t,0.01,2,T1,higher\n"
                            "reference,cap-12,12,2026-01,success_rate,old,,,,10,0.2,0.15,-0.05,-0.06,-0.04,t,0.01,2,T1,lower\n"
                            "reference,cap-12,12,2026-01,success_rate,rich,,,,10,0.2,0.2,0,-0.01,0.01,t,1,2,T1,within the noise\n"},
    {"losers.csv", "reference,scenario,theory,group,outcome,better,equal,worse,n\nreference,cap-12,T1,young,home_at_end,1,2,3,6\n"
                   "reference,cap-12,T1,,home_at_end,1200,0,1300,2500\n"},
};

static void what_changes_who_goes_before_and_who_loses(void **state)
{
    (void)state;
    char *section = section_of(2, tables, 3, "en");
    assert_non_null(section);
    assert_contains(section, "For tenants and their organisations</h2>");
    assert_contains(section, "data-v=\"0.25\">25.0%</td><td>higher</td>");
    assert_contains(section, "A better chance of a home: young. A worse chance: old. No difference shown: rich.");
    assert_contains(section, "home_at_end: 52.0% of households worse off, 48.0% better.");
    free(section);
    section = section_of(2, tables, 3, "nl");
    assert_contains(section, "Meer kans op een woning: young. Minder kans: old.");
    assert_contains(section, "52,0 % van de huishoudens slechter af, 48,0 % beter");
    free(section);
}

static void a_run_tells_how_it_is(void **state)
{
    (void)state;
    char *section = section_of(1, tables, 1, "nl");
    assert_non_null(section);
    assert_contains(section, "Welk deel van wie zoekt, vindt binnen een jaar?");
    assert_null(strstr(section, "Wie gaat er voor?"));
    free(section);
}

static void without_seekers_there_is_no_section(void **state)
{
    (void)state;
    const make_page_file file = {"summary.csv", LEVELS "reference,T1,12,2026-01,alike_pooled,,,,,0.2,0.01,0.19,0.21,0.18,0.2,0.22,10\n"};
    assert_null(section_of(1, &file, 1, "nl"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_changes_who_goes_before_and_who_loses),
        cmocka_unit_test(a_run_tells_how_it_is),
        cmocka_unit_test(without_seekers_there_is_no_section),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
