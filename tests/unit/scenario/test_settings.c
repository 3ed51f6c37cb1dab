#include "unit/scenario/catalogue.h"

static void value_wrong_type_or_range_errors(void **state)
{
    (void)state;
    assert_replaced("max_share = 0.12", "max_share = 1.2",
                    "test.cfg:13:71: error: max_share is 1.2; expected a number from 0 to 1 (share)\n");
    assert_replaced(
        "max_share = 0.12", "max_share = \"0,12\"",
        "test.cfg:13:71: error: max_share is \"0,12\"; expected a number from 0 to 1 (share), with a decimal point and without quotes\n");
    assert_replaced("max_share = 0.12", "max_share = true",
                    "test.cfg:13:71: error: max_share is true; expected a number from 0 to 1 (share)\n");
    assert_replaced("max_share = 0.12", "maxshare = 0.12",
                    "test.cfg:13:59: error: unknown key 'maxshare' in cap_share; nearest valid name is 'max_share'\n");
    assert_replaced("n_sample = 30", "n_sample = 30.0",
                    "test.cfg:19:37: error: n_sample is 30; expected a whole number from 1 to 100 (dwellings), without decimal point\n");
    assert_replaced("n_sample = 30", "b_price = 11", "test.cfg:19:36: error: b_price is 11; expected a number from 0 to 10\n");
    assert_replaced("market = { n_sample = 30; }", "neighbourhood = { theory = \"T3\"; }",
                    "test.cfg:19:42: error: theory is \"T3\"; expected one of \"T0\", \"T1\", \"T2\"; nearest valid name is 'T0'\n");
    assert_replaced("market = { n_sample = 30; }", "neighbourhood = { since = \"2027\"; }",
                    "test.cfg:19:41: error: since is \"2027\"; expected a month as \"2027-01\"\n");
    assert_replaced("market = { n_sample = 30; }", "neighbourhood = { note = 3; }",
                    "test.cfg:19:40: error: note is 3; expected text between quotes\n");
    assert_replaced("areas = \"BU1\"", "areas = [ 1, 2 ]",
                    "test.cfg:17:48: error: areas is 1; expected a list of texts between quotes, as [ \"a\", \"b\" ]\n"
                    "test.cfg:17:51: error: areas is 2; expected a list of texts between quotes, as [ \"a\", \"b\" ]\n");
}

static void key_in_the_wrong_place_tells_its_path_errors(void **state)
{
    (void)state;
    assert_replaced("ticks = 24;", "ticks = 24; market = { n_smple = 3; };",
                    "test.cfg:2:32: error: unknown key 'market' in the scenario; nearest valid name is 'processes.market.n_sample'\n");
    assert_replaced("ticks = 24;", "ticks = 24; market = { zzzzzzzz = 3; };",
                    "test.cfg:2:32: error: unknown key 'market' in the scenario; nearest valid name is 'processes.market'\n");
    assert_replaced("ticks = 24;", "ticks = 24; b_price = 3;",
                    "test.cfg:2:32: error: unknown key 'b_price' in the scenario; nearest valid name is 'processes.market.b_price'\n");
    assert_replaced("ticks = 24;", "ticks = 24; reaktions = 3;",
                    "test.cfg:2:32: error: unknown key 'reaktions' in the scenario; nearest valid name is "
                    "'processes.allocation.reactions'\n");
    assert_replaced("market = { n_sample = 30; }", "b_price = 3",
                    "test.cfg:19:15: error: unknown key 'b_price' in processes; nearest valid name is 'processes.market.b_price'\n");
    assert_replaced("n_sample = 30", "reactions = 3",
                    "test.cfg:19:26: error: unknown key 'reactions' in market; nearest valid name is 'processes.allocation.reactions'\n");
    assert_replaced("ticks = 24;", "ticks = 24; max_share = 0.2;",
                    "test.cfg:2:32: error: unknown key 'max_share' in the scenario; nearest valid name is "
                    "'rules.regio.spreiding.cap_share.max_share'\n");
    assert_replaced("ticks = 24;", "ticks = 24; population = 2;",
                    "test.cfg:2:32: error: unknown key 'population' in the scenario; nearest valid name is 'seeds.population'\n");
    assert_replaced("ticks = 24;", "ticks = 24; zork = 2;", "test.cfg:2:32: error: unknown key 'zork' in the scenario\n");
}

static void key_required_missing_errors(void **state)
{
    (void)state;
    assert_replaced("n_dwellings = 100;", "",
                    "test.cfg:17:3: error: 'build' needs the key 'n_dwellings'; expected a whole number from 1 to 10000 "
                    "(dwellings)\n");
    assert_replaced("group = \"verwezen\"; max_share", "max_share",
                    "test.cfg:13:17: error: 'cap_share' needs the key 'group'; expected the name of a group between quotes\n");
}

static void group_unknown_or_not_for_rules_errors(void **state)
{
    (void)state;
    assert_replaced("group = \"verwezen\"; max_share", "group = \"verweze\"; max_share",
                    "test.cfg:13:47: error: group is \"verweze\", which is no group of this scenario; "
                    "nearest valid name is 'verwezen'\n");
    assert_replaced(
        "group = \"verwezen\"; max_share", "group = \"arm\"; max_share",
        "test.cfg:13:47: error: group 'arm' may only be measured; expected a group with use = [\"rule\"] or [\"measure\", \"rule\"]\n");
}

static void group_in_process_needs_no_rule_use(void **state)
{
    (void)state;
    assert_replaced("market = { n_sample = 30; }", "neighbourhood = { group = \"arm\"; }", "");
}

static void predicate_in_part_is_placed_and_checked_errors(void **state)
{
    (void)state;
    assert_replaced(
        "n_persons >= 1", "n_persons >= 1 and frail",
        "test.cfg:11:68: error: 'frail' is not known to a landlord, so no rule may read it; expected a knowable attribute (age_years, "
        "urgency, has_support), or a group with use = [\"measure\"]\n");
}

static void values_whole_and_real_are_one(void **state)
{
    char *text = replaced(test_scenario, "max_share = 0.12", "max_share = 1");
    reading r = read_text(text);

    (void)state;
    assert_ok(r.rc, &r.err);
    assert_close(r.scenario.rules[0].spreiding[0].value[1], 1.0, 0, 0);
    assert_int_equal(r.scenario.rules[0].spreiding[0].node[1]->line, 13);
    assert_null(r.scenario.rules[0].spreiding[0].node[2]);
    reading_free(&r);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(value_wrong_type_or_range_errors),   cmocka_unit_test(key_in_the_wrong_place_tells_its_path_errors),
        cmocka_unit_test(key_required_missing_errors),        cmocka_unit_test(group_unknown_or_not_for_rules_errors),
        cmocka_unit_test(group_in_process_needs_no_rule_use), cmocka_unit_test(predicate_in_part_is_placed_and_checked_errors),
        cmocka_unit_test(values_whole_and_real_are_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
