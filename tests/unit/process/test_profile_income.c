#include "process/profile_income.h"

#include "support/fixture_tick.h"

static wks_law law_2025(void)
{
    return wks_law_of_year(2025, 0.025);
}

static double mean_of(const wks_world *world, bool couple, int32_t age, wks_income_source source, int32_t n)
{
    const wks_law law = law_2025();
    const wks_rng_seed seed = wks_rng_seed_make(7, 1);
    double sum = 0;
    for (int32_t i = 0; i < n; i++) {
        wks_rng rng = wks_rng_open(&seed, (uint64_t)i + 1, 0, WKS_RNG_TEST);
        sum += wks_profile_income_draw(&rng, world, &law, couple, age, source);
    }
    return sum / n;
}

static void draw_has_the_stated_mean(void **state)
{
    wks_world world;
    const wks_law law = law_2025();
    (void)state;
    wks_world_init(&world);
    for (int32_t s = 0; s < WKS_N_INCOME_SOURCES; s++) {
        /* sd of the mean of 20,000 draws is at most 0.47 / 141 of it. */
        assert_close(mean_of(&world, false, 40, (wks_income_source)s, 20000),
                     wks_profile_income_mean(&world, &law, false, 40, (wks_income_source)s), 0.014, 0);
    }
    assert_close(wks_profile_income_mean(&world, &law, true, 40, WKS_INCOME_WORK),
                 1.6 * wks_profile_income_mean(&world, &law, false, 40, WKS_INCOME_WORK), 1e-12, 0);
    assert_close(wks_profile_income_mean(&world, &law, false, 30, WKS_INCOME_BENEFIT), 0.37 * law.income_single_eur, 1e-12, 0);
    wks_world_free(&world);
}

static void age_rises_to_60_without_jumps(void **state)
{
    (void)state;
    for (int32_t age = 16; age < 60; age++) {
        const double step = wks_profile_income_age(age + 1) - wks_profile_income_age(age);
        assert_true(step >= 0 && step < 0.06);
    }
    assert_close(wks_profile_income_age(35), 1, 1e-12, 0);
    assert_close(wks_profile_income_age(120), wks_profile_income_age(70), 0, 0);
}

static void calibration_meets_the_citys_incomes(void **state)
{
    wks_world world;
    const wks_law law = law_2025();
    (void)state;
    wks_fixture_tick_empty_world(&world, 2025 * 12, 2);
    wks_fixture_tick_singles(&world, 400, WKS_TENURE_OWNER, WKS_SEX_MAN, 40);
    for (int32_t i = 0; i < 400; i++) {
        world.household.income_source[i] = i < 350 ? WKS_INCOME_WORK : WKS_INCOME_BENEFIT;
        world.household.income_eur[i] = i < 350 ? 60000 : 18000;
    }
    wks_profile_income_calibrate(&world, &law);
    assert_close(wks_profile_income_mean(&world, &law, false, 40, WKS_INCOME_WORK), 60000, 1e-3, 0);
    /* Fifty are too few to learn from. */
    assert_close(world.income_level[WKS_INCOME_BENEFIT], 1, 0, 0);
    wks_world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(draw_has_the_stated_mean),
        cmocka_unit_test(age_rises_to_60_without_jumps),
        cmocka_unit_test(calibration_meets_the_citys_incomes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
