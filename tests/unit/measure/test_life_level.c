#include "measure/life_level.h"

#include "fixture_measure.h"
#include "measure/composition.h"

typedef struct stage {
    wks_world world;
    wks_scenario scenario;
    wks_catalogue catalogue;
    wks_mobility mobility;
    wks_tenancy *tenancy;
    wks_flows *flows;
    wks_series series;
    wks_err err;
} stage;

static void open_stage(stage *s, const char *more)
{
    memset(s, 0, sizeof *s);
    s->err = WKS_ERR_INIT;
    wks_fixture_world_make(&s->world, wks_fixture_world_ten);
    wks_fixture_measure_scenario(&s->scenario, &s->catalogue, more);
    assert_ok(wks_tenancy_create(36, &s->tenancy, &s->err), &s->err);
    assert_ok(wks_flows_create(&s->scenario, &s->flows, &s->err), &s->err);
}

static void close_stage(stage *s)
{
    wks_series_free(&s->series);
    wks_mobility_free(&s->mobility);
    wks_tenancy_destroy(s->tenancy);
    wks_flows_destroy(s->flows);
    wks_scenario_free(&s->scenario);
    wks_world_free(&s->world);
}

static void measure(stage *s)
{
    wks_series_clear(&s->series);
    assert_ok(wks_mobility_push(&s->mobility, &s->world, &s->err), &s->err);
    assert_ok(wks_tenancy_push(s->tenancy, &s->world, &s->err), &s->err);
    if (s->world.tick > 0) assert_ok(wks_flows_tick(s->flows, &s->world, &s->err), &s->err);
    assert_ok(wks_life_level_add(&s->scenario, &s->world, &s->mobility, s->tenancy, s->flows, &s->series, &s->err), &s->err);
}

static double city(const stage *s, const char *indicator, const char *kind)
{
    return wks_fixture_measure_city(&s->series, indicator, kind);
}

static void composition_equals_a_hand_made_count(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, "");
    measure(&s);
    assert_close(city(&s, "persons_age", "age_0_15"), 4, 0, 0);    /* 12, 9, 8, 6 */
    assert_close(city(&s, "persons_age", "age_15_25"), 3, 0, 0);   /* 15, 21, 23 */
    assert_close(city(&s, "persons_age", "age_25_45"), 7, 0, 0);   /* 44, 42, 38, 31, 33, 36, 29 */
    assert_close(city(&s, "persons_age", "age_45_65"), 2, 0, 0);   /* 51, 50 */
    assert_close(city(&s, "persons_age", "age_65_80"), 2, 0, 0);   /* 77, 75 */
    assert_close(city(&s, "persons_age", "age_80_plus"), 2, 0, 0); /* 81, 86 */
    assert_close(city(&s, "households_type", "single"), 2, 0, 0);
    assert_close(city(&s, "households_type", "couple"), 2, 0, 0);
    assert_close(city(&s, "households_type", "couple_children"), 2, 0, 0); /* h8 is a child of h1 */
    assert_close(city(&s, "households_type", "single_parent"), 2, 0, 0);
    assert_close(city(&s, "dwellings", "social"), 6, 0, 0);
    assert_close(city(&s, "vacancy_share", "social"), 2.0 / 6, 1e-12, 0);
    assert_close(city(&s, "vacancy_share", "private_rent"), 0, 0, 0); /* one of three rooms is let */
    assert_close(city(&s, "vacancy_share", "corporatie_free"), 1, 0, 0);
    assert_close(city(&s, "vacancy_share", ""), 3.0 / 10, 1e-12, 0);
    close_stage(&s);
}

static void rows_are_the_same_at_every_tick(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, "");
    measure(&s);
    const int32_t n = s.series.n;
    assert_true(isnan(city(&s, "moves_within_share", "age_25")));
    assert_true(isnan(city(&s, "turnover_cbs", "social")));
    assert_true(isnan(city(&s, "tenancy_survival", "year_5")));
    wks_world_next_tick(&s.world);
    assert_ok(
        wks_relations_move_in(&s.world, wks_fixture_world_household(&s.world, "h8"), wks_fixture_world_unit(&s.world, "v1"), true, &s.err),
        &s.err);
    measure(&s);
    assert_int_equal(s.series.n, n);
    assert_close(city(&s, "moves_within_share", ""), 12.0 / 20, 1e-12, 0);
    for (int32_t m = 0; m < 12; m++) {
        wks_world_next_tick(&s.world);
        measure(&s);
    }
    assert_close(city(&s, "turnover_cbs", "social"), 1.0 / 6, 1e-12, 0);
    assert_close(city(&s, "turnover_cbs", ""), 1.0 / 10, 1e-12, 0);
    assert_close(city(&s, "tenancy_survival", "year_1"), 1, 0, 0);
    close_stage(&s);
}

static void listed_indicators_only(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, "output = { indicators = ( \"vacancy_share\" ); };");
    measure(&s);
    assert_int_equal(s.series.n, WKS_N_TENURES + 1);
    close_stage(&s);
}

/* Every class of so small a town tells of few: nothing that counts people is told. */
static void few_are_not_told(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, "");
    s.world.hides_few = true;
    measure(&s);
    wks_world_next_tick(&s.world);
    measure(&s);
    for (int32_t i = 0; i < s.series.n; i++) {
        if (strcmp(s.series.row[i].indicator, "dwellings") != 0) assert_true(isnan(s.series.row[i].value));
    }
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(composition_equals_a_hand_made_count),
        cmocka_unit_test(rows_are_the_same_at_every_tick),
        cmocka_unit_test(listed_indicators_only),
        cmocka_unit_test(few_are_not_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
