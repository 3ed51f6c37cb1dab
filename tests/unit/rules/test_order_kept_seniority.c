#include "unit/rules/part_case.h"
#include "world/relations.h"

static const char world[] = "month 2025-06\n"
                            "buurten 1\n"
                            "unit a buurt=0 tenure=social rent=500 rooms=2\n"
                            "unit old buurt=0 tenure=social rent=500 rooms=2\n"
                            "unit next buurt=0 tenure=social rent=500 rooms=2\n"
                            "unit own buurt=0 tenure=owner value=200000 rooms=2\n"
                            "household tenant unit=old income=20000 members=40m registered=2023-06 since=2005-06\n"
                            "household starter place=shelter income=20000 members=30m registered=2015-06\n"
                            "household unregistered unit=own income=20000 members=50m since=1990-01\n";

static void kept_seniority_of_a_tenant_goes_on_from_home_to_home(void **state)
{
    part_case c;
    wks_err err = WKS_ERR_INIT;

    (void)state;
    part_open(&c, "order", "{ part = \"kept_seniority\"; }", world);
    const int32_t tenant = wks_fixture_world_household(&c.world, "tenant"), person = c.world.household.first_person_row[tenant];
    assert_close(part_key(&c, "tenant", "a"), 24.0, 0.0, 0.0); /* what is known without a start: the registration */
    wks_relations_meettijd_start(&c.world);
    assert_close(part_key(&c, "tenant", "a"), 240.0, 0.0, 0.0);
    assert_close(part_key(&c, "starter", "a"), 120.0, 0.0, 0.0);
    assert_close(part_key(&c, "unregistered", "a"), 0.0, 0.0, 0.0);
    assert_ok(wks_relations_move_in(&c.world, tenant, wks_fixture_world_unit(&c.world, "next"), true, &err), &err);
    assert_close(part_key(&c, "tenant", "a"), 0.0, 0.0, 0.0); /* who is not registered does not apply */
    c.world.month += 12;
    assert_ok(wks_relations_register(&c.world, person, c.world.month, &err), &err);
    assert_close(part_key(&c, "tenant", "a"), 252.0, 0.0, 0.0);
    part_close(&c);
}

static void kept_seniority_outside_the_sector_ends(void **state)
{
    part_case c;
    wks_err err = WKS_ERR_INIT;

    (void)state;
    part_open(&c, "order", "{ part = \"kept_seniority\"; }", world);
    const int32_t tenant = wks_fixture_world_household(&c.world, "tenant"), person = c.world.household.first_person_row[tenant];
    const int32_t starter = wks_fixture_world_household(&c.world, "starter");
    wks_relations_meettijd_start(&c.world);
    assert_ok(wks_relations_unregister(&c.world, person, &err), &err); /* a tenant keeps it */
    assert_int_equal(c.world.person.meettijd_month[person], 2005 * 12 + 5);
    assert_ok(wks_relations_move_out(&c.world, tenant, WKS_PLACE_SHELTER, WKS_NONE, &err), &err);
    assert_int_equal(c.world.person.meettijd_month[person], WKS_NO_MONTH);
    assert_ok(wks_relations_unregister(&c.world, c.world.household.first_person_row[starter], &err), &err); /* lapsed */
    assert_int_equal(c.world.person.meettijd_month[c.world.household.first_person_row[starter]], WKS_NO_MONTH);
    part_close(&c);
}

static void kept_seniority_takes_no_parameters_errors(void **state)
{
    (void)state;
    assert_part_problem("order", "{ part = \"kept_seniority\"; years = 2; }", "unknown key 'years' in kept_seniority");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kept_seniority_of_a_tenant_goes_on_from_home_to_home),
        cmocka_unit_test(kept_seniority_outside_the_sector_ends),
        cmocka_unit_test(kept_seniority_takes_no_parameters_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
