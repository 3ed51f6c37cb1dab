#include "unit/scenario/catalogue.h"

#include "scenario/ruleset.h"

static void parts_in_order_of_writing(void **state)
{
    reading r = read_text(test_scenario);
    int32_t n;
    const wks_settings *order = wks_ruleset_parts(&r.scenario.rules[0], 2, &n);

    (void)state;
    assert_int_equal(n, 2);
    assert_string_equal(order[0].name, "urgency");
    assert_string_equal(order[1].name, "inschrijfduur");
    assert_int_equal(r.scenario.rules[0].until_month, INT32_MAX);
    assert_string_equal(r.scenario.rules[0].basis, "Huisvestingsverordening");
    reading_free(&r);
}

static void parts_unknown_errors(void **state)
{
    (void)state;
    assert_replaced("part = \"cap_share\"", "part = \"cap_shares\"",
                    "test.cfg:13:26: error: unknown part \"cap_shares\" in spreiding; nearest valid name is 'cap_share'\n");
    assert_replaced("\"inschrijfduur\"", "\"cap_share\"", "test.cfg:12:24: error: part \"cap_share\" belongs in spreiding, not in order\n");
    assert_replaced("part = \"cap_share\";", "",
                    "test.cfg:13:17: error: an element of spreiding needs part = \"...\"; wijksim describe rules lists the parts\n");
    assert_replaced("\"inschrijfduur\"", "\"urgency\"",
                    "test.cfg:12:24: error: two elements of order are named 'urgency'; give each its own with name = \"...\"\n");
    assert_replaced("order =", "orders =", "test.cfg:12:3: error: unknown key 'orders' in regio; nearest valid name is 'order'\n");
    assert_replaced("( \"urgency\", \"inschrijfduur\" )", "\"urgency\"",
                    "test.cfg:12:11: error: order is text; expected a list ( { ... }, { ... } )\n");
    assert_replaced("( \"urgency\", \"inschrijfduur\" )", "( 1 )",
                    "test.cfg:12:13: error: an element of order is a whole number; expected a group { ... }\n");
}

static void channels_contradicting_errors(void **state)
{
    (void)state;
    assert_replaced("share = 0.8", "share = 0.9",
                    "test.cfg:10:3: error: the shares of the channels of 'regio' add up to 1.1; expected 1\n");
    assert_replaced(
        "share = 0.8", "share = 0.7",
        "test.cfg:10:3: error: the shares of the channels of 'regio' add up to 0.9, so the rest of the vacancies would not be let; "
        "expected 1\n");
    assert_replaced("{ part = \"advertised\"; share = 0.8; }, { part = \"direct\"; group = \"verwezen\"; }", "",
                    "test.cfg:8:11: error: rule set 'regio' has no channel, so nothing could be let; expected at least one in channels\n");
}

static void order_after_lot_warns(void **state)
{
    (void)state;
    assert_replaced(
        "\"urgency\", \"inschrijfduur\"", "\"urgency\", \"lot\", \"inschrijfduur\"",
        "test.cfg:12:31: warning: order key 'inschrijfduur' can never matter: 'lot' before it gives every candidate a place of its own\n");
    assert_replaced("\"urgency\", \"inschrijfduur\"", "\"urgency\", \"lot\"", "");
}

static void cap_of_nobody_against_direct_mediation_errors(void **state)
{
    (void)state;
    assert_replaced(
        "max_share = 0.12", "max_share = 0",
        "test.cfg:13:17: error: 'cap_share' allows nobody of group 'verwezen' anywhere (max_share 0), while channel 'direct' must house "
        "that group\n");
    assert_replaced("max_share = 0.12", "max_share = 0; areas = \"BU1\"", "");
}

static void periods_wrong_errors(void **state)
{
    (void)state;
    assert_replaced("basis = \"Huisvestingsverordening\";", "from = \"2027-01\"; until = \"2027-01\";",
                    "test.cfg:9:19: error: rule set 'regio' is in force from 2027-01 until 2027-01; expected from before until\n");
    assert_replaced("basis = \"Huisvestingsverordening\";", "from = \"2026-03\";",
                    "test.cfg:8:1: error: no rule set is in force in 2026-02; expected one in every month\n");
    assert_replaced("} );\ntimeline", "}, { name = \"new\"; from = \"2027-01\"; channels = ( \"advertised\" ); } );\ntimeline",
                    "test.cfg:14:4: error: rule sets 'regio' and 'new' are both in force in 2027-01; expected one (use from and until)\n");
}

static void periods_one_after_the_other_pass(void **state)
{
    char *first = replaced(test_scenario, "basis = \"Huisvestingsverordening\";", "until = \"2027-01\";");
    char *text =
        replaced(first, "} );\ntimeline", "}, { name = \"new\"; from = \"2027-01\"; channels = ( \"advertised\" ); } );\ntimeline");
    reading r = read_text(text);

    (void)state;
    assert_problems(&r.problems, "");
    assert_int_equal(r.scenario.n_rules, 2);
    assert_int_equal(r.scenario.rules[0].until_month, 2027 * 12);
    assert_int_equal(r.scenario.rules[1].from_month, 2027 * 12);
    reading_free(&r);
    free(text);
    free(first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_in_order_of_writing),
        cmocka_unit_test(parts_unknown_errors),
        cmocka_unit_test(channels_contradicting_errors),
        cmocka_unit_test(order_after_lot_warns),
        cmocka_unit_test(cap_of_nobody_against_direct_mediation_errors),
        cmocka_unit_test(periods_wrong_errors),
        cmocka_unit_test(periods_one_after_the_other_pass),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
