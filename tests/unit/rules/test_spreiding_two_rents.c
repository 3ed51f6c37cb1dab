#include "rules/spreiding_two_rents.h"

#include "rules/round_utility.h"
#include "unit/rules/part_case.h"
#include "world/check.h"

/* A home asked at 800 and who looks for one: low cap of 2025 682.96, high cap 731.93. */
#define HOME      "buurten 2\nunit v buurt=0 tenure=social rent=800 rooms=4\n"
#define PASSEND   "channels = ( { part = \"advertised\"; } ); filters = ( { part = \"passend\"; } ); "
#define TWO_RENTS "spreiding = ( { part = \"two_rents\"; } );"

/* One month in which everybody looks and accepts; returns the contract rent of v, 0 when it stays vacant. */
static double rent_of_letting(const char *rules, const char *household)
{
    wks_text text = WKS_TEXT_INIT;
    wks_scenario scenario;
    wks_world world;
    wks_round *round = NULL;
    wks_err err = WKS_ERR_INIT;
    const wks_law law = wks_law_of_year(2025, 0.0);
    wks_round_behaviour behaviour = case_behaviour;

    wks_text_addf(&text, HOME "%s", household);
    case_scenario(&scenario, rules);
    wks_fixture_world_make(&world, text.data);
    world.seed = wks_rng_seed_make(5, 1);
    world.tick = 1;
    world.threads = 1;
    behaviour.react_share = 1.0;
    behaviour.taste_sd = behaviour.no_show_share = 0.0;
    behaviour.accept_base = 30.0;
    for (int32_t h = 0; h < world.household.base.n_rows; h++)
        world.household.search[h] = WKS_SEARCH_SOCIAL;
    assert_ok(wks_round_create(&scenario, &world, &round, &err), &err);
    assert_ok(wks_round_run(round, &world, &law, &behaviour, &err), &err);
    assert_ok(wks_check_structure(&world, &err), &err);
    const int32_t u = wks_fixture_world_unit(&world, "v");
    const double rent = world.unit.household_row[u] >= 0 ? (double)world.unit.rent_eur[u] : 0.0;
    assert_int_equal(world.letting.n, rent > 0.0);
    if (rent > 0.0) {
        assert_close((double)world.letting.item[0].rent_eur, rent, 0, 0);
        assert_close((double)world.letting.item[0].streefhuur_eur, 800, 1e-6, 0); /* forgone: the rest */
    }
    assert_close((double)world.dwelling.rent_eur[world.unit.dwelling_row[u]], 800, 1e-6, 0); /* the next one is asked the same again */
    wks_round_destroy(round);
    wks_scenario_free(&scenario);
    wks_world_free(&world);
    wks_text_free(&text);
    return rent;
}

static void low_incomes_pay_their_own_aftoppingsgrens_others_what_is_asked(void **state)
{
    static const char single[] = "household h place=shelter income=20000 members=40m\n",
                      family[] = "household h place=shelter income=20000 members=40m,38f,9m\n",
                      rich[] = "household h place=shelter income=45000 members=40m\n";

    (void)state;
    assert_close(rent_of_letting(PASSEND TWO_RENTS, single), 682.96, 1e-6, 0);
    assert_close(rent_of_letting(PASSEND TWO_RENTS, family), 731.93, 1e-6, 0);
    assert_close(rent_of_letting(PASSEND TWO_RENTS, rich), 800, 1e-6, 0);
    /* Without the part passend keeps low incomes out, and without both they pay what is asked. */
    assert_close(rent_of_letting(PASSEND, single), 0, 0, 0);
    assert_close(rent_of_letting(PASSEND, rich), 800, 1e-6, 0);
    assert_close(rent_of_letting("channels = ( { part = \"advertised\"; } );", single), 800, 1e-6, 0);
}

static void reserved_and_direct_lettings_are_at_the_lower_rent_too(void **state)
{
    (void)state;
    assert_close(rent_of_letting(PASSEND TWO_RENTS, "household h place=shelter income=20000 members=40m reserved=v\n"), 682.96, 1e-6, 0);
    assert_close(rent_of_letting("channels = ( { part = \"direct\"; share = 1.0; group = \"arm\"; } ); " TWO_RENTS,
                                 "household h place=shelter income=20000 members=40m\n"),
                 682.96, 1e-6, 0);
}

static void utility_is_that_of_the_rent_the_household_would_pay(void **state)
{
    const wks_round_seeker low = {.rent_cap_eur = 682.96}, other = {.rent_cap_eur = (double)INFINITY};
    const wks_round_place one = {.rent_eur = 800, .least_rent_eur = 800}, two = {.rent_eur = 800}, cheap = {.rent_eur = 600};

    (void)state;
    assert_close(wks_round_utility_rent(&low, &one), 800, 0, 0);
    assert_close(wks_round_utility_rent(&low, &two), 682.96, 0, 0);
    assert_close(wks_round_utility_rent(&other, &two), 800, 0, 0);
    assert_close(wks_round_utility_rent(&low, &cheap), 600, 0, 0);
}

static void holds_in_its_areas_and_for_its_share_of_complexes(void **state)
{
    enum { N = 4000 };
    part_case c;
    int32_t n = 0, n_more = 0;

    (void)state;
    part_open(&c, "spreiding", "{ part = \"two_rents\"; share = 0.3; }", HOME);
    const int32_t d = c.world.unit.dwelling_row[wks_fixture_world_unit(&c.world, "v")], complex = c.world.dwelling.complex_row[d];
    for (uint64_t k = 1; k <= N; k++) {
        c.world.complex.key[complex] = wks_rng_pair_key(k, 3);
        c.scenario.rules[0].spreiding[0].value[0] = 0.3;
        const bool applies = wks_spreiding_two_rents_applies(&c.world, &c.scenario.rules[0], d);
        n += applies;
        c.world.month += 7; /* at every moment the same */
        assert_int_equal(wks_spreiding_two_rents_applies(&c.world, &c.scenario.rules[0], d), applies);
        c.scenario.rules[0].spreiding[0].value[0] = 0.6;
        const bool applies_more = wks_spreiding_two_rents_applies(&c.world, &c.scenario.rules[0], d);
        n_more += applies_more;
        assert_true(!applies || applies_more);
    }
    assert_close((double)n / N, 0.3, 0, 4 * sqrt(0.3 * 0.7 / N));
    assert_close((double)n_more / N, 0.6, 0, 4 * sqrt(0.6 * 0.4 / N));
    part_close(&c);
}

static void wrong_share_errors(void **state)
{
    (void)state;
    assert_part_problem("spreiding", "{ part = \"two_rents\"; shares = 0.5; }", "unknown key 'shares' in two_rents");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(low_incomes_pay_their_own_aftoppingsgrens_others_what_is_asked),
        cmocka_unit_test(reserved_and_direct_lettings_are_at_the_lower_rent_too),
        cmocka_unit_test(utility_is_that_of_the_rent_the_household_would_pay),
        cmocka_unit_test(holds_in_its_areas_and_for_its_share_of_complexes),
        cmocka_unit_test(wrong_share_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
