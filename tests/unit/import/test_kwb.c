#include "import/kwb.h"

#include "made.h"
#include "proefstad.h"

static void kwb_proefstad_is_read(void **state)
{
    (void)state;
    made m;
    assert_ok(made_read(&m, PROEFSTAD), &m.err);
    assert_int_equal(m.kwb.n_areas, 9);
    assert_int_equal(m.kwb.year, 2023);
    const wks_kwb_area *oost = &m.kwb.area[wks_kwb_row(&m.kwb, "BU99990101")];
    assert_string_equal(oost->name, "Oost");
    assert_int_equal(oost->level, WKS_KWB_BUURT);
    assert_close(oost->value[WKS_CITY_persons], 1000, 0, 0);
    assert_close(oost->value[WKS_CITY_share_owner], 0.5, 0, 0);      /* 50 per cent */
    assert_close(oost->value[WKS_CITY_woz_eur], 300000, 0, 0);       /* 300 times 1 000 euro */
    assert_true(isnan(oost->value[WKS_CITY_income_per_person_eur])); /* '.' */
    const wks_kwb_area *haven = &m.kwb.area[wks_kwb_row(&m.kwb, "BU99990203")];
    assert_true(isnan(haven->value[WKS_CITY_origin_nl]));             /* padded '.' */
    assert_true(isnan(haven->value[WKS_CITY_origin_europe]));         /* -99997 */
    assert_true(isnan(haven->value[WKS_CITY_origin_outside_europe])); /* NA */
    assert_true(isnan(haven->value[WKS_CITY_share_private_rent]));    /* empty */
    assert_int_equal(wks_kwb_row(&m.kwb, "BU00000000"), -1);
    made_free(&m);
}

static void kwb_row_order_is_irrelevant(void **state)
{
    (void)state;
    made a, b;
    made_draft(&a, PROEFSTAD);
    made_draft(&b, PROEFSTAD_HEADER PROEFSTAD_BUURTEN PROEFSTAD_WIJKEN PROEFSTAD_GEMEENTE);
    assert_int_equal(a.draft.n_buurten, b.draft.n_buurten);
    for (int32_t i = 0; i < a.draft.n_buurten; i++) {
        assert_string_equal(a.draft.buurt[i].code, b.draft.buurt[i].code);
        for (int c = 0; c < WKS_CITY_N_COLUMNS; c++)
            assert_close(a.draft.buurt[i].value[c], b.draft.buurt[i].value[c], 0, 0);
    }
    made_free(&a);
    made_free(&b);
}

static void kwb_older_names_are_mapped_by_year(void **state)
{
    (void)state;
    static const char text[] = "year;gwb_code;regio;gm_naam;recs;a_inw;g_woz;p_bewndw;p_mgezw;p_bjj2k\n"
                               "2018;GM9999;P;P;Gemeente;11;200;.;.;.\n2018;BU99990101;B;P;Buurt;10;210;93;40;80\n";
    made m;
    assert_ok(made_read(&m, text), &m.err);
    const wks_kwb_area *b = &m.kwb.area[1];
    assert_int_equal(m.kwb.year, 2018);
    assert_string_equal(m.kwb.year_from, "column");
    assert_close(b->value[WKS_CITY_woz_eur], 210000, 0, 0);
    assert_close(b->value[WKS_CITY_share_vacant], 0.07, 0, 1e-12);
    assert_close(b->value[WKS_CITY_share_single_family], 0.6, 0, 1e-12);
    assert_close(b->value[WKS_CITY_share_built_since_2000], 0.2, 0, 1e-12);
    made_free(&m);
}

static void kwb_letters_in_codes_are_kept(void **state)
{
    (void)state;
    char parent[11];
    wks_kwb_parent_code("BU0363AD01", WKS_KWB_WIJK, parent);
    assert_string_equal(parent, "WK0363AD");
    wks_kwb_parent_code("WK0363AD", WKS_KWB_GEMEENTE, parent);
    assert_string_equal(parent, "GM0363");
}

/* One changed cell a case: what must be said, with its place. */
static void kwb_bad_cells_errors(void **state)
{
    (void)state;
    static const struct {
        const char *row, *message;
    } cases[] = {
        {"BU99990109;X;Proefstad;Buurt;veel\n",
         "kwb2023.csv:2:30: error: 'veel' in column a_inw is no number; expected a number or '.' for missing"},
        {"BU99990109;X;Proefstad;Buurt;-5\n", ":2:30: error: -5 in column a_inw is out of range; expected 0 to 10000000"},
        {"BU99990109;X;Proefstad;Burt;5\n",
         ":2:24: error: 'Burt' is no kind of area; expected Buurt, Wijk, Gemeente or Land; nearest valid name is 'Buurt'"},
        {"BU999901;X;Proefstad;Buurt;5\n", ":2:1: error: 'BU999901' is no code of a Buurt; expected one like BU03440111"},
        {"WK999901;X;Proefstad;Buurt;5\n", ":2:1: error: 'WK999901' is no code of a Buurt"},
        {"BU99990101;X;P;Buurt;5\nBU99990101;X;P;Buurt;5\n", ":3:1: error: code BU99990101 occurs twice; expected each area once"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        made m;
        wks_text text = WKS_TEXT_INIT;
        wks_text_addf(&text, "gwb_code;regio;gm_naam;recs;a_inw\n%s", cases[i].row);
        assert_status(made_read(&m, text.data), WKS_ERR_DATA, &m.err);
        made_assert_problem(&m, cases[i].message);
        wks_text_free(&text);
        made_free(&m);
    }
}

static void kwb_decimal_comma_among_points_errors(void **state)
{
    (void)state;
    made m;
    assert_status(
        made_read(&m,
                  "gwb_code;regio;gm_naam;recs;a_inw;g_hhgro;p_koopw\nBU99990101;A;P;Buurt;5;2.1;40\nBU99990102;B;P;Buurt;5;2.0;40,5\n"),
        WKS_ERR_DATA, &m.err);
    made_assert_problem(&m,
                        ":3:28: error: '40,5' in column p_koopw has a decimal comma; expected a decimal point as elsewhere in this file");
    assert_int_equal(m.problems.n_errors, 1);
    made_free(&m);
}

static void kwb_decimal_comma_throughout_is_read(void **state)
{
    (void)state;
    made m;
    assert_ok(made_read(&m, "gwb_code;regio;gm_naam;recs;a_inw;p_koopw\nBU99990101;A;P;Buurt;5;40,5\n"), &m.err);
    assert_close(m.kwb.area[0].value[WKS_CITY_share_owner], 0.405, 0, 1e-12);
    made_free(&m);
}

static void kwb_all_problems_are_shown_errors(void **state)
{
    (void)state;
    made m;
    assert_status(made_read(&m, "gwb_code;regio;gm_naam;recs;a_inw;a_hh\nBU99990101;A;P;Buurt;weinig;veel\nBU99990102;B;P;Wijk;1;"
                                "1\nBU99990103;C;P;Buurt;1;enkele\n"),
                  WKS_ERR_DATA, &m.err);
    assert_int_equal(m.problems.n_errors, 4);
    made_free(&m);
}

static void kwb_missing_columns_errors(void **state)
{
    (void)state;
    made m;
    assert_status(made_read(&m, "gwb_cod;regio;gm_naam;recs;inwoners\nBU99990101;A;P;Buurt;1\n"), WKS_ERR_DATA, &m.err);
    made_assert_problem(&m, "column 'gwb_code' is missing; expected the names of a CBS kwb workbook; the nearest column is 'gwb_cod'");
    made_assert_problem(&m, "column 'a_inw' is missing");
    made_free(&m);
}

/* A file of another form: columns that we know under their own name, or distant ones, are no misspellings of what is missing. */
static void kwb_missing_columns_suggest_nothing_misleading_errors(void **state)
{
    (void)state;
    made m;
    assert_status(made_read(&m, "year,gwb_code,gm_naam,recs,a_woning,a_hh,bev_dich,reg\n2023,BU99990101,P,Buurt,1,1,1,1\n"), WKS_ERR_DATA,
                  &m.err);
    assert_int_equal(m.problems.n_errors, 2);
    for (size_t i = 0; i < m.problems.n; i++)
        assert_null(strstr(m.problems.item[i].text, "nearest"));
    made_assert_problem(&m, "column 'regio' is missing; expected the names of a CBS kwb workbook");
    made_free(&m);
}

static void kwb_no_rows_errors(void **state)
{
    (void)state;
    made m;
    assert_status(made_read(&m, PROEFSTAD_HEADER), WKS_ERR_DATA, &m.err);
    made_assert_problem(&m, "has a header but no rows");
    made_free(&m);
}

/* Every one of our columns but the Leefbaarometer's can come from kwb, and years of one name never overlap in meaning. */
static void map_covers_every_column(void **state)
{
    (void)state;
    for (int c = 0; c < WKS_CITY_lbm_won; c++) {
        int n = 0;
        for (int32_t i = 0; i < wks_kwb_n_columns; i++)
            n += (int)wks_kwb_column_table[i].ours == c;
        assert_true(n >= 1);
    }
    for (int32_t i = 0; i < wks_kwb_n_columns; i++) {
        assert_true(wks_kwb_column_table[i].first_year <= wks_kwb_column_table[i].last_year);
        assert_true(wks_kwb_column_table[i].factor != 0.0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kwb_proefstad_is_read),
        cmocka_unit_test(kwb_row_order_is_irrelevant),
        cmocka_unit_test(kwb_older_names_are_mapped_by_year),
        cmocka_unit_test(kwb_letters_in_codes_are_kept),
        cmocka_unit_test(kwb_bad_cells_errors),
        cmocka_unit_test(kwb_decimal_comma_among_points_errors),
        cmocka_unit_test(kwb_decimal_comma_throughout_is_read),
        cmocka_unit_test(kwb_all_problems_are_shown_errors),
        cmocka_unit_test(kwb_missing_columns_errors),
        cmocka_unit_test(kwb_missing_columns_suggest_nothing_misleading_errors),
        cmocka_unit_test(kwb_no_rows_errors),
        cmocka_unit_test(map_covers_every_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
