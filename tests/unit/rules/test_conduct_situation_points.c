/* Points for a situation that lasts: for those meant, up to a most. */
#include "unit/rules/conduct_case.h"

static void situation_points_are_for_those_meant_and_end_at_their_most(void **state)
{
    conduct_case c;

    (void)state;
    conduct_open(&c, "{ part = \"situation_points\"; where = \"place == ex_partner and n_children > 0\"; }");
    for (int32_t i = 0; i < 5; i++) {
        wks_conduct_month(&c.conduct, c.world, conduct_row(&c, "a"));
        wks_conduct_month(&c.conduct, c.world, conduct_row(&c, "b"));
        wks_conduct_month(&c.conduct, c.world, conduct_row(&c, "c"));
    }
    assert_close(wks_registration_points(&c.world->registration, conduct_registration(&c, "a")), 0.0, 0.0, 0.0);
    assert_close(wks_registration_points(&c.world->registration, conduct_registration(&c, "b")), 5.0, 1e-12, 0.0);
    for (int32_t i = 0; i < 20; i++)
        wks_conduct_month(&c.conduct, c.world, conduct_row(&c, "b"));
    assert_close(wks_registration_points(&c.world->registration, conduct_registration(&c, "b")), 12.0, 1e-12, 0.0);
    conduct_close(&c);
}

/* Who leaves the situation keeps what it earned and earns no more. */
static void points_stay_when_the_situation_ends_edge(void **state)
{
    conduct_case c;

    (void)state;
    conduct_open(&c, "{ part = \"situation_points\"; where = \"place == ex_partner\"; per_month = 2; most = 5; }");
    wks_conduct_month(&c.conduct, c.world, conduct_row(&c, "b"));
    c.world->household.place[conduct_row(&c, "b")] = WKS_PLACE_SHELTER;
    wks_conduct_month(&c.conduct, c.world, conduct_row(&c, "b"));
    assert_close(conduct_points(&c, "b"), 2.0, 1e-12, 0.0);
    c.world->household.place[conduct_row(&c, "b")] = WKS_PLACE_EX_PARTNER;
    for (int32_t i = 0; i < 4; i++)
        wks_conduct_month(&c.conduct, c.world, conduct_row(&c, "b"));
    assert_close(conduct_points(&c, "b"), 5.0, 1e-12, 0.0); /* the last step is cut off at the most */
    conduct_close(&c);
}

static void situation_points_errors(void **state)
{
    (void)state;
    assert_part_problem("conduct", "{ part = \"situation_points\"; }", "where");
    assert_part_problem("conduct", "{ part = \"situation_points\"; where = \"vulnerable\"; }", "vulnerable");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(situation_points_are_for_those_meant_and_end_at_their_most),
        cmocka_unit_test(points_stay_when_the_situation_ends_edge),
        cmocka_unit_test(situation_points_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
