#include "import/estimate_spread.h"

#include "support/check.h"

/* Two wijken with a known figure: each item gets its part. */
static void spread_meets_wijken_and_total(void **state)
{
    (void)state;
    const double wijk_total[] = {30, 70};
    wks_estimate_spread_item item[] = {
        {0, 50, 0, 0, 50, 0, 0}, {0, 50, 1, 0, 50, 0, 0}, {1, 100, 0, 0, 100, 0, 0}, {1, 100, -1, 0, 100, 0, 0}};
    wks_estimate_spread(item, 4, false, wijk_total, 100);
    assert_close(item[0].amount + item[1].amount, 30, 0, 1e-6);
    assert_close(item[2].amount + item[3].amount, 70, 0, 1e-6);
    assert_true(item[1].amount > item[0].amount);
}

/* A wijk whose bounds end in fractions cannot have their sum in whole numbers: what it loses goes to the other. */
static void unit_that_a_wijk_has_no_room_for_goes_to_another(void **state)
{
    (void)state;
    wks_estimate_spread_item work[5], item[] = {{0, 9, 0, 0, 1.6, 1.6, 0},
                                                {0, 9, 0, 0, 1.6, 1.6, 0},
                                                {0, 9, 0, 0, 1.6, 1.6, 0},
                                                {1, 9, 0, 0, 9, 2.7, 0},
                                                {1, 9, 0, 0, 9, 2.5, 0}};
    double sum = 0;
    wks_estimate_spread_whole(item, 5, work, 10);
    for (int i = 0; i < 5; i++) {
        assert_true(item[i].amount <= item[i].high);
        assert_true(floor(item[i].amount) == item[i].amount);
        sum += item[i].amount;
    }
    assert_close(sum, 10, 0, 0);
}

static void bounds_hold_where_they_forbid_the_total(void **state)
{
    (void)state;
    wks_estimate_spread_item work[2], item[] = {{0, 9, 0, 0, 2, 2, 0}, {1, 9, 0, 1, 3, 3, 0}};
    wks_estimate_spread_whole(item, 2, work, 9);
    assert_close(item[0].amount + item[1].amount, 5, 0, 0);
    wks_estimate_spread_whole(item, 2, work, 0);
    assert_close(item[0].amount, 0, 0, 0);
    assert_close(item[1].amount, 1, 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spread_meets_wijken_and_total),
        cmocka_unit_test(unit_that_a_wijk_has_no_room_for_goes_to_another),
        cmocka_unit_test(bounds_hold_where_they_forbid_the_total),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
