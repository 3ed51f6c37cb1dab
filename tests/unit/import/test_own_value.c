#include "import/own_value.h"

#include "support/check.h"

static void dates_are_read(void **state)
{
    (void)state;
    static const char *const same[] = {"31-12-2023",
                                       "31/12/2023",
                                       "31.12.2023",
                                       "2023-12-31",
                                       "2023/12/31",
                                       "20231231",
                                       "45291",
                                       "2023-12-31T00:00:00Z",
                                       "31-12-2023 13:45",
                                       "31 dec 2023",
                                       "31-DEC-2023",
                                       "45291.0",
                                       "2023/12/31 00:00:00+00"};
    int32_t month, day;
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        if (!wks_own_value_date(same[i], &month, &day) || month != 2023 * 12 + 11 || day != 31)
            fail_msg("'%s' is %d-%d", same[i], (int)month, (int)day);
    }
    assert_true(wks_own_value_date("1-2-1961", &month, &day));
    assert_int_equal(month, 1961 * 12 + 1);
    assert_int_equal(day, 1);
    assert_true(wks_own_value_date("29-02-2024", &month, &day));
    assert_true(wks_own_value_date("36526", &month, &day)); /* 2000-01-01 */
    assert_int_equal(month, 2000 * 12);
    assert_int_equal(day, 1);
}

static void dates_errors(void **state)
{
    (void)state;
    static const char *const bad[] = {"",      "31-13-2023",  "31-02-2023",  "29-02-2023", "12-31-2023", "31-12-23",
                                      "2023",  "2023-12",     "vandaag",     "31-12/2023", "0-1-2023",   "123",
                                      "99999", "31-12-2023x", "31 foo 2023", "1850-01-01"};
    int32_t month, day;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (wks_own_value_date(bad[i], &month, &day)) fail_msg("'%s' is taken for a date", bad[i]);
    }
}

static void amounts_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *cell;
        bool is_workbook;
        double value;
    } item[] = {{"650", false, 650},
                {"650,50", false, 650.5},
                {"1.234,56", false, 1234.56},
                {"1,234.56", false, 1234.56},
                {"1.234", false, 1234},
                {"1.234", true, 1.234},
                {"\xE2\x82\xAC 1.234,-", false, 1234},
                {"EUR 12", false, 12},
                {"1.234.567", false, 1234567},
                {"650.5", true, 650.5},
                {"-1,5", false, -1.5},
                {"1\xC2\xA0"
                 "234",
                 false, 1234},
                {"6,5E2", true, 650}};
    double value;
    for (size_t i = 0; i < sizeof item / sizeof *item; i++) {
        if (!wks_own_value_number(item[i].cell, item[i].is_workbook, &value)) fail_msg("'%s' is no number", item[i].cell);
        assert_close(value, item[i].value, 1e-12, 0);
    }
}

static void amounts_errors(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "zeven", "1,2,3", "1.23.456", "1.234,5.6", "12m2", "1e", "nan", "inf", "0x10"};
    double value;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (wks_own_value_number(bad[i], false, &value)) fail_msg("'%s' is taken for a number", bad[i]);
    }
}

static void places_are_read(void **state)
{
    (void)state;
    char out[16];
    int32_t year;
    assert_true(wks_own_value_buurt("BU03440112", out));
    assert_string_equal(out, "BU03440112");
    assert_true(wks_own_value_buurt("3440112", out));
    assert_string_equal(out, "BU03440112");
    assert_true(wks_own_value_buurt("bu0363ad01", out));
    assert_string_equal(out, "BU0363AD01");
    assert_false(wks_own_value_buurt("Oog in Al", out));
    assert_false(wks_own_value_buurt("344", out));
    assert_true(wks_own_value_postcode("1234 ab", out));
    assert_string_equal(out, "1234AB");
    assert_true(wks_own_value_postcode("1234", out));
    assert_false(wks_own_value_postcode("0234AB", out));
    assert_false(wks_own_value_postcode("1234A", out));
    assert_true(wks_own_value_year("1961", &year));
    assert_int_equal(year, 1961);
    assert_false(wks_own_value_year("61", &year));
}

static void bsn_is_seen(void **state)
{
    (void)state;
    assert_true(wks_own_value_is_bsn("123456782"));
    assert_false(wks_own_value_is_bsn("123456789"));
    assert_false(wks_own_value_is_bsn("12345"));
    assert_false(wks_own_value_is_bsn("000000000"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_are_read), cmocka_unit_test(dates_errors),    cmocka_unit_test(amounts_are_read),
        cmocka_unit_test(amounts_errors), cmocka_unit_test(places_are_read), cmocka_unit_test(bsn_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
