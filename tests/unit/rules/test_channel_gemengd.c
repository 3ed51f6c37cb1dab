#include "unit/rules/part_case.h"

static const char world[] =
    "buurten 1\nunit a buurt=0 tenure=social rent=500 rooms=2\n"
    "household asker place=shelter income=14000 members=30m referral=care_leaver\n"
    "household housed unit=a income=14000 members=30m referral=statushouder\n"
    "household carrier place=shelter income=30000 members=30m\nhousehold idle place=shelter income=30000 members=30m\n"
    "household plain place=shelter income=30000 members=30m\nhousehold buyer place=shelter income=30000 members=30m\n";

static int32_t row_of(const part_case *c, const char *name)
{
    return wks_fixture_world_household(&c->world, name);
}

static bool proposes(const char *channel, const char *household)
{
    part_case c;
    bool is_candidate;

    part_open(&c, "channels", channel, world);
    for (int32_t h = 0; h < c.world.household.base.n_rows; h++) {
        c.world.household.motivated[h] = h != row_of(&c, "plain");
        c.world.household.search[h] = h == row_of(&c, "idle") ? WKS_SEARCH_STAY : WKS_SEARCH_SOCIAL;
    }
    c.world.household.search[row_of(&c, "buyer")] = WKS_SEARCH_MARKET;
    const wks_channel_part *part = c.settings->spec->implementation;
    assert_false(part->is_advertised);
    assert_true(part->takes_label);
    is_candidate = part_is_candidate(&c, row_of(&c, household));
    part_close(&c);
    return is_candidate;
}

static void gemengd_proposes_motivated_seekers_and_askers_without_a_home(void **state)
{
    static const char channel[] = "{ part = \"gemengd\"; }";

    (void)state;
    assert_true(proposes(channel, "asker"));
    assert_true(proposes(channel, "carrier"));
    assert_false(proposes(channel, "plain")); /* not motivated */
    assert_false(proposes(channel, "idle"));  /* does not look */
    assert_false(proposes(channel, "buyer"));
    assert_false(proposes(channel, "housed"));
}

static void gemengd_with_a_group_of_askers_takes_it(void **state)
{
    static const char channel[] = "{ part = \"gemengd\"; askers = \"arm\"; }";

    (void)state;
    assert_true(proposes(channel, "asker"));
    assert_false(proposes(channel, "housed")); /* poor, and at home */
    assert_true(proposes(channel, "carrier"));
}

static void gemengd_of_what_a_landlord_may_not_know_errors(void **state)
{
    (void)state;
    assert_part_problem("channels", "{ part = \"gemengd\"; askers = \"kwetsbaar\"; }", "kwetsbaar");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gemengd_proposes_motivated_seekers_and_askers_without_a_home),
        cmocka_unit_test(gemengd_with_a_group_of_askers_takes_it),
        cmocka_unit_test(gemengd_of_what_a_landlord_may_not_know_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
