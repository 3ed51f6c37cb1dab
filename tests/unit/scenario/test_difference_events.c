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
                  "Maatregel vanaf 2027-01 is toegevoegd: proces 'woningmarkt', b_price wordt 2,5 (processes.market.b_price).\n"
                  "Maatregel vanaf 2027-01 vervalt: proces 'woningmarkt', b_price wordt 2 (processes.market.b_price).\n",
                  "Measure from 2027-01 is added: process 'housing market', b_price becomes 2.5 (processes.market.b_price).\n"
                  "Measure from 2027-01 is removed: process 'housing market', b_price becomes 2 (processes.market.b_price).\n");
    assert_events("value = 2; },", "value = 2; }, { at = \"2027-02\"; set = \"processes.market.enabled\"; value = false; },",
                  "Maatregel vanaf 2027-02 is toegevoegd: proces 'woningmarkt', enabled wordt nee (processes.market.enabled).\n",
                  "Measure from 2027-02 is added: process 'housing market', enabled becomes no (processes.market.enabled).\n");
}

static void event_is_told_in_words(void **state)
{
    (void)state;
    assert_events(
        "n_dwellings = 100; }",
        "n_dwellings = 100; }, { at = \"2026-06\"; event = \"build\"; areas = [ \"BU2\", \"BU3\" ]; "
        "n_dwellings = 9000; until = \"2027-01\"; }",
        "Maatregel vanaf 2026-06, 'bouwen', is toegevoegd: gebieden BU2, BU3, n_dwellings 9000 woningen, tot 2027-01 (timeline.build: "
        "areas, n_dwellings, until).\n",
        "Measure from 2026-06, 'building homes', is added: areas BU2, BU3, n_dwellings 9000 dwellings, until 2027-01 (timeline.build: "
        "areas, n_dwellings, until).\n");
    assert_events(
        "areas = \"BU1\"; n_dwellings = 100; }", "areas = \"BU1\"; n_dwellings = 10000; }",
        "Maatregel vanaf 2026-06, 'bouwen', is toegevoegd: gebieden BU1, n_dwellings 10.000 woningen (timeline.build: areas, "
        "n_dwellings).\n"
        "Maatregel vanaf 2026-06, 'bouwen', vervalt: gebieden BU1, n_dwellings 100 woningen (timeline.build: areas, n_dwellings).\n",
        "Measure from 2026-06, 'building homes', is added: areas BU1, n_dwellings 10,000 dwellings (timeline.build: areas, "
        "n_dwellings).\n"
        "Measure from 2026-06, 'building homes', is removed: areas BU1, n_dwellings 100 dwellings (timeline.build: areas, "
        "n_dwellings).\n");
}

/* A twin serves once: the same event a second time is a difference. */
static void same_event_twice_is_told_once(void **state)
{
    (void)state;
    assert_events("n_dwellings = 100; }",
                  "n_dwellings = 100; }, { at = \"2026-06\"; event = \"build\"; areas = \"BU1\"; n_dwellings = 100; }",
                  "Maatregel vanaf 2026-06, 'bouwen', is toegevoegd: gebieden BU1, n_dwellings 100 woningen (timeline.build: areas, "
                  "n_dwellings).\n",
                  "Measure from 2026-06, 'building homes', is added: areas BU1, n_dwellings 100 dwellings (timeline.build: areas, "
                  "n_dwellings).\n");
}

static void event_after_the_last_month_is_said_to_do_nothing(void **state)
{
    (void)state;
    assert_events(
        "value = 2; },", "value = 2; }, { at = \"2028-02\"; set = \"processes.market.b_price\"; value = 3; },",
        "Maatregel vanaf 2028-02 is toegevoegd: proces 'woningmarkt', b_price wordt 3 (processes.market.b_price). Begint na de laatste "
        "maand (2028-01): doet hier niets.\n",
        "Measure from 2028-02 is added: process 'housing market', b_price becomes 3 (processes.market.b_price). Begins after the last "
        "month (2028-01): does nothing here.\n");
    assert_events("value = 2; },", "value = 2; }, { at = \"2028-01\"; set = \"processes.market.b_price\"; value = 3; },",
                  "Maatregel vanaf 2028-01 is toegevoegd: proces 'woningmarkt', b_price wordt 3 (processes.market.b_price).\n",
                  "Measure from 2028-01 is added: process 'housing market', b_price becomes 3 (processes.market.b_price).\n");
}

static void many_areas_are_counted(void **state)
{
    (void)state;
    assert_events(
        "areas = \"BU1\"; n_dwellings = 100; }",
        "areas = \"BU1\"; n_dwellings = 100; }, { at = \"2026-07\"; event = \"build\"; areas = [ \"BU1\", \"BU2\", \"BU3\", \"BU4\", "
        "\"BU5\", \"BU6\", \"BU7\" ]; n_dwellings = 10; }",
        "Maatregel vanaf 2026-07, 'bouwen', is toegevoegd: gebieden BU1, BU2, BU3 en 4 andere, n_dwellings 10 woningen "
        "(timeline.build: areas, n_dwellings).\n",
        "Measure from 2026-07, 'building homes', is added: areas BU1, BU2, BU3 and 4 more, n_dwellings 10 dwellings (timeline.build: "
        "areas, n_dwellings).\n");
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
