#include "base/err.h"

#include "support/check.h"

static void err_first_error_wins(void **state)
{
    (void)state;
    wks_err err = WKS_ERR_INIT;
    assert_int_equal(wks_err_set(&err, WKS_ERR_IO, "disk %d", 1), WKS_ERR_IO);
    assert_int_equal(wks_err_set(&err, WKS_ERR_NOMEM, "second"), WKS_ERR_IO);
    assert_int_equal(err.status, WKS_ERR_IO);
    assert_string_equal(err.message, "disk 1");
}

static void err_without_object_still_gives_status(void **state)
{
    (void)state;
    assert_int_equal(wks_err_set(NULL, WKS_ERR_LAW, "x"), WKS_ERR_LAW);
    assert_int_equal(wks_err_context(NULL, WKS_ERR_LAW, "x"), WKS_ERR_LAW);
}

static void err_context_is_put_before_the_message(void **state)
{
    (void)state;
    wks_err err = WKS_ERR_INIT;
    assert_int_equal(wks_err_context(&err, WKS_OK, "nothing"), WKS_OK);
    assert_string_equal(err.message, "");
    wks_status rc = wks_err_set(&err, WKS_ERR_DATA, "no such buurt");
    assert_int_equal(wks_err_context(&err, rc, "buurt %s", "BU0344"), WKS_ERR_DATA);
    assert_string_equal(err.message, "buurt BU0344: no such buurt");
}

static void err_long_context_keeps_the_message(void **state)
{
    (void)state;
    wks_err err = WKS_ERR_INIT;
    char context[2000];
    memset(context, 'c', sizeof context);
    context[sizeof context - 1] = '\0';
    wks_status rc = wks_err_set(&err, WKS_ERR_DATA, "the cause");
    (void)wks_err_context(&err, rc, "%s", context);
    assert_contains(err.message, "the cause");
    assert_true(strlen(err.message) < sizeof err.message);
}

static void err_exit_codes_are_those_of_the_interface(void **state)
{
    (void)state;
    assert_int_equal(wks_err_exit_code(WKS_OK), 0);
    assert_int_equal(wks_err_exit_code(WKS_ERR_NOMEM), 1);
    assert_int_equal(wks_err_exit_code(WKS_ERR_IO), 1);
    assert_int_equal(wks_err_exit_code(WKS_ERR_LAW), 1);
    assert_int_equal(wks_err_exit_code(WKS_ERR_USAGE), 2);
    assert_int_equal(wks_err_exit_code(WKS_ERR_DATA), 3);
    assert_int_equal(wks_err_exit_code(WKS_ERR_PARTIAL), 4);
    assert_int_equal(wks_err_exit_code(WKS_ERR_STOPPED), 5);
    assert_int_equal(wks_err_exit_code(WKS_ERR_PRECISION), 6);
    assert_int_equal(wks_err_exit_code(WKS_ERR_DIFFERS), 7);
}

static wks_status guarded(bool first_fails, int *reached, wks_err *err)
{
    wks_status rc = WKS_OK;
    *reached = 0;
    WKS_TRY(first_fails ? wks_err_set(err, WKS_ERR_IO, "first") : WKS_OK);
    *reached = 1;
    WKS_FAIL(err, WKS_ERR_LAW, "second");
out:
    return rc;
}

static void err_try_and_fail_leave_the_function(void **state)
{
    (void)state;
    int reached = 0;
    wks_err err = WKS_ERR_INIT;
    assert_int_equal(guarded(true, &reached, &err), WKS_ERR_IO);
    assert_int_equal(reached, 0);
    err = WKS_ERR_INIT;
    assert_int_equal(guarded(false, &reached, &err), WKS_ERR_LAW);
    assert_int_equal(reached, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(err_first_error_wins),
        cmocka_unit_test(err_without_object_still_gives_status),
        cmocka_unit_test(err_context_is_put_before_the_message),
        cmocka_unit_test(err_long_context_keeps_the_message),
        cmocka_unit_test(err_exit_codes_are_those_of_the_interface),
        cmocka_unit_test(err_try_and_fail_leave_the_function),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
