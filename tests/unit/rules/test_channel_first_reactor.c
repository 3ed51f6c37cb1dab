#include "unit/rules/part_case.h"

static const char world[] = "buurten 1\n"
                            "unit a buurt=0 tenure=social rent=500 rooms=2\n";

static void first_reactor_is_advertised_and_ranks_by_speed(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "channels", "{ part = \"first_reactor\"; share = 1; }", world);
    const wks_channel_part *part = c.settings->spec->implementation;
    assert_true(part->is_advertised);
    assert_null(part->is_candidate);
    assert_int_equal(wks_part_ranking_of(c.settings), WKS_PART_BY_SPEED);
    part_close(&c);
}

static void first_reactor_has_no_order_errors(void **state)
{
    (void)state;
    assert_part_problem("channels", "{ part = \"first_reactor\"; share = 1; order = \"lot\"; }", "unknown key 'order' in first_reactor");
    assert_part_problem("channels", "{ part = \"first_reactor\"; share = 2; }", "share is 2; expected a number from 0 to 1 (share)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_reactor_is_advertised_and_ranks_by_speed),
        cmocka_unit_test(first_reactor_has_no_order_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
