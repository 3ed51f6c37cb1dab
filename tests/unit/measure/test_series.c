#include "measure/series.h"

#include "support/chaos.h"
#include "support/check.h"

static void rows_are_kept_in_order_and_cleared(void **state)
{
    wks_series series = {0};
    wks_err err = WKS_ERR_INIT;
    (void)state;
    for (int32_t i = 0; i < 1000; i++)
        assert_ok(wks_series_add(&series, "a", "g", "s", "buurt", i, i * 0.5, &err), &err);
    assert_int_equal(series.n, 1000);
    assert_int_equal(series.row[999].area_row, 999);
    assert_close(series.row[10].value, 5, 0, 0);
    wks_series_clear(&series);
    assert_int_equal(series.n, 0);
    assert_ok(wks_series_add(&series, "b", "", "", "", -1, NAN, &err), &err);
    assert_string_equal(series.row[0].indicator, "b");
    assert_true(isnan(series.row[0].value));
    wks_series_free(&series);
    assert_null(series.row);
}

static wks_status fill(void *context, wks_err *err)
{
    wks_series series = {0};
    wks_status rc = WKS_OK;
    (void)context;
    for (int32_t i = 0; i < 100 && rc == WKS_OK; i++)
        rc = wks_series_add(&series, "a", "", "", "", i, i, err);
    wks_series_free(&series);
    return rc;
}

static void rows_without_memory_errors(void **state)
{
    (void)state;
    assert_true(wks_chaos_run(fill, NULL) >= 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_kept_in_order_and_cleared),
        cmocka_unit_test(rows_without_memory_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
