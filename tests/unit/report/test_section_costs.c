#include "report/section_costs.h"

#include "report/make_page.h"

#define HEAD                                                                                                                               \
    "reference,scenario,theory,indicator,group,level,area,mean_difference,ci_low,ci_high,eur_difference,hours_difference,per_million_eur," \
    "per_1000_hours,n_pairs\n"

static make_results_plan small(void)
{
    make_results_plan plan = make_results_usual();
    plan.n_areas = 4;
    plan.n_years = 1;
    return plan;
}

/* The section of a page with this effects.csv; NULL without one. */
static char *section_of(const char *effects, const char *lang)
{
    const make_results_plan plan = small();
    const make_page_file file = {"effects.csv", effects};
    char *page = make_page(&plan, lang, &file, effects == NULL ? 0 : 1), *section = make_page_section(page, "kosten");
    assert_int_equal(section != NULL, strstr(page, "href=\"#kosten\"") != NULL);
    free(page);
    return section;
}

static const char effects[] = HEAD "reference,cap-12,T1,load,,,,-0.2,-0.3,-0.1,4000000,20000,-0.05,-0.01,20\n"
                                   "reference,cap-12,T1,wait_p50_months,,,,1,-1,3,4000000,20000,,,20\n"
                                   "reference,cap-12,T1,leefbaarheid,,areas,,0.012,0.01,0.014,4000000,20000,0.003,0.0006,20\n"
                                   "reference,cap-12,T1,leefbaarheid_soc,,areas,,0.008,0.007,0.009,4000000,20000,0.002,0.0004,20\n"
                                   "reference,cap-12,T1,leefbaarheid,,buurt,BU99990001,0.7,0.6,0.8,4000000,20000,0.175,0.035,20\n"
                                   "reference,lottery,T1,load,,,,0.4,0.3,0.5,0,0,,,20\n"
                                   "reference,lottery,T1,wait_p50_months,,,,2,-1,3,0,0,,,20\n"
                                   "reference,lottery,T1,leefbaarheid,,areas,,0.001,-0.01,0.014,0,0,,,20\n";

static void money_and_effect_for_a_million_are_tables(void **state)
{
    (void)state;
    char *section = section_of(effects, "en");
    assert_contains(section, "What does it cost, what does it bring?");
    assert_contains(section, "data-v=\"4\">+4.00</td>");       /* million euros */
    assert_contains(section, "data-d=\"20000\">+20,000</td>"); /* hours */
    assert_contains(section, "Target areas");
    assert_contains(section, "data-d=\"-0.05\">−0.050</td>");
    assert_contains(section, "data-d=\"0.003\">+0.0030</td>");
    assert_contains(section, "no extra cost");         /* lottery: load differs, money does not */
    assert_contains(section, "no difference shown");   /* lottery: leefbaarheid */
    assert_contains(section, "theories: no ranking)"); /* a caution beside leefbaarheid */
    assert_null(strstr(section, "0.175"));             /* no row by buurt */
    free(section);
    section = section_of(effects, "nl");
    assert_contains(section, "Wat kost het, wat levert het op?");
    assert_contains(section, "kost niets extra");
    assert_contains(section, "geen verschil aangetoond");
    free(section);
}

/* What has no effect for a million anywhere, and dimensions, are in the folded table only. */
static void outcomes_without_effect_are_folded(void **state)
{
    (void)state;
    char *section = section_of(effects, "en"), *fold = strstr(section, "<details>");
    assert_non_null(fold);
    assert_contains(fold, "Median registration time at letting");
    assert_contains(fold, "Cohesion");
    assert_contains(fold, "data-lo=\"-0.3\"");
    *fold = '\0';
    assert_null(strstr(section, "Median registration time at letting"));
    assert_null(strstr(section, "Cohesion"));
    free(section);
}

static void few_pairs_give_money_only(void **state)
{
    (void)state;
    char *section = section_of(HEAD "reference,cap-12,T1,load,,,,-0.2,-0.3,-0.1,4000000,20000,,,9\n", "en");
    assert_contains(section, "+4.00</td>");
    assert_contains(section, "With fewer than 10 replications");
    assert_null(strstr(section, "data-lo"));
    assert_null(strstr(section, "<details>"));
    free(section);
}

static void equal_spending_is_a_sentence(void **state)
{
    (void)state;
    char *section = section_of(HEAD "reference,cap-12,T1,load,,,,-0.2,-0.3,-0.1,49999,20,,,20\n"
                                    "reference,lottery,T1,load,,,,-0.2,-0.3,-0.1,-49999,20,,,20\n",
                               "nl");
    assert_contains(section, "verschillen vrijwel niet in uitgaven");
    assert_null(strstr(section, "<table"));
    free(section);
}

static void each_theory_has_its_row_of_leefbaarheid(void **state)
{
    (void)state;
    make_results_plan plan = small();
    plan.with_theories = true;
    const make_page_file file = {"effects.csv", HEAD "reference,cap-12,T0,leefbaarheid,,,,0,0,0,4000000,20000,,,20\n"
                                                     "reference,cap-12,T0,load,,,,0.1,0.05,0.2,4000000,20000,0.025,0.1,20\n"
                                                     "reference,cap-12,T1,leefbaarheid,,,,0.012,0.01,0.014,4000000,20000,0.003,0.0006,20\n"
                                                     "reference,cap-12,T1,load,,,,0.2,0.1,0.3,4000000,20000,0.05,0.1,20\n"
                                                     "reference,cap-12,T2,leefbaarheid,,,,0.02,0.01,0.03,4000000,20000,0.005,0.001,20\n"};
    char *page = make_page(&plan, "en", &file, 1), *section = make_page_section(page, "kosten"), *fold = strstr(section, "<details>");
    *fold = '\0';
    assert_contains(section, "Leefbaarheid <span class=\"unit\">Leefbaarometer points</span>, theory T0");
    assert_contains(section, ", theory T1");
    assert_contains(section, "data-d=\"0.005\"");
    assert_contains(section, "data-d=\"0.05\"");
    assert_null(strstr(section, "data-d=\"0.025\"")); /* load under another theory than that of the page */
    free(page);
    free(section);
}

/* Of a private group the city is told, the target areas are not. */
static void private_groups_are_told_of_the_city_only(void **state)
{
    (void)state;
    char *section = section_of(HEAD "reference,cap-12,T1,share,ggz,,,-0.2,-0.3,-0.1,4000000,20000,-0.05,-0.01,20\n"
                                    "reference,cap-12,T1,share,ggz,areas,,-0.2,-0.3,-0.1,4000000,20000,-0.0625,-0.01,20\n",
                               "en");
    assert_contains(section, "data-d=\"-0.05\"");
    assert_null(strstr(section, "data-d=\"-0.0625\""));
    free(section);
}

static void without_the_file_there_is_no_section(void **state)
{
    (void)state;
    assert_null(section_of(NULL, "nl"));
    assert_null(section_of(HEAD, "nl"));
    assert_null(section_of("scenario,theory\ncap-12,T1\n", "nl"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(money_and_effect_for_a_million_are_tables),
        cmocka_unit_test(outcomes_without_effect_are_folded),
        cmocka_unit_test(few_pairs_give_money_only),
        cmocka_unit_test(equal_spending_is_a_sentence),
        cmocka_unit_test(each_theory_has_its_row_of_leefbaarheid),
        cmocka_unit_test(private_groups_are_told_of_the_city_only),
        cmocka_unit_test(without_the_file_there_is_no_section),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
