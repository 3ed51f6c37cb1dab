#include "import/leefbaarometer.h"

#include "made.h"
#include "proefstad.h"

static wks_status take(made *m, const char *scores, wks_leefbaarometer_report *report)
{
    made_draft(m, PROEFSTAD);
    char *path = wks_folder_put(m->folder, "lbm.csv", scores);
    wks_status rc = wks_leefbaarometer_read(path, &m->draft, report, &m->problems, &m->err);
    free(path);
    return rc;
}

static void scores_are_taken_by_code(void **state)
{
    (void)state;
    made m;
    wks_leefbaarometer_report report;
    assert_ok(take(&m, PROEFSTAD_SCORES, &report), &m.err);
    assert_int_equal(report.n_rows, 4);
    assert_int_equal(report.n_matched, 3);
    assert_int_equal(wks_leefbaarometer_check(&m.draft, "lbm.csv", &m.problems), 3);
    assert_string_equal(m.draft.lbm_year, "2024");
    const wks_draft_area *oost = made_buurt(&m, "BU99990101");
    static const double expected[] = {-0.05, -0.01, 0.10, -0.02, -0.10};
    for (int d = 0; d < 5; d++) {
        assert_close(oost->value[WKS_CITY_lbm_won + d], expected[d], 0, 0);
        assert_int_equal(oost->origin[WKS_CITY_lbm_won + d], WKS_CITY_ORIGIN_published);
    }
    made_assert_problem(&m, "warning: 2 buurten with households have no score (first BU99990202)"); /* Leeg has no households */
    made_free(&m);
}

static void scores_of_version_2_fill_wijken(void **state)
{
    (void)state;
    made m;
    wks_leefbaarometer_report report;
    assert_ok(take(&m,
                   "GBD,JAAR,RLBRMTR,RLBWON,RLBBEV,RLBVRZ,RLBVEI,RLBFYS\nWK999901,2014,1,1,1,1,1,1\n"
                   "WK999901,2016,0.05,0.01,-0.2,0.03,-4E-2,0.05\nWK999902,2016,,,,,,\n",
                   &report),
              &m.err);
    assert_int_equal(report.version, 2);
    const wks_draft_area *wijk = &m.draft.wijk[0];
    assert_close(wijk->value[WKS_CITY_lbm_won], 0.01, 0, 0);
    assert_close(wijk->value[WKS_CITY_lbm_fys], 0.05, 0, 0);
    assert_close(wijk->value[WKS_CITY_lbm_vrz], 0.03, 0, 0);
    assert_true(isnan(wijk->value[WKS_CITY_lbm_soc])); /* bevolking is no counterpart */
    assert_close(wijk->value[WKS_CITY_lbm_onv], -0.04, 0, 1e-12);
    assert_true(isnan(m.draft.wijk[1].value[WKS_CITY_lbm_won]));
    assert_false(m.draft.has_leefbaarometer);
    made_free(&m);
}

/* As BZK's own download: years under each other, other names, other columns between. */
static void scores_of_several_years_are_of_the_latest(void **state)
{
    (void)state;
    made m;
    wks_leefbaarometer_report report;
    assert_ok(take(&m,
                   "bu_code;jaar;lbm;afw;fys;onv;soc;vrz;won\nBU99990101;2022;5;0,1;0,2;0,2;0,2;0,2;0,2\n"
                   "BU99990101;2024;5;0,1;0,25;0,25;0,25;0,25;0,25\nBU99990102;2022;5;0,1;0,3;0,3;0,3;0,3;0,3\n",
                   &report),
              &m.err);
    assert_int_equal(report.n_matched, 1);
    assert_string_equal(report.year, "2024");
    assert_close(made_buurt(&m, "BU99990101")->value[WKS_CITY_lbm_onv], 0.25, 0, 0);
    assert_true(isnan(made_buurt(&m, "BU99990102")->value[WKS_CITY_lbm_onv]));
    made_free(&m);
}

static void scores_of_version_2_of_other_wijken_are_only_warned_about(void **state)
{
    (void)state;
    made m;
    wks_leefbaarometer_report report;
    assert_ok(take(&m, "GBD,JAAR,RLBRMTR,RLBWON,RLBBEV,RLBVRZ,RLBVEI,RLBFYS\nWK999977,2016,1,1,1,1,1,1\n", &report), &m.err);
    made_assert_problem(&m, "warning: none of its 1 rows is of a wijk of this city, such as WK999901: not used");
    made_free(&m);
}

static void scores_of_gemeenten_are_kept(void **state)
{
    (void)state;
    made m;
    wks_leefbaarometer_report report;
    assert_ok(take(&m, "code,won,fys,vrz,soc,onv,year\nGM9999,0.1,0.2,0.3,0.4,0.5,2024\n", &report), &m.err);
    assert_close(m.draft.gemeente[0].value[WKS_CITY_lbm_soc], 0.4, 0, 0);
    assert_int_equal(report.level, WKS_AREA_GEMEENTE);
    made_free(&m);
}

static void scores_bad_files_errors(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"code,won,fys,vrz,soc\nBU99990101,0,0,0,0\n", "column 'onv' is missing"},
        {"buurt,won,fys,vrz,soc,onv\nBU99990101,0,0,0,0,0\n", "column 'code' is missing"},
        {"code,won,fys,vrz,soc,onv\nBU99990101,goed,0,0,0,0\n", ":2:12: error: 'goed' in column won is no number"},
        {"code,won,fys,vrz,soc,onv\nBU99990101,7,0,0,0,0\n", "7 in column won is out of range; expected -2 to 2"},
        {"code;won;fys;vrz;soc;onv\nBU99990101;0,1;0.2;0;0;0\n", "'0,1' in column won has a decimal comma"},
        {"code,won,fys,vrz,soc,onv\nBU99990101,0,0,0,0,0\nBU99990101,0,0,0,0,0\n", ":3:1: error: code BU99990101 occurs twice"},
        {"code,won,fys,vrz,soc,onv\nBU03440111,0,0,0,0,0\n", "none of its 1 rows is of a buurt of this city"},
        {"code,won,fys,vrz,soc,onv\nBU99990101,0,0\n", ":2:"},
        {"", "is empty"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        made m;
        wks_leefbaarometer_report report;
        assert_status(take(&m, cases[i].text, &report), WKS_ERR_DATA, &m.err);
        made_assert_problem(&m, cases[i].message);
        made_free(&m);
    }
}

static void scores_of_odd_years_are_read(void **state)
{
    (void)state;
    made m;
    wks_leefbaarometer_report report;
    /* Not a year, far too large for one, and one as a workbook writes it. */
    assert_ok(take(&m,
                   "GBD,JAAR,RLBRMTR,RLBWON,RLBBEV,RLBVRZ,RLBVEI,RLBFYS\nWK999901,1e300,1,1,1,1,1,1\n"
                   "WK999901,2016.0,0.05,0.01,-0.2,0.03,-4E-2,0.05\n",
                   &report),
              &m.err);
    assert_close(m.draft.wijk[0].value[WKS_CITY_lbm_won], 0.01, 0, 0);
    made_free(&m);
    assert_ok(take(&m, "code,won,fys,vrz,soc,onv,year\nBU99990101,0,0,0,0,0,twee\xC3\xABn\n", &report), &m.err);
    assert_string_equal(m.draft.lbm_year, "");
    made_free(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores_are_taken_by_code),
        cmocka_unit_test(scores_of_version_2_fill_wijken),
        cmocka_unit_test(scores_of_several_years_are_of_the_latest),
        cmocka_unit_test(scores_of_version_2_of_other_wijken_are_only_warned_about),
        cmocka_unit_test(scores_of_gemeenten_are_kept),
        cmocka_unit_test(scores_bad_files_errors),
        cmocka_unit_test(scores_of_odd_years_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
