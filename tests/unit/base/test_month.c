#include "base/month.h"

#include "support/check.h"

static void month_splits_into_year_and_month(void **state)
{
    (void)state;
    assert_int_equal(wks_month_year(2025 * 12), 2025);
    assert_int_equal(wks_month_of_year(2025 * 12), 0);
    assert_int_equal(wks_month_year(2025 * 12 + 11), 2025);
    assert_int_equal(wks_month_of_year(2025 * 12 + 11), 11);
}

static void month_age_changes_in_the_birth_month(void **state)
{
    (void)state;
    int32_t born = 2000 * 12 + 5;
    assert_int_equal(wks_month_age(born, 2018 * 12 + 4), 17);
    assert_int_equal(wks_month_age(born, 2018 * 12 + 5), 18);
    assert_int_equal(wks_month_age(born, born), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(month_splits_into_year_and_month),
        cmocka_unit_test(month_age_changes_in_the_birth_month),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
