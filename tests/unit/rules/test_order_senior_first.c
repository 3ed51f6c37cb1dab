#include "unit/rules/part_case.h"

static const char world[] = "buurten 1\n"
                            "unit a buurt=0 tenure=social rent=500 rooms=2\n"
                            "household old place=shelter income=20000 members=64f,65m\n"
                            "household nearly place=shelter income=20000 members=64m\n"
                            "household young place=shelter income=20000 members=27m,20f\n"
                            "household older place=shelter income=20000 members=20f,28m\n";

static void senior_first_goes_by_the_oldest_member(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "order", "{ part = \"senior_first\"; }", world);
    assert_close(part_key(&c, "old", "a"), 1.0, 0.0, 0.0);
    assert_close(part_key(&c, "nearly", "a"), 0.0, 0.0, 0.0);
    part_close(&c);
}

static void senior_first_with_another_age_follows_it(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "order", "{ part = \"senior_first\"; age_from = 64; }", world);
    assert_close(part_key(&c, "nearly", "a"), 1.0, 0.0, 0.0);
    part_close(&c);
}

static void senior_first_out_of_range_errors(void **state)
{
    (void)state;
    assert_part_problem("order", "{ part = \"senior_first\"; age_from = 20; }",
                        "age_from is 20; expected a whole number from 40 to 120 (years)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(senior_first_goes_by_the_oldest_member),
        cmocka_unit_test(senior_first_with_another_age_follows_it),
        cmocka_unit_test(senior_first_out_of_range_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
