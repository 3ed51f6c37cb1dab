#include "unit/rules/part_case.h"

static const char world[] = "month 2025-06\n"
                            "buurten 1\n"
                            "unit a buurt=0 tenure=social rent=500 rooms=2\n"
                            "household yes place=shelter income=20000 members=40m registered=2020-01\n"
                            "household unregistered place=shelter income=20000 members=40m\n"
                            "household idle place=shelter income=20000 members=40m registered=2020-01\n"
                            "household rich place=shelter income=40000 members=40m registered=2020-01\n";

static bool proposes(part_case *c, const char *household)
{
    return part_is_candidate(c, wks_fixture_world_household(&c->world, household));
}

static void search(part_case *c, const char *household, wks_search search)
{
    c->world.household.search[wks_fixture_world_household(&c->world, household)] = (uint8_t)search;
}

static void distribution_proposes_to_registered_seekers(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "channels", "{ part = \"distribution\"; }", world);
    search(&c, "yes", WKS_SEARCH_SOCIAL);
    search(&c, "unregistered", WKS_SEARCH_BOTH);
    search(&c, "idle", WKS_SEARCH_MARKET);
    const wks_channel_part *part = c.settings->spec->implementation;
    assert_false(part->is_advertised);
    assert_int_equal(wks_part_ranking_of(c.settings), WKS_PART_BY_RULES);
    assert_true(proposes(&c, "yes"));
    assert_false(proposes(&c, "unregistered"));
    assert_false(proposes(&c, "idle"));
    part_close(&c);
}

static void distribution_for_a_group_proposes_to_it_alone(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "channels", "{ part = \"distribution\"; group = \"arm\"; }", world);
    search(&c, "yes", WKS_SEARCH_SOCIAL);
    search(&c, "rich", WKS_SEARCH_SOCIAL);
    assert_true(proposes(&c, "yes"));
    assert_false(proposes(&c, "rich"));
    part_close(&c);
}

static void distribution_after_a_refusal_passes_the_turn(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "channels", "{ part = \"distribution\"; turn_lost_months = 3; }", world);
    const wks_channel_part *part = c.settings->spec->implementation;
    search(&c, "yes", WKS_SEARCH_SOCIAL);
    part->refused(&c.world, c.settings, wks_fixture_world_household(&c.world, "yes"));
    for (int32_t m = 0; m < 3; m++, c.world.month++)
        assert_false(proposes(&c, "yes"));
    assert_true(proposes(&c, "yes"));
    part_close(&c);
}

static void distribution_without_penalty_proposes_again_at_once(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "channels", "{ part = \"distribution\"; turn_lost_months = 0; }", world);
    const wks_channel_part *part = c.settings->spec->implementation;
    search(&c, "yes", WKS_SEARCH_SOCIAL);
    part->refused(&c.world, c.settings, wks_fixture_world_household(&c.world, "yes"));
    assert_true(proposes(&c, "yes"));
    part_close(&c);
}

static void distribution_with_wrong_values_errors(void **state)
{
    (void)state;
    assert_part_problem("channels", "{ part = \"distribution\"; turn_lost_months = -1; }",
                        "turn_lost_months is -1; expected a whole number from 0");
    assert_part_problem("channels", "{ part = \"distribution\"; order = \"wait\"; }",
                        "order is \"wait\"; expected one of \"rules\", \"lot\"");
    assert_part_problem("channels", "{ part = \"distribution\"; group = \"kwetsbaar\"; }", "kwetsbaar");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distribution_proposes_to_registered_seekers),
        cmocka_unit_test(distribution_for_a_group_proposes_to_it_alone),
        cmocka_unit_test(distribution_after_a_refusal_passes_the_turn),
        cmocka_unit_test(distribution_without_penalty_proposes_again_at_once),
        cmocka_unit_test(distribution_with_wrong_values_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
