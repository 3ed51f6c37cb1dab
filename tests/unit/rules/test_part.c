#include "unit/rules/part_case.h"

#include "world/relations.h"

static void part_in_areas_knows_buurten_and_wijken(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "filters", "{ part = \"where\"; where = \"n_persons > 0\"; areas = [ \"buurt-1\", \"wijk-x\" ]; }", "buurten 3\n");
    c.world.buurt.wijk_key[2] = wks_text_hash("wijk-x");
    assert_false(wks_part_in_areas(&c.world, c.settings, 2, 0));
    assert_true(wks_part_in_areas(&c.world, c.settings, 2, 1));
    assert_true(wks_part_in_areas(&c.world, c.settings, 2, 2));
    part_close(&c);
    part_open(&c, "filters", "{ part = \"where\"; where = \"n_persons > 0\"; }", "buurten 3\n");
    assert_true(wks_part_in_areas(&c.world, c.settings, 2, 0)); /* no list: everywhere */
    part_close(&c);
}

static void part_label_fits_any_or_that_label(void **state)
{
    (void)state;
    assert_true(wks_part_label_fits(0.0, WKS_LABEL_SENIOR));
    for (uint8_t label = 0; label < WKS_N_LABELS; label++) {
        assert_string_equal(wks_part_label_name[label + 1], wks_dwelling_label_name[label]); /* the choice and the world agree */
        assert_true(wks_part_label_fits(label + 1.0, label));
        assert_false(wks_part_label_fits(label + 1.0, (uint8_t)((label + 1) % WKS_N_LABELS)));
    }
}

static void part_registration_is_the_oldest_of_an_adult(void **state)
{
    wks_err err = WKS_ERR_INIT;
    wks_world world;

    (void)state;
    wks_fixture_world_make(&world, "buurten 1\nhousehold h place=shelter income=20000 members=40m,41f registered=2015-01\n"
                                   "household n place=shelter income=20000 members=40m\n");
    const int32_t h = wks_fixture_world_household(&world, "h"), second = wks_fixture_world_person(&world, "h/1");
    assert_ok(wks_relations_register(&world, second, 2010 * 12, &err), &err);
    assert_int_equal(wks_part_registration(&world, h), world.person.registration_row[second]);
    assert_int_equal(wks_part_registration(&world, wks_fixture_world_household(&world, "n")), WKS_NONE);
    wks_world_free(&world);
}

static void part_is_urgent_until_the_month_it_expires(void **state)
{
    wks_world world;

    (void)state;
    wks_fixture_world_make(&world,
                           "month 2025-06\nbuurten 1\nhousehold h place=shelter income=20000 members=40m urgency=social until=2025-06\n");
    assert_true(wks_part_is_urgent(&world, 0));
    world.month++;
    assert_false(wks_part_is_urgent(&world, 0));
    wks_world_free(&world);
}

static void part_unit_draws_stay_while_vacant_and_differ_by_index(void **state)
{
    wks_world world;

    (void)state;
    wks_fixture_world_make(&world, "buurten 1\nunit a buurt=0 tenure=social rent=500 rooms=2\n");
    world.seed = wks_rng_seed_make(4, 2);
    const double first = wks_part_unit_draw(&world, 0, 0), second = wks_part_unit_draw(&world, 0, 1);
    world.month += 7;
    world.tick += 7;
    assert_close(wks_part_unit_draw(&world, 0, 0), first, 0.0, 0.0);
    assert_true(fabs(first - second) > 0.0);
    world.unit.vacant_month[0]++; /* vacant again, later */
    assert_true(fabs(wks_part_unit_draw(&world, 0, 0) - first) > 0.0);
    wks_world_free(&world);
}

static void part_rules_of_a_month_are_the_last_in_force(void **state)
{
    wks_rule_set set[2] = {{.from_month = WKS_NO_MONTH, .until_month = INT32_MAX}, {.from_month = 100, .until_month = 200}};
    const wks_scenario scenario = {.rules = set, .n_rules = 2};

    (void)state;
    assert_ptr_equal(wks_part_rules_of(&scenario, 99), &set[0]);
    assert_ptr_equal(wks_part_rules_of(&scenario, 100), &set[1]);
    assert_ptr_equal(wks_part_rules_of(&scenario, 199), &set[1]);
    assert_ptr_equal(wks_part_rules_of(&scenario, 200), &set[0]);
    set[0].until_month = 150;
    assert_null(wks_part_rules_of(&scenario, 200));
}

static void part_value_by_name_or_otherwise(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "channels", "{ part = \"direct\"; share = 1; }", "buurten 1\n");
    assert_close(wks_part_value(c.settings, "share", 9.0), 1.0, 0.0, 0.0);
    assert_close(wks_part_value(c.settings, "order", 9.0), WKS_PART_BY_WAIT, 0.0, 0.0);
    assert_close(wks_part_value(c.settings, "no such", 9.0), 9.0, 0.0, 0.0);
    part_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(part_in_areas_knows_buurten_and_wijken),
        cmocka_unit_test(part_label_fits_any_or_that_label),
        cmocka_unit_test(part_registration_is_the_oldest_of_an_adult),
        cmocka_unit_test(part_is_urgent_until_the_month_it_expires),
        cmocka_unit_test(part_unit_draws_stay_while_vacant_and_differ_by_index),
        cmocka_unit_test(part_rules_of_a_month_are_the_last_in_force),
        cmocka_unit_test(part_value_by_name_or_otherwise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
