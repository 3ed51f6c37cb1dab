#include "report/section_terms.h"

#include "report/make_page.h"

static void known_predicates_have_words(void **state)
{
    (void)state;
    assert_string_equal(wks_section_terms_predicate(WKS_NOTATION_NL, "age_years < 28"), "jonger dan 28 jaar");
    assert_string_equal(wks_section_terms_predicate(WKS_NOTATION_EN, "income_source == benefit"), "lives on a benefit");
    assert_null(wks_section_terms_predicate(WKS_NOTATION_NL, "age_years < 29"));
}

static const char levels[] = "scenario,theory,tick,date,indicator,group,scale,level,area,mean,sd,ci_low,ci_high,p10,p50,p90,n\n"
                             "a,T1,0,2025-01,moves,groot,,,,7,0,,,,,,20\na,T1,0,2025-01,moves,eigen,,,,7,0,,,,,,20\n"
                             "a,T1,0,2025-01,moves,,,,,7,0,,,,,,20\n";
static const char scenario[] =
    "name = \"a\"; city = \"x\"; start = \"2025-01\"; ticks = 1;\n"
    "groups = ( { name = \"groot\"; where = \"age_years < 28\"; }, { name = \"eigen\"; where = \"n_rooms > 3\"; },\n"
    "  { name = \"elders\"; where = \"vulnerable\"; } );\n";

/* Groups of the results in words, one with its own formula too; a group without results is not told, nor is D where there is none. */
static void groups_of_the_results_are_explained(void **state)
{
    (void)state;
    for (int with_d = 0; with_d < 2; with_d++) {
        make_results_plan plan = make_results_usual();
        plan.n_scenarios = plan.n_years = 1;
        plan.n_areas = 4;
        wks_text text = WKS_TEXT_INIT;
        wks_text_add(&text, levels);
        if (with_d) wks_text_add(&text, "a,T1,0,2025-01,D,groot,buurt,,,0.3,0,,,,,,20\n");
        const make_page_file file[] = {{"summary.csv", text.data}, {"scenario.cfg", scenario}};
        char *page = make_page(&plan, "en", file, 2), *section = make_page_section(page, "kort");
        assert_contains(section, "<em>groot</em>: younger than 28; <em>eigen</em>: by a formula in the scenario.");
        assert_null(strstr(section, "elders"));
        assert_int_equal(strstr(section, "<b>Dissimilarity D</b> tells") != NULL, with_d);
        free(section);
        free(page);
        wks_text_free(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_predicates_have_words),
        cmocka_unit_test(groups_of_the_results_are_explained),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
