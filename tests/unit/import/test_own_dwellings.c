#include "import/own_dwellings.h"

#include "own_rows_made.h"

static void dwellings_become_records(void **state)
{
    (void)state;
    own_rows_made m;
    own_rows_make(&m, WKS_OWN_TERMS_DWELLINGS,
                  "vhe;buurt;kale "
                  "huur;streefhuur;type;m2;complex\n1;Oost;612,50;;flat;61,4;A\n2;BU99010101;;700;tussenwoning;;A\n3;Oost;80;;garage;;\n"
                  "4;BU03440101;600;;flat;;\n;;;;;;\n");
    assert_ok(wks_own_dwellings_read(&m.source, &m.sheet, &m.rows, &m.err), &m.err);
    assert_int_equal(m.problems.n, 0);
    assert_int_equal(m.rows.n_dwellings, 2);
    assert_int_equal(m.rows.n_read[WKS_OWN_TERMS_DWELLINGS], 4);
    assert_int_equal(m.rows.n_other, 1);
    assert_int_equal(m.rows.n_outside[WKS_OWN_TERMS_DWELLINGS], 1);
    assert_true(strcmp(m.rows.dwelling[0].key, m.rows.dwelling[1].key) < 0);
    const wks_own_dwelling *flat = &m.rows.dwelling[m.rows.dwelling[0].type == 1 ? 0 : 1],
                           *house = &m.rows.dwelling[flat == m.rows.dwelling];
    assert_close((double)flat->rent_eur, 613, 0, 0);
    assert_close((double)flat->area_m2, 61, 0, 0);
    assert_close((double)house->rent_eur, 700, 0, 0); /* what is asked where nobody pays */
    assert_int_equal(house->buurt_row, 1);
    assert_int_equal(house->accessible, -1);
    assert_string_equal(flat->complex, house->complex);
    own_rows_end(&m);
}

static void bad_dwellings_errors(void **state)
{
    (void)state;
    own_rows_made m;
    own_rows_make(&m, WKS_OWN_TERMS_DWELLINGS, "vhe;buurt;kale huur;type\n1;Oost;;flat\n2;;600;flat\n3;Oost;600;\n");
    assert_status(wks_own_dwellings_read(&m.source, &m.sheet, &m.rows, &m.err), WKS_ERR_DATA, &m.err);
    own_rows_assert_problem(&m, "rows.csv:2:8: error: rent (column 'kale huur') is empty; expected the net rent in euro a month");
    own_rows_assert_problem(&m, "rows.csv:3:3: error: buurt (column 'buurt') is empty; expected the place of every dwelling");
    own_rows_assert_problem(&m, "expected the type of every dwelling");
    assert_int_equal(m.rows.n_dwellings, 0);
    own_rows_end(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dwellings_become_records),
        cmocka_unit_test(bad_dwellings_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
