#include "measure/growth_level.h"

#include "fixture_measure.h"

typedef struct stage {
    wks_world world;
    wks_scenario scenario;
    wks_catalogue catalogue;
    wks_track track;
    wks_growth *growth;
    wks_series series;
    wks_err err;
} stage;

static void push(stage *s)
{
    wks_observe_refresh_groups(&s->scenario, &s->world);
    assert_ok(wks_track_find(&s->track, &s->world, &s->err), &s->err);
    assert_ok(wks_growth_push(s->growth, &s->track, &s->world, &s->err), &s->err);
    wks_track_take(&s->track, &s->world);
    wks_world_next_tick(&s->world);
}

static void open_stage(stage *s)
{
    memset(s, 0, sizeof *s);
    s->err = WKS_ERR_INIT;
    wks_fixture_world_make(&s->world, wks_fixture_world_ten);
    wks_fixture_measure_scenario(&s->scenario, &s->catalogue, "");
    assert_ok(wks_growth_create(&s->scenario, 3, &s->growth, &s->err), &s->err);
    push(s);
}

static void close_stage(stage *s)
{
    wks_series_free(&s->series);
    wks_growth_destroy(s->growth);
    wks_track_free(&s->track);
    wks_scenario_free(&s->scenario);
    wks_world_free(&s->world);
}

static int32_t hh(const stage *s, const char *name)
{
    return wks_fixture_world_household(&s->world, name);
}

static void move(stage *s, const char *household, const char *unit)
{
    assert_ok(wks_relations_move_in(&s->world, hh(s, household), wks_fixture_world_unit(&s->world, unit), true, &s->err), &s->err);
}

static void expect(const stage *s, int32_t slot, int32_t buurt, int64_t in, int64_t out, int64_t onset, int64_t recovery, int64_t other)
{
    int64_t flow[WKS_N_GROWTH_FLOWS];
    wks_growth_sums_of(s->growth, slot, buurt, flow);
    assert_int_equal(flow[WKS_GROWTH_IN], in);
    assert_int_equal(flow[WKS_GROWTH_OUT], out);
    assert_int_equal(flow[WKS_GROWTH_ONSET], onset);
    assert_int_equal(flow[WKS_GROWTH_RECOVERY], recovery);
    assert_int_equal(flow[WKS_GROWTH_OTHER], other);
}

enum { FAMILIES = 0, REFERRED = 1, ANY = 3 };

static void start_counts_members_and_no_flows(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    assert_int_equal(wks_growth_members(s.growth, FAMILIES, -1), 4);
    assert_int_equal(wks_growth_members(s.growth, FAMILIES, 0), 2);
    assert_int_equal(wks_growth_members(s.growth, ANY, -1), 1); /* h2 */
    expect(&s, FAMILIES, -1, 0, 0, 0, 0, 0);
    close_stage(&s);
}

/* h1 falls into debt where it lives, h2 is frail no more. */
static void onset_and_recovery_are_in_place(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    s.world.household.vulnerability[hh(&s, "h1")] = WKS_VULNERABLE_DEBT;
    s.world.household.vulnerability[hh(&s, "h2")] = 0;
    push(&s);
    expect(&s, ANY, -1, 0, 0, 1, 1, 0);
    expect(&s, ANY, 0, 0, 0, 1, 1, 0);
    close_stage(&s);
}

/* h3, a family, goes from buurt 0 to 2: nothing changes for the city. With onset in the same month that comes first, at the old address. */
static void moving_is_outflow_there_and_inflow_here(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    move(&s, "h3", "v2");
    s.world.household.vulnerability[hh(&s, "h3")] = WKS_VULNERABLE_DEBT;
    push(&s);
    expect(&s, FAMILIES, -1, 0, 0, 0, 0, 0);
    expect(&s, FAMILIES, 0, 0, 1, 0, 0, 0);
    expect(&s, FAMILIES, 2, 1, 0, 0, 0, 0);
    expect(&s, ANY, 0, 0, 1, 1, 0, 0);
    expect(&s, ANY, 2, 1, 0, 0, 0, 0);
    close_stage(&s);
}

/* The referred family at COA is housed: inflow. h4, a family, leaves the city; h9, one too, joins h1; h2 dies. */
static void coming_leaving_joining_and_dying_are_told_apart(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    move(&s, "h10", "v2");
    assert_ok(wks_relations_depart(&s.world, hh(&s, "h4"), &s.err), &s.err);
    assert_ok(wks_relations_merge(&s.world, hh(&s, "h9"), hh(&s, "h1"), &s.err), &s.err);
    assert_ok(wks_relations_person_die(&s.world, wks_fixture_world_person(&s.world, "h2/0"), &s.err), &s.err);
    push(&s);
    expect(&s, REFERRED, -1, 1, 0, 0, 0, 0);
    expect(&s, REFERRED, 2, 1, 0, 0, 0, 0);
    expect(&s, FAMILIES, -1, 1, 1, 0, 0, -1);
    expect(&s, FAMILIES, 1, 0, 1, 0, 0, 0); /* h9 had no home of its own there */
    expect(&s, ANY, -1, 0, 0, 0, 0, -1);
    expect(&s, ANY, 0, 0, 0, 0, 0, -1);
    close_stage(&s);
}

static void rows_hide_a_group_as_a_whole(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    push(&s);
    assert_ok(wks_growth_level_city(&s.scenario, &s.world, s.growth, &s.series, &s.err), &s.err);
    assert_int_equal(s.series.n, 3 * WKS_N_GROWTH_FLOWS); /* two groups that are measured, and any vulnerability */
    assert_close(wks_fixture_measure_city(&s.series, "group_onset", "any_vulnerability"), 0, 0, 0);
    assert_ok(wks_growth_level_buurten(&s.scenario, &s.world, s.growth, &s.series, &s.err), &s.err);
    assert_int_equal(s.series.n, (1 + 3) * 3 * WKS_N_GROWTH_FLOWS);
    s.world.hides_few = true;
    wks_series_clear(&s.series);
    assert_ok(wks_growth_level_city(&s.scenario, &s.world, s.growth, &s.series, &s.err), &s.err);
    for (int32_t i = 0; i < s.series.n; i++)
        assert_true(isnan(s.series.row[i].value));
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(start_counts_members_and_no_flows),
        cmocka_unit_test(onset_and_recovery_are_in_place),
        cmocka_unit_test(moving_is_outflow_there_and_inflow_here),
        cmocka_unit_test(coming_leaving_joining_and_dying_are_told_apart),
        cmocka_unit_test(rows_hide_a_group_as_a_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
