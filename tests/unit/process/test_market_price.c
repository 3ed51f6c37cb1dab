#include "process/market_price.h"

#include "process/process_registry.h"
#include "support/fixture_tick.h"
#include "support/fixture_world.h"

static const char streets[] =
    "month 2025-12\nbuurten 3\nunit o1 buurt=0 tenure=owner value=300000\nunit o2 buurt=1 tenure=owner value=200000\n"
    "unit s buurt=2 tenure=social rent=500\nunit p buurt=0 tenure=private_rent rent=1300 points=150\n"
    "unit q buurt=1 tenure=private_rent rent=1300 points=190\nunit r buurt=2 tenure=private_rent rent=500 units=2 points=100\n"
    "household h1 unit=o1 income=50000 equity=100000 members=40m\nhousehold h2 unit=s income=20000 equity=5000 members=40m\n";

typedef struct stage {
    wks_world world;
    wks_fixture_tick fixture;
} stage;

static void open_stage(stage *s)
{
    wks_fixture_world_make(&s->world, streets);
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
}

static void close_stage(stage *s)
{
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
}

static double *params(stage *s)
{
    return s->fixture.process[wks_fixture_tick_index(&s->fixture, "market")].value;
}

/* Once a year; owners gain on the whole home, tenants nothing. */
static void level_follows_its_path_and_owners_gain(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    wks_market_price_level(&s.world, 0.10);
    assert_close(s.world.price_level, 1, 0, 0); /* December */
    wks_fixture_tick_next(&s.fixture);
    wks_market_price_level(&s.world, 0.10);
    assert_close(s.world.price_level, 1.1, 1e-12, 0);
    assert_close((double)s.world.household.equity_eur[wks_fixture_world_household(&s.world, "h1")], 130000, 1e-6, 0);
    assert_close((double)s.world.household.equity_eur[wks_fixture_world_household(&s.world, "h2")], 5000, 0, 0);
    wks_market_price_level(&s.world, 0);
    assert_close(s.world.price_level, 1.1, 1e-12, 0);
    close_stage(&s);
}

static void prices_fall_with_the_months_on_offer_to_the_floor(void **state)
{
    stage s;
    (void)state;
    assert_close(wks_market_price_fallen(0.02, 0.5, 0), 1, 0, 0);
    assert_close(wks_market_price_fallen(0.02, 0.5, 10), pow(0.98, 10), 1e-12, 0);
    assert_close(wks_market_price_fallen(0.02, 0.5, 500), 0.5, 0, 0);
    assert_close(wks_market_price_fallen(0, 0.5, 500), 1, 0, 0);
    open_stage(&s);
    s.world.buurt.price[0] = 0.9;
    s.world.price_level = 1.2;
    assert_close(wks_market_price_asked(&s.world, params(&s), 0, 3), 300000 * 1.2 * 0.9 * pow(0.98, 3), 1e-9, 0);
    close_stage(&s);
}

static double rent(stage *s, const char *unit, int32_t months)
{
    return wks_market_price_rent(&s->fixture.tick, params(s), wks_fixture_world_unit(&s->world, unit), months);
}

static void rent_keeps_to_the_wws_where_it_is_regulated(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    const double most = wks_law_wws_rent(&s.fixture.tick.law, 150);
    assert_true(most < 1000);
    assert_close(rent(&s, "p", 0), most, 1e-12, 0);
    assert_close(rent(&s, "p", 20), 1300 * pow(0.98, 20) < most ? 1300 * pow(0.98, 20) : most, 1e-6, 0);
    assert_close(rent(&s, "q", 0), 1300, 1e-9, 0);  /* above 186 points: free */
    assert_close(rent(&s, "r.0", 0), 500, 1e-9, 0); /* rooms have points of their own */
    s.world.month = 2024 * 12 + 5;                  /* June 2024 */
    assert_close(rent(&s, "p", 0), 1300, 1e-9, 0);
    s.world.month = 2025 * 12;
    wks_fixture_tick_set(&s.fixture, "market", "regulated", 0);
    assert_close(rent(&s, "p", 0), 1300, 1e-9, 0);
    close_stage(&s);
}

static double mean_log(const wks_world *world)
{
    double sum = 0, weight = 0;
    for (int32_t b = 0; b < world->buurt.base.n_rows; b++) {
        sum += world->buurt.n_households[b] * log(world->buurt.price[b]);
        weight += world->buurt.n_households[b];
    }
    return sum / weight;
}

/* Leefbaarheid since the start moves relative prices to price_leefbaarheid a class, mean 0; off: nothing. */
static void leefbaarheid_moves_relative_prices(void **state)
{
    (void)state;
    for (int32_t on = 0; on < 2; on++) {
        stage s;
        int32_t none[3] = {0};
        double next[3];
        open_stage(&s);
        s.world.buurt.n_households[0] = s.world.buurt.n_households[1] = s.world.buurt.n_households[2] = 100;
        wks_fixture_tick_set(&s.fixture, "market", "price_leefbaarheid", on ? 0.05 : 0);
        s.world.buurt.soc[0] = s.world.buurt.soc_start[0] + 0.14;
        s.world.buurt.onv[1] = s.world.buurt.onv_start[1] - 0.14;
        for (int32_t m = 0; m < 600; m++)
            wks_market_price_move(&s.world, params(&s), none, none, next);
        assert_close(log(s.world.buurt.price[0]), on ? 0.05 : 0, 0, 1e-6);
        assert_close(log(s.world.buurt.price[1]), on ? -0.05 : 0, 0, 1e-6);
        assert_close(mean_log(&s.world), 0, 0, 1e-12);
        close_stage(&s);
    }
}

/* Where bounds bind the others make up for it: the mean stays 0. */
static void mean_stays_zero_where_the_range_binds(void **state)
{
    stage s;
    int32_t applications[3] = {400, 0, 0}, vacancies[3] = {2, 9, 30};
    double next[3];
    (void)state;
    open_stage(&s);
    s.world.buurt.n_households[0] = 100, s.world.buurt.n_households[1] = 300, s.world.buurt.n_households[2] = 250;
    wks_fixture_tick_set(&s.fixture, "market", "price_speed", 0.1);
    for (int32_t m = 0; m < 60; m++) {
        wks_market_price_move(&s.world, params(&s), applications, vacancies, next);
        assert_close(mean_log(&s.world), 0, 0, 1e-9);
        for (int32_t b = 0; b < 3; b++)
            assert_true(s.world.buurt.price[b] >= 0.75 && s.world.buurt.price[b] <= 1.25);
    }
    assert_close(s.world.buurt.price[0], 1.25, 1e-9, 0);
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(level_follows_its_path_and_owners_gain),      cmocka_unit_test(prices_fall_with_the_months_on_offer_to_the_floor),
        cmocka_unit_test(rent_keeps_to_the_wws_where_it_is_regulated), cmocka_unit_test(leefbaarheid_moves_relative_prices),
        cmocka_unit_test(mean_stays_zero_where_the_range_binds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
