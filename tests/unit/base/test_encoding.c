#include "base/encoding.h"

#include "support/check.h"

static void encoding_utf8_is_accepted(void **state)
{
    (void)state;
    wks_problems problems = WKS_PROBLEMS_INIT;
    bool convert = true;
    assert_true(wks_encoding_check("f",
                                   "Cr\xC3\xA8"
                                   "che",
                                   7, false, &convert, &problems));
    assert_false(convert);
    assert_true(wks_encoding_check("f", "", 0, false, &convert, &problems));
    assert_int_equal(problems.n, 0);
}

static void encoding_cp1252_is_accepted_when_allowed(void **state)
{
    (void)state;
    wks_problems problems = WKS_PROBLEMS_INIT;
    bool convert = false;
    assert_true(wks_encoding_check("f", "a\r\nb\rc\n\xE9", 8, true, &convert, &problems));
    assert_true(convert);
    assert_problems(&problems, "f:4:1: warning: not UTF-8: the file is read as Windows-1252\n");
    wks_problems_free(&problems);
}

static void encoding_others_errors(void **state)
{
    (void)state;
    wks_problems problems = WKS_PROBLEMS_INIT;
    bool convert = false;
    assert_false(wks_encoding_check("a", "x\n\n y\xE9", 6, false, &convert, &problems));
    assert_false(wks_encoding_check("b", "\xFE\xFF\0a", 4, true, &convert, &problems));
    assert_false(wks_encoding_check("c", "x\0", 2, true, &convert, &problems));
    assert_problems(&problems, "a:3:3: error: byte 0xE9 is not UTF-8; expected a file in UTF-8\n"
                               "b:1:1: error: the file is UTF-16; expected UTF-8 (save it again as CSV UTF-8)\n"
                               "c:1:2: error: a NUL byte; expected text (is this a CSV file?)\n");
    wks_problems_free(&problems);
}

static void encoding_bom_is_measured(void **state)
{
    (void)state;
    assert_int_equal(wks_encoding_bom_length("\xEF\xBB\xBF"
                                             "a",
                                             4),
                     3);
    assert_int_equal(wks_encoding_bom_length("\xEF\xBB", 2), 0);
    assert_int_equal(wks_encoding_bom_length("abc", 3), 0);
}

static void encoding_cp1252_becomes_utf8(void **state)
{
    (void)state;
    wks_text out = WKS_TEXT_INIT;
    wks_encoding_add_cp1252("a\x80\x92\xE9\xFF", 5, &out);
    assert_string_equal(out.data, "a\xE2\x82\xAC\xE2\x80\x99\xC3\xA9\xC3\xBF");
    wks_text_clear(&out);
    for (int byte = 1; byte < 256; byte++) {
        char c = (char)byte;
        wks_encoding_add_cp1252(&c, 1, &out);
    }
    assert_true(wks_text_is_utf8(out.data, out.length));
    wks_text_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(encoding_utf8_is_accepted),    cmocka_unit_test(encoding_cp1252_is_accepted_when_allowed),
        cmocka_unit_test(encoding_others_errors),       cmocka_unit_test(encoding_bom_is_measured),
        cmocka_unit_test(encoding_cp1252_becomes_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
