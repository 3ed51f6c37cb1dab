#include "study/branch.h"

#include "unit/output/made.h"

/* Scenarios from text: how long they are the same run. Start 2025-01, 60 ticks. */
static int32_t shared_of(const char *a, const char *b)
{
    made one, other;
    wks_text text = WKS_TEXT_INIT;
    memset(&one, 0, sizeof one);
    memset(&other, 0, sizeof other);
    wks_text_addf(&text, "name = \"a\"; start = \"2025-01\"; ticks = 60; %s", a);
    made_read(&one, text.data);
    wks_text_clear(&text);
    wks_text_addf(&text, "name = \"b\"; title = \"Anders\"; start = \"2025-01\"; ticks = 60; %s", b);
    made_read(&other, text.data);
    const int32_t ticks = wks_branch_shared_ticks(&one.scenario, &other.scenario);
    assert_int_equal(wks_branch_shared_ticks(&other.scenario, &one.scenario), ticks);
    wks_scenario_free(&one.scenario);
    wks_scenario_free(&other.scenario);
    wks_text_free(&text);
    return ticks;
}

#define SAFETY(at, more) "{ at = \"" at "\"; event = \"safety\"; areas = [ \"WK000001\" ]; effect = 0.1; " more " }"

static void same_scenario_is_shared_up_to_the_last_month(void **state)
{
    (void)state;
    assert_int_equal(shared_of("", ""), 59);
    assert_int_equal(shared_of("timeline = ( " SAFETY("2026-01", "") " );", "timeline = ( " SAFETY("2026-01", "") " );"), 59);
}

static void later_event_is_shared_up_to_the_month_before(void **state)
{
    (void)state;
    assert_int_equal(shared_of("", "timeline = ( " SAFETY("2026-01", "") " );"), 11); /* tick 12 is 2026-01 */
    assert_int_equal(shared_of("", "timeline = ( " SAFETY("2025-02", "") " );"), 0);
}

static void events_before_that_are_the_same_in_both(void **state)
{
    (void)state;
    assert_int_equal(shared_of("timeline = ( " SAFETY("2025-06", "") " );",
                               "timeline = ( " SAFETY("2025-06", "") ", " SAFETY("2027-01", "name = \"meer\";") " );"),
                     23);
    /* Another amount, end or area of an event that both have counts from its month. */
    assert_int_equal(
        shared_of("timeline = ( " SAFETY("2025-06", "eur_year = 5000;") " );", "timeline = ( " SAFETY("2025-06", "eur_year = 7000;") " );"),
        4);
    assert_int_equal(
        shared_of("timeline = ( " SAFETY("2025-06", "") " );", "timeline = ( " SAFETY("2025-06", "until = \"2028-01\";") " );"), 4);
    assert_int_equal(
        shared_of("timeline = ( " SAFETY("2025-06", "") ", " SAFETY("2027-01", "") " );", "timeline = ( " SAFETY("2025-06", "") " );"), 23);
}

static void change_of_a_parameter_is_compared_with_its_value(void **state)
{
    static const char first[] = "timeline = ( { at = \"2026-01\"; event = \"set\"; set = \"processes.search.start\"; value = 1.3; } );";
    static const char second[] = "timeline = ( { at = \"2026-01\"; event = \"set\"; set = \"processes.search.start\"; value = 1.4; } );";
    (void)state;
    assert_int_equal(shared_of(first, first), 59);
    assert_int_equal(shared_of(first, second), 11);
}

static void whatever_else_differs_shares_nothing(void **state)
{
    (void)state;
    assert_int_equal(shared_of("", "processes = { search = { start = 1.4; }; };"), 0);
    assert_int_equal(shared_of("", "output = { buurt_every = 6; };"), 0);
    assert_int_equal(shared_of("", "seeds = { dynamics = 9; };"), 0);
    assert_int_equal(shared_of("seeds = { dynamics = 9; };", ""), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_scenario_is_shared_up_to_the_last_month), cmocka_unit_test(later_event_is_shared_up_to_the_month_before),
        cmocka_unit_test(events_before_that_are_the_same_in_both),      cmocka_unit_test(change_of_a_parameter_is_compared_with_its_value),
        cmocka_unit_test(whatever_else_differs_shares_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
