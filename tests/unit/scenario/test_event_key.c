#include "scenario/event_key.h"

#include "unit/scenario/catalogue.h"

enum { MOST = 8 };

#define BUILD(at, more) "{ at = \"" at "\"; event = \"build\"; " more " },\n"
#define SET(at)         "{ at = \"" at "\"; set = \"processes.market.b_price\"; value = 2; },\n"

/* Keys of a timeline, in its order. */
static int32_t keys_of(const char *events, uint64_t out[MOST])
{
    wks_text text = WKS_TEXT_INIT;
    wks_text_addf(
        &text, "name = \"a\"; ticks = 60; start = \"2025-01\"; processes = { allocation = { enabled = false; }; }; timeline = (\n%.*s\n);",
        (int)strlen(events) - 2, events);
    reading r = read_text(text.data);
    assert_problems(&r.problems, "");
    assert_ok(r.rc, &r.err);
    const int32_t n = r.scenario.n_events;
    assert_in_range(n, 1, MOST);
    for (int32_t i = 0; i < n; i++) {
        out[i] = r.scenario.timeline[i].key;
        assert_true(out[i] != 0 && out[i] != UINT64_MAX);
        assert_ptr_equal(wks_event_key_find(&r.scenario, out[i]), &r.scenario.timeline[i]);
        for (int32_t k = 0; k < i; k++)
            assert_true(out[k] != out[i]);
    }
    assert_null(wks_event_key_find(&r.scenario, 0));
    reading_free(&r);
    wks_text_free(&text);
    return n;
}

static uint64_t key_of(const char *event)
{
    uint64_t key[MOST];
    assert_int_equal(keys_of(event, key), 1);
    return key[0];
}

static void key_stays_when_others_come_before_it(void **state)
{
    uint64_t key[MOST];
    const uint64_t alone = key_of(BUILD("2026-06", "areas = \"BU1\"; n_dwellings = 100;"));
    (void)state;
    assert_int_equal(keys_of(SET("2025-03") BUILD("2025-04", "areas = \"BU1\"; n_dwellings = 1;") SET("2026-06")
                                 BUILD("2026-06", "areas = \"BU1\"; n_dwellings = 100;"),
                             key),
                     4);
    assert_true(key[3] == alone);
}

static void key_follows_kind_name_month_and_areas_not_amounts(void **state)
{
    const uint64_t key = key_of(BUILD("2026-06", "areas = (\"BU1\", \"BU2\"); n_dwellings = 100;"));
    const uint64_t named = key_of(BUILD("2026-06", "name = \"hof\"; areas = \"BU1\"; n_dwellings = 100;"));
    (void)state;
    assert_true(key == key_of(BUILD("2026-06", "areas = (\"BU2\", \"BU1\"); n_dwellings = 7;")));
    assert_true(key != key_of(BUILD("2026-07", "areas = (\"BU1\", \"BU2\"); n_dwellings = 100;")));
    assert_true(key != key_of(BUILD("2026-06", "areas = \"BU1\"; n_dwellings = 100;")));
    assert_true(key != key_of(SET("2026-06")));
    assert_true(named == key_of(BUILD("2027-01", "name = \"hof\"; areas = \"BU2\"; n_dwellings = 7;")));
    assert_true(named != key_of(BUILD("2026-06", "areas = \"BU1\"; n_dwellings = 100;")));
}

static void keys_of_equal_events_differ_and_the_first_is_as_alone(void **state)
{
    uint64_t key[MOST];
    (void)state;
    assert_int_equal(keys_of(BUILD("2026-06", "areas = \"BU1\"; n_dwellings = 1;") BUILD("2026-06", "areas = \"BU1\"; n_dwellings = 2;")
                                 BUILD("2026-06", "areas = \"BU1\"; n_dwellings = 3;"),
                             key),
                     3); /* that they differ: keys_of */
    assert_true(key[0] == key_of(BUILD("2026-06", "areas = \"BU1\"; n_dwellings = 9;")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(key_stays_when_others_come_before_it),
        cmocka_unit_test(key_follows_kind_name_month_and_areas_not_amounts),
        cmocka_unit_test(keys_of_equal_events_differ_and_the_first_is_as_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
