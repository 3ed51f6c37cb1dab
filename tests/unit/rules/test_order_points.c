#include "unit/rules/part_case.h"

static const char world[] = "month 2025-06\nbuurten 1\n"
                            "unit a buurt=0 tenure=social rent=500 rooms=2\n"
                            "unit home buurt=0 tenure=social rent=500 rooms=2\n"
                            "household ten unit=home income=20000 members=40m registered=2015-06 points=7\n"
                            "household none place=shelter income=20000 members=40m urgency=social until=2026-01\n";

static void points_are_the_weighted_sum(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "order", "{ part = \"points\"; per_year_registered = 2; per_point = 3; urgency = 100; starter = 5; }", world);
    assert_close(part_key(&c, "ten", "a"), 2.0 * 10.0 + 3.0 * 7.0, 1e-12, 0.0);
    assert_close(part_key(&c, "none", "a"), 100.0 + 5.0, 1e-12, 0.0);
    part_close(&c);
}

static void points_out_of_range_errors(void **state)
{
    (void)state;
    assert_part_problem("order", "{ part = \"points\"; per_point = -1; }", "per_point is -1; expected a number from 0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_are_the_weighted_sum),
        cmocka_unit_test(points_out_of_range_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
