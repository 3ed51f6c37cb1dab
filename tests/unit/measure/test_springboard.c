#include "measure/springboard_level.h"

#include "fixture_measure.h"

/* Buurten 0 and 1 are wijk 0, of which 0 has much social rent; buurt 2 is wijk 1. All earn 20,000. */
static const char streets[] =
    "month 2025-01\nbuurten 3\n"
    "unit a1 buurt=0 tenure=social rent=600\nunit a2 buurt=0 tenure=social rent=600\nunit a3 buurt=0 tenure=social rent=600\n"
    "unit b1 buurt=1 tenure=owner value=300000\nunit b2 buurt=1 tenure=owner value=300000\n"
    "unit c1 buurt=2 tenure=owner value=300000\nunit c2 buurt=2 tenure=owner value=300000\n"
    "household h1 unit=a1 income=20000 members=40m\nhousehold h2 unit=a2 income=20000 members=40m vulnerable=debt\n"
    "household h3 unit=b1 income=20000 members=40m\nhousehold h4 unit=c1 income=20000 members=40m\n";

typedef struct stage {
    wks_world world;
    wks_scenario scenario;
    wks_catalogue catalogue;
    wks_track track;
    wks_springboard *springboard;
    wks_series series;
    wks_err err;
} stage;

static void push(stage *s)
{
    assert_ok(wks_track_find(&s->track, &s->world, &s->err), &s->err);
    assert_ok(wks_springboard_push(s->springboard, &s->track, &s->world, &s->err), &s->err);
    wks_track_take(&s->track, &s->world);
}

static void open_stage(stage *s)
{
    memset(s, 0, sizeof *s);
    s->err = WKS_ERR_INIT;
    wks_fixture_world_make(&s->world, streets);
    wks_fixture_measure_scenario(&s->scenario, &s->catalogue, "");
    s->world.income_growth = 1;
    s->world.buurt.social_start[0] = 1;
    for (int32_t h = 0; h < s->world.household.base.n_rows; h++)
        s->world.household.low_month[h] = WKS_NO_MONTH;
    assert_ok(wks_springboard_create(&s->world, &s->springboard, &s->err), &s->err);
    push(s);
}

static void close_stage(stage *s)
{
    wks_series_free(&s->series);
    wks_springboard_destroy(s->springboard);
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

static void months(stage *s, int32_t n)
{
    for (int32_t m = 0; m < n; m++) {
        wks_world_next_tick(&s->world);
        push(s);
    }
}

static void expect(const stage *s, wks_springboard_level level, int32_t area, wks_springboard_kind kind, int64_t part, int64_t whole)
{
    const wks_springboard_share share = wks_springboard_of(s->springboard, level, area, kind);
    if (share.part != part || share.whole != whole)
        fail_msg("level %d area %d %s: %lld of %lld, expected %lld of %lld", (int)level, area, wks_springboard_kind_name[kind],
                 (long long)share.part, (long long)share.whole, (long long)part, (long long)whole);
}

static void nothing_is_told_before_the_first_year(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    months(&s, 11);
    for (int32_t k = 0; k < WKS_N_SPRINGBOARD_KINDS; k++)
        expect(&s, WKS_SPRINGBOARD_WIJK, 0, (wks_springboard_kind)k, 0, 0);
    months(&s, 1);
    expect(&s, WKS_SPRINGBOARD_WIJK, 0, WKS_SPRINGBOARD_RESIDENTS_LOW, 0, 3);
    close_stage(&s);
}

static void rise_and_fall_are_beyond_a_tenth_and_without_general_growth(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    s.world.income_growth = 1.05;
    s.world.household.income_eur[hh(&s, "h1")] = (float)(20000 * 1.05 * 1.11);
    s.world.household.income_eur[hh(&s, "h2")] = (float)(20000 * 1.05 * 0.89);
    s.world.household.income_eur[hh(&s, "h3")] = (float)(20000 * 1.05 * 1.09);
    s.world.household.income_eur[hh(&s, "h4")] = 90000;
    s.world.household.income_source[hh(&s, "h4")] = WKS_INCOME_PENSION;
    months(&s, 12);
    expect(&s, WKS_SPRINGBOARD_BUURT, 0, WKS_SPRINGBOARD_STAYERS_RISE, 1, 2);
    expect(&s, WKS_SPRINGBOARD_BUURT, 0, WKS_SPRINGBOARD_STAYERS_FALL, 1, 2);
    expect(&s, WKS_SPRINGBOARD_BUURT, 1, WKS_SPRINGBOARD_STAYERS_RISE, 0, 1);
    expect(&s, WKS_SPRINGBOARD_BUURT, 2, WKS_SPRINGBOARD_STAYERS_RISE, 0, 0); /* pension */
    expect(&s, WKS_SPRINGBOARD_WIJK, 0, WKS_SPRINGBOARD_STAYERS_RISE, 1, 3);
    months(&s, 12); /* nothing more happens: the next year starts from there */
    expect(&s, WKS_SPRINGBOARD_WIJK, 0, WKS_SPRINGBOARD_STAYERS_RISE, 0, 3);
    close_stage(&s);
}

static void who_moves_leaves_its_buurt_but_stays_in_its_wijk(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    months(&s, 3);
    move(&s, "h1", "b2");
    s.world.household.income_eur[hh(&s, "h1")] = 30000;
    months(&s, 9);
    expect(&s, WKS_SPRINGBOARD_BUURT, 0, WKS_SPRINGBOARD_LEAVERS_RISE, 1, 1);
    expect(&s, WKS_SPRINGBOARD_BUURT, 0, WKS_SPRINGBOARD_STAYERS_RISE, 0, 1);
    expect(&s, WKS_SPRINGBOARD_BUURT, 1, WKS_SPRINGBOARD_ENTRANTS_LOW, 0, 1);
    expect(&s, WKS_SPRINGBOARD_WIJK, 0, WKS_SPRINGBOARD_LEAVERS_RISE, 0, 0);
    expect(&s, WKS_SPRINGBOARD_WIJK, 0, WKS_SPRINGBOARD_STAYERS_RISE, 1, 3);
    expect(&s, WKS_SPRINGBOARD_CITY, 0, WKS_SPRINGBOARD_LEAVERS_RISE, 1, 1);
    expect(&s, WKS_SPRINGBOARD_CITY, 1, WKS_SPRINGBOARD_ENTRANTS_LOW, 0, 1);
    close_stage(&s);
}

static void who_leaves_the_city_is_judged_by_its_last_month_and_who_ends_is_not(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    s.world.household.income_eur[hh(&s, "h1")] = 30000;
    months(&s, 1);
    wks_world_next_tick(&s.world);
    assert_ok(wks_relations_depart(&s.world, hh(&s, "h1"), &s.err), &s.err);
    assert_ok(wks_relations_person_die(&s.world, s.world.household.first_person_row[hh(&s, "h3")], &s.err), &s.err);
    push(&s);
    months(&s, 10);
    expect(&s, WKS_SPRINGBOARD_BUURT, 0, WKS_SPRINGBOARD_LEAVERS_RISE, 1, 1);
    expect(&s, WKS_SPRINGBOARD_BUURT, 1, WKS_SPRINGBOARD_LEAVERS_RISE, 0, 0);
    expect(&s, WKS_SPRINGBOARD_BUURT, 1, WKS_SPRINGBOARD_RESIDENTS_LOW, 0, 0);
    close_stage(&s);
}

static void exits_follow_who_was_low_wherever_it_lives_now(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    s.world.household.low_month[hh(&s, "h1")] = s.world.household.low_month[hh(&s, "h2")] = wks_month_cell(s.world.month);
    months(&s, 12);
    expect(&s, WKS_SPRINGBOARD_BUURT, 0, WKS_SPRINGBOARD_RESIDENTS_LOW, 2, 2);
    expect(&s, WKS_SPRINGBOARD_BUURT, 0, WKS_SPRINGBOARD_LOW_EXIT, 0, 0); /* nobody was low when that year began */
    move(&s, "h1", "c2");
    s.world.household.low_month[hh(&s, "h1")] = WKS_NO_MONTH;
    months(&s, 12);
    expect(&s, WKS_SPRINGBOARD_BUURT, 0, WKS_SPRINGBOARD_LOW_EXIT, 1, 2);
    close_stage(&s);
}

static void vulnerable_households_stay_at_their_address_or_not(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    months(&s, 12);
    expect(&s, WKS_SPRINGBOARD_WIJK, 0, WKS_SPRINGBOARD_VULNERABLE_STAY, 1, 1);
    wks_world_next_tick(&s.world);
    move(&s, "h2", "a3");
    push(&s);
    months(&s, 11);
    expect(&s, WKS_SPRINGBOARD_WIJK, 0, WKS_SPRINGBOARD_VULNERABLE_STAY, 0, 1);
    close_stage(&s);
}

static int32_t count_rows(const stage *s, const char *indicator, const char *level)
{
    int32_t n = 0;
    for (int32_t i = 0; i < s->series.n; i++)
        n += strcmp(s->series.row[i].indicator, indicator) == 0 && strcmp(s->series.row[i].level, level) == 0;
    return n;
}

static void rows_are_by_area_and_count_jobs_where_people_live(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    s.scenario.output.buurt = s.scenario.output.wijk = true;
    wks_rare_set_u64(&s.world.household.job, hh(&s, "h1"), 1);
    wks_rare_set_u64(&s.world.household.job, hh(&s, "h4"), WKS_JOB_ENDED);
    assert_ok(wks_springboard_level_city(&s.scenario, &s.world, s.springboard, &s.series, &s.err), &s.err);
    assert_ok(wks_springboard_level_areas(&s.scenario, &s.world, s.springboard, &s.series, &s.err), &s.err);
    assert_int_equal(count_rows(&s, "springboard", ""), WKS_N_SPRINGBOARD_KINDS);
    assert_int_equal(count_rows(&s, "springboard_elsewhere", ""), WKS_N_SPRINGBOARD_KINDS);
    assert_int_equal(count_rows(&s, "springboard", "buurt"), 3 * (WKS_N_SPRINGBOARD_KINDS - 1)); /* none of vulnerable people below wijk */
    assert_int_equal(count_rows(&s, "springboard", "wijk"), s.world.n_wijken * WKS_N_SPRINGBOARD_KINDS);
    for (int32_t i = 0; i < s.series.n; i++) {
        const wks_series_row *row = &s.series.row[i];
        if (strcmp(row->indicator, "jobs_taken") == 0) assert_close(row->value, row->area_row <= 0 ? 1 : 0, 0, 0);
    }
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_told_before_the_first_year),
        cmocka_unit_test(rise_and_fall_are_beyond_a_tenth_and_without_general_growth),
        cmocka_unit_test(who_moves_leaves_its_buurt_but_stays_in_its_wijk),
        cmocka_unit_test(who_leaves_the_city_is_judged_by_its_last_month_and_who_ends_is_not),
        cmocka_unit_test(exits_follow_who_was_low_wherever_it_lives_now),
        cmocka_unit_test(vulnerable_households_stay_at_their_address_or_not),
        cmocka_unit_test(rows_are_by_area_and_count_jobs_where_people_live),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
