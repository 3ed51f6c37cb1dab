#include "queue/tally.h"

#include "support/check.h"

static void waits_that_are_equal_have_variance_0_exactly(void **state)
{
    wks_tally tally = {0};

    (void)state;
    for (int i = 0; i < 1000; i++)
        wks_tally_house(&tally, 0.1 + 0.2, 0);
    assert_true(tally.wait_mean == 0.1 + 0.2);
    assert_true(wks_tally_variance(&tally) == 0);
}

static void variance_is_that_of_all_housed(void **state)
{
    wks_tally tally = {0};

    (void)state;
    assert_true(isnan(wks_tally_variance(&tally)));
    wks_tally_house(&tally, 1, 0.5);
    assert_true(wks_tally_variance(&tally) == 0);
    wks_tally_house(&tally, 5, 0.25);
    assert_close(tally.wait_mean, 3, 0, 1e-12);
    assert_close(wks_tally_variance(&tally), 4, 0, 1e-12);
    assert_close(tally.fit_sum, 0.75, 0, 0);
}

static void areas_that_differ_by_more_than_rounding_do_not_balance(void **state)
{
    (void)state;
    assert_true(wks_tally_balances(&(wks_tally){.area = 1e6, .waited = 9e5}, 1e5));
    assert_true(wks_tally_balances(&(wks_tally){.area = 1e6, .waited = 9e5}, 1e5 + 5e-4));
    assert_false(wks_tally_balances(&(wks_tally){.area = 1e6, .waited = 9e5}, 1e5 + 2e-3));
    assert_false(wks_tally_balances(&(wks_tally){.area = 1e6, .waited = 9e5}, 1e5 - 2e-3));
}

static void hash_tells_every_field(void **state)
{
    const wks_tally none = {0};
    const wks_tally other[] = {{.n_housed = 1}, {.wait_mean = 1}, {.wait_squares = 1}, {.fit_sum = 1}, {.n_arrived = 1},
                               {.n_waited = 1}, {.n_left = 1},    {.n_now = 1},        {.area = 1},    {.waited = 1}};

    (void)state;
    for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
        assert_true(wks_tally_hash(&other[i], 7) != wks_tally_hash(&none, 7));
        for (size_t k = 0; k < i; k++)
            assert_true(wks_tally_hash(&other[i], 7) != wks_tally_hash(&other[k], 7));
    }
    assert_true(wks_tally_hash(&none, 7) != wks_tally_hash(&none, 8));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(waits_that_are_equal_have_variance_0_exactly),
        cmocka_unit_test(variance_is_that_of_all_housed),
        cmocka_unit_test(areas_that_differ_by_more_than_rounding_do_not_balance),
        cmocka_unit_test(hash_tells_every_field),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
