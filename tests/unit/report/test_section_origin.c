#include "report/section_origin.h"

#include "report/make_page.h"

static char *section_of(const char *manifest, const char *lang)
{
    make_results_plan plan = make_results_usual();
    plan.n_areas = 4;
    plan.n_years = 1;
    const make_page_file file = {"manifest.json", manifest};
    char *page = make_page(&plan, lang, &file, 1), *section = make_page_section(page, "buurten");
    assert_non_null(section);
    free(page);
    return section;
}

static void borrowed_scores_are_told(void **state)
{
    (void)state;
    char *section =
        section_of("{\"status\":\"complete\",\"scores\":{\"buurten\":40,\"wijk\":0,\"gemeente\":12,\"national\":0,\"estimated\":3}}", "nl");
    assert_contains(section,
                    "in 12 van de 40 buurten is zij die van hun gemeente; in 3 van de 40 buurten is zij geschat uit de woningvoorraad");
    assert_contains(section, "lijken aan het begin meer op elkaar dan zij zijn");
    free(section);
    section =
        section_of("{\"status\":\"complete\",\"scores\":{\"buurten\":40,\"wijk\":0,\"gemeente\":0,\"national\":0,\"estimated\":3}}", "en");
    assert_contains(section, "in 3 of 40 buurten it is estimated from the housing stock");
    assert_null(strstr(section, "more alike"));
    free(section);
}

static void both_counts_refer_to_the_manifest(void **state)
{
    (void)state;
    make_results_plan plan = make_results_usual();
    const make_page_file file = {"manifest.json", "{\"status\":\"complete\",\"scores\":{\"buurten\":40,\"gemeente\":12}}"};
    plan.n_areas = 4;
    plan.n_years = 1;
    char *page = make_page_marked(&plan, "nl", &file, 1);
    assert_contains(page, "in <span data-of=\"scores|gemeente\" data-v=\"12\">12</span> van de "
                          "<span data-of=\"scores|buurten\" data-v=\"40\">40</span> buurten is zij die van hun gemeente");
    free(page);
}

static void one_origin_of_all_is_one_sentence(void **state)
{
    (void)state;
    char *section =
        section_of("{\"status\":\"complete\",\"scores\":{\"buurten\":4,\"wijk\":0,\"gemeente\":4,\"national\":0,\"estimated\":0}}", "nl");
    assert_contains(section, "De score aan het begin is in alle buurten die van hun gemeente.");
    assert_null(strstr(section, "niet overal"));
    free(section);
}

static void published_scores_need_no_words(void **state)
{
    (void)state;
    char *section =
        section_of("{\"status\":\"complete\",\"scores\":{\"buurten\":40,\"wijk\":0,\"gemeente\":0,\"national\":0,\"estimated\":0}}", "en");
    assert_null(strstr(section, "score at the start"));
    free(section);
    section = section_of("{\"status\":\"complete\"}", "en");
    assert_null(strstr(section, "score at the start"));
    free(section);
}

/* Only a city with positions has a west and an east. */
static void order_is_said_as_it_is(void **state)
{
    (void)state;
    for (int with_map = 0; with_map < 2; with_map++) {
        make_results_plan plan = make_results_usual();
        plan.n_areas = 4;
        plan.n_years = 1;
        plan.with_map = with_map != 0;
        char *page = make_page(&plan, "nl", NULL, 0);
        assert_int_equal(strstr(page, "van west naar oost") != NULL, with_map);
        assert_int_equal(strstr(page, "Buurten staan in volgorde van hun code") != NULL, !with_map);
        free(page);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(borrowed_scores_are_told),          cmocka_unit_test(both_counts_refer_to_the_manifest),
        cmocka_unit_test(one_origin_of_all_is_one_sentence), cmocka_unit_test(order_is_said_as_it_is),
        cmocka_unit_test(published_scores_need_no_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
