#include "rules/passend.h"

#include <math.h>

#include "support/check.h"

static void limits_of_2025_include_their_own_amount(void **state)
{
    const wks_law law = wks_law_of_year(2025, 0.0);

    (void)state;
    assert_int_equal(wks_passend_class_by(&law, 28375, 1, 66), WKS_PASSEND_LOW_CAP);
    assert_int_equal(wks_passend_class_by(&law, 28376, 1, 66), WKS_PASSEND_OTHER);
    assert_int_equal(wks_passend_class_by(&law, 27776, 1, 67), WKS_PASSEND_OTHER);
    assert_int_equal(wks_passend_class_by(&law, 38500, 2, 40), WKS_PASSEND_LOW_CAP);
    assert_int_equal(wks_passend_class_by(&law, 38500, 3, 40), WKS_PASSEND_HIGH_CAP);
    assert_int_equal(wks_passend_class_by(&law, 38501, 3, 40), WKS_PASSEND_OTHER);
}

static void caps_are_the_aftoppingsgrenzen_and_nobody_else_has_one(void **state)
{
    const wks_law law = wks_law_of_year(2025, 0.0);

    (void)state;
    assert_close(wks_passend_cap_eur(&law, WKS_PASSEND_LOW_CAP), 682.96, 1e-12, 0);
    assert_close(wks_passend_cap_eur(&law, WKS_PASSEND_HIGH_CAP), 731.93, 1e-12, 0);
    assert_true(isinf(wks_passend_cap_eur(&law, WKS_PASSEND_OTHER)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_of_2025_include_their_own_amount),
        cmocka_unit_test(caps_are_the_aftoppingsgrenzen_and_nobody_else_has_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
