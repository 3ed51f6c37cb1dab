#include "rules/filter_ties.h"
#include "unit/rules/part_case.h"

static const char world[] = "buurten 1\n"
                            "unit a buurt=0 tenure=social rent=500 rooms=2\n"
                            "household since6 place=shelter income=20000 members=40m region=2019-01\n"
                            "household since5 place=shelter income=20000 members=40m region=2019-02\n"
                            "household outside place=outside income=20000 members=40m region=1990-01\n"
                            "household coa place=coa income=14000 members=40m region=1990-01\n";

static void ties_are_years_of_residence(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "filters", "{ part = \"ties\"; }", world);
    assert_true(wks_filter_ties_has(&c.world, wks_fixture_world_household(&c.world, "since6"), 6.0));
    assert_false(wks_filter_ties_has(&c.world, wks_fixture_world_household(&c.world, "since5"), 6.0));
    assert_false(wks_filter_ties_has(&c.world, wks_fixture_world_household(&c.world, "outside"), 6.0));
    assert_false(wks_filter_ties_has(&c.world, wks_fixture_world_household(&c.world, "coa"), 6.0));
    part_close(&c);
}

static void ties_for_a_share_reserve_that_share_of_units(void **state)
{
    part_case c;
    int32_t n_reserved = 0;

    (void)state;
    part_open(&c, "filters", "{ part = \"ties\"; share = 0.3; }", world);
    const wks_advert advert = part_advert(&c, "a");
    const wks_filter_part *part = c.settings->spec->implementation;
    for (int32_t i = 0; i < 4000; i++) {
        c.world.unit.key[advert.unit_row] = wks_rng_pair_key((uint64_t)i, 5);
        n_reserved += part->advert_mask(&c.context, c.settings, &advert) == 2; /* only class 1, who has ties */
    }
    assert_close(n_reserved / 4000.0, 0.3, 0.0, 4.0 * sqrt(0.3 * 0.7 / 4000.0));
    part_close(&c);
}

static void ties_on_a_vacant_unit_stay_as_drawn(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "filters", "{ part = \"ties\"; share = 0.5; }", world);
    const bool first = part_passes(&c, "outside", "a");
    for (int32_t m = 0; m < 12; m++) {
        c.world.month++;
        c.world.tick++;
        assert_int_equal(part_passes(&c, "outside", "a"), first);
    }
    part_close(&c);
}

/* Both parts together give residents precedence at half of the vacancies of a year at most, whatever the draws say. */
static void ties_of_a_year_are_at_most_half_of_it(void **state)
{
    wks_filter_ties_year year = {0};
    part_case c;

    (void)state;
    part_open(&c, "filters", "{ part = \"ties\"; share = 0.5; }", world);
    const wks_advert fresh = part_advert(&c, "a");
    for (int32_t i = 0; i < 2000; i++) {
        wks_advert advert = fresh;
        c.world.unit.key[advert.unit_row] = wks_rng_pair_key((uint64_t)i, 6);
        wks_filter_ties_mark(&year, 1.0, 0.5, &c.world, &advert, 1); /* as if every unit were drawn */
        wks_filter_ties_count(&year, 1.0, &c.world, &advert);
        assert_true(2 * year.n_ties <= year.n_let);
    }
    assert_int_equal(year.n_let, 2000);
    assert_int_equal(year.n_ties, 1000);
    c.world.month += 12;
    wks_filter_ties_mark(&year, 0.5, 0.5, &c.world, NULL, 0);
    assert_int_equal(year.n_let, 0);
    part_close(&c);
}

/* After a first month with eleven lettings only homes with precedence are let: the others stay vacant. The law's share of lettings holds all the same, at every letting. */
static void ties_hold_when_the_others_stay_unlet(void **state)
{
    enum { N_ADVERTS = 40 };
    wks_filter_ties_year year = {0};
    wks_advert advert[N_ADVERTS];
    part_case c;

    (void)state;
    part_open(&c, "filters", "{ part = \"ties\"; share = 0.5; }", world);
    const wks_advert fresh = part_advert(&c, "a");
    for (int32_t m = 0; m < 6; m++) {
        for (int32_t i = 0; i < N_ADVERTS; i++)
            advert[i] = fresh;
        wks_filter_ties_mark(&year, 1.0, 0.5, &c.world, advert, N_ADVERTS); /* as if every unit were drawn */
        for (int32_t i = 0, n_others = 0; i < N_ADVERTS; i++) {
            if (advert[i].is_ties_spent && (m > 0 || n_others++ > 10)) continue;
            wks_filter_ties_count(&year, 1.0, &c.world, &advert[i]);
            assert_true(2 * year.n_ties <= year.n_let);
        }
    }
    assert_true(year.n_ties > 0 && 2 * year.n_ties <= year.n_let);
    part_close(&c);
}

static void ties_share_of_a_rule_set_is_that_of_its_largest_part(void **state)
{
    wks_scenario scenario;

    (void)state;
    case_scenario(&scenario, "channels = ( { part = \"advertised\"; } ); filters = ( { part = \"ties\"; share = 0.2; } ); "
                             "order = ( { part = \"ties_first\"; share = 0.4; } );");
    assert_close(wks_filter_ties_share(&scenario.rules[0]), 0.4, 0.0, 0.0);
    wks_scenario_free(&scenario);
    case_scenario(&scenario, "channels = ( { part = \"advertised\"; } );");
    assert_close(wks_filter_ties_share(&scenario.rules[0]), 0.0, 0.0, 0.0);
    wks_scenario_free(&scenario);
}

static void ties_above_half_errors(void **state)
{
    (void)state;
    assert_part_problem("filters", "{ part = \"ties\"; share = 0.6; }", "share is 0.6; expected a number from 0 to 0.5 (share)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ties_are_years_of_residence),
        cmocka_unit_test(ties_for_a_share_reserve_that_share_of_units),
        cmocka_unit_test(ties_on_a_vacant_unit_stay_as_drawn),
        cmocka_unit_test(ties_of_a_year_are_at_most_half_of_it),
        cmocka_unit_test(ties_hold_when_the_others_stay_unlet),
        cmocka_unit_test(ties_share_of_a_rule_set_is_that_of_its_largest_part),
        cmocka_unit_test(ties_above_half_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
