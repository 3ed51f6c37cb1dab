#include "scenario/difference_events.h"
#include "unit/scenario/catalogue.h"

/* The scenario with `from` replaced, beside the scenario as it is. */
static void assert_events(const char *from, const char *to, const char *dutch, const char *english)
{
    char *text = replaced(test_scenario, from, to);
    reading a = read_text(test_scenario), b = read_text(text);
    wks_text out = WKS_TEXT_INIT;

    assert_ok(b.rc, &b.err);
    wks_difference_events_write(&a.scenario, &b.scenario, true, &out);
    assert_string_equal(out.data == NULL ? "" : out.data, dutch);
    wks_text_clear(&out);
    wks_difference_events_write(&a.scenario, &b.scenario, false, &out);
    assert_string_equal(out.data == NULL ? "" : out.data, english);
    wks_text_free(&out);
    reading_free(&a);
    reading_free(&b);
    free(text);
}

static void equal_timelines_differ_in_nothing(void **state)
{
    (void)state;
    assert_events("name = \"cap\"", "name = \"cap\"", "", "");
    assert_events("value = 2; }", "value = 2; } ", "", "");
}

static void value_set_is_told_with_its_process(void **state)
{
    (void)state;
    assert_events("value = 2; },", "value = 2.5; },",
                  "Nieuw vanaf januari 2027, woningmarkt: instelling b_price wordt 2,5. [processes.market.b_price]\n"
                  "Vervalt (was vanaf januari 2027), woningmarkt: instelling b_price wordt 2. [processes.market.b_price]\n",
                  "New from January 2027, housing market: setting b_price becomes 2.5. [processes.market.b_price]\n"
                  "Removed (was from January 2027), housing market: setting b_price becomes 2. [processes.market.b_price]\n");
    assert_events("value = 2; },", "value = 2; }, { at = \"2027-02\"; set = \"processes.market.enabled\"; value = false; },",
                  "Nieuw vanaf februari 2027, woningmarkt: staat aan wordt nee. [processes.market.enabled]\n",
                  "New from February 2027, housing market: switched on becomes no. [processes.market.enabled]\n");
}

static void event_is_told_in_words(void **state)
{
    (void)state;
    assert_events("n_dwellings = 100; }",
                  "n_dwellings = 100; }, { at = \"2026-06\"; event = \"build\"; areas = [ \"BU2\", \"BU3\" ]; "
                  "n_dwellings = 9000; until = \"2027-01\"; }",
                  "Nieuw vanaf juni 2026, bouwen: gebieden BU2, BU3, instelling n_dwellings 9000 woningen, tot januari 2027. "
                  "[timeline.build: areas, n_dwellings, until]\n",
                  "New from June 2026, building homes: areas BU2, BU3, setting n_dwellings 9000 dwellings, until January 2027. "
                  "[timeline.build: areas, n_dwellings, until]\n");
    assert_events(
        "areas = \"BU1\"; n_dwellings = 100; }", "areas = \"BU1\"; n_dwellings = 10000; }",
        "Nieuw vanaf juni 2026, bouwen: gebieden BU1, instelling n_dwellings 10.000 woningen. [timeline.build: areas, n_dwellings]\n"
        "Vervalt (was vanaf juni 2026), bouwen: gebieden BU1, instelling n_dwellings 100 woningen. [timeline.build: areas, n_dwellings]\n",
        "New from June 2026, building homes: areas BU1, setting n_dwellings 10,000 dwellings. [timeline.build: areas, n_dwellings]\n"
        "Removed (was from June 2026), building homes: areas BU1, setting n_dwellings 100 dwellings. [timeline.build: areas, "
        "n_dwellings]\n");
}

/* A twin serves once: the same event a second time is a difference. */
static void same_event_twice_is_told_once(void **state)
{
    (void)state;
    assert_events(
        "n_dwellings = 100; }", "n_dwellings = 100; }, { at = \"2026-06\"; event = \"build\"; areas = \"BU1\"; n_dwellings = 100; }",
        "Nieuw vanaf juni 2026, bouwen: gebieden BU1, instelling n_dwellings 100 woningen. [timeline.build: areas, n_dwellings]\n",
        "New from June 2026, building homes: areas BU1, setting n_dwellings 100 dwellings. [timeline.build: areas, n_dwellings]\n");
}

static void event_after_the_last_month_is_said_to_do_nothing(void **state)
{
    (void)state;
    assert_events("value = 2; },", "value = 2; }, { at = \"2028-02\"; set = \"processes.market.b_price\"; value = 3; },",
                  "Nieuw vanaf februari 2028, woningmarkt: instelling b_price wordt 3; begint na de laatste maand (januari 2028) en doet "
                  "hier niets. [processes.market.b_price]\n",
                  "New from February 2028, housing market: setting b_price becomes 3; begins after the last month (January 2028) and does "
                  "nothing here. [processes.market.b_price]\n");
    assert_events("value = 2; },", "value = 2; }, { at = \"2028-01\"; set = \"processes.market.b_price\"; value = 3; },",
                  "Nieuw vanaf januari 2028, woningmarkt: instelling b_price wordt 3. [processes.market.b_price]\n",
                  "New from January 2028, housing market: setting b_price becomes 3. [processes.market.b_price]\n");
}

static void many_areas_are_counted(void **state)
{
    (void)state;
    assert_events(
        "areas = \"BU1\"; n_dwellings = 100; }",
        "areas = \"BU1\"; n_dwellings = 100; }, { at = \"2026-07\"; event = \"build\"; areas = [ \"BU1\", \"BU2\", \"BU3\", \"BU4\", "
        "\"BU5\", \"BU6\", \"BU7\" ]; n_dwellings = 10; }",
        "Nieuw vanaf juli 2026, bouwen: gebieden BU1, BU2, BU3 en 4 andere, instelling n_dwellings 10 woningen. [timeline.build: areas, "
        "n_dwellings]\n",
        "New from July 2026, building homes: areas BU1, BU2, BU3 and 4 more, setting n_dwellings 10 dwellings. [timeline.build: areas, "
        "n_dwellings]\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_timelines_differ_in_nothing),
        cmocka_unit_test(value_set_is_told_with_its_process),
        cmocka_unit_test(event_is_told_in_words),
        cmocka_unit_test(same_event_twice_is_told_once),
        cmocka_unit_test(event_after_the_last_month_is_said_to_do_nothing),
        cmocka_unit_test(many_areas_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
