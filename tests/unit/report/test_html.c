#include "report/html.h"

#include "report/embedded.h"
#include "report/make_page.h"
#include "report/notation.h"
#include "report_assets.h"

/* Writes the report of a plan and returns the page; the folder is removed. */
static char *page_of(const make_results_plan *plan, const char *lang)
{
    char *dir = wks_folder_make();
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    make_results(dir, plan);
    assert_ok(wks_html_write(dir, lang, &problems, &err), &err);
    assert_int_equal(problems.n, 0);
    char *path = wks_folder_path(dir, "report.html"), *page = wks_folder_get(path);
    free(path);
    wks_folder_remove(dir);
    make_page_plain(page);
    return page;
}

static size_t count(const char *text, const char *part)
{
    size_t n = 0;
    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part))
        n++;
    return n;
}

/* Ends the text where the data and the programs begin. */
static void keep_markup(char *page)
{
    char *data = strstr(page, "<script");
    assert_non_null(data);
    *data = '\0';
}

static make_results_plan small(void)
{
    make_results_plan plan = make_results_usual();
    plan.n_areas = 9;
    plan.n_years = 2;
    return plan;
}

static void report_of_a_comparison_has_all_sections_in_dutch(void **state)
{
    (void)state;
    make_results_plan plan = small();
    plan.with_compliance = plan.with_losers = true;
    char *page = page_of(&plan, NULL);
    static const char *const expected[] = {"<html lang=\"nl\">",
                                           "1. In het kort",
                                           "2. Scenario’s naast elkaar",
                                           "3. Kaart",
                                           "4. Wie merkt dit?",
                                           "5. Buurten",
                                           "6. Waterbed",
                                           "7. Regels nageleefd",
                                           "8. Hoe zeker is dit?",
                                           "<code>wijksim sweep studie.cfg</code>",
                                           "9. Wat dit model niet kan zeggen",
                                           "10. Verantwoording",
                                           "Winnaars en verliezers",
                                           "Wat verschilt er tussen de regels",
                                           "januari 2027",
                                           "wijksim compare reference.cfg",
                                           "60303ae22b998861",
                                           "procentpunt",
                                           "Slaagkans in 12 maanden"};
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
        assert_contains(page, expected[i]);
    assert_null(strstr(page, "nan"
                             "\""));
    free(page);
}

static void effects_by_distance_and_destinations_are_tables(void **state)
{
    (void)state;
    make_results_plan plan = small();
    plan.with_losers = true;
    char *page = page_of(&plan, "en");
    keep_markup(page);
    static const char *const expected[] = {
        "<h3>By distance</h3>",   "<strong>−2.36</strong>",       ">+1.23</td>",
        "<td class=\"n\">–</td>", "<h3>Where people end up</h3>", "same households under reference and scenario"};
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
        assert_contains(page, expected[i]);
    assert_contains(page, "<th scope=\"row\">stayed</th>");
    *strstr(page, "Where people end up") = '\0';
    assert_null(strstr(strstr(page, "By distance"), "−10")); /* the difference of an earlier month */
    free(page);
    plan.with_losers = false;
    page = page_of(&plan, "en");
    keep_markup(page);
    assert_null(strstr(page, "By distance"));
    assert_null(strstr(page, "Where people end up"));
    free(page);
}

static void report_in_english_has_english_words_and_numbers(void **state)
{
    (void)state;
    make_results_plan plan = small();
    char *page = page_of(&plan, "en");
    static const char *const expected[] = {
        "<html lang=\"en\">", "1. In brief",       "2. Scenarios side by side",          "8. What this model cannot say",
        "January 2027",       "percentage points", "Median registration time at letting"};
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
        assert_contains(page, expected[i]);
    assert_null(strstr(page, "In het kort"));
    assert_null(strstr(page, "januari 2027</output>"));
    free(page);
}

static void report_of_a_run_says_that_a_comparison_is_needed(void **state)
{
    (void)state;
    make_results_plan plan = small();
    plan.n_scenarios = 1;
    char *page = page_of(&plan, "nl");
    assert_contains(page, "2. Verloop");
    assert_contains(page, "dit is één scenario");
    assert_null(strstr(page, "Oordeel per uitkomst"));
    free(page);
}

static void report_with_only_what_is_needed_is_whole(void **state)
{
    (void)state;
    make_results_plan plan = small();
    plan.with_map = plan.with_codebook = plan.with_queue = false;
    char *page = page_of(&plan, "nl");
    assert_contains(page, "Er is geen kaart");
    assert_contains(page, "wait_p50_months");
    assert_contains(page, "</html>");
    free(page);
}

static void report_names_the_one_theory(void **state)
{
    (void)state;
    make_results_plan plan = small();
    char *page = page_of(&plan, "nl");
    assert_contains(page, "theorie T1</a> over leefbaarheid");
    assert_contains(page, "Dit rapport rekent met: T1.");
    assert_null(strstr(page, "<br>theorie"));
    free(page);
}

/* Fewer than ten pairs: no verdict, no interval, in either language; from ten on both are there. */
static void report_of_few_pairs_has_no_verdicts(void **state)
{
    (void)state;
    make_results_plan plan = small();
    plan.with_queue = false;
    static const char *const absent[] = {"verdict up",    "verdict down",  " hoger</strong>", " lager</strong>",      " data-lo=",
                                         "class=\"dot\"", "class=\"bar\"", "hoger in ",       "met losse herhalingen"};
    plan.n_pairs = 9;
    char *page = page_of(&plan, "nl");
    keep_markup(page);
    for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++)
        assert_null(strstr(page, absent[i]));
    assert_contains(page, "<td class=\"verdict none\">te weinig herhalingen</td>");
    assert_contains(page, ": te weinig herhalingen</li>");
    assert_contains(page, "intervallen zijn onbetrouwbaar");
    assert_contains(page, "niets gearceerd: te weinig herhalingen (9) om ruis te bepalen");
    assert_contains(page, "<li>te weinig herhalingen (9) om ruis te bepalen</li>");
    assert_contains(page, "<table class=\"contrasts bare\""); /* no column for intervals that are not there */
    assert_contains(page, "Er zijn te weinig herhalingen voor intervallen: welke verschillen toeval zijn, is niet te zeggen; grijze");
    assert_null(strstr(page, "dichte stippen"));
    free(page);
    page = page_of(&plan, "en");
    assert_contains(page, "<td class=\"verdict none\">too few replications</td>");
    free(page);
    plan.n_pairs = 10;
    page = page_of(&plan, "nl");
    keep_markup(page);
    assert_null(strstr(page, "te weinig herhalingen"));
    assert_null(strstr(page, "contrasts bare"));
    assert_contains(page, "Elke stip is een buurt met haar 95 %-interval, in de volgorde van deel Buurten; dichte stippen");
    assert_contains(page, "is gearceerd wat binnen de ruis valt");
    for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++)
        assert_contains(page, absent[i]);
    free(page);
}

static void search_time_comes_last_and_is_marked(void **state)
{
    (void)state;
    make_results_plan plan = small();
    char *page = page_of(&plan, "nl");
    keep_markup(page);
    const char *main_table = strstr(page, "<caption><span>Belangrijkste verschillen met de referentie");
    assert_non_null(main_table);
    const char *search = strstr(main_table, "Mediane zoektijd, niet gevalideerd"), *load = strstr(main_table, "Belasting ten opzichte");
    const char *end = strstr(main_table, "</table>");
    assert_true(load != NULL && search != NULL && load < search && search < end);
    assert_null(strstr(page, "Mediane zoektijd <"));
    assert_contains(strstr(page, "id=\"grenzen\""), "Zoektijd is niet gevalideerd");
    assert_contains(page, "Zoektijden zijn in de eerste tien jaar van een run te kort");
    free(page);
    page = page_of(&plan, "en");
    assert_contains(page, "Median search time, not validated");
    free(page);
}

static void segregation_that_moves_by_itself_is_a_limit(void **state)
{
    (void)state;
    make_results_plan plan = small();
    char *page = page_of(&plan, "nl");
    assert_null(strstr(page, "De spreiding verandert ook vanzelf"));
    free(page);
    plan.growth_of_d = 0.6;
    page = page_of(&plan, "nl");
    const char *limits = strstr(page, "id=\"grenzen\"");
    assert_non_null(limits);
    assert_contains(limits, "De spreiding verandert ook vanzelf");
    assert_contains(limits, ", per buurt) van "); /* other scales move otherwise */
    assert_contains(limits, "lees het verschil tussen scenario\xE2\x80\x99s, niet dit verloop");
    free(page);
}

static void success_without_value_is_a_dash_with_a_note(void **state)
{
    (void)state;
    make_results_plan plan = small();
    char *page = page_of(&plan, "nl");
    assert_null(strstr(page, "een slaagkans is er dan niet"));
    free(page);
    plan.without_success = true;
    page = page_of(&plan, "nl");
    assert_contains(page, "<td class=\"n\">\xE2\x80\x93</td>");
    assert_contains(page, "een slaagkans is er dan niet");
    free(page);
}

static void account_tells_no_folders_of_the_machine(void **state)
{
    (void)state;
    make_results_plan plan = small();
    char *page = page_of(&plan, "nl");
    assert_null(strstr(page, "/home/user"));
    assert_contains(page, "wijksim compare reference.cfg cap-12.cfg -r 20 -o results/demo");
    assert_contains(page, "<td>modelstad</td>");
    assert_contains(page, "<dt>Status</dt><dd>volledig</dd>");
    free(page);
}

static void differences_are_in_the_language_of_the_page(void **state)
{
    (void)state;
    make_results_plan plan = small();
    char *dir = wks_folder_make();
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    make_results(dir, &plan);
    free(wks_folder_put(dir, "differences.en.txt", "cap-12:\nRules 'regio' are added.\n"));
    for (int i = 0; i < 2; i++) {
        assert_ok(wks_html_write(dir, i == 0 ? "en" : "nl", &problems, &err), &err);
        char *path = wks_folder_path(dir, "report.html"), *page = wks_folder_get(path);
        assert_true((strstr(page, "<li>Rules &#39;regio&#39; are added.</li>") != NULL) == (i == 0));
        assert_true((strstr(page, "nieuw, hoogstens 12 procent") != NULL) == (i == 1)); /* of differences.txt */
        free(path);
        free(page);
    }
    wks_folder_remove(dir);
}

static void report_with_three_theories_shows_each(void **state)
{
    (void)state;
    make_results_plan plan = small();
    plan.with_theories = true;
    plan.n_areas = 4;
    char *page = page_of(&plan, "nl");
    assert_contains(page, "theorie T0");
    assert_contains(page, "theorie T2");
    assert_null(strstr(page, "Er is dus geen rangorde"));
    free(page);
}

static void leefbaarheid_of_one_theory_is_no_ranking(void **state)
{
    (void)state;
    make_results_plan plan = small();
    char *page = page_of(&plan, "nl");
    assert_contains(page, "(niet onder alle drie de theorieën gerekend: geen rangorde)");
    assert_contains(page, "Een volgorde van scenario’s naar leefbaarheid staat hier niet");
    assert_null(strstr(page, "id=\"omslag\""));
    free(page);
    plan.with_theories = true; /* three theories and no break-even value are not enough */
    page = page_of(&plan, "en");
    assert_contains(page, "An order of scenarios by leefbaarheid is not given here");
    free(page);
}

/* Strength 0.3 of 0.6 is 50 %, shown between 25 % and 75 %. */
static void order_of_leefbaarheid_comes_with_three_theories_and_break_even(void **state)
{
    (void)state;
    make_results_plan plan = small();
    char *dir = wks_folder_make();
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_text table = WKS_TEXT_INIT;
    plan.with_theories = true;
    plan.n_areas = 4;
    make_results(dir, &plan);
    wks_text_add(
        &table,
        "scenario_a,scenario_b,tick,date,indicator,group,scale,level,area,n_pairs,difference_t0,low_t0,high_t0,difference_t1,low_t1,"
        "high_t1,difference_t2,low_t2,high_t2,strength_t1,strength_t2,breakeven,ci_low,ci_high,verdict\n");
    wks_text_addf(
        &table,
        "%s,%s,24,2027-01,leefbaarheid,,,,,20,-0.004,-0.005,-0.003,0.0001,-0.001,0.0012,0.008,0.007,0.009,0.31,0.6,0.3,0.15,0.45,flips\n",
        make_results_scenario[0], make_results_scenario[1]);
    wks_text_addf(&table,
                  "%s,<b>x,24,2027-01,leefbaarheid,,,,,20,0.004,0.003,0.005,0.004,0.003,0.005,0.004,0.003,0.005,0.31,0.6,,,,does not flip "
                  "between T0 and "
                  "T2\n",
                  make_results_scenario[0]);
    free(wks_folder_put(dir, "breakeven.csv", table.data));
    assert_ok(wks_html_write(dir, "nl", &problems, &err), &err);
    char *path = wks_folder_path(dir, "report.html"), *page = wks_folder_get(path);
    make_page_plain(page);
    const char *part = strstr(page, "id=\"omslag\"");
    assert_non_null(part);
    assert_contains(part, "50");
    assert_contains(part, "25 tot 75");
    assert_contains(part, "de volgorde slaat om");
    assert_contains(part, "slaat niet om tussen T0 en T2");
    assert_contains(part, "&lt;b&gt;x");
    assert_contains(page, "zie het omslagpunt");
    assert_null(strstr(page, "staat hier niet: die vraagt"));
    free(path);
    free(page);
    wks_text_free(&table);
    wks_folder_remove(dir);
}

static void names_of_users_are_escaped_everywhere(void **state)
{
    (void)state;
    make_results_plan plan = small();
    plan.title = "</script><script>alert(1)</script> & \"co\"";
    plan.area_name = "<img src=x onerror=alert(1)> 't Zand";
    char *page = page_of(&plan, "nl");
    assert_null(strstr(page, "<script>alert"));
    assert_null(strstr(page, "<img src=x"));
    size_t n_scripts = wks_report_assets_count > 0 ? 5 : 1; /* three programs, our own, the data */
    assert_int_equal(count(page, "</script"), n_scripts);
    if (wks_report_assets_count > 0) assert_contains(page, "\\u003cimg src=x");
    keep_markup(page);
    assert_null(strstr(page, "<img"));
    assert_contains(page, "&lt;/script&gt;");
    assert_contains(page, "&lt;img src=x onerror=alert(1)&gt; &#39;t Zand");
    free(page);
}

static void embedded_texts_cannot_end_their_element(void **state)
{
    (void)state;
    assert_null(strstr(wks_embedded_js, "</script"));
    assert_null(strstr(wks_embedded_css, "</style"));
    for (int i = 0; i < wks_report_assets_count; i++) {
        if (strstr(wks_report_assets[i].name, ".js") == NULL) continue;
        assert_null(strstr(wks_report_assets[i].data, "</script"));
        assert_null(strstr(wks_report_assets[i].data, "<!--"));
    }
}

static void page_asks_nothing_of_a_network(void **state)
{
    (void)state;
    make_results_plan plan = small();
    char *page = page_of(&plan, "nl");
    assert_contains(page,
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'unsafe-inline'; style-src "
                    "'unsafe-inline'; img-src data: blob:\">");
    keep_markup(page);
    assert_null(strstr(page, "<link"));
    assert_null(strstr(page, "<iframe"));
    assert_null(strstr(page, " src=\""));
    assert_null(strstr(page, "@import"));
    assert_null(strstr(page, "href=\"http"));
    free(page);
}

/* A number with a reference is held against the files by tests/report/numbers.py. */
static bool has_reference(const char *page, const char *at)
{
    static const char key[] = " data-of=\"";
    for (; at > page && *at != '<'; at--)
        if (strncmp(at, key, sizeof key - 1) == 0) return true;
    return false;
}

/* Half-widths and runs needed are worked out of numbers of one row; numbers.py does it too. */
static bool is_worked_out(const char *page, const char *at)
{
    static const char any[] = "<table class=\"", precision[] = "<table class=\"precision\"";
    while (at > page && strncmp(at, any, sizeof any - 1) != 0)
        at--;
    return strncmp(at, precision, sizeof precision - 1) == 0;
}

/* Each number of the key table is a number of contrasts.csv, and reads in Dutch notation. */
static void numbers_of_tables_are_those_of_the_files(void **state)
{
    (void)state;
    make_results_plan plan = small();
    char *dir = wks_folder_make();
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    plan.with_queue = false; /* its means are computed */
    make_results(dir, &plan);
    assert_ok(wks_html_write(dir, "nl", &problems, &err), &err);
    char *path = wks_folder_path(dir, "report.html"), *page = wks_folder_get(path), *source = wks_folder_path(dir, "contrasts.csv");
    char *summary = wks_folder_path(dir, "summary.csv"), *contrasts = wks_folder_get(source), *levels = wks_folder_get(summary);
    static const char *const attributes[] = {" data-v=\"", " data-d=\"", " data-lo=\"", " data-hi=\""};
    size_t n = 0;
    for (size_t k = 0; k < 4; k++) {
        for (const char *at = strstr(page, attributes[k]); at != NULL; at = strstr(at + 1, attributes[k])) {
            char wanted[40];
            at += strlen(attributes[k]);
            if (has_reference(page, at) || is_worked_out(page, at)) continue;
            (void)snprintf(wanted, sizeof wanted, ",%.*s,", (int)strcspn(at, "\""), at);
            bool is_there = strstr(contrasts, wanted) != NULL || strstr(levels, wanted) != NULL;
            if (!is_there) fail_msg("%s is in neither file", wanted);
            n++;
        }
    }
    assert_true(n > 300);
    free(source);
    free(summary);
    free(contrasts);
    free(levels);
    free(path);
    free(page);
    wks_folder_remove(dir);
}

static void groups_of_mental_health_are_not_shown_by_buurt(void **state)
{
    (void)state;
    make_results_plan plan = small();
    char *page = page_of(&plan, "nl");
    assert_contains(page, "worden niet per buurt getoond");
    assert_null(strstr(page, "Aandeel, ggz"));
    assert_contains(page, "Aandeel, Verwezen huishoudens");
    free(page);
}

static void cells_of_real_people_under_ten_are_left_out(void **state)
{
    (void)state;
    make_results_plan plan = small();
    char *page = page_of(&plan, "nl");
    assert_contains(page, "<td class=\"n few\" data-v=");
    free(page);
    plan.people = "imported";
    page = page_of(&plan, "nl");
    assert_null(strstr(page, "<td class=\"n few\" data-"));
    assert_contains(page, "<td class=\"n few\">&lt;&#8201;10</td>");
    free(page);
}

static void report_of_a_large_city_stays_under_five_megabytes(void **state)
{
    (void)state;
    make_results_plan plan = make_results_usual();
    plan.n_areas = 150;
    plan.n_years = 20;
    plan.n_scenarios = 4;
    char *page = page_of(&plan, "nl");
    print_message("%zu bytes\n", strlen(page));
    assert_true(strlen(page) < 5000000);
    assert_null(strstr(page, "map-left-out\"")); /* and nothing had to be left out */
    free(page);
}

static void write_errors(void **state)
{
    (void)state;
    char *dir = wks_folder_make();
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_text out = WKS_TEXT_INIT;
    assert_status(wks_html_write(dir, "fr", &problems, &err), WKS_ERR_USAGE, &err);
    err = WKS_ERR_INIT;
    assert_status(wks_html_write(dir, "nl", &problems, &err), WKS_ERR_DATA, &err);
    assert_int_equal(problems.n_errors, 1);
    wks_problems_print(&problems, &out);
    assert_contains(out.data, "no folder that a report can be made of");
    char *path = wks_folder_path(dir, "report.html");
    assert_false(wks_file_exists(path));
    free(path);
    wks_text_free(&out);
    wks_problems_free(&problems);
    wks_folder_remove(dir);
}

static void write_errors_in_compliance_leave_no_page(void **state)
{
    (void)state;
    char *dir = wks_folder_make();
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    make_results_plan plan = small();
    make_results(dir, &plan);
    free(wks_folder_put(dir, "reference/compliance.csv", "scenario,year,rule,met\nreference,2025,x,1\n"));
    assert_status(wks_html_write(dir, "nl", &problems, &err), WKS_ERR_DATA, &err);
    char *path = wks_folder_path(dir, "report.html");
    assert_false(wks_file_exists(path));
    free(path);
    wks_problems_free(&problems);
    wks_folder_remove(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(report_of_a_comparison_has_all_sections_in_dutch),
        cmocka_unit_test(effects_by_distance_and_destinations_are_tables),
        cmocka_unit_test(report_in_english_has_english_words_and_numbers),
        cmocka_unit_test(report_of_a_run_says_that_a_comparison_is_needed),
        cmocka_unit_test(report_with_only_what_is_needed_is_whole),
        cmocka_unit_test(report_names_the_one_theory),
        cmocka_unit_test(report_of_few_pairs_has_no_verdicts),
        cmocka_unit_test(search_time_comes_last_and_is_marked),
        cmocka_unit_test(segregation_that_moves_by_itself_is_a_limit),
        cmocka_unit_test(success_without_value_is_a_dash_with_a_note),
        cmocka_unit_test(account_tells_no_folders_of_the_machine),
        cmocka_unit_test(differences_are_in_the_language_of_the_page),
        cmocka_unit_test(report_with_three_theories_shows_each),
        cmocka_unit_test(leefbaarheid_of_one_theory_is_no_ranking),
        cmocka_unit_test(order_of_leefbaarheid_comes_with_three_theories_and_break_even),
        cmocka_unit_test(names_of_users_are_escaped_everywhere),
        cmocka_unit_test(embedded_texts_cannot_end_their_element),
        cmocka_unit_test(page_asks_nothing_of_a_network),
        cmocka_unit_test(numbers_of_tables_are_those_of_the_files),
        cmocka_unit_test(groups_of_mental_health_are_not_shown_by_buurt),
        cmocka_unit_test(cells_of_real_people_under_ten_are_left_out),
        cmocka_unit_test(report_of_a_large_city_stays_under_five_megabytes),
        cmocka_unit_test(write_errors),
        cmocka_unit_test(write_errors_in_compliance_leave_no_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
