#include "process/tick_order.h"

#include "process/process_registry.h"
#include "support/fixture_town.h"

enum { MONTH = 2025 * 12 };

static int32_t n_first(double share, int32_t months)
{
    const wks_fixture_town_options options = {.n = 20, .n_buurten = 2, .month = MONTH};
    wks_world world;
    wks_fixture_tick fixture;
    int32_t order[32], n = 0, allocation = WKS_NONE;

    wks_fixture_town_make(&world, &options);
    wks_fixture_tick_make(&fixture, &world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_set(&fixture, "market", "first", share);
    while (strcmp(wks_process_registry[++allocation]->name, "allocation") != 0)
        ;
    for (int32_t m = 0; m < months; m++) {
        bool seen[32] = {false};
        wks_fixture_tick_next(&fixture);
        wks_tick_order(&fixture.tick, wks_process_registry, wks_process_registry_size, order);
        for (int32_t i = 0; i < wks_process_registry_size; i++) {
            assert_false(seen[order[i]]);
            seen[order[i]] = true;
            if (i < allocation || i > allocation + 1) assert_int_equal(order[i], i);
        }
        n += order[allocation] == allocation + 1;
    }
    wks_fixture_tick_free(&fixture);
    wks_world_free(&world);
    return n;
}

static void market_comes_first_in_its_share_of_months(void **state)
{
    (void)state;
    assert_int_equal(n_first(0, 600), 0);
    assert_int_equal(n_first(1, 600), 600);
    wks_fixture_tick_expect(n_first(0.5, 600), 600, 0.5, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(market_comes_first_in_its_share_of_months),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
