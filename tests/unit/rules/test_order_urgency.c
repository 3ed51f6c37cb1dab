#include "unit/rules/part_case.h"

static const char world[] = "month 2025-06\nbuurten 1\n"
                            "unit a buurt=0 tenure=social rent=500 rooms=2\n"
                            "household plain place=shelter income=20000 members=40m\n"
                            "household urgent place=shelter income=20000 members=40m urgency=medical until=2025-06\n"
                            "household late place=shelter income=20000 members=40m urgency=social until=2025-05\n"
                            "household open place=shelter income=20000 members=40m urgency=herhuisvesting\n";

static void urgency_while_it_is_valid_goes_first(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "order", "{ part = \"urgency\"; }", world);
    assert_close(part_key(&c, "plain", "a"), 0.0, 0.0, 0.0);
    assert_close(part_key(&c, "urgent", "a"), 1.0, 0.0, 0.0);
    assert_close(part_key(&c, "late", "a"), 0.0, 0.0, 0.0);
    assert_close(part_key(&c, "open", "a"), 1.0, 0.0, 0.0);
    part_close(&c);
}

static void urgency_takes_no_parameters_errors(void **state)
{
    (void)state;
    assert_part_problem("order", "{ part = \"urgency\"; years = 2; }", "unknown key 'years' in urgency");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(urgency_while_it_is_valid_goes_first),
        cmocka_unit_test(urgency_takes_no_parameters_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
