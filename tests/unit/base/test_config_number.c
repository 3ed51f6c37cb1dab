#include "base/config_number.h"

#include "support/check.h"

static void number_forms_are_measured(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t length, suffix, run;
        bool is_real, is_hex;
    } cases[] = {
        {"12;", 2, 0, 2, false, false},   {"-7 ", 2, 0, 2, false, false},     {"+7", 2, 0, 2, false, false},
        {"5L,", 2, 1, 2, false, false},   {"5LL", 3, 2, 3, false, false},     {"0x1Fg", 4, 0, 5, false, true},
        {"0xFFL", 5, 1, 5, false, true},  {"1.", 2, 0, 2, true, false},       {".5}", 2, 0, 2, true, false},
        {"1e3", 3, 0, 3, true, false},    {"1e+3", 4, 0, 4, true, false},     {"1.5E-3)", 6, 0, 6, true, false},
        {"1e", 1, 0, 2, false, false},    {"2025-01", 4, 0, 7, false, false}, {"1-", 1, 0, 1, false, false},
        {"12abc", 2, 0, 5, false, false}, {"1.2.3", 3, 0, 5, true, false},    {"1_0", 1, 0, 3, false, false},
        {"1,5", 1, 0, 1, false, false},   {"0x", 1, 0, 2, false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        wks_config_number number;
        assert_true(wks_config_number_find(cases[i].text, strlen(cases[i].text), &number));
        assert_int_equal(number.length, cases[i].length);
        assert_int_equal(number.suffix, cases[i].suffix);
        assert_int_equal(number.run, cases[i].run);
        assert_int_equal(number.is_real, cases[i].is_real);
        assert_int_equal(number.is_hex, cases[i].is_hex);
    }
}

static void number_absent_errors(void **state)
{
    (void)state;
    static const char *const none[] = {"", "-", "+", ".", "-.", "abc", "-x", ".e5"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        wks_config_number number;
        assert_false(wks_config_number_find(none[i], strlen(none[i]), &number));
    }
}

static bool read(const char *text, int64_t *out)
{
    wks_config_number number;
    return wks_config_number_find(text, strlen(text), &number) && wks_config_number_read(text, &number, out);
}

static void number_integers_of_64_bits_are_read(void **state)
{
    (void)state;
    int64_t value = 0;
    assert_true(read("-9223372036854775808", &value) && value == INT64_MIN);
    assert_true(read("9223372036854775807L", &value) && value == INT64_MAX);
    assert_true(read("0x7FFFFFFFFFFFFFFF", &value) && value == INT64_MAX);
    assert_true(read("0x00000000000000000001", &value) && value == 1);
    assert_true(read("007", &value) && value == 7);
}

static void number_too_large_errors(void **state)
{
    (void)state;
    int64_t value = 42;
    assert_false(read("9223372036854775808", &value));
    assert_false(read("-9223372036854775809", &value));
    assert_false(read("0x8000000000000000", &value));
    assert_int_equal(value, 42);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(number_forms_are_measured),
        cmocka_unit_test(number_absent_errors),
        cmocka_unit_test(number_integers_of_64_bits_are_read),
        cmocka_unit_test(number_too_large_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
