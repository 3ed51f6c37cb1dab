#include "unit/rules/part_case.h"

static const char world[] = "month 2025-06\n"
                            "buurten 1\n"
                            "unit a buurt=0 tenure=social rent=500 rooms=2\n"
                            "unit lift buurt=0 tenure=social rent=500 rooms=2 accessible=1\n"
                            "household young place=shelter income=20000 members=40m\n"
                            "household old place=shelter income=20000 members=75m\n"
                            "household nearly place=shelter income=20000 members=74m\n"
                            "household ill place=shelter income=20000 members=40m urgency=medical until=2025-06\n"
                            "household was_ill place=shelter income=20000 members=40m urgency=medical until=2025-05\n"
                            "household urgent place=shelter income=20000 members=40m urgency=social until=2025-12\n"
                            "household helped place=shelter income=20000 members=40m\n";

static void accessible_homes_are_for_who_has_a_mobility_need(void **state)
{
    static const char *const yes[] = {"old", "ill", "helped"}, *const no[] = {"young", "nearly", "was_ill", "urgent"};
    part_case c;

    (void)state;
    part_open(&c, "filters", "{ part = \"accessible\"; }", world);
    c.world.household.support[wks_fixture_world_household(&c.world, "helped")] = 10;
    for (int32_t i = 0; i < 3; i++)
        assert_true(part_passes(&c, yes[i], "lift"));
    for (int32_t i = 0; i < 4; i++) {
        assert_false(part_passes(&c, no[i], "lift"));
        assert_true(part_passes(&c, no[i], "a"));
    }
    part_close(&c);
}

static void accessible_after_fruitless_adverts_is_for_everybody(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "filters", "{ part = \"accessible\"; relax_after = 2; }", world);
    uint8_t *n_adverts = &c.world.unit.n_adverts[wks_fixture_world_unit(&c.world, "lift")];
    *n_adverts = 1;
    assert_false(part_passes(&c, "young", "lift"));
    *n_adverts = 2;
    assert_true(part_passes(&c, "young", "lift"));
    part_close(&c);
}

static void accessible_out_of_range_errors(void **state)
{
    (void)state;
    assert_part_problem("filters", "{ part = \"accessible\"; age_from = 30; }",
                        "age_from is 30; expected a whole number from 40 to 120 (years)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accessible_homes_are_for_who_has_a_mobility_need),
        cmocka_unit_test(accessible_after_fruitless_adverts_is_for_everybody),
        cmocka_unit_test(accessible_out_of_range_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
