#include "import/own_seekers.h"

#include "own_rows_made.h"

static void seekers_become_records(void **state)
{
    (void)state;
    own_rows_made m;
    own_rows_make(&m, WKS_OWN_TERMS_SEEKERS,
                  "inschrijfnummer;inschrijfdatum;reactiedatum;geboortedatum;inkomen;personen;urgentie;buurt\n"
                  "1;15-01-2020;31-12-2023;15-06-1980;20.149;paar;;Oost\n2;16-01-2023;01-01-2020;;-500;3;01-02-2023;\n");
    assert_ok(wks_own_seekers_read(&m.source, &m.sheet, &m.rows, &m.err), &m.err);
    assert_int_equal(m.problems.n, 0);
    assert_int_equal(m.rows.n_seekers, 2);
    assert_int_equal(m.rows.reference_month, 2023 * 12 + 11); /* the last day that anything happened */
    assert_int_equal(m.rows.reference_day, 31);
    const wks_own_seeker *one = &m.rows.seeker[m.rows.seeker[0].persons == 2 ? 0 : 1], *two = &m.rows.seeker[one == m.rows.seeker];
    assert_int_equal(one->months_registered, 47);
    assert_int_equal(one->age, 43);
    assert_close((double)one->income_eur, 20100, 0, 0);
    assert_int_equal(one->is_active, 1);
    assert_int_equal(one->urgency, 0);
    assert_int_equal(one->buurt_row, 0);
    assert_int_equal(two->months_registered, 11);
    assert_int_equal(two->age, 0);
    assert_close((double)two->income_eur, 0, 0, 0); /* a loss */
    assert_int_equal(two->persons, 3);
    assert_int_equal(two->urgency, 1); /* a date stands for social */
    assert_int_equal(two->is_active, 0);
    assert_int_equal(two->buurt_row, -1);
    own_rows_end(&m);
}

static void seekers_without_reactions_are_all_active(void **state)
{
    (void)state;
    own_rows_made m;
    own_rows_make(&m, WKS_OWN_TERMS_SEEKERS, "inschrijfnummer;inschrijfdatum\n1;15-01-2010\n2;15-01-2020\n");
    m.rows.is_reference_given = true;
    m.rows.reference_month = 2021 * 12;
    m.rows.reference_day = 14;
    assert_ok(wks_own_seekers_read(&m.source, &m.sheet, &m.rows, &m.err), &m.err);
    assert_int_equal(m.rows.reference_month, 2021 * 12);
    for (int32_t i = 0; i < 2; i++) {
        assert_int_equal(m.rows.seeker[i].is_active, 1);
        assert_true(m.rows.seeker[i].months_registered == 11 || m.rows.seeker[i].months_registered == 131);
        assert_true(isnan(m.rows.seeker[i].income_eur));
    }
    own_rows_end(&m);
}

/* Each is told with line and column, none with its value. */
static void bad_seekers_errors(void **state)
{
    (void)state;
    own_rows_made m;
    own_rows_make(&m, WKS_OWN_TERMS_SEEKERS,
                  "inschrijfnummer;inschrijfdatum;geboortejaar;personen\n1;01-01-1900;;\n2;01-01-2020;2015;\n3;01-01-2020;;77\n");
    assert_status(wks_own_seekers_read(&m.source, &m.sheet, &m.rows, &m.err), WKS_ERR_DATA, &m.err);
    assert_int_equal(m.problems.n_errors, 3);
    own_rows_assert_problem(
        &m, "rows.csv:2:3: error: registered (column 'inschrijfdatum') cannot be used, the value is not shown; expected a day");
    own_rows_assert_problem(&m, "birth (column 'geboortejaar') cannot be used, the value is not shown; expected a birth date or year");
    own_rows_assert_problem(&m, "persons (column 'personen') cannot be used, the value is not shown; expected a whole number of persons");
    assert_int_equal(m.rows.n_seekers, 0);
    own_rows_end(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seekers_become_records),
        cmocka_unit_test(seekers_without_reactions_are_all_active),
        cmocka_unit_test(bad_seekers_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
