#include "report/section_scale.h"

#include "report/make_page.h"

/* A run of one scenario with D at two scales. */
static char *section_of(const char *rows, const char *lang)
{
    make_results_plan plan = make_results_usual();
    plan.n_areas = 2;
    plan.n_years = 1;
    plan.n_scenarios = 1;
    plan.with_queue = false;
    wks_text text = WKS_TEXT_INIT;
    wks_text_addf(&text, "scenario,theory,tick,date,indicator,group,scale,level,area,mean,sd,ci_low,ci_high,p10,p50,p90,n\n%s", rows);
    const make_page_file file = {"summary.csv", text.data};
    char *page = make_page(&plan, lang, &file, 1), *section = make_page_section(page, "buurten");
    free(page);
    wks_text_free(&text);
    return section;
}

static void scales_run_from_small_to_large_beside_chance(void **state)
{
    (void)state;
    char *section = section_of("reference,T1,12,2026-01,D,starters,wijk,,,0.2,0.01,0.19,0.21,0.18,0.2,0.22,10\n"
                               "reference,T1,12,2026-01,D,starters,complex,,,0.6,0.01,0.59,0.61,0.58,0.6,0.62,10\n"
                               "reference,T1,12,2026-01,ED_binom,starters,complex,,,0.45,0.01,0.44,0.46,0.43,0.45,0.47,10\n",
                               "en");
    assert_contains(section, "Segregation by scale</h3>");
    const char *small = strstr(section, "housing complex"), *large = strstr(section, "<td>wijk</td>");
    assert_non_null(small);
    assert_non_null(large);
    assert_true(small < large);
    assert_contains(small, "<td class=\"n\" data-v=\"0.45\">0.450</td><td class=\"n\" data-v=\"0.6\">0.600</td>");
    assert_contains(large, "<td>wijk</td><td class=\"n\">–</td>"); /* chance is not told at this scale */
    free(section);
}

static void one_scale_is_no_profile(void **state)
{
    (void)state;
    char *section = section_of("reference,T1,12,2026-01,D,starters,buurt,,,0.2,0.01,0.19,0.21,0.18,0.2,0.22,10\n", "nl");
    assert_null(strstr(section, "Segregatie naar schaal"));
    free(section);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scales_run_from_small_to_large_beside_chance),
        cmocka_unit_test(one_scale_is_no_profile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
