#include "report/dossier.h"

#include "report/make_results.h"

static const char manifest[] = "{\"status\": \"complete\", \"version\": \"0.1.0\"}";
static const char head[] = "scenario,theory,tick,date,indicator,group,scale,level,area,mean,sd,ci_low,ci_high,p10,p50,p90,n\n";

static char *folder_with(const char *rows)
{
    char *dir = wks_folder_make();
    wks_text out = WKS_TEXT_INIT;
    wks_text_add(&out, head);
    wks_text_add(&out, rows);
    free(wks_folder_put(dir, "manifest.json", manifest));
    free(wks_folder_put(dir, "summary.csv", out.data));
    wks_text_free(&out);
    return dir;
}

static void comparison_has_the_reference_first_and_titles_of_the_scenarios(void **state)
{
    (void)state;
    char *dir = wks_folder_make();
    make_results_plan plan = make_results_usual();
    plan.n_areas = 5;
    plan.n_years = 2;
    make_results(dir, &plan);
    wks_dossier d;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_dossier_read(dir, &d, &problems, &err), &err);
    assert_int_equal(problems.n, 0);
    assert_true(d.is_comparison);
    assert_int_equal(d.n_scenarios, 3);
    assert_string_equal(wks_dossier_text(&d, d.scenario[0].name), "reference");
    assert_string_equal(d.scenario[1].title, "Maximaal 12 procent per buurt");
    assert_int_equal(d.first_tick, 0);
    assert_int_equal(d.last_tick, 24);
    assert_string_equal(wks_dossier_date(&d, 24), "2027-01");
    assert_string_equal(wks_dossier_date(&d, 25), "");
    assert_int_equal(d.n_areas, 5);
    assert_string_equal(wks_dossier_text(&d, d.area[0]), "BU99990001");
    assert_string_equal(d.area_name[1], "De Meent 1");
    assert_string_equal(wks_dossier_text(&d, d.series[0].indicator), "wait_p50_months");
    wks_dossier_free(&d);
    wks_folder_remove(dir);
}

static void levels_are_found_in_order_of_tick_whatever_the_order_of_rows(void **state)
{
    (void)state;
    char *dir = folder_with("a,T1,2,2025-03,x,,,,,3,,,,,,,5\n"
                            "a,T1,0,2025-01,x,,,,,1,,,,,,,5\n"
                            "a,T1,1,2025-02,y,,,,,9,,,,,,,5\n"
                            "a,T1,1,2025-02,x,,,,,2,0.5,1,3,1,2,3,5\n"
                            "a,T1,1,2025-02,x,g,,,,7,,,,,,,5\n");
    wks_dossier d;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    size_t n = 0;
    assert_ok(wks_dossier_read(dir, &d, &problems, &err), &err);
    assert_false(d.is_comparison);
    wks_dossier_series series = {wks_dossier_name(&d, "x"), 0, 0, 0};
    const wks_dossier_level *row = wks_dossier_levels(&d, wks_dossier_key_of(&d, &series, 0), &n);
    assert_int_equal(n, 3);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(row[i].key.tick, i);
        assert_close(row[i].mean, i + 1.0, 0.0, 0.0);
    }
    assert_close(row[1].sd, 0.5, 0.0, 0.0);
    assert_true(isnan(row[0].sd));
    assert_null(wks_dossier_contrasts(&d, wks_dossier_key_of(&d, &series, 0), &n));
    assert_int_equal(n, 0);
    series.group = wks_dossier_name(&d, "g");
    wks_dossier_key key = wks_dossier_key_of(&d, &series, 0);
    assert_null(wks_dossier_level_at(&d, key));
    key.tick = 1;
    assert_close(wks_dossier_level_at(&d, key)->mean, 7.0, 0.0, 0.0);
    wks_dossier_free(&d);
    wks_folder_remove(dir);
}

static void few_counts_households_and_for_a_share_those_of_the_group(void **state)
{
    (void)state;
    char *dir = folder_with("a,T1,0,2025-01,households,,,buurt,B1,100,,,,,,,5\n"
                            "a,T1,0,2025-01,households,,,buurt,B2,9.5,,,,,,,5\n"
                            "a,T1,0,2025-01,share,g,,buurt,B1,0.09,,,,,,,5\n"
                            "a,T1,0,2025-01,share,h,,buurt,B1,0.1,,,,,,,5\n"
                            "a,T1,0,2025-01,load,,,buurt,B2,0.5,,,,,,,5\n"
                            "a,T1,0,2025-01,load,,,buurt,B3,0.5,,,,,,,5\n");
    wks_dossier d;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_dossier_read(dir, &d, &problems, &err), &err);
    static const struct {
        const char *indicator, *group, *area;
        bool few;
    } cases[] = {{"households", "", "B1", false}, {"households", "", "B2", true}, {"share", "g", "B1", true},
                 {"share", "h", "B1", false},     {"load", "", "B2", true},       {"load", "", "B3", false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        wks_dossier_series series = {wks_dossier_name(&d, cases[i].indicator), wks_dossier_name(&d, cases[i].group), 0,
                                     wks_dossier_name(&d, "buurt")};
        wks_dossier_key key = wks_dossier_key_of(&d, &series, 0);
        key.area = wks_dossier_name(&d, cases[i].area);
        assert_int_equal(wks_dossier_is_few(&d, key), cases[i].few);
    }
    wks_dossier_free(&d);
    wks_folder_remove(dir);
}

static void main_theory_is_t1_when_it_is_there(void **state)
{
    (void)state;
    char *dir = folder_with("a,T0,0,2025-01,x,,,,,1,,,,,,,5\na,T1,0,2025-01,x,,,,,2,,,,,,,5\na,T2,0,2025-01,x,,,,,3,,,,,,,5\n");
    wks_dossier d;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_dossier_read(dir, &d, &problems, &err), &err);
    assert_int_equal(d.n_theories, 3);
    assert_string_equal(wks_dossier_text(&d, d.main_theory), "T1");
    wks_dossier_free(&d);
    wks_folder_remove(dir);
}

static void read_fails(const char *dir, const char *part)
{
    wks_dossier d;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_text out = WKS_TEXT_INIT;
    assert_status(wks_dossier_read(dir, &d, &problems, &err), WKS_ERR_DATA, &err);
    wks_problems_print(&problems, &out);
    assert_contains(out.data, part);
    wks_text_free(&out);
    wks_problems_free(&problems);
}

static void read_errors_name_every_missing_file(void **state)
{
    (void)state;
    char *dir = wks_folder_make();
    read_fails(dir, "manifest.json");
    read_fails(dir, "summary.csv");
    char *none = wks_folder_path(dir, "nowhere");
    read_fails(none, "no such folder");
    free(none);
    wks_folder_remove(dir);
}

static void read_errors_name_line_and_column(void **state)
{
    (void)state;
    char *dir = folder_with("a,T1,0,2025-01,x,,,,,\"1,5\",,,,,,,5\n");
    read_fails(dir, "summary.csv:2:22: error: '1,5' in column 'mean'");
    wks_folder_remove(dir);
    dir = folder_with("");
    read_fails(dir, "no rows");
    free(wks_folder_put(dir, "summary.csv", "scenario,theory,tick,date,indicators\na,b,0,,x\n"));
    read_fails(dir, "no column 'indicator'; nearest valid name is 'indicators'");
    free(wks_folder_put(dir, "manifest.json", "{ nonsense"));
    read_fails(dir, "manifest.json");
    wks_folder_remove(dir);
}

static void read_errors_of_files_of_two_comparisons(void **state)
{
    (void)state;
    static const char *const rows[] = {"a,T1,0,2025-01,x,,,,,1,,,,,,,5\n",
                                       "b,T1,0,2025-01,x,,,,,1,,,,,,,5\nc,T1,0,2025-01,x,,,,,1,,,,,,,5\n"};
    for (size_t i = 0; i < 2; i++) { /* the reference alone; two others */
        char *dir = folder_with(rows[i]);
        free(wks_folder_put(
            dir, "contrasts.csv",
            "reference,scenario,tick,date,indicator,group,scale,level,area,n_pairs,mean_reference,mean_scenario,mean_difference,"
            "ci_low,ci_high,method,p_adjusted,variance_reduction,theory,verdict\n"
            "a,b,0,2025-01,x,,,,,5,1,2,1,0,2,paired t,,,T1,\n"));
        read_fails(dir, "contrasts.csv: error: the reference 'a' and a scenario beside it are not in summary.csv");
        wks_folder_remove(dir);
    }
}

static void read_errors_in_a_damaged_map_are_told(void **state)
{
    (void)state;
    char *dir = folder_with("a,T1,0,2025-01,x,,,buurt,B1,1,,,,,,,5\n");
    free(wks_folder_put(dir, "map.gpkg", "not a database"));
    read_fails(dir, "map.gpkg");
    wks_folder_remove(dir);
}

/* libcsv asks again for less when it is refused, so a lost allocation may also be survived; a failure must be told. */
/* Longer than the parts rows are read by: the line of a problem is that of the file, and a quote late in it changes nothing. */
static void long_summaries_are_read_like_short_ones(void **state)
{
    (void)state;
    enum { N = 40000 };
    wks_text rows = WKS_TEXT_INIT;
    wks_err err = WKS_ERR_INIT;
    for (int i = 0; i < N; i++)
        wks_text_addf(&rows, "a,T1,%d,2025-01,x,,,,,%d.5,0,1,2,3,4,5,12\n", i, i);
    assert_true(rows.length > (size_t)1 << 20);
    const size_t length = rows.length;
    for (int k = 0; k < 2; k++) {
        if (k == 1) wks_text_add(&rows, "a,T1,40000,2025-01,\"y\",,,,,7,0,1,2,3,4,5,12\n");
        char *dir = folder_with(rows.data);
        wks_dossier d;
        wks_problems problems = WKS_PROBLEMS_INIT;
        assert_ok(wks_dossier_read(dir, &d, &problems, &err), &err);
        assert_int_equal(d.n_levels, N + k);
        assert_int_equal(d.last_tick, N - 1 + k);
        assert_int_equal(d.first_tick, 0);
        assert_int_equal(d.n_theories, 1);
        assert_int_equal(d.n_series, 1 + k);
        assert_true(d.level[N - 1].key.tick == N - 1 && d.level[N - 1].mean == N - 0.5);
        wks_dossier_free(&d);
        wks_folder_remove(dir);
    }
    rows.length = length;
    wks_text_add(&rows, "a,T1,0,2025-01,x,,,,,many,0,1,2,3,4,5,12\n");
    char *dir = folder_with(rows.data);
    read_fails(dir, "summary.csv:40002:22: error: 'many' in column 'mean'");
    wks_folder_remove(dir);
    wks_text_free(&rows);
}

static void read_without_memory_fails_cleanly(void **state)
{
    (void)state;
    char *dir = folder_with("a,T1,0,2025-01,x,,,buurt,B1,1,,,,,,,5\na,T1,0,2025-01,x,g,,,,1,,,,,,,5\n");
    int n_failed = 0;
    free(wks_folder_put(dir, "scenario.cfg", "title = \"A\";\n"));
    for (int n = 1; n < 200; n++) {
        wks_dossier d;
        wks_problems problems = WKS_PROBLEMS_INIT;
        wks_err err = WKS_ERR_INIT;
        wks_mem_fail_after(n);
        wks_status rc = wks_dossier_read(dir, &d, &problems, &err);
        wks_mem_fail_after(0);
        if (rc == WKS_OK) {
            assert_string_equal(d.scenario[0].title, "A");
            assert_int_equal(d.n_areas, 1);
            wks_dossier_free(&d);
        } else {
            assert_int_equal(rc, WKS_ERR_NOMEM);
            assert_true(err.message[0] != '\0');
            n_failed++;
        }
        wks_problems_free(&problems);
    }
    assert_true(n_failed > 50);
    wks_folder_remove(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comparison_has_the_reference_first_and_titles_of_the_scenarios),
        cmocka_unit_test(levels_are_found_in_order_of_tick_whatever_the_order_of_rows),
        cmocka_unit_test(few_counts_households_and_for_a_share_those_of_the_group),
        cmocka_unit_test(main_theory_is_t1_when_it_is_there),
        cmocka_unit_test(read_errors_name_every_missing_file),
        cmocka_unit_test(read_errors_of_files_of_two_comparisons),
        cmocka_unit_test(read_errors_name_line_and_column),
        cmocka_unit_test(read_errors_in_a_damaged_map_are_told),
        cmocka_unit_test(long_summaries_are_read_like_short_ones),
        cmocka_unit_test(read_without_memory_fails_cleanly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
