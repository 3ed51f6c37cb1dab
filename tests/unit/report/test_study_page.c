/* Pages of sweeps, calibrations and cities, from tables made here. */
#include "report/html.h"

#include "report/make_page.h"
#include "support/check.h"
#include "support/folder.h"

#include "city/folder.h"

typedef struct file {
    const char *name, *text;
} file;

static void put(const char *dir, const file *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        free(wks_folder_put(dir, list[i].name, list[i].text));
}

static char *page_of(const file *list, size_t n, const char *lang)
{
    char *dir = wks_folder_make();
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    put(dir, list, n);
    assert_ok(wks_html_write(dir, lang, &problems, &err), &err);
    assert_int_equal(problems.n, 0);
    char *path = wks_folder_path(dir, "report.html"), *page = wks_folder_get(path);
    free(path);
    wks_folder_remove(dir);
    make_page_plain(page);
    assert_contains(page, "Content-Security-Policy");
    assert_null(strstr(page, "<script")); /* it reads without */
    assert_null(strstr(page, "http://"));
    assert_null(strstr(page, "https://"));
    return page;
}

#define SENSITIVITY "outcome,of,parameter,second_parameter,index,value,ci_low,ci_high,mc_low,mc_high,n,method\n"
static const char study[] = "name = \"s\"; title = \"Wat <b>telt</b>?\"; question = \"Wat telt?\";\n"
                            "parameters = ( { name = \"start\"; path = \"processes.search.start\"; low = 0.5; high = 1.5; },\n"
                            "  { name = \"pace\"; path = \"processes.demography.fertility\"; low = 1.2; high = 1.8; } );\n"
                            "outcomes = ( { name = \"wait\"; indicator = \"wait_mean_months\"; group = \"jong\"; contrast = true; } );\n"
                            "design = { method = \"morris\"; };\n";
static const file sweep[] = {
    {"manifest.json", "{\"status\": \"complete\", \"kind\": \"sweep\", \"version\": \"1\", \"command\": \"wijksim sweep s.cfg\","
                      " \"inputs\": [{\"path\": \"breda/././x/../buurten.csv\", \"sha256\": \"ab\"}]}"},
    {"study.cfg", study},
    {"sensitivity.csv",
     SENSITIVITY "wait,mean,start,,mu_star,5,4,6,4.5,5.5,10,morris\nwait,mean,pace,,mu_star,1,0.5,1.5,0.5,1.5,10,morris\n"
                 "wait,mean,start,,sigma,2,,,,,10,morris\nwait,mean,pace,,sigma,1,,,,,10,morris\n"},
    {"variance.csv", "outcome,n_points,n_dropped,n_replications,mean,between_points,parameters,error_of_point,luck,interaction\n"
                     "wait,20,1,3,7,10,8,2,1,1\n"},
    {"main_effects.csv", "outcome,parameter,low,high,n,mean,sd\nwait,start,0.5,0.5,9,6,1\nwait,start,1.5,1.5,9,8,1\n"},
    {"trials.csv", "point,replication,status,wait\n1,1,complete,7\n1,2,failed,\n"},
};
enum { N_SWEEP = sizeof sweep / sizeof *sweep };

static void sweep_tells_range_ranking_and_failures(void **state)
{
    (void)state;
    char *page = page_of(sweep, N_SWEEP, "nl");
    assert_contains(
        page,
        "<strong><span title=\"start\">Hoe vaak mensen beginnen te zoeken (factor)</span></strong> weegt aantoonbaar zwaarder dan pace");
    assert_contains(page, "0,50 tot 1,50");
    assert_contains(
        page, "<span class=\"unit\">factor van het aandeel dat jaarlijks"); /* what the parameter is, in Dutch where there are words */
    assert_contains(page, "<span class=\"unit\" lang=\"en\">");             /* else as the catalogue says it */
    assert_contains(page, "2 proeven (een punt in een herhaling), waarvan <strong>1 mislukt");
    assert_contains(page, "Wat &lt;b&gt;telt&lt;/b&gt;?"); /* escaped */
    assert_contains(page, "verschil met de referentie");
    assert_contains(page, "20 % toeval van de runs");
    assert_contains(page, "Wat dit niet kan zeggen");
    assert_contains(page, ">breda/buurten.csv<");
    assert_contains(page, "wijksim verify ");
    assert_null(strstr(page, "Geen rangorde"));
    free(page);
}

static void sweep_without_a_ranking_says_so(void **state)
{
    (void)state;
    file list[N_SWEEP];
    memcpy(list, sweep, sizeof sweep);
    list[2].text = SENSITIVITY "wait,mean,start,,mu_star,5,1,9,4.5,5.5,10,morris\nwait,mean,pace,,mu_star,1,0.5,1.5,0.5,1.5,10,morris\n";
    char *page = page_of(list, N_SWEEP, "en");
    assert_contains(page, "<strong>No ranking shows</strong>: the intervals of the parameters overlap");
    assert_null(strstr(page, "surely matters more"));
    free(page);
    list[2].text = SENSITIVITY "wait,mean,start,,mu_star,5,,,,,10,morris\nwait,mean,pace,,mu_star,1,,,,,10,morris\n";
    page = page_of(list, N_SWEEP, "en");
    assert_contains(page, "too few points and replications for an interval");
    free(page);
}

static const file calibration[] = {
    {"manifest.json", "{\"status\": \"complete\", \"kind\": \"calibrate\", \"city\": \"modelstad\"}"},
    {"study.cfg", "name = \"c\"; title = \"Passend\"; calibration = { method = \"history\"; };"},
    {"targets.csv", "target,value,sd,discrepancy,use,model_mean,low,high,mc_sd,z,verdict,source\n"
                    "turnover,0.07,0.002,0.004,fitted,0.068,0.05,0.08,0.001,-0.2,fitted: met,CBS\n"
                    "search,18,2,6,held_out,6.5,3,9,0.1,-1.8,held out: outside the set; within the discrepancy stated,Breda\n"},
    {"calibration.csv", "parameter,path,low,high,scale,best,mean,sd,ci_low,ci_high,shrinkage,at_edge\n"
                        "accept,processes.allocation.accept,-1,1,linear,0,0,0.1,-0.2,0.2,0.8,\n"
                        "leave,processes.search.leave,0.5,1.5,linear,1,1,0.3,0.5,1.5,-0.1,\n"
                        "social,processes.search.social,0.05,0.8,log,0.8,0.7,0.1,0.5,0.8,0.6,high\n"},
    {"steps.csv", "step,quantity,target,value\n1,volume_left,,0.281\n1,emulator_points,turnover,16\n1,emulator_within_2sd,turnover,0.9\n"},
    {"members.csv", "member,processes.allocation.accept\n1,0\n2,0.1\n"},
};

static void calibration_keeps_what_is_missed_in_sight(void **state)
{
    (void)state;
    char *page = page_of(calibration, sizeof calibration / sizeof *calibration, "nl");
    assert_contains(page, "Ingepaste cijfers gehaald: <strong>1 van 1</strong>");
    assert_contains(page, "Achtergehouden cijfers gehaald: <strong>0 van 1</strong>");
    assert_contains(page, "<td class=\"target-missed\"><strong>gemist: buiten alle waarden die overbleven");
    assert_contains(page, "<strong>open</strong>: de cijfers zeggen er niets over");
    assert_contains(page, "bepaald door de cijfers");
    assert_contains(page, "28,1 %");
    assert_contains(page, "mee kunnen in een vergelijking: 2.");
    assert_contains(page, "Vanzelf ontstaan</strong>, en hier getoetst: search");
    assert_contains(page, "de bovengrens van het bereik houdt hem tegen");
    assert_contains(page, "<code>processes.<wbr>allocation.<wbr>accept</code>");
    assert_contains(page, "Methode: uitsluiten in golven");
    assert_null(strstr(page, "emulator_")); /* every quantity in words */
    free(page);
}

static const file city[] = {
    {"city.cfg", "name = \"stad\"; title = \"Stad\"; source = \"CBS\"; date = \"2023-01-01\"; licence = \"CC BY 4.0\";"},
    {"buurten.csv", "code,name\nBU1,Noord & Oost\nBU2,Zuid\n"},
    {"quality.csv", "area,column,value,origin\nBU1,persons,10,rounded\nBU1,woz_eur,1,estimated\nBU2,woz_eur,1,wijk\nBU2,men,1,published\n"},
    {"fit.csv", "level,area,margin,category,published,reconciled,met,origin\nbuurt,BU1,age,00_14,100,100,130,published\n"
                "buurt,BU1,age,15_24,7,7,12,published\nbuurt,BU2,age,00_14,50,50,50,published\n"},
};

static void city_counts_origins_and_hides_small_cells(void **state)
{
    (void)state;
    char *page = page_of(city, sizeof city / sizeof *city, "nl");
    assert_contains(page, "2 buurten; 2,9 % van de waarden is niet van de buurt zelf"); /* 2 of 68 */
    assert_contains(page, "Noord &amp; Oost");
    assert_contains(page, "Van 3 aantallen (buurt, wijk en gemeente) waarvan de bevolking is gemaakt worden er 1 op minder dan 1 gehaald");
    assert_contains(page, "data-v=\"30\"");
    assert_contains(page, "<td>leeftijd</td><td>0 tot en met 14 jaar</td>"); /* no names of columns */
    assert_contains(page, "&lt;&#8201;10");
    assert_null(strstr(page, "data-v=\"7\""));
    assert_null(strstr(page, "data-d=\"5\"")); /* the difference would tell the cell */
    assert_contains(page, "CC BY 4.0");
    assert_contains(page, "Zonder buurten.gpkg is er geen kaart");
    free(page);
}

static const file population[] = {
    {"population.cfg", "name = \"stad\"; title = \"Stad & dorp\";"},
    {"fit.csv", "level,area,margin,category,published,reconciled,met,origin\nbuurt,BU1,age,00_14,100,100,100,published\n"},
};

static void population_tells_the_city_in_its_title(void **state)
{
    (void)state;
    char *page = page_of(population, sizeof population / sizeof *population, "nl");
    assert_contains(page, "<title>Stad &amp; dorp &#183; gemaakte bevolking &#8211; wijksim</title>");
    assert_contains(page, "<h1>Stad &amp; dorp &#183; gemaakte bevolking</h1>");
    free(page);
    page = page_of(population + 1, 1, "nl"); /* of an older folder */
    assert_contains(page, "<title>Bevolking gemaakt van een stad &#8211; wijksim</title>");
    free(page);
}

static void assert_problem(const file *list, size_t n, const char *says)
{
    char *dir = wks_folder_make();
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    put(dir, list, n);
    assert_int_equal(wks_html_write(dir, "nl", &problems, &err), WKS_ERR_DATA);
    assert_int_equal(problems.n_errors, 1);
    assert_contains(problems.item[0].text, says);
    wks_problems_free(&problems);
    wks_folder_remove(dir);
}

static void what_is_missing_is_told(void **state)
{
    (void)state;
    const file other = {"notes.txt", "nothing"};
    assert_problem(&other, 1, "known are a run or a comparison (manifest.json, summary.csv), a sweep");
    assert_problem(sweep, 3, "no such file; the report of this folder is made from it");
    file list[N_SWEEP];
    memcpy(list, sweep, sizeof sweep);
    list[3].text = "outcome,n_points,n_dropped,mean,between_points\nwait,20,1,7,10\n";
    assert_problem(list, N_SWEEP, "no column 'error_of_point'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sweep_tells_range_ranking_and_failures),    cmocka_unit_test(sweep_without_a_ranking_says_so),
        cmocka_unit_test(calibration_keeps_what_is_missed_in_sight), cmocka_unit_test(city_counts_origins_and_hides_small_cells),
        cmocka_unit_test(population_tells_the_city_in_its_title),    cmocka_unit_test(what_is_missing_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
