#include "report/notation.h"

#include "support/check.h"

static void number_is(wks_notation_lang lang, double value, int decimals, const char *expected)
{
    wks_text out = WKS_TEXT_INIT;
    wks_notation_number(lang, value, decimals, &out);
    assert_string_equal(out.data, expected);
    wks_text_free(&out);
}

static void number_in_dutch_has_decimal_comma_and_points(void **state)
{
    (void)state;
    number_is(WKS_NOTATION_NL, 1234567.891, 2, "1.234.567,89");
    number_is(WKS_NOTATION_NL, 999.0, 0, "999");
    number_is(WKS_NOTATION_NL, 1000.0, 0, "1.000");
    number_is(WKS_NOTATION_NL, -0.5, 1,
              "\xE2\x88\x92"
              "0,5");
}

static void number_in_english_has_decimal_point_and_commas(void **state)
{
    (void)state;
    number_is(WKS_NOTATION_EN, 1234567.891, 2, "1,234,567.89");
    number_is(WKS_NOTATION_EN, -1000.0, 0,
              "\xE2\x88\x92"
              "1,000");
}

static void number_rounding_to_zero_has_no_sign(void **state)
{
    (void)state;
    number_is(WKS_NOTATION_NL, -0.0004, 2, "0,00");
    number_is(WKS_NOTATION_NL, -0.5, 0, "0"); /* halfway: no minus before a nought */
    number_is(WKS_NOTATION_NL, -0.0, 0, "0");
    number_is(WKS_NOTATION_NL, -0.006, 2,
              "\xE2\x88\x92"
              "0,01");
}

static void number_undefined_is_a_dash(void **state)
{
    (void)state;
    number_is(WKS_NOTATION_NL, NAN, 2, "\xE2\x80\x93");
    number_is(WKS_NOTATION_EN, INFINITY, 2, "\xE2\x80\x93");
}

static void value_of_a_share_is_a_percentage(void **state)
{
    (void)state;
    wks_text out = WKS_TEXT_INIT;
    wks_notation_format format = wks_notation_choose("share", 0.4771);
    assert_true(format.percent);
    assert_int_equal(format.decimals, 1);
    wks_notation_value(WKS_NOTATION_NL, format, 0.4771, &out);
    wks_text_add(&out, "|");
    wks_notation_value(WKS_NOTATION_EN, format, 0.4771, &out);
    wks_text_add(&out, "|");
    wks_notation_difference(WKS_NOTATION_NL, format, 0.0123, &out);
    wks_text_add(&out, "|");
    wks_notation_interval(WKS_NOTATION_EN, format, -0.01, 0.02, &out);
    assert_string_equal(out.data, "47,7\xC2\xA0%|47.7%|+1,2|\xE2\x88\x92"
                                  "1.0 to 2.0");
    wks_text_free(&out);
}

static void choose_follows_the_largest_value(void **state)
{
    (void)state;
    assert_int_equal(wks_notation_choose("months", 123.4).decimals, 0);
    assert_int_equal(wks_notation_choose("months", 81.7).decimals, 1);
    assert_int_equal(wks_notation_choose("months", 2.3).decimals, 2);
    assert_int_equal(wks_notation_choose("index", 0.301).decimals, 3);
    assert_int_equal(wks_notation_choose("index", 0.0011).decimals, 4);
    assert_int_equal(wks_notation_choose("index", 0.0).decimals, 0);
    assert_int_equal(wks_notation_choose("index", NAN).decimals, 0);
}

static void month_is_written_in_the_language(void **state)
{
    (void)state;
    wks_text out = WKS_TEXT_INIT;
    wks_notation_month(WKS_NOTATION_NL, "2031-03", 74, &out);
    wks_text_add(&out, "|");
    wks_notation_month(WKS_NOTATION_EN, "2031-12", 83, &out);
    wks_text_add(&out, "|");
    wks_notation_month(WKS_NOTATION_NL, "", 7, &out);
    wks_text_add(&out, "|");
    wks_notation_month(WKS_NOTATION_NL, "2031-13", 7, &out);
    assert_string_equal(out.data, "maart 2031|December 2031|stap 7|2031-13");
    wks_text_free(&out);
}

static void unit_is_translated_or_kept(void **state)
{
    (void)state;
    assert_string_equal(wks_notation_unit(WKS_NOTATION_NL, "months"), "maanden");
    assert_string_equal(wks_notation_unit(WKS_NOTATION_NL, "share"), "");
    assert_true(wks_notation_is_share("share/yr"));
    assert_false(wks_notation_is_share("moves/yr"));
    assert_string_equal(wks_notation_unit_of_difference(WKS_NOTATION_NL, "share"), "procentpunt");
    assert_string_equal(wks_notation_unit_of_difference(WKS_NOTATION_EN, "share"), "percentage points");
    assert_string_equal(wks_notation_unit(WKS_NOTATION_NL, "lightyears"), "lightyears");
}

static void escape_leaves_no_markup(void **state)
{
    (void)state;
    wks_text out = WKS_TEXT_INIT;
    wks_notation_escape(&out, "<b a=\"x\">'t & zo</b>");
    assert_string_equal(out.data, "&lt;b a=&quot;x&quot;&gt;&#39;t &amp; zo&lt;/b&gt;");
    wks_text_free(&out);
}

/* 153, 38 and -114 cannot be subtracted by a reader: levels and differences have the same decimals. */
static void levels_and_differences_have_one_format(void **state)
{
    static const struct one {
        const char *unit;
        double level, difference;
        bool percent;
        int decimals;
    } cases[] = {
        {"months", 153, 114, false, 0},     {"months", 38.4, 1.2, false, 1},   {"households", 20078, 487, false, 0},
        {"households", 1232, 47, false, 0}, {"-", 12.7, 0.533, false, 2},      {"LBM", 0.0249, 0.0005, false, 4},
        {"share", 0.471, 0.126, true, 1},   {"share", 0.162, 0.0022, true, 2}, {"share", 0.0074, 0.0005, true, 2},
        {"dwellings", 9695, 0, false, 0},   {"-", 0.127, 0.0084, false, 4},    {"-", 0.127, NAN, false, 3},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const wks_notation_format format = wks_notation_choose_pair(cases[i].unit, cases[i].level, cases[i].difference);
        assert_int_equal(format.percent, cases[i].percent);
        assert_int_equal(format.decimals, cases[i].decimals);
    }
}

static void no_more_decimals_than_the_standard_error_supports(void **state)
{
    static const struct {
        const char *unit;
        double level, difference, error;
        int decimals;
    } cases[] = {
        {"months", 125.6, 0.9, 0.45, 1},                                          /* not 125,60 */
        {"months", 125.6, 0.9, 0.045, 2},                                         /* narrow */
        {"months", 125.6, 0.9, 3.0, 0},                                           /* wide */
        {"months", 125.6, 0.9, NAN, 1},                                           /* no interval */
        {"share", 0.1622, 0.0001, NAN, 1},                                        /* 16,2 % */
        {"share", 0.1622, 0.0001, 0.0002, 2}, {"share", 0.0122, 0.0001, 0.02, 2}, /* what the level has by itself */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const wks_notation_format wide = wks_notation_choose_pair(cases[i].unit, cases[i].level, cases[i].difference);
        assert_int_equal(wks_notation_supported(wide, cases[i].unit, cases[i].level, cases[i].error).decimals, cases[i].decimals);
    }
    assert_true(isnan(wks_notation_smaller_error(NAN, NAN, NAN)));
    assert_true(isnan(wks_notation_smaller_error(NAN, 0.0, 0.0)));
    assert_float_equal(wks_notation_smaller_error(NAN, -0.9, 0.9), 0.45, 1e-12);
    assert_float_equal(wks_notation_smaller_error(0.3, -0.9, 0.9), 0.3, 1e-12);
}

static void money_has_no_dimes(void **state)
{
    (void)state;
    assert_int_equal(wks_notation_choose_pair("EUR/month", 534.8, 6.0).decimals, 0);
    assert_int_equal(wks_notation_choose_pair("EUR/month", 534.8, 0.4).decimals, 2); /* a small one can still be seen */
    assert_int_equal(wks_notation_choose_pair("months", 534.8, 6.0).decimals, 1);
}

static void value_that_reads_as_zero_is_told(void **state)
{
    (void)state;
    assert_true(wks_notation_is_zero((wks_notation_format){false, 0}, -0.1));
    assert_false(wks_notation_is_zero((wks_notation_format){false, 1}, -0.1));
    assert_false(wks_notation_is_zero((wks_notation_format){true, 0}, 0.012));
    assert_true(wks_notation_is_zero((wks_notation_format){true, 1}, 0.0004));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levels_and_differences_have_one_format),
        cmocka_unit_test(no_more_decimals_than_the_standard_error_supports),
        cmocka_unit_test(money_has_no_dimes),
        cmocka_unit_test(value_that_reads_as_zero_is_told),
        cmocka_unit_test(number_in_dutch_has_decimal_comma_and_points),
        cmocka_unit_test(number_in_english_has_decimal_point_and_commas),
        cmocka_unit_test(number_rounding_to_zero_has_no_sign),
        cmocka_unit_test(number_undefined_is_a_dash),
        cmocka_unit_test(value_of_a_share_is_a_percentage),
        cmocka_unit_test(choose_follows_the_largest_value),
        cmocka_unit_test(month_is_written_in_the_language),
        cmocka_unit_test(unit_is_translated_or_kept),
        cmocka_unit_test(escape_leaves_no_markup),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
