#include "report/names.h"

#include "support/chaos.h"
#include "support/check.h"

static void names_added_twice_keep_their_number(void **state)
{
    (void)state;
    wks_names names = {0};
    assert_int_equal(wks_names_find(&names, "a"), -1);
    int32_t a = wks_names_add(&names, "a"), b = wks_names_add(&names, "b");
    assert_int_equal(wks_names_add(&names, ""), 0);
    assert_int_equal(wks_names_add(&names, "a"), a);
    assert_int_not_equal(a, b);
    assert_string_equal(wks_names_text(&names, b), "b");
    assert_string_equal(wks_names_text(&names, 99), "");
    wks_names_free(&names);
}

static void names_by_the_thousand_are_all_found(void **state)
{
    (void)state;
    wks_names names = {0};
    char text[16];
    for (int i = 0; i < 5000; i++) {
        (void)snprintf(text, sizeof text, "BU%08d", i * 7);
        assert_int_equal(wks_names_add(&names, text), i + 1);
    }
    for (int i = 0; i < 5000; i++) {
        (void)snprintf(text, sizeof text, "BU%08d", i * 7);
        assert_int_equal(wks_names_find(&names, text), i + 1);
    }
    wks_names_free(&names);
}

static wks_status add_some(void *context, wks_err *err)
{
    (void)context;
    wks_names names = {0};
    wks_status rc = WKS_OK;
    for (int i = 0; i < 200 && rc == WKS_OK; i++) {
        char text[16];
        (void)snprintf(text, sizeof text, "%d", i);
        if (wks_names_add(&names, text) < 0) rc = wks_err_set(err, WKS_ERR_NOMEM, "no memory");
    }
    wks_names_free(&names);
    return rc;
}

static void names_without_memory_fail_cleanly(void **state)
{
    (void)state;
    assert_true(wks_chaos_run(add_some, NULL) > 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_added_twice_keep_their_number),
        cmocka_unit_test(names_by_the_thousand_are_all_found),
        cmocka_unit_test(names_without_memory_fail_cleanly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
