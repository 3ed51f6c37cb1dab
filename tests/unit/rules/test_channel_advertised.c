#include "unit/rules/part_case.h"

static const char world[] = "buurten 1\nunit a buurt=0 tenure=social rent=500 rooms=2\n";

static void advertised_is_for_who_reacts(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "channels", "{ part = \"advertised\"; order = \"lot\"; }", world);
    const wks_channel_part *part = c.settings->spec->implementation;
    assert_true(part->is_advertised);
    assert_null(part->is_candidate);
    assert_int_equal((int32_t)wks_part_value(c.settings, "order", -1.0), WKS_PART_BY_LOT);
    assert_close(wks_part_value(c.settings, "share", -1.0), 1.0, 0.0, 0.0);
    part_close(&c);
}

static void advertised_with_wrong_values_errors(void **state)
{
    (void)state;
    assert_part_problem("channels", "{ part = \"advertised\"; share = 1.5; }", "share is 1.5; expected a number from 0 to 1 (share)");
    assert_part_problem("channels", "{ part = \"advertised\"; order = \"wait\"; }",
                        "order is \"wait\"; expected one of \"rules\", \"lot\"");
    assert_part_problem("channels", "{ part = \"advertised\"; label = \"jongere\"; }", "jongeren");
    assert_part_problem("channels", "{ part = \"advertised\"; share = 0.5; }", "add up to 0.5");
    assert_part_problem("channels", "{ part = \"advertised\"; then = \"advertised\"; }", "then is the channel itself");
    assert_part_problem(
        "channels",
        "{ part = \"advertised\"; then = \"looting\"; share = 0.5; }, { part = \"advertised\"; name = \"loting\"; share = 0.5; }",
        "then is \"looting\", which is no channel of 'regio'; nearest valid name is 'loting'");
    assert_part_problem("channels", "{ part = \"advertised\"; then_after = 0; }",
                        "then_after is 0; expected a whole number from 1 to 120 (months)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(advertised_is_for_who_reacts),
        cmocka_unit_test(advertised_with_wrong_values_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
