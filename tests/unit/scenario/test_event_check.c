#include "scenario/event_check.h"

#include "unit/scenario/catalogue.h"

/* As process timeline has them. */
static const char *const kinds[] = {"work", "jobs", NULL}, *const places[] = {"place", "shared_space", NULL},
                         *const labels[] = {"any", "senior", NULL};
static const wks_param programme_params[] = {
    {"kind", WKS_PARAM_CHOICE, "-", 0, 0, 1, kinds, true, "-", "-"},
    {"factor", WKS_PARAM_REAL, "-", 1, 0, 5, NULL, false, "-", "-"},
    {"places", WKS_PARAM_INT, "-", 0, 0, 100, NULL, false, "-", "-"},
    {"accept", WKS_PARAM_REAL, "-", 0.5, 0, 1, NULL, false, "-", "-"},
};
static const wks_param meeting_params[] = {
    {"kind", WKS_PARAM_CHOICE, "-", 0, 0, 1, places, true, "-", "-"},
    {"label", WKS_PARAM_CHOICE, "-", 0, 0, 1, labels, false, "-", "-"},
};
static const wks_param demolish_params[] = {
    {"when_vacant", WKS_PARAM_BOOL, "-", 0, 0, 1, NULL, false, "-", "-"},
    {"notice_months", WKS_PARAM_INT, "-", 12, 0, 100, NULL, false, "-", "-"},
};
static const wks_spec programme_spec = SPEC("programme", "event", programme_params),
                      meeting_spec = SPEC("meeting", "event", meeting_params), demolish_spec = SPEC("demolish", "event", demolish_params);
static const wks_spec *const events[] = {&programme_spec, &meeting_spec, &demolish_spec};

static void assert_says(const char *top, const char *event, const char *expected)
{
    wks_catalogue catalogue = test_catalogue;
    const wks_read_options options = WKS_READ_OPTIONS_INIT;
    reading r = {.problems = WKS_PROBLEMS_INIT, .err = WKS_ERR_INIT};
    wks_text text = WKS_TEXT_INIT;
    catalogue.event = events;
    catalogue.n_events = N(events);
    wks_text_addf(&text,
                  "name = \"a\"; %s ticks = 60; start = \"2025-01\"; processes = { allocation = { enabled = false; }; }; timeline = (\n"
                  "{ at = \"2026-01\"; event = %s } );",
                  top, event);
    r.rc = wks_read_scenario_text("test.cfg", text.data, strlen(text.data), &options, &catalogue, &r.scenario, &r.problems, &r.err);
    assert_problems(&r.problems, expected);
    assert_ok(r.rc, &r.err);
    reading_free(&r);
    wks_text_free(&text);
}

static void assert_event_says(const char *event, const char *expected)
{
    assert_says("", event, expected);
}

/* The event is of tick 12, which is the last of a run-in of 12. */
static void events_inside_the_run_in_warn(void **state)
{
    (void)state;
    assert_says(
        "warmup = 12;", "\"demolish\";",
        "test.cfg:2:8: warning: this event lies inside the warm-up of 12 months, so that its effect may pass for drift; expected from "
        "tick 13 on, 2026-02\n");
    assert_says(
        "warmup = 59;", "\"demolish\";",
        "test.cfg:2:8: warning: this event lies inside the warm-up of 59 months, so that its effect may pass for drift; expected from "
        "tick 60 on, 2030-01\n");
    assert_says("warmup = 11;", "\"demolish\";", "");
    assert_says("warmup = 0;", "\"demolish\";", "");
}

static void parameters_of_another_kind_warn_at_their_place(void **state)
{
    (void)state;
    assert_event_says("\"programme\"; kind = \"work\"; places = 20;",
                      "test.cfg:2:55: warning: places has no effect here: it counts only where kind is jobs\n");
    assert_event_says("\"programme\"; kind = \"work\"; accept = 0.4;",
                      "test.cfg:2:55: warning: accept has no effect here: it counts only where kind is jobs\n");
    assert_event_says("\"programme\"; kind = \"jobs\"; places = 3; factor = 1.5;",
                      "test.cfg:2:67: warning: factor has no effect here: it counts only where kind is not jobs\n");
    assert_event_says("\"meeting\"; kind = \"place\"; label = \"senior\";",
                      "test.cfg:2:54: warning: label has no effect here: it counts only where kind is shared_space\n");
    assert_event_says("\"demolish\"; when_vacant = true; notice_months = 6;",
                      "test.cfg:2:59: warning: notice_months has no effect here: it counts only where when_vacant is false\n");
}

static void parameters_of_its_own_kind_or_at_their_default_do_not(void **state)
{
    (void)state;
    assert_event_says("\"programme\"; kind = \"work\"; factor = 1.5;", "");
    assert_event_says("\"programme\"; kind = \"jobs\"; places = 3; accept = 0.4;", "");
    assert_event_says("\"programme\"; kind = \"work\"; places = 0; accept = 0.5;", ""); /* as the resolved scenario writes it */
    assert_event_says("\"meeting\"; kind = \"shared_space\"; label = \"senior\";", "");
    assert_event_says("\"demolish\"; when_vacant = false; notice_months = 6;", "");
    assert_event_says("\"demolish\"; notice_months = 6;", "");
}

static void jobs_without_places_warn(void **state)
{
    static const char says[] =
        "test.cfg:2:40: warning: programme of kind jobs without places does nothing; expected places = a number of wijkbasisbanen\n";
    (void)state;
    assert_event_says("\"programme\"; kind = \"jobs\";", says);
    assert_event_says("\"programme\"; kind = \"jobs\"; places = 0;", says);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_inside_the_run_in_warn),
        cmocka_unit_test(parameters_of_another_kind_warn_at_their_place),
        cmocka_unit_test(parameters_of_its_own_kind_or_at_their_default_do_not),
        cmocka_unit_test(jobs_without_places_warn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
