/* What the standing pool and care contracts cost: by hand, and twelve months are the year. */
#include "process/process_registry.h"
#include "process/support_cost.h"
#include "support/fixture_tick.h"

enum { MONTH = 2025 * 12 - 1, HOMES = 100 };

typedef struct stage {
    wks_world world;
    wks_fixture_tick fixture;
} stage;

/* A hundred tenants; ten with psychiatric problems, all under a care contract that delivers half the need. */
static void open_stage(stage *s)
{
    wks_fixture_tick_empty_world(&s->world, MONTH, 2);
    for (int32_t i = 0; i < HOMES; i++) {
        const int32_t unit = wks_fixture_tick_dwelling(&s->world, i, i % 2, WKS_TENURE_SOCIAL, 1, 600, 200000, 3);
        const int32_t row = wks_fixture_tick_household(&s->world, i, unit, WKS_PLACE_HOUSED, WKS_NONE);
        (void)wks_fixture_tick_person(&s->world, i, row, WKS_ROLE_HEAD, WKS_SEX_MAN, 40);
        if (i >= 10) continue;
        s->world.household.vulnerability[row] |= WKS_VULNERABLE_PSYCHIATRIC;
        s->world.household.support[row] = 5;
    }
    wks_world_clear_flows(&s->world);
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
}

static void close_stage(stage *s)
{
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
}

static void pool_and_care_cost_their_hours_at_their_tariffs(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    wks_fixture_tick_set(&s.fixture, "support", "support_hours", 70);
    wks_fixture_tick_set(&s.fixture, "support", "support_eur_hour", 80);
    wks_fixture_tick_set(&s.fixture, "support", "care_eur_hour", 60);
    for (int32_t m = 0; m < 12; m++) {
        const wks_check_stocks before = wks_check_count(&s.world);
        wks_err err = WKS_ERR_INIT;
        wks_fixture_tick_next(&s.fixture);
        wks_fixture_tick_run(&s.fixture, "support");
        assert_ok(wks_check_balance(&s.world, &before, &err), &err);
    }
    const wks_purse *purse = &s.world.purse;
    /* 7 hours a week, 364 a year, 80 EUR; care: ten times half of 2 hours a week, 520 a year, 60 EUR. */
    assert_int_equal(purse->tenth_hours[WKS_PURSE_gemeente][WKS_PURSE_FOR_pool], 3640);
    assert_int_equal(purse->cent[WKS_PURSE_gemeente][WKS_PURSE_FOR_pool], 364 * 8000);
    assert_int_equal(purse->tenth_hours[WKS_PURSE_zorg][WKS_PURSE_FOR_care], 5200);
    assert_int_equal(purse->cent[WKS_PURSE_zorg][WKS_PURSE_FOR_care], 520 * 6000);
    close_stage(&s);
}

static void without_hours_and_contracts_nothing_is_booked(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    wks_fixture_tick_set(&s.fixture, "support", "support_hours", 0);
    for (int32_t h = 0; h < s.world.household.base.n_rows; h++)
        s.world.household.support[h] = 0;
    wks_fixture_tick_month(&s.fixture, "support");
    const wks_purse_sum year = wks_purse_year(&s.world.purse, WKS_PURSE_N_PAYERS);
    assert_int_equal(year.cent, 0);
    assert_int_equal(year.tenth_hours, 0);
    close_stage(&s);
}

static void months_add_up_to_the_year(void **state)
{
    int64_t sum = 0;
    (void)state;
    for (int32_t m = 0; m < 12; m++)
        sum += wks_purse_twelfth(52 * 137, MONTH + 1 + m);
    assert_int_equal(sum, 137 * 52);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pool_and_care_cost_their_hours_at_their_tariffs),
        cmocka_unit_test(without_hours_and_contracts_nothing_is_booked),
        cmocka_unit_test(months_add_up_to_the_year),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
