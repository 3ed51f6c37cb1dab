/* Support at its extremes with all processes on: what comes back through the rest of the model must not hide or break it. Laws are checked every tick. */
#include "scenario/read.h"
#include "sim/everything.h"
#include "sim/replication.h"
#include "support/fixture_town.h"

enum { MONTH = 2025 * 12, TICKS = 24 };

static const char rules[] =
    "rules = ( { name = \"region\"; basis = \"test\"; channels = ( { part = \"advertised\"; name = \"adverts\"; share = 1.0; } );\n"
    "  filters = ( { part = \"registered\"; } ); order = ( { part = \"inschrijfduur\"; } ); } );\n";
static const char no_onset[] = "livelihood = { psychiatric = 0.0; addiction = 0.0; debt = 0.0; frail = 0.0; nuisance = 0.0; };\n"
                               "demography = { lvb_share = 0.0; }; arrivals = { enabled = false; pool = 0.0; region = 0.0; };";

typedef struct at_end {
    double load, capacity;
    int64_t used, need, waiting;
    int32_t least_helped; /* of who is in need */
} at_end;

static wks_status look(const wks_replication_view *view, void *context, wks_err *err)
{
    at_end *out = context;
    const wks_world *world = view->world;
    const wks_household_table *household = &world->household;

    (void)err;
    *out = (at_end){.used = wks_support_used(&world->support), .waiting = world->support.n_waiting, .least_helped = 10};
    for (int32_t b = 0; b < world->buurt.base.n_rows; b++) {
        assert_true(world->buurt.load[b] >= 0 && world->buurt.capacity[b] >= 0);
        out->load += world->buurt.load[b];
        out->capacity += world->buurt.capacity[b];
    }
    for (int32_t i = 0; i < household->base.n_rows; i++) {
        if (household->key[i] == 0) continue;
        out->need += household->need[i];
        if (household->need[i] > 0 && household->place[i] == WKS_PLACE_HOUSED && household->helped[i] < out->least_helped)
            out->least_helped = household->helped[i];
    }
    return WKS_OK;
}

static uint64_t run(const char *more, bool is_spared, at_end *out)
{
    const wks_fixture_town_options town = {.n = 800, .n_buurten = 4, .month = MONTH};
    const wks_read_options read = WKS_READ_OPTIONS_INIT;
    const wks_replication_options options = {.number = 1, .threads = 1, .verify = true, .observer = look, .observer_context = out};
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_scenario scenario;
    wks_world population;
    uint64_t hash = 0;
    char text[4000];

    (void)snprintf(text, sizeof text, "name = \"support\"; start = \"2025-01\"; ticks = %d;\n%s%s", TICKS, rules, more);
    const wks_status rc =
        wks_read_scenario_text("support.cfg", text, strlen(text), &read, wks_everything_catalogue(), &scenario, &problems, &err);
    assert_problems(&problems, "");
    assert_ok(rc, &err);
    wks_fixture_town_make(&population, &town);
    for (int32_t i = 0; i < population.household.base.n_rows && is_spared; i++)
        population.household.vulnerability[i] = 0;
    assert_ok(wks_replication_run(&scenario, &population, &options, &hash, &err), &err);
    wks_world_free(&population);
    wks_scenario_free(&scenario);
    wks_problems_free(&problems);
    return hash;
}

static void no_support_and_twice_the_onset_overload(void **state)
{
    at_end reference, none, both;
    (void)state;
    (void)run("", false, &reference);
    (void)run("processes = { support = { support_hours = 0.0; }; };", false, &none);
    (void)run("processes = { support = { support_hours = 0.0; }; livelihood = { psychiatric = 0.1; addiction = 0.1; debt = 0.4; }; };",
              false, &both);
    assert_true(reference.used > 0);
    assert_int_equal(none.used, 0);
    assert_close(none.load, (double)none.need / 10, 1e-9, 0);
    assert_true(none.load / none.capacity > reference.load / reference.capacity);
    assert_true(both.load / both.capacity > 1.5 * reference.load / reference.capacity);
}

static void unlimited_support_takes_all_load_away(void **state)
{
    at_end end;
    (void)state;
    (void)run("processes = { support = { support_hours = 100000.0; reach = 1.0; signal = 100.0; }; };", false, &end);
    assert_true(end.need > 0);
    /* Need that arose this month may be found only next month (a hazard of 100 a year). */
    assert_true(end.load < 0.02 * (double)end.need / 10);
    assert_int_equal(end.waiting, 0);
}

static void without_vulnerable_people_there_is_no_load(void **state)
{
    at_end end;
    char more[400];
    (void)state;
    (void)snprintf(more, sizeof more, "processes = { %s };", no_onset);
    (void)run(more, true, &end);
    assert_int_equal(end.need, 0);
    assert_close(end.load, 0, 0, 0);
    assert_int_equal(end.used, 0);
    assert_true(end.capacity > 0);
}

/* Off, or an event of no hours: not a bit differs from without. */
static void nothing_asked_is_nothing(void **state)
{
    static const char event[] = "timeline = ( { at = \"2025-03\"; event = \"support\"; kind = \"%s\"; areas = (); hours_week = %s; } );";
    at_end end;
    char more[400];
    (void)state;
    const uint64_t reference = run("", false, &end);
    (void)snprintf(more, sizeof more, event, "beheerder", "0.0");
    assert_true(run(more, false, &end) == reference);
    (void)snprintf(more, sizeof more, event, "beheerder", "20.0");
    assert_true(run(more, false, &end) != reference);
    const uint64_t off = run("processes = { support = { enabled = false; }; };", false, &end);
    assert_int_equal(end.used + end.need, 0);
    assert_true(run("processes = { support = { enabled = false; support_hours = 500.0; }; livelihood = { nuisance_help = 0.0; "
                    "nuisance_beheer = 0.0; "
                    "debt_help = 0.0; }; };",
                    false, &end) == off);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_support_and_twice_the_onset_overload),
        cmocka_unit_test(unlimited_support_takes_all_load_away),
        cmocka_unit_test(without_vulnerable_people_there_is_no_load),
        cmocka_unit_test(nothing_asked_is_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
