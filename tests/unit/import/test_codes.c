#include "import/codes.h"

#include "support/check.h"

static void codes_many_are_found_again(void **state)
{
    (void)state;
    wks_codes codes = {0};
    wks_err err = WKS_ERR_INIT;
    char code[16];
    int32_t row;
    for (int32_t i = 0; i < 5000; i++) {
        snprintf(code, sizeof code, "BU%08d", (int)(i * 7));
        assert_ok(wks_codes_add(&codes, code, &row, &err), &err);
        assert_int_equal(row, i);
    }
    for (int32_t i = 0; i < 5000; i++) {
        snprintf(code, sizeof code, "BU%08d", (int)(i * 7));
        assert_int_equal(wks_codes_row(&codes, code), i);
        assert_ok(wks_codes_add(&codes, code, &row, &err), &err); /* a second time: the same row */
        assert_int_equal(row, i);
    }
    assert_int_equal(codes.n, 5000);
    assert_int_equal(wks_codes_row(&codes, "BU00000001"), -1);
    wks_codes_free(&codes);
}

static void codes_none_are_not_found(void **state)
{
    (void)state;
    wks_codes codes = {0};
    assert_int_equal(wks_codes_row(&codes, "BU00000000"), -1);
    wks_codes_free(&codes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(codes_many_are_found_again), cmocka_unit_test(codes_none_are_not_found)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
