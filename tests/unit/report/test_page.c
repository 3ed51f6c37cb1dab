#include "report/page.h"

#include "report/make_page.h"

static make_results_plan small(void)
{
    make_results_plan plan = make_results_usual();
    plan.n_areas = 9;
    plan.n_years = 1;
    plan.n_scenarios = 2;
    return plan;
}

/* Groups are kept off maps and tables by buurt by what their predicate reads: a harmless name hides nothing, a frightening one is no reason. */
static void private_group_is_told_by_its_predicate(void **state)
{
    (void)state;
    const make_results_plan plan = small();
    const make_page_file file = {"cap-12/scenario.cfg", "name = \"cap-12\"; title = \"Plafond\"; groups = (\n"
                                                        "  { name = \"jong\"; where = \"age_years < 27 and lvb\"; },\n"
                                                        "  { name = \"ggz\"; where = \"referral == statushouder\"; } );\n"};
    char *page = make_page(&plan, "nl", &file, 1);
    assert_null(strstr(page, "Aandeel, Jonger dan 27"));
    assert_contains(page, "Aandeel, ggz");
    assert_contains(page, "Aandeel, Verwezen huishoudens");
    assert_contains(page, "worden niet per buurt getoond");
    assert_contains(page, "Jonger dan 27 (per buurt)"); /* D of the city is told */
    free(page);
    page = make_page(&plan, "nl", NULL, 0); /* no predicate known: by the name */
    assert_contains(page, "Aandeel, Jonger dan 27");
    assert_null(strstr(page, "Aandeel, ggz"));
    free(page);
}

/* The strictest of the scenarios counts. */
static void group_that_is_private_in_one_scenario_is_private(void **state)
{
    (void)state;
    const make_results_plan plan = small();
    const make_page_file files[] = {
        {"reference/scenario.cfg", "name = \"reference\"; groups = ( { name = \"jong\"; where = \"age_years < 27\"; } );\n"},
        {"cap-12/scenario.cfg", "name = \"cap-12\"; groups = ( { name = \"jong\"; where = \"origin != nl\"; } );\n"}};
    char *page = make_page(&plan, "nl", files, 2);
    assert_null(strstr(page, "Aandeel, Jonger dan 27"));
    free(page);
}

static size_t count(const char *text, const char *part)
{
    size_t n = 0;
    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part))
        n++;
    return n;
}

/* An outcome that topic.h does not name stands behind a fold, in tables and in charts. */
static void unknown_outcomes_are_folded(void **state)
{
    (void)state;
    make_results_plan plan = small();
    plan.n_scenarios = 1;
    const make_page_file file = {"summary.csv",
                                 "scenario,theory,tick,date,indicator,group,scale,level,area,mean,sd,ci_low,ci_high,p10,p50,p90,n\n"
                                 "a,T1,0,2025-01,households,,,,,10,1,9,11,9,10,11,20\na,T1,1,2025-02,households,,,,,10,1,9,11,9,10,11,20\n"
                                 "a,T1,0,2025-01,load,,,,,1,1,9,11,9,10,11,20\na,T1,1,2025-02,load,,,,,2,1,9,11,9,10,11,20\n"
                                 "a,T1,0,2025-01,brand_new,,,,,1,1,9,11,9,10,11,20\na,T1,1,2025-02,brand_new,,,,,2,1,9,11,9,10,11,20\n"
                                 "a,T1,0,2025-01,never_told,,,,,,,,,,,,20\na,T1,1,2025-02,never_told,,,,,,,,,,,,20\n"};
    char *page = make_page(&plan, "en", &file, 1), *fold = strstr(page, "Course of other outcomes");
    assert_non_null(fold);
    assert_contains(fold, "<figcaption>brand_new");
    assert_int_equal(count(page, "<figcaption>brand_new"), 1);
    assert_int_equal(count(page, "<figcaption>never_told"), 0); /* an empty chart says nothing */
    *fold = '\0';
    assert_null(strstr(page, "brand_new"));
    free(page);
}

/* Segregation by more than four groups folds; by four it is open. */
static void segregation_by_many_groups_is_folded(void **state)
{
    (void)state;
    const make_results_plan plan = small();
    const char head[] = "scenario,theory,tick,date,indicator,group,scale,level,area,mean,sd,ci_low,ci_high,p10,p50,p90,n\n";
    for (int n_groups = 4; n_groups <= 5; n_groups++) {
        make_results_plan run = plan;
        run.n_scenarios = 1;
        wks_text text = WKS_TEXT_INIT;
        wks_text_add(&text, head);
        for (int g = 0; g < n_groups; g++) {
            for (int tick = 0; tick < 2; tick++)
                wks_text_addf(&text, "a,T1,%d,2025-0%d,D,g%d,buurt,,,0.%d,1,9,11,9,10,11,20\n", tick, tick + 1, g, g + 1);
        }
        const make_page_file file = {"summary.csv", text.data};
        char *page = make_page(&run, "en", &file, 1);
        assert_int_equal(strstr(page, "Course of segregation, by group") != NULL, n_groups > 4);
        free(page);
        wks_text_free(&text);
    }
}

static const char pairs_head[] =
    "reference,scenario,tick,date,indicator,group,scale,level,area,n_pairs,mean_reference,mean_scenario,mean_difference,"
    "ci_low,ci_high,method,p_adjusted,variance_reduction,theory,verdict\n";

/* A wait of a group that nobody of was housed in half of the pairs is grey and has no dot; one that is there in all is told. */
static void difference_by_group_of_few_pairs_is_grey(void **state)
{
    (void)state;
    for (int n_pairs = 10; n_pairs <= 20; n_pairs += 10) {
        const make_results_plan plan = small();
        wks_text text = WKS_TEXT_INIT;
        wks_text_add(&text, pairs_head);
        wks_text_add(&text, "reference,cap-12,12,2026-01,wait_mean_months,,,,,20,80,90,10,8,12,paired t,,,T1,higher\n");
        wks_text_addf(&text, "reference,cap-12,12,2026-01,wait_mean_months,jong,,,,%d,70,31,-39,-44,-34,paired t,,,T1,lower\n", n_pairs);
        const make_page_file file = {"contrasts.csv", text.data};
        char *page = make_page(&plan, "nl", &file, 1), *who = make_page_section(page, "wie");
        assert_non_null(who);
        const char *row = strstr(who, "data-d=\"-39\"");
        assert_non_null(row);
        assert_int_equal(strncmp(row - strlen("<td class=\"n few\" "), "<td class=\"n few\"", strlen("<td class=\"n few\"")) == 0,
                         n_pairs < 20);
        assert_int_equal(strstr(who, "in sommige herhalingen was er niemand") != NULL, n_pairs < 20);
        free(who);
        free(page);
        wks_text_free(&text);
    }
}

/* A group of which nothing can be said is left out, and then nothing is grey. */
static void nothing_is_said_of_grey_where_none_is_shown(void **state)
{
    (void)state;
    const make_results_plan plan = small();
    wks_text text = WKS_TEXT_INIT;
    wks_text_add(&text, pairs_head);
    wks_text_add(&text, "reference,cap-12,12,2026-01,wait_mean_months,jong,,,,20,70,31,-39,-44,-34,paired t,,,T1,lower\n");
    wks_text_add(&text, "reference,cap-12,12,2026-01,wait_mean_months,oud,,,,3,70,31,-39,,,paired t,,,T1,too few pairs\n");
    const make_page_file file = {"contrasts.csv", text.data};
    char *page = make_page(&plan, "nl", &file, 1), *who = make_page_section(page, "wie");
    assert_non_null(who);
    assert_contains(who, "Niet getoond: ");
    assert_null(strstr(who, "Grijs: in sommige herhalingen was er niemand"));
    free(who);
    free(page);
    wks_text_free(&text);
}

/* A wait that one of two replications lacks is grey in the table of seekers, however many of the group seek. */
static void wait_of_a_few_seekers_is_grey(void **state)
{
    (void)state;
    const make_results_plan plan = small();
    const char head[] =
        "scenario,replication,tick,date,group,registered,active,reactions,housed,success_rate,wait_p10,wait_p50,wait_p90,search_p50\n";
    for (int with = 0; with < 2; with++) {
        wks_text text = WKS_TEXT_INIT;
        wks_text_add(&text, head);
        wks_text_addf(&text, "reference,1,12,2026-01,jong,90,50,9,1,0.1,131,131,131,2\nreference,2,12,2026-01,jong,90,50,9,%s\n",
                      with ? "1,0.1,131,131,131,2" : "0,0,,,,");
        const make_page_file file = {"reference/queue.csv", text.data};
        char *page = make_page(&plan, "nl", &file, 1), *who = make_page_section(page, "wie");
        assert_int_equal(strstr(who, "<td class=\"n\" data-v=\"131\"") != NULL, with);
        assert_int_equal(strstr(who, "<td class=\"n few\" data-v=\"131\"") != NULL, !with);
        free(who);
        free(page);
        wks_text_free(&text);
    }
}

/* The areas that a scenario names are its own: their gap is no outcome to set beside that of another scenario. */
static void gap_of_named_areas_is_not_compared(void **state)
{
    (void)state;
    const char row[] = "%s,T1,%d,2025-0%d,leefbaarheid_gap,%s,,,,-0.2,1,9,11,9,10,11,20\n";
    for (int n_scenarios = 1; n_scenarios <= 2; n_scenarios++) {
        make_results_plan plan = small();
        plan.n_scenarios = n_scenarios;
        wks_text text = WKS_TEXT_INIT;
        wks_text_add(&text, "scenario,theory,tick,date,indicator,group,scale,level,area,mean,sd,ci_low,ci_high,p10,p50,p90,n\n");
        for (int tick = 0; tick < 2 * n_scenarios; tick++) {
            const char *name = make_results_scenario[tick / 2];
            wks_text_addf(&text, row, name, tick % 2, tick % 2 + 1, "weak");
            wks_text_addf(&text, row, name, tick % 2, tick % 2 + 1, "named");
        }
        const make_page_file file = {"summary.csv", text.data};
        char *page = make_page(&plan, "en", &file, 1);
        assert_int_equal(count(page, "<figcaption>Gap of focus areas, named"), n_scenarios == 1);
        assert_int_equal(count(page, "<figcaption>Gap of focus areas, weak"), 1);
        free(page);
        wks_text_free(&text);
    }
}

static const char levels_head[] = "scenario,theory,tick,date,indicator,group,scale,level,area,mean,sd,ci_low,ci_high,p10,p50,p90,n\n";

/* What is zero everywhere is named in one line, without a table or a line of its own; what happened once is told. */
static void what_never_happened_is_one_line(void **state)
{
    (void)state;
    for (int happened = 0; happened < 2; happened++) {
        make_results_plan plan = small();
        plan.n_scenarios = 1;
        wks_text text = WKS_TEXT_INIT;
        wks_text_add(&text, levels_head);
        for (int tick = 0; tick < 3; tick++) {
            wks_text_addf(&text, "a,T1,%d,2025-0%d,moves,,,,,%d,1,,,,,,3\n", tick, tick + 1, 7 + tick);
            wks_text_addf(&text, "a,T1,%d,2025-0%d,displaced,city,,,,0,0,,,,,,3\n", tick, tick + 1);
            wks_text_addf(&text, "a,T1,%d,2025-0%d,displaced,open,,,,%d,0,,,,,,3\n", tick, tick + 1, tick == 1 && happened ? 4 : 0);
        }
        const make_page_file file = {"summary.csv", text.data};
        char *page = make_page(&plan, "en", &file, 1), *section = make_page_section(page, "scenarios");
        const char *note = strstr(section, "Did not happen in this scenario (always zero)");
        assert_non_null(note);
        assert_int_equal(
            strncmp(strstr(note, "shown: ") + strlen("shown: "), happened ? "displaced, city." : "displaced.", happened ? 16 : 10), 0);
        assert_int_equal(count(section, "<figcaption>displaced"), happened);
        free(section);
        free(page);
        wks_text_free(&text);
    }
}

/* Of few pairs there is no interval, of 0 to 0 neither; with enough a bound that is shown does not read as 0. */
static void interval_is_there_or_not(void **state)
{
    (void)state;
    for (int n_pairs = 3; n_pairs <= 12; n_pairs += 9) {
        const make_results_plan plan = small();
        wks_text text = WKS_TEXT_INIT;
        wks_text_add(&text, pairs_head);
        wks_text_addf(&text, "reference,cap-12,12,2026-01,moves,,,,,%d,149,138,-11,-22,-0.1,paired t,,,T1,lower\n", n_pairs);
        wks_text_addf(&text, "reference,cap-12,12,2026-01,units_social,,,,,%d,100,100,0,0,0,paired t,,,T1,\n", n_pairs);
        const make_page_file file[] = {{"contrasts.csv", text.data},
                                       {"summary.csv",
                                        "scenario,theory,tick,date,indicator,group,scale,level,area,mean,sd,ci_low,ci_high,p10,p50,p90,n\n"
                                        "reference,T1,12,2026-01,moves,,,,,144,1,,,,,,3\n"
                                        "cap-12,T1,12,2026-01,moves,,,,,138,1,,,,,,3\n"
                                        "reference,T1,12,2026-01,units_social,,,,,100,1,,,,,,3\n"
                                        "cap-12,T1,12,2026-01,units_social,,,,,100,1,,,,,,3\n"}};
        char *page = make_page(&plan, "nl", file, 2), *section = make_page_section(page, "scenarios");
        assert_int_equal(strstr(section, ">0 tot 0<") != NULL, n_pairs == 12);
        assert_int_equal(strstr(section, "\xE2\x88\x92"
                                         "22,0 tot \xE2\x88\x92"
                                         "0,1<") != NULL,
                         n_pairs == 12);
        assert_int_equal(strstr(section, ">138,0<") != NULL, n_pairs == 12);
        assert_int_equal(strstr(section, "te weinig herhalingen voor intervallen (een streepje)") != NULL, n_pairs == 3);
        free(section);
        free(page);
        wks_text_free(&text);
    }
}

/* What was always met is a line a rule, folded; a year that is not whole is said to be left out; names are words. */
static void rules_kept_are_one_line_each(void **state)
{
    (void)state;
    make_results_plan plan = small();
    const make_page_file file = {"compliance.csv", "scenario,replication,year,owner,rule,required,achieved,met,months\n"
                                                   "reference,1,2025,,filters.passend,1,1,yes,11\n"
                                                   "reference,1,2025,corporatie-1,filters.passend,1,1,yes,11\n"
                                                   "reference,1,2025,corporatie-2,filters.passend,1,1,yes,11\n"
                                                   "reference,1,2025,corporatie-2,spreiding.eigen_plafond,1,2,no,11\n"
                                                   "reference,1,2026,corporatie-2,spreiding.eigen_plafond,1,2,,1\n"};
    plan.n_scenarios = 1;
    char *page = make_page(&plan, "en", &file, 1), *section = make_page_section(page, "regels");
    assert_contains(section, "<summary>3 times a rule was kept in every year");
    assert_int_equal(count(section, "passend"), 1);
    assert_contains(section, "<td class=\"n\" data-v=\"3\">3</td><td class=\"n\" data-v=\"3\">3</td>");
    assert_contains(section,
                    "eigen plafond (part of the rules)</th><td class=\"n\" data-v=\"0\">0</td><td class=\"n\" data-v=\"1\">1</td>");
    assert_contains(section, "corporatie 2");
    assert_contains(section, "Only whole years count; left out: 2026 (1 month).");
    free(section);
    free(page);
}

/* Numbers of sections go on without a gap, in the headings and in the contents. */
static void sections_are_numbered_as_they_come(void **state)
{
    (void)state;
    make_results_plan plan = small();
    for (int with = 0; with < 2; with++) {
        plan.with_compliance = with != 0;
        char *page = make_page(&plan, "en", NULL, 0);
        int n = 0;
        for (const char *at = strstr(page, "<h2 id="); at != NULL; at = strstr(at + 1, "<h2 id=")) {
            char wanted[16], contents[32];
            (void)snprintf(wanted, sizeof wanted, ">%d. ", ++n);
            (void)snprintf(contents, sizeof contents, "<li value=\"%d\">", n);
            assert_memory_equal(strchr(at, '>'), wanted, strlen(wanted));
            assert_contains(page, contents);
        }
        assert_int_equal(n, with ? 11 : 10);
        free(page);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(private_group_is_told_by_its_predicate),
        cmocka_unit_test(group_that_is_private_in_one_scenario_is_private),
        cmocka_unit_test(unknown_outcomes_are_folded),
        cmocka_unit_test(segregation_by_many_groups_is_folded),
        cmocka_unit_test(difference_by_group_of_few_pairs_is_grey),
        cmocka_unit_test(nothing_is_said_of_grey_where_none_is_shown),
        cmocka_unit_test(wait_of_a_few_seekers_is_grey),
        cmocka_unit_test(gap_of_named_areas_is_not_compared),
        cmocka_unit_test(what_never_happened_is_one_line),
        cmocka_unit_test(interval_is_there_or_not),
        cmocka_unit_test(rules_kept_are_one_line_each),
        cmocka_unit_test(sections_are_numbered_as_they_come),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
