#include "unit/scenario/catalogue.h"

static void target_of_path_is_found(void **state)
{
    reading r = read_text(test_scenario);
    int32_t process = -1, param = -2;

    (void)state;
    assert_true(wks_timeline_target(&r.scenario, "processes.market.n_sample", &process, &param));
    assert_int_equal(process, 1);
    assert_int_equal(param, 1);
    assert_true(wks_timeline_target(&r.scenario, "processes.allocation.enabled", &process, &param));
    assert_int_equal(process, 0);
    assert_int_equal(param, -1);
    assert_false(wks_timeline_target(&r.scenario, "processes.market", &process, &param));
    assert_false(wks_timeline_target(&r.scenario, "processes.neighbourhood.note", &process, &param));
    assert_false(wks_timeline_target(&r.scenario, "seeds.dynamics", &process, &param));
    reading_free(&r);
}

static void event_outside_run_warns(void **state)
{
    (void)state;
    assert_replaced("at = \"2027-01\"", "at = \"2025-12\"",
                    "test.cfg:16:10: warning: 2025-12 lies before the run, 2026-01 to 2028-01: this event happens in the first month\n");
    assert_replaced("at = \"2027-01\"", "at = \"2028-02\"",
                    "test.cfg:16:10: warning: this event never happens: 2028-02 lies outside the run, 2026-01 to 2028-01\n");
    assert_replaced("at = \"2027-01\"", "at = \"2028-01\"", "");
}

static void event_that_ends_before_it_begins_warns(void **state)
{
    (void)state;
    assert_replaced("at = \"2026-06\"; event", "at = \"2026-06\"; until = \"2026-06\"; event",
                    "test.cfg:17:29: warning: this event never runs: until is the first month without it, and it would begin in 2026-06\n");
    assert_replaced("at = \"2026-06\"; event", "at = \"2026-06\"; until = \"2026-07\"; event", "");
}

static void event_wrong_errors(void **state)
{
    (void)state;
    assert_replaced("at = \"2027-01\"; ", "", "test.cfg:16:3: error: an element of timeline needs at = \"2027-01\"\n");
    assert_replaced("at = \"2027-01\"", "at = \"2027-13\"", "test.cfg:16:10: error: at is \"2027-13\"; expected a month as \"2027-01\"\n");
    assert_replaced("at = \"2027-01\"", "at = 2027", "test.cfg:16:10: error: at is a whole number; expected a month as \"2027-01\"\n");
    assert_replaced("event = \"build\"", "event = \"bild\"",
                    "test.cfg:17:29: error: unknown event \"bild\"; nearest valid name is 'build'\n");
    assert_replaced("event = \"build\"", "event = \"sloop\"",
                    "test.cfg:17:29: error: unknown event \"sloop\"; expected one of set, build\n");
    assert_replaced("event = \"build\"; ", "",
                    "test.cfg:17:3: error: an element of timeline needs event = \"...\", or the keys set and value\n");
    assert_replaced("n_dwellings = 100;", "n_dwellings = 100; value = 3;",
                    "test.cfg:17:72: error: unknown key 'value' in build; nearest valid name is 'name'\n");
}

static void set_wrong_errors(void **state)
{
    (void)state;
    assert_replaced(
        "processes.market.b_price", "market.b_price",
        "test.cfg:16:27: error: set is \"market.b_price\"; expected processes.<process>.<parameter> or processes.<process>.enabled\n");
    assert_replaced("processes.market.b_price", "processes.markt.b_price",
                    "test.cfg:16:27: error: set names the unknown process 'markt'; nearest valid name is 'market'\n");
    assert_replaced(
        "processes.market.b_price", "processes.market.b_prise",
        "test.cfg:16:27: error: set names the unknown parameter 'b_prise' of process 'market'; nearest valid name is 'b_price'\n");
    assert_replaced(
        "processes.market.b_price", "processes.neighbourhood.note",
        "test.cfg:16:27: error: 'note' of process 'neighbourhood' cannot change during a run; expected a number, a switch or a choice\n");
    assert_replaced("value = 2;", "value = 20;", "test.cfg:16:63: error: b_price is 20; expected a number from 0 to 10\n");
    assert_replaced(" value = 2;", "", "test.cfg:16:3: error: an event with set needs the key 'value'\n");
    assert_replaced("market.b_price\"; value = 2;", "market.enabled\"; value = 2;",
                    "test.cfg:16:63: error: value is a whole number; expected true or false\n");
}

static void events_of_one_month_keep_their_order(void **state)
{
    char *text = replaced(test_scenario, "{ at = \"2027-01\"; set = \"processes.market.b_price\"; value = 2; }",
                          "{ at = \"2026-06\"; set = \"processes.market.b_price\"; value = 2; },"
                          "{ at = \"2026-02\"; set = \"processes.market.b_price\"; value = 3; },"
                          "{ at = \"2026-06\"; set = \"processes.market.b_price\"; value = 4; }");
    reading r = read_text(text);

    (void)state;
    assert_ok(r.rc, &r.err);
    assert_close(r.scenario.timeline[0].set_value->real, 3, 0, 0);
    assert_close(r.scenario.timeline[1].set_value->real, 2, 0, 0);
    assert_close(r.scenario.timeline[2].set_value->real, 4, 0, 0);
    assert_string_equal(r.scenario.timeline[3].settings.spec->name, "build");
    reading_free(&r);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(target_of_path_is_found),
        cmocka_unit_test(event_outside_run_warns),
        cmocka_unit_test(event_that_ends_before_it_begins_warns),
        cmocka_unit_test(event_wrong_errors),
        cmocka_unit_test(set_wrong_errors),
        cmocka_unit_test(events_of_one_month_keep_their_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
