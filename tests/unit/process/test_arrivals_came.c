#include "process/arrivals_came.h"

#include "base/rng.h"
#include "support/check.h"

static void chance_rises_with_age_and_is_clamped(void **state)
{
    (void)state;
    for (int32_t n_adults = 1; n_adults <= 2; n_adults++) {
        double before = 0;
        for (int32_t age = 18; age < 90; age++) {
            const double chance = wks_arrivals_came_home_chance(age, n_adults, 1);
            assert_true(chance >= before && chance <= 1);
            assert_true(chance <= wks_arrivals_came_home_chance(age, 2, 1));
            before = chance;
        }
    }
    assert_close(wks_arrivals_came_home_chance(70, 2, 2), 1, 0, 0);
    assert_close(wks_arrivals_came_home_chance(70, 2, 0), 0, 0, 0);
}

/* 4,000 keys at a chance of 0.55: 31 is one standard error. */
static void share_of_movers_is_the_chance(void **state)
{
    int32_t n = 0;
    (void)state;
    for (uint64_t i = 0; i < 4000; i++)
        n += wks_arrivals_came_from(wks_rng_child_key(5, 0, WKS_RNG_TEST, (uint32_t)i), true, false, 40, 1, 1) == WKS_CAME_HOME;
    assert_in_range(n, 2200 - 4 * 31, 2200 + 4 * 31);
}

static void off_nobody_leaves_a_home_and_at_the_extreme_everybody(void **state)
{
    (void)state;
    for (uint64_t key = 1; key < 500; key++) {
        assert_int_equal(wks_arrivals_came_from(key, true, false, 40, 2, 0), WKS_CAME_REGION);
        assert_int_equal(wks_arrivals_came_from(key, true, false, 40, 2, 2), WKS_CAME_HOME);
        assert_int_equal(wks_arrivals_came_from(key, false, true, 40, 2, 2), WKS_CAME_ABROAD);
        assert_int_equal(wks_arrivals_came_from(key, false, false, 40, 2, 2), WKS_CAME_REGION);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chance_rises_with_age_and_is_clamped),
        cmocka_unit_test(share_of_movers_is_the_chance),
        cmocka_unit_test(off_nobody_leaves_a_home_and_at_the_extreme_everybody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
