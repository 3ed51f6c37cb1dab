#include "unit/rules/part_case.h"

static const char world[] = "buurten 2\n"
                            "unit a buurt=0 tenure=social rent=500 rooms=2\n"
                            "unit b buurt=1 tenure=social rent=500 rooms=2\n"
                            "household small place=shelter income=20000 members=40m\n"
                            "household large place=shelter income=20000 members=40m,39f,9m,7f\n";

static void permit_in_designated_areas_asks_its_condition(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "filters", "{ part = \"permit\"; areas = \"buurt-0\"; where = \"n_persons >= 3\"; }", world);
    assert_false(part_passes(&c, "small", "a"));
    assert_true(part_passes(&c, "large", "a"));
    assert_true(part_passes(&c, "small", "b"));
    part_close(&c);
}

static void permit_for_private_rent_alone_leaves_social_rent_free(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "filters", "{ part = \"permit\"; social = false; where = \"n_persons >= 3\"; }", world);
    assert_true(part_passes(&c, "small", "a"));
    part_close(&c);
}

static void permit_without_condition_or_on_what_nobody_may_know_errors(void **state)
{
    (void)state;
    assert_part_problem("filters", "{ part = \"permit\"; }", "needs the key 'where'");
    assert_part_problem("filters", "{ part = \"permit\"; where = \"frail\"; }", "not known to a landlord");
    assert_part_problem("filters", "{ part = \"permit\"; where = \"true\"; extensions = 5; }",
                        "extensions is 5; expected a whole number from 0 to 4 (count)");
    assert_part_problem("filters", "{ part = \"permit\"; where = \"true\"; designated = \"2024\"; }",
                        "designated is \"2024\"; expected a month");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(permit_in_designated_areas_asks_its_condition),
        cmocka_unit_test(permit_for_private_rent_alone_leaves_social_rent_free),
        cmocka_unit_test(permit_without_condition_or_on_what_nobody_may_know_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
