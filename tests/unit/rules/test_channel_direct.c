#include "unit/rules/part_case.h"

static const char world[] = "buurten 1\n"
                            "unit a buurt=0 tenure=social rent=500 rooms=2\n"
                            "unit b buurt=0 tenure=social rent=500 rooms=2\n"
                            "household permit place=coa income=14000 members=30m referral=statushouder\n"
                            "household care place=shelter income=14000 members=30m referral=care_leaver\n"
                            "household nobody place=shelter income=14000 members=30m\n"
                            "household housed unit=a income=14000 members=30m referral=statushouder\n"
                            "household moving unit=b income=30000 members=50m referral=herhuisvesting\n";

static bool proposes(const char *channel, const char *household)
{
    part_case c;
    bool is_candidate;

    part_open(&c, "channels", channel, world);
    c.world.dwelling.to_demolish[c.world.unit.dwelling_row[wks_fixture_world_unit(&c.world, "b")]] = 1;
    const wks_channel_part *part = c.settings->spec->implementation;
    assert_false(part->is_advertised);
    is_candidate = part_is_candidate(&c, wks_fixture_world_household(&c.world, household));
    part_close(&c);
    return is_candidate;
}

static void direct_proposes_to_referred_people_without_a_home(void **state)
{
    (void)state;
    assert_true(proposes("{ part = \"direct\"; share = 1; }", "permit"));
    assert_true(proposes("{ part = \"direct\"; share = 1; }", "care"));
    assert_false(proposes("{ part = \"direct\"; share = 1; }", "nobody"));
    assert_false(proposes("{ part = \"direct\"; share = 1; }", "housed"));
    assert_true(proposes("{ part = \"direct\"; share = 1; }", "moving")); /* its dwelling is emptied for demolition */
}

static void direct_for_one_referral_or_group_proposes_to_it_alone(void **state)
{
    (void)state;
    assert_true(proposes("{ part = \"direct\"; share = 1; referral = \"care_leaver\"; }", "care"));
    assert_false(proposes("{ part = \"direct\"; share = 1; referral = \"care_leaver\"; }", "permit"));
    assert_true(proposes("{ part = \"direct\"; share = 1; group = \"arm\"; }", "nobody"));
    assert_false(proposes("{ part = \"direct\"; share = 1; group = \"arm\"; }", "moving"));
    assert_false(proposes("{ part = \"direct\"; share = 1; group = \"arm\"; referral = \"care_leaver\"; }", "nobody"));
}

/* Bill 36831 as law: statushouders are proposed on other grounds only; everybody else as before. */
static void direct_under_the_priority_ban_leaves_statushouders_out(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "channels", "{ part = \"direct\"; share = 1; }", world);
    const int32_t permit = wks_fixture_world_household(&c.world, "permit"), care = wks_fixture_world_household(&c.world, "care");
    c.scenario.bill_from[WKS_LAW_BILL_PRIORITY_BAN] = c.world.month + 1;
    assert_true(part_is_candidate(&c, permit)); /* not yet law */
    c.scenario.bill_from[WKS_LAW_BILL_PRIORITY_BAN] = c.world.month;
    assert_false(part_is_candidate(&c, permit));
    assert_true(part_is_candidate(&c, care));
    c.world.household.urgency[permit] = WKS_URGENCY_MEDICAL;
    assert_true(part_is_candidate(&c, permit));
    part_close(&c);
}

static void direct_for_what_a_landlord_may_not_know_errors(void **state)
{
    (void)state;
    assert_part_problem("channels", "{ part = \"direct\"; share = 1; group = \"kwetsbaar\"; }", "kwetsbaar");
    assert_part_problem("channels", "{ part = \"direct\"; share = 1; group = \"verwezn\"; }", "verwezen");
    assert_part_problem("channels", "{ part = \"direct\"; share = 1; referral = \"nobody\"; }", "referral is \"nobody\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(direct_proposes_to_referred_people_without_a_home),
        cmocka_unit_test(direct_for_one_referral_or_group_proposes_to_it_alone),
        cmocka_unit_test(direct_under_the_priority_ban_leaves_statushouders_out),
        cmocka_unit_test(direct_for_what_a_landlord_may_not_know_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
