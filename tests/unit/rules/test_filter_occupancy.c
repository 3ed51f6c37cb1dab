#include "unit/rules/part_case.h"

static const char world[] = "buurten 1\n"
                            "unit r2 buurt=0 tenure=social rent=500 rooms=2\n"
                            "unit r4 buurt=0 tenure=social rent=500 rooms=4\n"
                            "unit r5 buurt=0 tenure=social rent=500 rooms=5\n"
                            "unit home buurt=0 tenure=social rent=500 rooms=3\n"
                            "household one place=shelter income=20000 members=40m\n"
                            "household two place=shelter income=20000 members=40m,41f\n"
                            "household five place=shelter income=20000 members=40m,41f,8m,6f,4f\n"
                            "household mother unit=home income=20000 members=50f\n"
                            "household son place=at_parents host=mother income=15000 members=22m\n";

static void occupancy_by_rooms_asks_a_least_and_a_most(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "filters", "{ part = \"occupancy\"; }", world);
    assert_true(part_passes(&c, "one", "r2"));
    assert_false(part_passes(&c, "one", "r4"));
    assert_true(part_passes(&c, "two", "r4"));
    assert_false(part_passes(&c, "two", "r5"));
    assert_false(part_passes(&c, "five", "r2"));
    assert_true(part_passes(&c, "five", "r5"));
    part_close(&c);
}

static void occupancy_of_a_mother_counts_her_grown_up_son(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "filters", "{ part = \"occupancy\"; }", world);
    assert_true(part_passes(&c, "mother", "r4"));
    assert_false(part_passes(&c, "son", "r4"));
    part_close(&c);
}

static void occupancy_with_other_numbers_follows_them(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "filters", "{ part = \"occupancy\"; min_persons_4_rooms = 1; min_persons_5_rooms = 2; max_persons_over_rooms = 3; }",
              world);
    assert_true(part_passes(&c, "one", "r4"));
    assert_true(part_passes(&c, "two", "r5"));
    assert_false(part_passes(&c, "one", "r5"));
    assert_true(part_passes(&c, "five", "r2"));
    part_close(&c);
}

static void occupancy_out_of_range_errors(void **state)
{
    (void)state;
    assert_part_problem("filters", "{ part = \"occupancy\"; min_persons_4_rooms = 0; }",
                        "min_persons_4_rooms is 0; expected a whole number from 1 to 10 (persons)");
    assert_part_problem("filters", "{ part = \"occupancy\"; max_persons_over_rooms = 1.5; }", "without decimal point");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(occupancy_by_rooms_asks_a_least_and_a_most),
        cmocka_unit_test(occupancy_of_a_mother_counts_her_grown_up_son),
        cmocka_unit_test(occupancy_with_other_numbers_follows_them),
        cmocka_unit_test(occupancy_out_of_range_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
