#include "process/stock_uitpond.h"

#include "process/process_registry.h"
#include "support/fixture_tick.h"

enum { MONTH = 2025 * 12, N = 4000 };

/* N vacant private rented homes and N / 4 social ones. */
static void open_stage(wks_world *world, wks_fixture_tick *fixture)
{
    wks_fixture_tick_empty_world(world, MONTH, 2);
    for (int32_t i = 0; i < N; i++)
        (void)wks_fixture_tick_dwelling(world, i, i % 2, WKS_TENURE_PRIVATE_RENT, 1, 900, 300000, 3);
    for (int32_t i = N; i < N + N / 4; i++)
        (void)wks_fixture_tick_dwelling(world, i, i % 2, i % 2 == 0 ? WKS_TENURE_SOCIAL : WKS_TENURE_PRIVATE_RENT, i % 2 == 0 ? 1 : 3, 500,
                                        300000, 3);
    wks_fixture_tick_make(fixture, world, wks_process_registry, wks_process_registry_size);
    wks_world_clear_flows(world);
}

static int64_t sold_in(double yearly, int32_t months)
{
    wks_world world;
    wks_fixture_tick fixture;
    int64_t n = 0;

    open_stage(&world, &fixture);
    wks_fixture_tick_set(&fixture, "stock", "uitpond", yearly);
    for (int32_t m = 0; m < months; m++) {
        wks_fixture_tick_month(&fixture, "stock");
        n += world.ledger.uitpond;
    }
    for (int32_t d = 0; d < world.dwelling.base.n_rows; d++) {
        const bool was_let = d < N;
        if (!was_let) assert_int_not_equal(world.dwelling.tenure[d], WKS_TENURE_OWNER);
    }
    wks_fixture_tick_free(&fixture);
    wks_world_free(&world);
    return n;
}

static void yearly_hazard_is_met_over_twelve_months(void **state)
{
    (void)state;
    wks_fixture_tick_expect((double)sold_in(0.3, 12), N, 0.3, 4);
    wks_fixture_tick_expect((double)sold_in(0.85, 12), N, 0.85, 4);
    wks_fixture_tick_expect((double)sold_in(0.3, 1), N, 1 - pow(0.7, 1.0 / 12), 4);
}

static void nothing_at_zero_and_all_at_one(void **state)
{
    (void)state;
    assert_int_equal(sold_in(0, 12), 0);
    assert_int_equal(sold_in(1, 1), N);
}

/* A home put up for sale is a new offer: its price does not begin low for the months it stood to let. */
static void sale_begins_as_a_new_offer(void **state)
{
    wks_world world;
    wks_fixture_tick fixture;
    (void)state;
    open_stage(&world, &fixture);
    wks_fixture_tick_set(&fixture, "stock", "uitpond", 0);
    for (int32_t m = 0; m < 5; m++)
        wks_fixture_tick_month(&fixture, "stock");
    assert_true(world.unit.lettable_month[0] < world.month);
    wks_fixture_tick_set(&fixture, "stock", "uitpond", 1);
    wks_fixture_tick_month(&fixture, "stock");
    assert_int_equal(world.unit.lettable_month[0], world.month);
    assert_int_equal(world.dwelling.tenure[0], WKS_TENURE_OWNER);
    wks_fixture_tick_free(&fixture);
    wks_world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(yearly_hazard_is_met_over_twelve_months),
        cmocka_unit_test(nothing_at_zero_and_all_at_one),
        cmocka_unit_test(sale_begins_as_a_new_offer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
