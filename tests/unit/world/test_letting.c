#include "support/chaos.h"
#include "support/check.h"
#include "world/letting.h"

static void letting_add_appends_zeroed_records(void **state)
{
    wks_letting_log log = {0};
    wks_err err = WKS_ERR_INIT;
    wks_letting *one;
    (void)state;

    for (int32_t i = 0; i < 100; i++) {
        assert_ok(wks_letting_add(&log, &one, &err), &err);
        assert_true(one->number == 0 && one->rent_eur == 0.0f && one->excluded[WKS_LETTING_MAX_PARTS - 1] == 0);
        one->number = i;
        one->excluded[WKS_LETTING_MAX_PARTS - 1] = 5;
    }
    for (int32_t i = 0; i < 100; i++)
        assert_int_equal(log.item[i].number, i);
    log.n = 0; /* a new tick: the memory is used again */
    assert_ok(wks_letting_add(&log, &one, &err), &err);
    assert_int_equal(one->number, 0);
    assert_int_equal(one->excluded[WKS_LETTING_MAX_PARTS - 1], 0);
    wks_letting_free(&log);
    assert_null(log.item);
    assert_int_equal(log.n, 0);
}

static wks_status add_many(void *context, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_letting_log log = {0};
    wks_letting *one;
    (void)context;

    for (int32_t i = 0; i < 60; i++)
        WKS_TRY(wks_letting_add(&log, &one, err));
out:
    wks_letting_free(&log);
    return rc;
}

static void letting_without_memory_errors(void **state)
{
    (void)state;
    assert_true(wks_chaos_run(add_many, NULL) >= 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letting_add_appends_zeroed_records),
        cmocka_unit_test(letting_without_memory_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
