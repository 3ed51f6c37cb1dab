/* num/rank: rows in order of a value. */
#include "num/rank.h"

#include "support/check.h"

static void values_come_in_order_equals_by_row(void **unused)
{
    static const double value[] = {3.0, (double)NAN, -1.0, 3.0, (double)INFINITY, -0.0, 0.0, -1.0};
    static const int32_t expected[] = {2, 7, 5, 6, 0, 3};
    wks_err err = WKS_ERR_INIT;
    int32_t row[8];
    size_t n = 99;
    (void)unused;
    assert_ok(wks_rank_rows(value, 8, row, &n, &err), &err);
    assert_int_equal(n, 6);
    assert_memory_equal(row, expected, sizeof expected);
    assert_ok(wks_rank_rows(value, 0, row, &n, &err), &err);
    assert_int_equal(n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(values_come_in_order_equals_by_row)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
