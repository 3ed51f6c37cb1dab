#include "report/section_sweep.h"

#include "report/html.h"
#include "report/make_results.h"

static const char scenario[] =
    "name = \"%s\"; title = \"Nu & straks\"; city = \"modelstad\"; start = \"2025-01\"; ticks = %d; law_index = %s;\n"
    "processes = { allocation = { enabled = false; }; search = { start = %s; }; };\n";
static const char study[] = "name = \"s\"; title = \"Wat <b>telt</b>?\"; scenarios = [ \"scenarios/1_a.cfg\" ];\n"
                            "parameters = ( { name = \"start\"; path = \"processes.search.start\"; low = 0.5; high = 1.5; },\n"
                            "  { name = \"absent\"; path = \"rules.x.y.z\"; low = 0; high = 1; } );\n"
                            "outcomes = ( { name = \"wait\"; indicator = \"wait_mean_months\"; } );\n"
                            "design = { method = \"morris\"; };\n";
#define HEAD "outcome,of,parameter,second_parameter,index,value,ci_low,ci_high,mc_low,mc_high,n,method\n"
static const char shown[] = HEAD "wait,mean,start,,mu_star,5,4,6,4.5,5.5,10,morris\nwait,mean,pace,,mu_star,1,0.5,1.5,-0.5,1.5,10,morris\n"
                                 "wait,mean,bare,,mu_star,0.5,,,,,10,morris\n";
static const char inputs[] = "{\"status\": \"%s\", \"kind\": \"%s\", \"command\": \"wijksim sweep s.cfg\", \"ticks\": 3,\n"
                             " \"inputs\": [{\"path\": \"cities/modelstad/\", \"sha256\": \"%s\"}]}\n";

/* What a sweep differs in from one that fits. */
typedef struct plan {
    const char *kind, *status, *name, *law_index, *start, *hash, *study;
} plan;
static const plan usual = {"sweep", "complete", "reference", "0.025", "1.25", "aa", study};

static void put(const char *dir, const char *name, const char *text)
{
    free(wks_folder_put(dir, name, text));
}

/* A results folder of two years with a sweep in it; the page of it in *out_page where it is made. */
static wks_status make(const plan *is, const char *lang, wks_problems *problems, char **out_page)
{
    char *dir = wks_folder_make(), *sweep = wks_folder_path(dir, "sweep"), text[1200];
    make_results_plan results = make_results_usual();
    wks_err err = WKS_ERR_INIT;

    results.n_areas = 2;
    results.n_years = 2;
    results.n_scenarios = 1;
    make_results(dir, &results);
    (void)snprintf(text, sizeof text, inputs, "complete", "run", "aa");
    put(dir, "manifest.json", text);
    (void)snprintf(text, sizeof text, scenario, "reference", 24, "0.025", "1.0");
    put(dir, "scenario.cfg", text);
    (void)snprintf(text, sizeof text, inputs, is->status, is->kind, is->hash);
    put(dir, "sweep/manifest.json", text);
    (void)snprintf(text, sizeof text, scenario, is->name, 3, is->law_index, is->start);
    put(dir, "sweep/scenarios/1_a.cfg", text);
    put(dir, "sweep/study.cfg", is->study);
    put(dir, "sweep/sensitivity.csv", shown);
    put(dir, "sweep/variance.csv",
        "outcome,n_points,n_dropped,n_replications,mean,between_points,parameters,error_of_point,luck,interaction\n"
        "wait,20,0,3,7,10,8,2,1,1\n");
    const wks_status rc = wks_html_write_beside(dir, sweep, lang, problems, &err);
    char *path = wks_folder_path(dir, "report.html");
    *out_page = rc == WKS_OK ? wks_folder_get(path) : NULL;
    assert_true(rc == WKS_OK || !wks_file_exists(path));
    free(path);
    free(sweep);
    wks_folder_remove(dir);
    return rc;
}

static void bars_stand_in_the_part_on_certainty(void **state)
{
    (void)state;
    wks_problems problems = WKS_PROBLEMS_INIT;
    char *page;
    assert_int_equal(make(&usual, "nl", &problems, &page), WKS_OK);
    const char *at = strstr(page, "<section id=\"zeker\"");
    assert_non_null(at);
    char *section = wks_mem_string(at);
    *strstr(section, "</section>") = '\0';
    assert_contains(section, "<em>Wat &lt;b&gt;telt&lt;/b&gt;?</em>");
    assert_contains(section, "op <span data-of=\"beside|variance|n_points|wait\" data-v=\"20\">20</span> punten");
    assert_contains(section,
                    "Scenario’s: Nu &amp; straks. De studie kijkt naar maand <span data-of=\"beside|ticks\" data-v=\"3\">3</span>");
    assert_contains(section, ", dit rapport naar maand <span data-of=\"last\" data-v=\"24\">24</span>");
    assert_contains(section, "(wait)</h4>");
    assert_contains(section, ">pace</text>"); /* no words */
    assert_contains(section, "<title>start</title>Hoe vaak mensen beginnen te zoeken (factor)</text>");
    assert_contains(section, "<li>Effect aangetoond: <span title=\"start\">Hoe vaak mensen beginnen te zoeken (factor)</span>.</li>");
    assert_contains(section, "<li>Effect niet van toeval te onderscheiden: pace.</li>"); /* its luck holds zero, its sample does not */
    assert_contains(section, "<li>Te weinig punten en herhalingen om het te zeggen: bare.</li>");
    assert_contains(section, ">Hoe vaak mensen beginnen te zoeken (factor)</span></strong> weegt aantoonbaar zwaarder dan pace");
    assert_contains(section, "<strong>Hoe vaak mensen beginnen te zoeken (factor)</strong>: van <span data-of=\"beside|varied|start|low\" "
                             "data-v=\"0.5\">0,50</span> tot <span data-of=\"beside|varied|start|high\" data-v=\"1.5\">1,50</span>");
    assert_null(strstr(section, "studie.cfg"));
    free(section);
    free(page);
}

static void a_study_that_stopped_says_so(void **state)
{
    (void)state;
    wks_problems problems = WKS_PROBLEMS_INIT;
    plan other = usual;
    char *page;
    other.status = "interrupted";
    assert_int_equal(make(&other, "en", &problems, &page), WKS_OK);
    assert_contains(page, "The study is not finished: interrupted.");
    free(page);
}

static void words_and_what_is_varied_may_differ(void **state)
{
    (void)state;
    wks_problems problems = WKS_PROBLEMS_INIT;
    plan other = usual;
    char *page;
    other.name = "another";
    other.start = "0.75";
    assert_int_equal(make(&other, "nl", &problems, &page), WKS_OK);
    free(page);
}

static void assert_refused(const plan *is, const char *says)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    char *page;
    assert_int_equal(make(is, "nl", &problems, &page), WKS_ERR_DATA);
    assert_int_equal(problems.n, 1);
    assert_contains(problems.item[0].text, says);
    wks_problems_free(&problems);
}

static void what_is_no_sweep_or_of_another_scenario_or_city_is_refused(void **state)
{
    (void)state;
    plan other = usual;
    other.kind = "run";
    assert_refused(&other, "no results of a sweep");
    other = usual;
    other.law_index = "0.03";
    assert_refused(&other, "its first one says 'law_index = 0.03;'");
    other = usual;
    other.hash = "ab";
    assert_refused(&other, "other files of the city");
    other = usual;
    other.study = "name = \"s\"; function = \"linear\";";
    assert_refused(&other, "a sweep without a scenario");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bars_stand_in_the_part_on_certainty),
        cmocka_unit_test(a_study_that_stopped_says_so),
        cmocka_unit_test(words_and_what_is_varied_may_differ),
        cmocka_unit_test(what_is_no_sweep_or_of_another_scenario_or_city_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
