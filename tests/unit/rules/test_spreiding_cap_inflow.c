#include "unit/rules/spreiding_case.h"

static const char world[] = "buurten 2\n"
                            "unit a buurt=0 tenure=social rent=500 rooms=2\nunit b buurt=1 tenure=social rent=500 rooms=2\n"
                            "household in place=coa income=14000 members=30m referral=statushouder\n"
                            "household plain place=shelter income=14000 members=30m\n";

static void cap_inflow_looks_back_twelve_months(void **state)
{
    part_case c;
    void *memory = NULL;
    wks_err err = WKS_ERR_INIT;

    (void)state;
    part_open(&c, "spreiding", "{ part = \"cap_inflow\"; group = \"verwezen\"; max_share = 0.34; }", world);
    const wks_spreiding_part *part = c.settings->spec->implementation;
    const wks_advert a = part_advert(&c, "a"), b = part_advert(&c, "b");
    const int32_t in = wks_fixture_world_household(&c.world, "in"), plain = wks_fixture_world_household(&c.world, "plain");
    assert_ok(part->open(&c.context, c.settings, &memory, &err), &err);
    assert_false(part->allows(&c.context, c.settings, memory, in, &a)); /* would be 1 of 1 */
    assert_true(part->allows(&c.context, c.settings, memory, plain, &a));
    part->commit(&c.context, c.settings, memory, plain, &a);
    assert_false(part->allows(&c.context, c.settings, memory, in, &a)); /* 1 of 2 */
    c.world.month += 5;
    assert_ok(part->open(&c.context, c.settings, &memory, &err), &err);
    part->commit(&c.context, c.settings, memory, plain, &a);
    assert_true(part->allows(&c.context, c.settings, memory, in, &a));  /* 1 of 3 */
    assert_false(part->allows(&c.context, c.settings, memory, in, &b)); /* another buurt */
    part->commit(&c.context, c.settings, memory, in, &a);
    assert_false(part->allows(&c.context, c.settings, memory, in, &a)); /* 2 of 4 */
    c.world.month += 7;                                                 /* the first letting is 12 months old */
    assert_ok(part->open(&c.context, c.settings, &memory, &err), &err);
    part->commit(&c.context, c.settings, memory, plain, &a);
    part->commit(&c.context, c.settings, memory, plain, &a);
    assert_false(part->allows(&c.context, c.settings, memory, in, &a)); /* 2 of 5: with that letting it would be 2 of 6 */
    part->commit(&c.context, c.settings, memory, plain, &a);
    assert_true(part->allows(&c.context, c.settings, memory, in, &a)); /* 2 of 6 */
    c.world.month += 100;
    assert_ok(part->open(&c.context, c.settings, &memory, &err), &err);
    assert_false(part->allows(&c.context, c.settings, memory, in, &a)); /* all forgotten: 1 of 1 */
    part->close(memory);
    part_close(&c);
}

static void cap_inflow_counts_reservations_of_members(void **state)
{
    spreiding_case s;

    (void)state;
    spreiding_open(&s, "{ part = \"cap_inflow\"; group = \"ieder\"; max_share = 1.0; }", world);
    spreiding_close(&s);
    spreiding_open(&s, "{ part = \"cap_inflow\"; group = \"verwezen\"; max_share = 0.5; scale = \"gemeente\"; }", world);
    spreiding_commit(&s, "plain", "b");
    assert_true(spreiding_allows(&s, "in", "b")); /* 1 of 2 */
    spreiding_reserve(&s, "in", "a");
    spreiding_round(&s);
    assert_tells(&s, "in", "b",
                 "in group 'verwezen'; 1 of 2 social lettings of 12 months in the gemeente were, at most 0.5 after a letting");
    assert_false(spreiding_allows(&s, "in", "b")); /* would be 2 of 3 */
    assert_true(spreiding_allows(&s, "in", "a"));
    spreiding_commit(&s, "in", "a"); /* no second count */
    assert_tells(&s, "plain", "b", "not in group 'verwezen'; 1 of 2");
    spreiding_close(&s);
}

static void cap_inflow_with_wrong_values_errors(void **state)
{
    (void)state;
    assert_part_problem("spreiding", "{ part = \"cap_inflow\"; }", "group");
    assert_part_problem("spreiding", "{ part = \"cap_inflow\"; group = \"verwezen\"; max_share = -0.1; }", "max_share is -0.1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cap_inflow_looks_back_twelve_months),
        cmocka_unit_test(cap_inflow_counts_reservations_of_members),
        cmocka_unit_test(cap_inflow_with_wrong_values_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
