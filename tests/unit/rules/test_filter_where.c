#include "unit/rules/part_case.h"

static const char world[] = "buurten 4\n"
                            "unit a buurt=0 tenure=social rent=500 rooms=2\n"
                            "unit b buurt=3 tenure=social rent=500 rooms=2 label=gemengd\n"
                            "household good place=shelter income=20000 members=40m\n"
                            "household owing place=shelter income=20000 members=40m arrears=3\n";

static void where_lets_through_who_holds_it(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "filters", "{ part = \"where\"; where = \"arrears_months < 3\"; }", world);
    assert_true(part_passes(&c, "good", "a"));
    assert_false(part_passes(&c, "owing", "a"));
    part_close(&c);
}

static void where_in_areas_or_for_a_label_binds_only_there(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "filters", "{ part = \"where\"; where = \"arrears_months < 3\"; areas = [ \"buurt-3\" ]; }", world);
    assert_true(part_passes(&c, "owing", "a"));
    assert_false(part_passes(&c, "owing", "b"));
    part_close(&c);
    part_open(&c, "filters", "{ part = \"where\"; where = \"arrears_months < 3\"; label = \"gemengd\"; }", world);
    assert_true(part_passes(&c, "owing", "a"));
    assert_false(part_passes(&c, "owing", "b"));
    part_close(&c);
}

static void where_on_what_a_landlord_may_not_know_errors(void **state)
{
    (void)state;
    assert_part_problem("filters", "{ part = \"where\"; where = \"not psychiatric\"; }", "psychiatric");
    assert_part_problem("filters", "{ part = \"where\"; where = \"origin == nl\"; }", "origin");
    assert_part_problem("filters", "{ part = \"where\"; }", "where");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(where_lets_through_who_holds_it),
        cmocka_unit_test(where_in_areas_or_for_a_label_binds_only_there),
        cmocka_unit_test(where_on_what_a_landlord_may_not_know_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
