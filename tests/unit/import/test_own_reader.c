#include "import/own_reader.h"

#include "own_rows_made.h"

static void cells_are_read_through_the_mapping(void **state)
{
    (void)state;
    own_rows_made m;
    own_rows_make(&m, WKS_OWN_TERMS_DWELLINGS, "vhe;buurt;kale huur;bouwjaar;type;tuin\n1;Oost;612,50;0;flat;ja\n;;;;;\n2;Oost;;1980;-;\n");
    wks_own_reader r = own_rows_reader(&m, WKS_OWN_TERMS_DWELLINGS);
    assert_contains(m.report.data, "not read: tuin");
    assert_string_equal(wks_own_reader_cell(&r, WKS_OWN_TERMS_D_BUURT), "Oost");
    assert_string_equal(wks_own_reader_cell(&r, WKS_OWN_TERMS_D_POINTS), ""); /* no such column */
    assert_close(wks_own_reader_number(&r, WKS_OWN_TERMS_D_RENT, 1, 10000, true, "euro"), 612.5, 0, 0);
    assert_true(isnan(wks_own_reader_number(&r, WKS_OWN_TERMS_D_BUILT, 1200, 2100, true, "a year"))); /* 0 stands for unknown */
    assert_int_equal(wks_own_reader_word(&r, WKS_OWN_TERMS_D_TYPE, -1), 1);
    assert_false(wks_own_reader_is_empty_row(&r));
    r.row = 1;
    assert_true(wks_own_reader_is_empty_row(&r));
    r.row = 2;
    assert_true(isnan(wks_own_reader_number(&r, WKS_OWN_TERMS_D_RENT, 1, 10000, true, "euro")));
    assert_int_equal(wks_own_reader_word(&r, WKS_OWN_TERMS_D_TYPE, -1), -1);
    assert_int_equal(m.rows.n_empty[WKS_OWN_TERMS_DWELLINGS][WKS_OWN_TERMS_D_RENT], 1);
    assert_false(r.is_bad);
    assert_int_equal(m.problems.n, 0);
    wks_own_reader_close(&r);
    own_rows_end(&m);
}

static void bad_cells_errors(void **state)
{
    (void)state;
    own_rows_made m;
    own_rows_make(&m, WKS_OWN_TERMS_DWELLINGS, "vhe;buurt;kale huur;type\n1;Oost;veel;hofje\n2;Oost;20000;hofje\n");
    wks_own_reader r = own_rows_reader(&m, WKS_OWN_TERMS_DWELLINGS);
    for (r.row = 0; r.row < 2; r.row++) {
        assert_true(isnan(wks_own_reader_number(&r, WKS_OWN_TERMS_D_RENT, 1, 10000, true, "euro a month")));
        assert_true(r.is_bad);
        assert_int_equal(wks_own_reader_word(&r, WKS_OWN_TERMS_D_TYPE, -1), -1);
    }
    wks_own_reader_tell_words(&r);
    assert_int_equal(m.problems.n_errors, 3);
    own_rows_assert_problem(&m,
                            "rows.csv:2:8: error: rent (column 'kale huur') cannot be used, the value is not shown; expected euro a month");
    own_rows_assert_problem(&m, "rows.csv:3:8: error: rent (column 'kale huur') cannot be used, the value is not shown");
    own_rows_assert_problem(&m, "has a word that is not known (<10 rows; it is not shown)"); /* each word once */
    wks_own_reader_close(&r);
    own_rows_end(&m);
}

static void cells_of_seekers_are_never_shown_errors(void **state)
{
    (void)state;
    own_rows_made m;
    own_rows_make(&m, WKS_OWN_TERMS_SEEKERS, "inschrijfnummer;inschrijfdatum;inkomen;urgentie\n1;01-01-2020;geheim;geheim\n");
    wks_own_reader r = own_rows_reader(&m, WKS_OWN_TERMS_SEEKERS);
    (void)wks_own_reader_number(&r, WKS_OWN_TERMS_S_INCOME, 0, 1e6, false, "euro a year");
    (void)wks_own_reader_word(&r, WKS_OWN_TERMS_S_URGENCY, 0);
    wks_own_reader_tell_words(&r);
    assert_int_equal(m.problems.n_errors, 2);
    for (size_t i = 0; i < m.problems.n; i++)
        assert_null(strstr(m.problems.item[i].text, "geheim"));
    own_rows_assert_problem(&m, "income (column 'inkomen') cannot be used, the value is not shown");
    wks_own_reader_close(&r);
    own_rows_end(&m);
}

static void ids_become_pseudonyms_once_errors(void **state)
{
    (void)state;
    char key[3][WKS_OWN_KEY_SIZE];
    own_rows_made m;
    own_rows_make(&m, WKS_OWN_TERMS_DWELLINGS, "vhe;buurt;kale huur;type\n17;Oost;1;flat\n17;Oost;1;flat\n;Oost;1;flat\n");
    wks_own_reader r = own_rows_reader(&m, WKS_OWN_TERMS_DWELLINGS);
    for (r.row = 0; r.row < 3; r.row++)
        assert_ok(wks_own_reader_take_id(&r, WKS_OWN_TERMS_D_ID, "dwelling", key[r.row], &m.err), &m.err);
    assert_int_equal(strlen(key[0]), WKS_PSEUDONYM_DIGITS);
    assert_string_equal(key[1], "");
    own_rows_assert_problem(&m, "rows.csv:3:1: error: id (column 'vhe') cannot be used, the value is not shown; expected each number once; "
                                "it stands in line 2 too");
    own_rows_assert_problem(&m, "rows.csv:4:1: error: id (column 'vhe') is empty; expected a number of its own in every row");
    wks_own_reader_close(&r);
    own_rows_end(&m);
}

/* 111222333 and the others pass the check of BSN numbers. */
static void bsn_numbers_errors(void **state)
{
    (void)state;
    char key[WKS_OWN_KEY_SIZE];
    own_rows_made m;
    own_rows_make(&m, WKS_OWN_TERMS_SEEKERS,
                  "inschrijfnummer;inschrijfdatum\n111222333;01-01-2020\n123456782;01-01-2020\n999999990;01-01-2020\n12;01-01-2020\n");
    wks_own_reader r = own_rows_reader(&m, WKS_OWN_TERMS_SEEKERS);
    for (r.row = 0; r.row < 4; r.row++)
        assert_ok(wks_own_reader_take_id(&r, WKS_OWN_TERMS_S_ID, "seeker", key, &m.err), &m.err);
    assert_int_equal(r.n_bsn, 3);
    wks_own_reader_check_bsn(&r, WKS_OWN_TERMS_S_ID);
    own_rows_assert_problem(&m, "looks like BSN numbers, which are never read");
    wks_own_reader_close(&r);
    own_rows_end(&m);
}

static void missing_columns_errors(void **state)
{
    (void)state;
    own_rows_made m;
    own_rows_make(&m, WKS_OWN_TERMS_DWELLINGS, "vhe;kale huur\n1;600\n");
    wks_own_reader r = {.source = &m.source, .file = WKS_OWN_TERMS_DWELLINGS, .sheet = &m.sheet, .rows = &m.rows};
    assert_status(wks_own_reader_open(&r, &m.err), WKS_ERR_DATA, &m.err);
    own_rows_assert_problem(&m, "mapping.cfg: error: dwellings.type is missing");
    own_rows_assert_problem(&m, "dwellings has neither buurt nor postcode");
    wks_own_reader_close(&r);
    own_rows_end(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_read_through_the_mapping),
        cmocka_unit_test(bad_cells_errors),
        cmocka_unit_test(cells_of_seekers_are_never_shown_errors),
        cmocka_unit_test(ids_become_pseudonyms_once_errors),
        cmocka_unit_test(bsn_numbers_errors),
        cmocka_unit_test(missing_columns_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
