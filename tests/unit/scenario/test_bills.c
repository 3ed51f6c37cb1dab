#include "unit/scenario/catalogue.h"

#include "scenario/bills.h"

#define BILLS(list) "replications = 5;\nbills = " list ";"

static void bills_not_named_are_no_law(void **state)
{
    reading r = read_text(test_scenario);

    (void)state;
    for (int32_t month = 0; month < 3000 * 12; month += 12) {
        assert_false(wks_scenario_is_law(&r.scenario, WKS_LAW_BILL_VERSTERKING_REGIE, month));
        assert_false(wks_scenario_is_law(&r.scenario, WKS_LAW_BILL_PRIORITY_BAN, month));
    }
    assert_null(wks_config_get(r.scenario.resolved, "bills")); /* and the resolved scenario says nothing of them */
    reading_free(&r);
}

static void bill_is_law_from_its_month(void **state)
{
    char *text = replaced(test_scenario, "replications = 5;",
                          BILLS("( { name = \"versterking_regie\"; }, { name = \"priority_ban\"; from = \"2027-03\"; } )"));
    reading r = read_text(text);

    (void)state;
    assert_problems(&r.problems, "");
    assert_false(wks_scenario_is_law(&r.scenario, WKS_LAW_BILL_VERSTERKING_REGIE, 2026 * 12 + 5));
    assert_true(wks_scenario_is_law(&r.scenario, WKS_LAW_BILL_VERSTERKING_REGIE, 2026 * 12 + 6)); /* the month it aims at */
    assert_false(wks_scenario_is_law(&r.scenario, WKS_LAW_BILL_PRIORITY_BAN, 2027 * 12 + 1));
    assert_true(wks_scenario_is_law(&r.scenario, WKS_LAW_BILL_PRIORITY_BAN, 2027 * 12 + 2));
    const wks_config_node *first = wks_config_get(r.scenario.resolved, "bills")->child[0];
    assert_string_equal(wks_config_get(first, "from")->string, "2026-07"); /* resolved: reruns to the same */
    reading_free(&r);
    free(text);
}

static void bills_wrong_errors(void **state)
{
    (void)state;
    assert_replaced("replications = 5;", BILLS("( { name = \"versterking\"; } )"),
                    "test.cfg:3:20: error: unknown bill \"versterking\"; expected one of versterking_regie, priority_ban\n");
    assert_replaced("replications = 5;", BILLS("( { name = \"versterking_regi\"; } )"),
                    "test.cfg:3:20: error: unknown bill \"versterking_regi\"; nearest valid name is 'versterking_regie'\n");
    assert_replaced("replications = 5;", BILLS("( { name = \"priority_ban\"; } )"),
                    "test.cfg:3:20: error: bill \"priority_ban\" aims at no month; expected from = \"2027-01\" or another month\n");
    assert_replaced("replications = 5;", BILLS("( { name = \"versterking_regie\"; }, { name = \"versterking_regie\"; } )"),
                    "test.cfg:3:53: error: bill 'versterking_regie' is there twice; expected different names\n");
    assert_replaced("replications = 5;", BILLS("( \"versterking_regie\" )"),
                    "test.cfg:3:11: error: an element of bills is text; expected a group { ... }\n");
    assert_replaced("replications = 5;", BILLS("\"versterking_regie\""),
                    "test.cfg:3:9: error: bills is text; expected a list ( { ... }, { ... } )\n");
    assert_replaced("replications = 5;", BILLS("( { name = \"versterking_regie\"; form = \"2026-07\"; } )"),
                    "test.cfg:3:41: error: unknown key 'form' in a bill; nearest valid name is 'from'\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bills_not_named_are_no_law),
        cmocka_unit_test(bill_is_law_from_its_month),
        cmocka_unit_test(bills_wrong_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
