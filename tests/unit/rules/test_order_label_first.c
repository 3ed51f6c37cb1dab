#include "unit/rules/part_case.h"

static const char world[] = "buurten 1\n"
                            "unit a buurt=0 tenure=social rent=500 rooms=2\n"
                            "unit senior buurt=0 tenure=social rent=500 rooms=2 label=senior accessible=1\n"
                            "unit young buurt=0 tenure=social rent=500 rooms=2 label=jongeren\n"
                            "unit campus buurt=0 tenure=social rent=500 rooms=2 label=campus\n"
                            "unit lift buurt=0 tenure=social rent=500 rooms=2 accessible=1\n"
                            "household youth place=shelter income=9000 members=20m\n"
                            "household student place=shelter income=9000 members=20m student=1\n"
                            "household fifty_five place=shelter income=20000 members=55m\n"
                            "household eighty place=shelter income=20000 members=80m\n";

static void label_first_puts_whom_the_label_is_for_first(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "order", "{ part = \"label_first\"; }", world);
    assert_close(part_key(&c, "eighty", "a"), 0.0, 0.0, 0.0); /* no label, no precedence */
    assert_close(part_key(&c, "youth", "young"), 1.0, 0.0, 0.0);
    assert_close(part_key(&c, "fifty_five", "young"), 0.0, 0.0, 0.0);
    assert_close(part_key(&c, "student", "campus"), 1.0, 0.0, 0.0);
    assert_close(part_key(&c, "youth", "campus"), 0.0, 0.0, 0.0);
    assert_close(part_key(&c, "eighty", "lift"), 1.0, 0.0, 0.0);
    assert_close(part_key(&c, "fifty_five", "lift"), 0.0, 0.0, 0.0);
    part_close(&c);
}

static void label_first_of_two_labels_prefers_who_fits_both(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "order", "{ part = \"label_first\"; }", world);
    assert_close(part_key(&c, "eighty", "senior"), 2.0, 0.0, 0.0);
    assert_close(part_key(&c, "fifty_five", "senior"), 1.0, 0.0, 0.0);
    assert_close(part_key(&c, "youth", "senior"), 0.0, 0.0, 0.0);
    part_close(&c);
}

static void label_first_out_of_range_errors(void **state)
{
    (void)state;
    assert_part_problem("order", "{ part = \"label_first\"; senior_from = 20; }",
                        "senior_from is 20; expected a whole number from 40 to 100 (years)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(label_first_puts_whom_the_label_is_for_first),
        cmocka_unit_test(label_first_of_two_labels_prefers_who_fits_both),
        cmocka_unit_test(label_first_out_of_range_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
