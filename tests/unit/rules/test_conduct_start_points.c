/* Points given once. */
#include "unit/rules/conduct_case.h"

static void start_points_are_given_once(void **state)
{
    conduct_case c;

    (void)state;
    conduct_open(&c, "{ part = \"start_points\"; where = \"age_years < 35\"; points = 10; }");
    for (int32_t i = 0; i < 3; i++)
        wks_conduct_month(&c.conduct, c.world, conduct_row(&c, "b"));
    wks_conduct_month(&c.conduct, c.world, conduct_row(&c, "a"));
    assert_close(wks_registration_points(&c.world->registration, conduct_registration(&c, "b")), 10.0, 1e-12, 0.0);
    assert_close(wks_registration_points(&c.world->registration, conduct_registration(&c, "a")), 0.0, 0.0, 0.0);
    conduct_close(&c);
}

/* Who comes to be meant later gets them then, once. */
static void points_come_when_somebody_comes_to_be_meant_edge(void **state)
{
    conduct_case c;

    (void)state;
    conduct_open(&c, "{ part = \"start_points\"; where = \"place == shelter\"; points = 4; }");
    wks_conduct_month(&c.conduct, c.world, conduct_row(&c, "b"));
    assert_close(conduct_points(&c, "b"), 0.0, 0.0, 0.0);
    c.world->household.place[conduct_row(&c, "b")] = WKS_PLACE_SHELTER;
    for (int32_t i = 0; i < 3; i++)
        wks_conduct_month(&c.conduct, c.world, conduct_row(&c, "b"));
    assert_close(conduct_points(&c, "b"), 4.0, 1e-12, 0.0);
    wks_conduct_month(&c.conduct, c.world, conduct_row(&c, "c")); /* in shelter, but not registered: nothing to give to */
    conduct_close(&c);
}

static void start_points_errors(void **state)
{
    (void)state;
    assert_part_problem("conduct", "{ part = \"start_points\"; }", "where");
    assert_part_problem("conduct", "{ part = \"start_points\"; where = \"is_student\"; points = -1.0; }", "points is -1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(start_points_are_given_once),
        cmocka_unit_test(points_come_when_somebody_comes_to_be_meant_edge),
        cmocka_unit_test(start_points_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
