#include "unit/rules/part_case.h"

static const char world[] = "buurten 2\n"
                            "unit a buurt=0 tenure=social rent=500 rooms=2\n"
                            "unit b buurt=1 tenure=social rent=500 rooms=2\n"
                            "unit s buurt=0 tenure=social rent=500 rooms=2 label=senior\n"
                            "household family place=shelter income=20000 members=40m,8f\n"
                            "household single place=shelter income=20000 members=40m\n";

static void where_first_puts_who_fulfils_it_first(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "order", "{ part = \"where_first\"; where = \"n_minors > 0\"; }", world);
    assert_close(part_key(&c, "family", "a"), 1.0, 0.0, 0.0);
    assert_close(part_key(&c, "single", "a"), 0.0, 0.0, 0.0);
    assert_close(part_key(&c, "family", "b"), 1.0, 0.0, 0.0);
    part_close(&c);
}

static void where_first_in_areas_or_for_a_label_counts_only_there(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "order", "{ part = \"where_first\"; where = \"n_minors > 0\"; areas = \"buurt-0\"; label = \"none\"; }", world);
    assert_close(part_key(&c, "family", "a"), 1.0, 0.0, 0.0);
    assert_close(part_key(&c, "family", "b"), 0.0, 0.0, 0.0);
    assert_close(part_key(&c, "family", "s"), 0.0, 0.0, 0.0);
    part_close(&c);
}

static void where_first_on_what_a_landlord_may_not_know_errors(void **state)
{
    (void)state;
    assert_part_problem("order", "{ part = \"where_first\"; where = \"vulnerable\"; }", "not known to a landlord");
    assert_part_problem("order", "{ part = \"where_first\"; }", "needs the key 'where'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(where_first_puts_who_fulfils_it_first),
        cmocka_unit_test(where_first_in_areas_or_for_a_label_counts_only_there),
        cmocka_unit_test(where_first_on_what_a_landlord_may_not_know_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
