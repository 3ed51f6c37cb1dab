#include "base/text.h"

#include <stdio.h>

#include "base/mem.h"
#include "base/rng.h"
#include "support/chaos.h"
#include "support/check.h"

static void text_grows(void **state)
{
    (void)state;
    wks_text text = WKS_TEXT_INIT;
    for (int i = 0; i < 1000; i++)
        wks_text_addf(&text, "%d,", i % 10);
    assert_int_equal(text.length, 2000);
    assert_memory_equal(text.data + 1998, "9,", 3);
    wks_text_clear(&text);
    assert_string_equal(text.data, "");
    wks_text_add(&text, "ab");
    wks_text_add_char(&text, 'c');
    wks_text_add_bytes(&text, "d\0e", 3);
    assert_int_equal(text.length, 6);
    assert_memory_equal(text.data, "abcd\0e", 7);
    wks_text_free(&text);
    assert_null(text.data);
}

static wks_status build_text(void *context, wks_err *err)
{
    (void)context;
    wks_text text = WKS_TEXT_INIT;
    wks_text_add(&text, "first");
    for (int i = 0; i < 100; i++)
        wks_text_addf(&text, " %d", i);
    bool failed = text.failed;
    wks_text_free(&text);
    return failed ? wks_err_set(err, WKS_ERR_NOMEM, "no memory") : WKS_OK;
}

static void text_without_memory_errors(void **state)
{
    (void)state;
    assert_true(wks_chaos_run(build_text, NULL) > 3);
}

/* printf is the law; these are only faster. */
static void whole_and_fixed_numbers_are_those_of_printf(void **state)
{
    (void)state;
    static const int64_t whole[] = {0, 7, -7, 1000000, INT64_MAX, INT64_MIN};
    static const float odd[] = {0.0f, -0.0f, 0.5f, 1.5f, 2.5f, -0.4f, 0.125f, 0.375f, 0.005f, 932.93f, 1e7f, 3e9f, 1e20f, -1e30f};
    const wks_rng_seed seed = wks_rng_seed_make(3, 1);
    wks_rng rng = wks_rng_open(&seed, 1, 1, WKS_RNG_TEST);
    wks_text text = WKS_TEXT_INIT;
    char expected[64];

    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++) {
        wks_text_clear(&text);
        wks_text_add_integer(&text, whole[i]);
        (void)snprintf(expected, sizeof expected, "%lld", (long long)whole[i]);
        assert_string_equal(text.data, expected);
    }
    for (size_t i = 0; i < 20000; i++) {
        const double u = wks_rng_u01(&rng), scale = wks_rng_u01(&rng);
        const float value = i < sizeof odd / sizeof odd[0] ? odd[i]
                                                           : (float)((u - 0.3) * (scale < 0.3   ? 10.0
                                                                                  : scale < 0.7 ? 2000.0
                                                                                                : 1e6));
        for (int decimals = 0; decimals <= 4; decimals++) {
            wks_text_clear(&text);
            wks_text_add_fixed(&text, value, decimals);
            (void)snprintf(expected, sizeof expected, "%.*f", decimals, (double)value);
            assert_string_equal(text.data, expected);
        }
    }
    wks_text_free(&text);
}

static void check_number(double value, const char *expected)
{
    char buffer[32];
    assert_string_equal(wks_text_number(value, buffer), expected);
}

static void number_is_printed_with_ten_digits(void **state)
{
    (void)state;
    check_number(0, "0");
    check_number(-0.0, "0");
    check_number(1, "1");
    check_number(-12, "-12");
    check_number(0.1, "0.1");
    check_number(-0.25, "-0.25");
    check_number(1.0 / 3, "0.3333333333");
    check_number(2e6 / 3, "666666.6667");
    check_number(100.5, "100.5");
    check_number(0.0123, "0.0123");
    check_number(0.0001, "0.0001");
    check_number(0.00001, "1e-05");
    check_number(1.5e-7, "1.5e-07");
    check_number(123456.78999, "123456.79");
}

static void number_rounding_up_carries(void **state)
{
    (void)state;
    check_number(0.99999999999, "1");
    check_number(9999999999.9, "1e+10");
    check_number(99.999999999, "100");
}

static void number_integer_below_1e15_has_no_exponent(void **state)
{
    (void)state;
    check_number(123456789012345.0, "123456789012345");
    check_number(-999999999999999.0, "-999999999999999");
    check_number(1e15, "1e+15");
    check_number(12345678901.5, "1.23456789e+10");
}

static void number_not_finite_errors(void **state)
{
    (void)state;
    check_number(NAN, "");
    check_number(INFINITY, "inf");
    check_number(-INFINITY, "-inf");
}

/* The fast way must give what the C library gives. */
static void number_random_equals_printf(void **state)
{
    (void)state;
    wks_rng_seed seed = wks_rng_seed_make(1, 0);
    wks_rng rng = wks_rng_open(&seed, 1, 0, WKS_RNG_TEST);
    for (int i = 0; i < 200000; i++) {
        double size = wks_rng_u01(&rng);
        int exponent = (int)wks_rng_below(&rng, 24) - 10;
        uint32_t shape = wks_rng_below(&rng, 4);
        double value = size * pow(10, exponent);
        if (shape == 1) value = -value;
        if (shape == 2) value = round(value * 1e4) / 1e4;
        if (shape == 3) value = (floor(value * 1e3) + 0.5) / 1e3; /* often a tie */
        char expected[40];
        char buffer[32];
        (void)snprintf(expected, sizeof expected, "%.10g", value);
        if (value == floor(value) && fabs(value) < 1e15) (void)snprintf(expected, sizeof expected, "%.0f", value == 0 ? 0.0 : value);
        assert_string_equal(wks_text_number(value, buffer), expected);
    }
}

static void exact_reads_back_the_same(void **state)
{
    (void)state;
    char buffer[32];
    assert_string_equal(wks_text_exact(0.1, buffer), "0.1");
    assert_string_equal(wks_text_exact(NAN, buffer), "");
    wks_rng_seed seed = wks_rng_seed_make(2, 0);
    wks_rng rng = wks_rng_open(&seed, 1, 0, WKS_RNG_TEST);
    for (int i = 0; i < 50000; i++) {
        uint64_t bits = wks_rng_u64(&rng);
        double value = 0;
        double back = 0;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value)) continue;
        assert_true(wks_text_parse_double(wks_text_exact(value, buffer), &back));
        assert_true(memcmp(&value, &back, sizeof value) == 0);
    }
}

static void double_is_read_as_strtod_does(void **state)
{
    (void)state;
    static const char *const good[] = {"0",
                                       "1",
                                       "-1",
                                       " 2.5 ",
                                       "\t3\n",
                                       "1e3",
                                       "1E-3",
                                       ".5",
                                       "5.",
                                       "+7",
                                       "-0.0",
                                       "1e22",
                                       "1e23",
                                       "1e-22",
                                       "1e-23",
                                       "9007199254740993",
                                       "123456789012345678901234567890",
                                       "0.000000000000000000000000000001",
                                       "1.7976931348623157e308",
                                       "4.9e-324",
                                       "00012.50",
                                       "3.14159265358979323846264338327950288"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        double value = 0;
        assert_true(wks_text_parse_double(good[i], &value));
        double expected = strtod(good[i], NULL);
        assert_true(memcmp(&value, &expected, sizeof value) == 0);
    }
}

static void double_random_is_read_as_strtod_does(void **state)
{
    (void)state;
    wks_rng_seed seed = wks_rng_seed_make(3, 0);
    wks_rng rng = wks_rng_open(&seed, 1, 0, WKS_RNG_TEST);
    for (int i = 0; i < 100000; i++) {
        char text[64];
        uint64_t digits = wks_rng_u64(&rng) >> wks_rng_below(&rng, 60);
        int exponent = (int)wks_rng_below(&rng, 60) - 30;
        (void)snprintf(text, sizeof text, "%llue%d", (unsigned long long)digits, exponent);
        double value = 0;
        double expected = strtod(text, NULL);
        assert_true(wks_text_parse_double(text, &value));
        assert_true(memcmp(&value, &expected, sizeof value) == 0);
    }
}

static void double_errors(void **state)
{
    (void)state;
    static const char *const bad[] = {"",  " ",   "1,5", "nan",   "inf",    "0x1",   "1e",    "1e+", ".",
                                      "-", "--1", "1 2", "1e999", "-1e999", "12abc", "1.2.3", "é"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        double value = 42;
        assert_false(wks_text_parse_double(bad[i], &value));
        assert_true(value == 42);
    }
}

static void int64_is_read_whole(void **state)
{
    (void)state;
    int64_t value = 0;
    assert_true(wks_text_parse_int64(" 9223372036854775807 ", &value));
    assert_true(value == INT64_MAX);
    assert_true(wks_text_parse_int64("-9223372036854775808", &value));
    assert_true(value == INT64_MIN);
    assert_true(wks_text_parse_int64("+007", &value));
    assert_int_equal(value, 7);
}

static void int64_errors(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "9223372036854775808", "-9223372036854775809", "1.0", "1e3", "0x10", "a", "-", "1 1"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        int64_t value = 42;
        assert_false(wks_text_parse_int64(bad[i], &value));
        assert_int_equal(value, 42);
    }
}

static void key_is_sixteen_hex_digits(void **state)
{
    (void)state;
    char buffer[17];
    uint64_t key = 0;
    assert_string_equal(wks_text_key(UINT64_C(0x0123456789ABCDEF), buffer), "0123456789abcdef");
    assert_true(wks_text_parse_key(buffer, &key));
    assert_true(key == UINT64_C(0x0123456789ABCDEF));
    assert_true(wks_text_parse_key("FFFFFFFFFFFFFFFF", &key));
    assert_true(key == UINT64_MAX);
}

static void key_errors(void **state)
{
    (void)state;
    uint64_t key = 42;
    assert_false(wks_text_parse_key("", &key));
    assert_false(wks_text_parse_key("0123456789abcde", &key));
    assert_false(wks_text_parse_key("0123456789abcdef0", &key));
    assert_false(wks_text_parse_key("0123456789abcdeg", &key));
    assert_int_equal(key, 42);
}

static void month_goes_there_and_back(void **state)
{
    (void)state;
    char buffer[8];
    for (int32_t month = 0; month < 10000 * 12; month += 7) {
        int32_t back = -1;
        assert_true(wks_text_parse_month(wks_text_month(month, buffer), &back));
        assert_int_equal(back, month);
    }
    assert_string_equal(wks_text_month(2025 * 12 + 0, buffer), "2025-01");
    assert_string_equal(wks_text_month(2027 * 12 + 11, buffer), "2027-12");
}

static void month_errors(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "2025", "2025-1", "2025-00", "2025-13", "2025-01-01", "2025/01", "25-01", " 2025-01", "20a5-01"};
    char buffer[8];
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        int32_t month = 42;
        assert_false(wks_text_parse_month(bad[i], &month));
        assert_int_equal(month, 42);
    }
    assert_string_equal(wks_text_month(-1, buffer), "");
    assert_string_equal(wks_text_month(10000 * 12, buffer), "");
}

static void nearest_finds_the_misspelt_name(void **state)
{
    (void)state;
    static const char *const names[] = {"ticks", "title", "timeline", "replications", "max_share"};
    assert_string_equal(wks_text_nearest("tick", names, 5), "ticks");
    assert_string_equal(wks_text_nearest("tilte", names, 5), "title");
    assert_string_equal(wks_text_nearest("REPLICATION", names, 5), "replications");
    assert_string_equal(wks_text_nearest("max_shrae", names, 5), "max_share");
    assert_string_equal(wks_text_nearest("title", names, 5), "title");
}

static void nearest_far_away_gives_none_errors(void **state)
{
    (void)state;
    static const char *const names[] = {"ticks", "title"};
    assert_null(wks_text_nearest("neighbourhood", names, 2));
    assert_null(wks_text_nearest("", names, 2));
    assert_null(wks_text_nearest("ticks", names, 0));
    char longer[300];
    memset(longer, 't', sizeof longer);
    longer[sizeof longer - 1] = '\0';
    assert_null(wks_text_nearest(longer, names, 2));
    assert_null(wks_text_nearest("ab", names, 2));
}

static void hash_is_the_same_for_ever(void **state)
{
    (void)state;
    assert_true(wks_text_hash("modelstad") == wks_text_hash("modelstad"));
    assert_true(wks_text_hash("") == UINT64_C(0xf52a15e9a9b5e89b));
    assert_true(wks_text_hash("BU03440101") == UINT64_C(0x74edab1bac73bf00));
    assert_true(wks_text_hash("BU03440101") != wks_text_hash("BU03440102"));
}

static void utf8_is_told_from_other_bytes(void **state)
{
    (void)state;
    assert_true(wks_text_is_utf8("", 0));
    assert_true(wks_text_is_utf8("Cr\xC3\xA8"
                                 "che \xE2\x82\xAC \xF0\x9F\x8F\xA0",
                                 16));
    static const char *const bad[] = {"\xE9t\xE9",        "\xC3", "\xC0\x80", "\xE0\x80\x80",    "\xED\xA0\x80",
                                      "\xF4\x90\x80\x80", "\x80", "a\xFF",    "\xF0\x80\x80\x80"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(wks_text_is_utf8(bad[i], strlen(bad[i])));
    assert_int_equal(wks_text_utf8_prefix("ab\xC3\xA8\xE9", 5), 4);
}

static void trim_and_compare(void **state)
{
    (void)state;
    char padded[] = " \tGM0014    \r\n";
    assert_string_equal(wks_text_trim(padded), "GM0014");
    char blank[] = "   ";
    assert_string_equal(wks_text_trim(blank), "");
    assert_true(wks_text_equal_nocase("Utrecht", "uTRECHT"));
    assert_false(wks_text_equal_nocase("Utrecht", "Utrech"));
    assert_false(wks_text_equal_nocase("", "x"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_grows),
        cmocka_unit_test(text_without_memory_errors),
        cmocka_unit_test(number_is_printed_with_ten_digits),
        cmocka_unit_test(number_rounding_up_carries),
        cmocka_unit_test(number_integer_below_1e15_has_no_exponent),
        cmocka_unit_test(number_not_finite_errors),
        cmocka_unit_test(number_random_equals_printf),
        cmocka_unit_test(exact_reads_back_the_same),
        cmocka_unit_test(double_is_read_as_strtod_does),
        cmocka_unit_test(double_random_is_read_as_strtod_does),
        cmocka_unit_test(double_errors),
        cmocka_unit_test(int64_is_read_whole),
        cmocka_unit_test(int64_errors),
        cmocka_unit_test(key_is_sixteen_hex_digits),
        cmocka_unit_test(key_errors),
        cmocka_unit_test(month_goes_there_and_back),
        cmocka_unit_test(month_errors),
        cmocka_unit_test(nearest_finds_the_misspelt_name),
        cmocka_unit_test(nearest_far_away_gives_none_errors),
        cmocka_unit_test(whole_and_fixed_numbers_are_those_of_printf),
        cmocka_unit_test(hash_is_the_same_for_ever),
        cmocka_unit_test(utf8_is_told_from_other_bytes),
        cmocka_unit_test(trim_and_compare),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
