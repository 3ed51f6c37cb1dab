#include "unit/rules/part_case.h"

static const char world[] = "month 2025-01\n"
                            "buurten 2\n"
                            "unit a buurt=0 tenure=social rent=500 rooms=2\n"
                            "unit b buurt=1 tenure=social rent=500 rooms=2\n"
                            "household worker place=shelter income=20000 members=40m source=work\n"
                            "household other place=shelter income=20000 members=40m,8f source=benefit\n";

static void art9_in_designated_areas_puts_work_first(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "order", "{ part = \"art9\"; areas = \"buurt-0\"; }", world);
    assert_close(part_key(&c, "worker", "a"), 1.0, 0.0, 0.0);
    assert_close(part_key(&c, "other", "a"), 0.0, 0.0, 0.0);
    assert_close(part_key(&c, "worker", "b"), 0.0, 0.0, 0.0);
    part_close(&c);
}

static void art9_with_a_trait_of_its_own_goes_by_that(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "order", "{ part = \"art9\"; areas = \"buurt-0\"; where = \"n_minors > 0\"; }", world);
    assert_close(part_key(&c, "worker", "a"), 0.0, 0.0, 0.0);
    assert_close(part_key(&c, "other", "a"), 1.0, 0.0, 0.0);
    part_close(&c);
}

static void art9_outside_its_term_does_nothing(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "order", "{ part = \"art9\"; areas = \"buurt-0\"; designated = \"2021-01\"; }", world);
    assert_close(part_key(&c, "worker", "a"), 0.0, 0.0, 0.0); /* the four years are over */
    c.world.month--;
    assert_close(part_key(&c, "worker", "a"), 1.0, 0.0, 0.0);
    part_close(&c);
}

static void art9_without_areas_errors(void **state)
{
    (void)state;
    assert_part_problem("order", "{ part = \"art9\"; }", "needs the key 'areas'");
    assert_part_problem("order", "{ part = \"art9\"; areas = \"buurt-0\"; where = \"origin = nl\"; }", "direct distinction by origin");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(art9_in_designated_areas_puts_work_first),
        cmocka_unit_test(art9_with_a_trait_of_its_own_goes_by_that),
        cmocka_unit_test(art9_outside_its_term_does_nothing),
        cmocka_unit_test(art9_without_areas_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
