#include "unit/rules/part_case.h"

static const char world[] = "month 2025-06\n"
                            "buurten 1\n"
                            "unit a buurt=0 tenure=social rent=500 rooms=2\n"
                            "unit home buurt=0 tenure=social rent=500 rooms=2\n"
                            "household ten unit=home income=20000 members=40m,8f registered=2015-06 points=7\n"
                            "household none place=shelter income=20000 members=40m\n";

static double key_of(const char *sum, const char *household)
{
    wks_text part = WKS_TEXT_INIT;
    part_case c;

    wks_text_addf(&part, "{ part = \"weighted\"; sum = \"%s\"; }", sum);
    part_open(&c, "order", part.data, world);
    const double key = part_key(&c, household, "a");
    part_close(&c);
    wks_text_free(&part);
    return key;
}

static void weighted_is_the_sum_that_is_written(void **state)
{
    (void)state;
    assert_close(key_of("years_registered + 10 * (n_minors > 0)", "ten"), 20.0, 1e-12, 0.0);
    assert_close(key_of("2 * months_registered - 3 * is_starter + points / 7", "ten"), 241.0, 1e-12, 0.0);
    assert_close(key_of("5 * is_starter - age_years / 8", "none"), 0.0, 1e-12, 0.0);
    assert_close(key_of("-(urgency = none)", "none"), -1.0, 0.0, 0.0);
    assert_close(key_of("is_starter", "none"), 1.0, 0.0, 0.0); /* one condition is a number too */
}

static void weighted_with_something_undefined_is_not_a_number(void **state)
{
    (void)state;
    assert_true(isnan(key_of("points + 1", "none"))); /* the round puts it last */
    assert_close(key_of("10 * (points > 1)", "none"), 0.0, 0.0, 0.0);
}

static void weighted_with_a_wrong_sum_errors(void **state)
{
    (void)state;
    assert_part_problem("order", "{ part = \"weighted\"; }", "needs the key 'sum'; expected an expression between quotes");
    assert_part_problem("order", "{ part = \"weighted\"; sum = \"urgency\"; }", "expected a number here, this is a choice");
    assert_part_problem("order", "{ part = \"weighted\"; sum = \"3 * tenure\"; }", "expected a number here, this is a choice");
    assert_part_problem("order", "{ part = \"weighted\"; sum = \"years_registerd\"; }", "nearest valid name is 'years_registered'");
    assert_part_problem("order", "{ part = \"weighted\"; sum = \"10 * lvb\"; }", "not known to a landlord");
    assert_part_problem("order", "{ part = \"weighted\"; sum = \"10 * (origin = nl)\"; }", "direct distinction by origin");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weighted_is_the_sum_that_is_written),
        cmocka_unit_test(weighted_with_something_undefined_is_not_a_number),
        cmocka_unit_test(weighted_with_a_wrong_sum_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
