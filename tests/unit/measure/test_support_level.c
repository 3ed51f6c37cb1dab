#include "measure/support_level.h"

#include "fixture_measure.h"

typedef struct stage {
    wks_world world;
    wks_scenario scenario;
    wks_catalogue catalogue;
    wks_series series;
    wks_err err;
} stage;

static void person_in_need(stage *s, const char *name, int32_t need, bool is_known, int32_t help)
{
    const int32_t row = wks_fixture_world_household(&s->world, name);
    s->world.household.need[row] = (uint8_t)need;
    s->world.household.need_known[row] = is_known;
    s->world.household.help[row] = (uint8_t)help;
    if (help == 0) return;
    s->world.support.used[WKS_SUPPORT_wijkteam] += help;
    s->world.buurt.support_given[wks_world_buurt_of(&s->world, row)] += help;
}

/* h1 and h3 are families; need of 20, 5, 10 and 5 tenths of an hour. */
static void open_stage(stage *s)
{
    memset(s, 0, sizeof *s);
    s->err = WKS_ERR_INIT;
    wks_fixture_world_make(&s->world, wks_fixture_world_ten);
    wks_fixture_measure_scenario(&s->scenario, &s->catalogue, "");
    s->scenario.output.buurt = s->scenario.output.wijk = true;
    wks_observe_refresh_groups(&s->scenario, &s->world);
    person_in_need(s, "h1", 20, true, 16);
    person_in_need(s, "h2", 5, false, 0);
    person_in_need(s, "h3", 10, true, 0);
    person_in_need(s, "h5", 5, true, 5);
    s->world.support.n_cases = 2;
    s->world.support.n_waiting = 1;
    s->world.support.waited_months = 7;
    s->world.support.staffed[WKS_SUPPORT_wijkteam] = 30;
    s->world.support.base[WKS_SUPPORT_wijkteam] = 25;
    s->world.buurt.staffed_presence[1] = 4;
    s->world.buurt.asked_presence[1] = 9;
}

static void close_stage(stage *s)
{
    wks_series_free(&s->series);
    wks_scenario_free(&s->scenario);
    wks_world_free(&s->world);
}

static void measure(stage *s)
{
    wks_series_clear(&s->series);
    wks_support_level_facts facts[WKS_WINDOW_GROUPS];

    wks_support_level_facts_of(&s->world, facts);
    assert_ok(wks_support_level_city(&s->scenario, &s->world, facts, &s->series, &s->err), &s->err);
}

static double city(const stage *s, const char *indicator, const char *group)
{
    return wks_fixture_measure_city(&s->series, indicator, group);
}

static void city_equals_a_hand_made_count(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    measure(&s);
    assert_close(city(&s, "need_hours", ""), 4, 1e-12, 0);
    assert_close(city(&s, "need_known_share", ""), 35.0 / 40, 1e-12, 0);
    assert_close(city(&s, "need_met_share", ""), 25.0 / 40, 1e-12, 0);
    assert_close(city(&s, "need_hours", "families"), 3, 1e-12, 0);
    assert_close(city(&s, "need_met_share", "families"), 20.0 / 30, 1e-12, 0);
    assert_true(isnan(city(&s, "need_met_share", "referred"))); /* nobody of them in need */
    assert_close(city(&s, "support_cases", ""), 2, 0, 0);
    assert_close(city(&s, "support_waiting", ""), 1, 0, 0);
    assert_close(city(&s, "support_wait_months", ""), 7, 0, 0);
    assert_close(city(&s, "support_staffed", ""), 3.4, 1e-12, 0);
    assert_close(city(&s, "support_staffed", "presence"), 0.4, 1e-12, 0);
    assert_close(city(&s, "support_asked", ""), 3.4, 1e-12, 0);
    assert_close(city(&s, "support_asked", "wijkteam"), 2.5, 1e-12, 0);
    s.world.tick = 1; /* between the buurt tables: the city only */
    measure(&s);
    assert_close(city(&s, "need_hours", ""), 4, 1e-12, 0);
    for (int32_t i = 0; i < s.series.n; i++)
        assert_string_equal(s.series.row[i].group, "");
    close_stage(&s);
}

static void who_has_no_home_of_their_own_does_not_count(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    person_in_need(&s, "h8", 20, true, 0); /* at the parents' */
    measure(&s);
    assert_close(city(&s, "need_hours", ""), 4, 1e-12, 0);
    close_stage(&s);
}

static void needs_are_not_told_of_buurten(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    assert_ok(wks_support_level_areas(&s.scenario, &s.world, &s.series, &s.err), &s.err);
    for (int64_t i = 0; i < s.series.n; i++)
        assert_true(strcmp(s.series.row[i].indicator, "need_hours") != 0 || strcmp(s.series.row[i].level, "wijk") == 0);
    close_stage(&s);
}

static void areas_add_up(void **state)
{
    stage s;
    double given = 0, wijken = 0;
    (void)state;
    open_stage(&s);
    assert_ok(wks_support_level_areas(&s.scenario, &s.world, &s.series, &s.err), &s.err);
    for (int32_t b = 0; b < s.world.buurt.base.n_rows; b++)
        given += wks_fixture_measure_value(&s.series, "support_hours", "", "", "buurt", b);
    for (int32_t w = 0; w < s.world.n_wijken; w++)
        wijken += wks_fixture_measure_value(&s.series, "need_hours", "", "", "wijk", w);
    assert_close(wijken, 4, 1e-12, 0);
    assert_close(given, 2.1, 1e-12, 0);
    close_stage(&s);
}

static void few_are_not_told_of(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    s.world.hides_few = true;
    measure(&s);
    assert_ok(wks_support_level_areas(&s.scenario, &s.world, &s.series, &s.err), &s.err);
    for (int32_t i = 0; i < s.series.n; i++) {
        const wks_series_row *row = &s.series.row[i];
        const bool is_staff = strcmp(row->indicator, "support_staffed") == 0 || strcmp(row->indicator, "support_asked") == 0;
        assert_true(isnan(row->value) == !is_staff);
    }
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(city_equals_a_hand_made_count), cmocka_unit_test(who_has_no_home_of_their_own_does_not_count),
        cmocka_unit_test(needs_are_not_told_of_buurten), cmocka_unit_test(areas_add_up),
        cmocka_unit_test(few_are_not_told_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
