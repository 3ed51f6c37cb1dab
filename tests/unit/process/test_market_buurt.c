/* Buurten as seekers see them, counted in blocks of rows: against sums over all rows, for any number of threads. */
#include "process/market_buurt.h"

#include "process/process_registry.h"
#include "support/fixture_tick.h"

enum { MONTH = 2025 * 12, N = 150000, N_BUURTEN = 5 };

static void areas_are_sums_of_all_rows(void **state)
{
    wks_world world;
    wks_fixture_tick fixture;
    wks_market_area *area = NULL;
    wks_err err = WKS_ERR_INIT;
    double x[N_BUURTEN] = {0}, income[N_BUURTEN] = {0}, places[N_BUURTEN] = {0}, homes[N_BUURTEN] = {0}, origin[N_BUURTEN][3] = {{0}};

    (void)state;
    wks_fixture_tick_empty_world(&world, MONTH, N_BUURTEN);
    wks_fixture_tick_singles(&world, N, WKS_TENURE_OWNER, WKS_SEX_MAN, 40);
    for (int32_t i = 0; i < N; i++) {
        const int32_t d = world.unit.dwelling_row[world.household.unit_row[i]], b = world.dwelling.buurt_row[d];
        world.household.income_eur[i] = (float)(10000 + 7 * (i % 5000) + 1000 * b);
        world.household.origin[i] = (uint8_t)(i % 7 % 3);
        world.dwelling.x_m[d] = (float)(100000 + i % 1000);
        world.dwelling.y_m[d] = i % 10 == 0 ? NAN : (float)(400000 + i % 900);
        homes[b]++;
        income[b] += (double)world.household.income_eur[i];
        origin[b][world.household.origin[i]]++;
        if (i % 10 != 0) places[b]++, x[b] += (double)world.dwelling.x_m[d];
    }
    wks_fixture_tick_make(&fixture, &world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_set(&fixture, "market", "b_own_group", 0.5);
    for (int threads = 1; threads <= 4; threads += 3) {
        world.threads = threads;
        assert_ok(wks_market_buurt_areas(&fixture.tick, fixture.process[wks_fixture_tick_index(&fixture, "market")].value, &area, &err),
                  &err);
        for (int32_t b = 0; b < N_BUURTEN; b++) {
            assert_true(homes[b] > 1000 && places[b] > 1000);
            assert_close(area[b].income_log, log(income[b] / homes[b]), 1e-9, 0);
            assert_close(area[b].x_m, x[b] / places[b], 1e-6, 0);
            for (int32_t o = 0; o < 3; o++)
                assert_close(area[b].origin_share[o], origin[b][o] / homes[b], 1e-12, 0);
        }
    }
    wks_fixture_tick_free(&fixture);
    wks_world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(areas_are_sums_of_all_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
