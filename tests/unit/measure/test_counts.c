#include "measure/counts.h"

#include "fixture_measure.h"

enum { EVERYBODY = WKS_WINDOW_GROUPS - 1 };

static void ten_households_counted_by_hand(void **state)
{
    wks_world world;
    wks_scenario scenario;
    wks_catalogue catalogue;
    wks_counts counts;
    wks_err err = WKS_ERR_INIT;
    const wks_law law = wks_law_of_year(2025, 0.025);

    (void)state;
    wks_fixture_world_make(&world, wks_fixture_world_ten);
    wks_fixture_measure_scenario(&scenario, &catalogue, "");
    wks_observe_refresh_groups(&scenario, &world);
    world.household.search[wks_fixture_world_household(&world, "h3")] = WKS_SEARCH_SOCIAL;
    world.household.search[wks_fixture_world_household(&world, "h9")] = WKS_SEARCH_BOTH;
    world.household.search[wks_fixture_world_household(&world, "h5")] = WKS_SEARCH_MARKET;
    assert_ok(wks_counts_create(3, 3, &counts, &err), &err);
    for (int32_t again = 0; again < 2; again++) { /* the second time nothing is left of the first */
        assert_ok(wks_counts_take(&counts, &world, &law, &err), &err);
        const double all[3] = {3, 3, 1}, families[3] = {2, 1, 0}, social[3] = {4, 0, 2}, empty[3] = {1, 0, 1}, market[3] = {0, 2, 1};
        for (int32_t b = 0; b < 3; b++) {
            assert_close(counts.all[b], all[b], 0, 0);
            assert_close(counts.group[b], families[b], 0, 0);
            assert_close(counts.group[3 + b], 0, 0, 0); /* the referred one is at COA */
            assert_close(counts.social[b], social[b], 0, 0);
            assert_close(counts.social_vacant[b], empty[b], 0, 0);
            assert_close(counts.market_vacant[b], market[b], 0, 0);
        }
        assert_int_equal(counts.persons, 20);
        assert_int_equal(counts.registered[EVERYBODY], 4);
        assert_int_equal(counts.active[EVERYBODY], 2);
        assert_int_equal(counts.active[0], 2); /* h3 and h9 have a child */
        assert_int_equal(counts.households[EVERYBODY], 9);
        assert_int_equal(counts.households[1], 0);
        assert_int_equal(counts.place[WKS_PLACE_HOUSED], 7);
        assert_int_equal(counts.place[WKS_PLACE_AT_PARENTS], 1);
        assert_int_equal(counts.place[WKS_PLACE_COA], 1);
        assert_close(counts.burden_n[EVERYBODY], 6, 0, 0); /* all with a home but the owner */
    }
    wks_counts_free(&counts);
    wks_scenario_free(&scenario);
    wks_world_free(&world);
}

static void homes_that_never_become_lettable_are_no_vacancies(void **state)
{
    wks_world world;
    wks_counts counts;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    wks_fixture_world_make(&world, "month 2025-01\nunit a tenure=social rent=500\nunit b tenure=social rent=500 lettable=2099-01\n");
    assert_ok(wks_counts_create(2, 0, &counts, &err), &err);
    assert_ok(wks_counts_take(&counts, &world, NULL, &err), &err);
    assert_close(counts.social[0], 2, 0, 0);
    assert_close(counts.social_vacant[0], 1, 0, 0);
    wks_counts_free(&counts);
    wks_world_free(&world);
}

/* 12 (rent - huurtoeslag) / income; without the law it is not measured. */
static void rent_burden_by_hand(void **state)
{
    wks_world world;
    wks_counts counts;
    wks_err err = WKS_ERR_INIT;
    const wks_law law = wks_law_of_year(2025, 0.025);
    (void)state;
    wks_fixture_world_make(&world, "month 2025-01\nunit a tenure=social rent=600\nunit b tenure=private_rent rent=1200\n"
                                   "household h1 unit=a income=18000 members=40m\nhousehold h2 unit=b income=60000 members=40m\n");
    assert_ok(wks_counts_create(2, 0, &counts, &err), &err);
    assert_ok(wks_counts_take(&counts, &world, &law, &err), &err);
    const double first = 12 * (600 - wks_law_huurtoeslag(&law, 18000, 600, 1, 40)) / 18000, second = 12 * 1200 / 60000.0;
    assert_true(first < 0.4 && wks_law_huurtoeslag(&law, 18000, 600, 1, 40) > 100);
    assert_close(counts.burden_sum[EVERYBODY], first + second, 1e-6, 0);
    assert_close(counts.burden_high[EVERYBODY], 0, 0, 0);
    world.household.income_eur[1] = 30000; /* 14,400 of 30,000 */
    assert_ok(wks_counts_take(&counts, &world, &law, &err), &err);
    assert_close(counts.burden_high[EVERYBODY], 1, 0, 0);
    assert_ok(wks_counts_take(&counts, &world, NULL, &err), &err);
    assert_close(counts.burden_n[EVERYBODY], 0, 0, 0);
    wks_counts_free(&counts);
    wks_world_free(&world);
}

/* Seven histories by hand: bit 0 is now, bit 12 a year ago. */
static void low_income_by_hand(void **state)
{
    static const struct {
        uint16_t past;
        uint8_t known;
    } cases[] = {{0x1FFF, 20}, /* low all year: stock then, stays */
                 {0x1FC0, 20}, /* low a year ago, left half a year ago */
                 {0x0007, 20}, /* entered */
                 {0x2000, 20}, /* left a year ago to the month, stayed out */
                 {0x2030, 20}, /* the same, relapsed and left again */
                 {0x0001, 5},  /* low, but not known for a year */
                 {0, 0}};      /* not counted */
    wks_world world;
    wks_counts counts;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    wks_fixture_world_make(&world, wks_fixture_world_ten);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        world.household.low_past[i] = cases[i].past;
        world.household.low_known[i] = cases[i].known;
    }
    assert_ok(wks_counts_create(world.buurt.base.n_rows, 0, &counts, &err), &err);
    assert_ok(wks_counts_take(&counts, &world, NULL, &err), &err);
    assert_int_equal(counts.low.n, 6);
    assert_int_equal(counts.low.now, 3);
    assert_int_equal(counts.low.then, 2);
    assert_int_equal(counts.low.out, 1);
    assert_int_equal(counts.low.known, 2);
    assert_int_equal(counts.low.entered, 1);
    assert_int_equal(counts.low.left, 2);
    assert_int_equal(counts.low.relapsed, 1);
    wks_counts_free(&counts);
    wks_world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ten_households_counted_by_hand),
        cmocka_unit_test(homes_that_never_become_lettable_are_no_vacancies),
        cmocka_unit_test(rent_burden_by_hand),
        cmocka_unit_test(low_income_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
