#include "measure/buurt_level.h"

#include "fixture_measure.h"

typedef struct stage {
    wks_world world;
    wks_scenario scenario;
    wks_catalogue catalogue;
    wks_counts counts;
    wks_window window;
    wks_series series;
} stage;

static void open_stage(stage *s, const char *more)
{
    wks_err err = WKS_ERR_INIT;
    memset(s, 0, sizeof *s);
    wks_fixture_world_make(&s->world, wks_fixture_world_ten);
    wks_fixture_measure_scenario(&s->scenario, &s->catalogue, more);
    wks_observe_refresh_groups(&s->scenario, &s->world);
    assert_ok(wks_counts_create(3, 3, &s->counts, &err), &err);
    wks_window_start(&s->window, 20);
}

static void close_stage(stage *s)
{
    wks_series_free(&s->series);
    wks_window_free(&s->window);
    wks_counts_free(&s->counts);
    wks_scenario_free(&s->scenario);
    wks_world_free(&s->world);
}

static void measure(stage *s)
{
    wks_err err = WKS_ERR_INIT;
    wks_series_clear(&s->series);
    assert_ok(wks_counts_take(&s->counts, &s->world, NULL, &err), &err);
    assert_ok(wks_buurt_level_add(&s->scenario, &s->world, &s->counts, &s->window, &s->series, &err), &err);
}

static double value(const stage *s, const char *level, int32_t row, const char *indicator, const char *group)
{
    return wks_fixture_measure_value(&s->series, indicator, group, "", level, row);
}

static const char both[] = "output = { levels = [ \"buurt\", \"wijk\" ]; };";

static void areas_equal_a_hand_made_count(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, both);
    for (int32_t b = 0; b < 3; b++) {
        s.world.buurt.won[b] = 0.01 * b;
        s.world.buurt.fys[b] = 0.02;
        s.world.buurt.vrz[b] = -0.03;
        s.world.buurt.soc[b] = 0.05 * (b - 1);
        s.world.buurt.onv[b] = -0.1 * b;
        s.world.buurt.turnover[b] = 0.1 + 0.02 * b;
        s.world.buurt.price[b] = 1 + 0.1 * b;
        s.world.buurt.load[b] = 2 * b;
        s.world.buurt.capacity[b] = b;
    }
    measure(&s);
    assert_close(value(&s, "buurt", 0, "households", ""), 3, 0, 0);
    assert_close(value(&s, "buurt", 0, "persons", ""), 8, 0, 0);
    assert_close(value(&s, "buurt", 2, "persons", ""), 4, 0, 0);
    assert_close(value(&s, "buurt", 0, "units_social", ""), 4, 0, 0);
    assert_close(value(&s, "buurt", 2, "vacancies_social", ""), 1, 0, 0);
    assert_close(value(&s, "buurt", 1, "vacancies_market", ""), 2, 0, 0);
    assert_close(value(&s, "buurt", 0, "count", "families"), 2, 0, 0);
    assert_close(value(&s, "buurt", 0, "share", "families"), 2.0 / 3, 1e-12, 0);
    assert_close(value(&s, "buurt", 1, "share", "families"), 1.0 / 3, 1e-12, 0);
    assert_close(value(&s, "buurt", 2, "leefbaarheid_won", ""), 0.02, 1e-12, 0);
    assert_close(value(&s, "buurt", 2, "leefbaarheid", ""), 0.02 + 0.02 - 0.03 + 0.05 - 0.2, 1e-12, 0);
    assert_close(value(&s, "buurt", 1, "load", ""), 2, 1e-12, 0);
    assert_true(isnan(value(&s, "buurt", 0, "load", ""))); /* nobody can carry anything */
    assert_true(isnan(value(&s, "buurt", 0, "lettings", "")));
    /* A wijk is the mean of its buurten by households; sums are sums. */
    assert_close(value(&s, "wijk", 0, "households", ""), 6, 0, 0);
    assert_close(value(&s, "wijk", 0, "persons", ""), 16, 0, 0);
    assert_close(value(&s, "wijk", 0, "turnover", ""), 0.11, 1e-12, 0);
    assert_close(value(&s, "wijk", 0, "price_index", ""), 1.05, 1e-12, 0);
    assert_close(value(&s, "wijk", 0, "share", "families"), 0.5, 1e-12, 0);
    assert_close(value(&s, "wijk", 0, "leefbaarheid_soc", ""), -0.025, 1e-12, 0);
    assert_close(value(&s, "wijk", 1, "households", ""), 1, 0, 0);
    close_stage(&s);
}

static void lettings_count_where_the_home_is(void **state)
{
    stage s;
    wks_err err = WKS_ERR_INIT;
    const int64_t active[WKS_WINDOW_GROUPS] = {0};
    (void)state;
    open_stage(&s, both);
    wks_fixture_measure_letting(&s.world, "v1", 1, 120, 24);
    wks_fixture_measure_letting(&s.world, "u3", 1, 120, 24);
    wks_fixture_measure_letting(&s.world, "v2", 0, 60, 12);
    assert_ok(wks_window_push(&s.window, &s.world, active, 20, &err), &err);
    measure(&s);
    assert_close(value(&s, "buurt", 0, "lettings", ""), 2, 0, 0);
    assert_close(value(&s, "buurt", 1, "lettings", ""), 0, 0, 0);
    assert_close(value(&s, "buurt", 2, "lettings", ""), 1, 0, 0);
    assert_close(value(&s, "wijk", 0, "lettings", ""), 2, 0, 0);
    close_stage(&s);
}

static void empty_area_is_not_defined_rather_than_zero(void **state)
{
    stage s;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    open_stage(&s, both);
    measure(&s);
    const int32_t rows = s.series.n;
    assert_ok(wks_relations_depart(&s.world, wks_fixture_world_household(&s.world, "h7"), &err), &err);
    measure(&s);
    assert_int_equal(s.series.n, rows);
    assert_close(value(&s, "buurt", 2, "households", ""), 0, 0, 0);
    assert_close(value(&s, "buurt", 2, "count", "families"), 0, 0, 0);
    assert_true(isnan(value(&s, "buurt", 2, "share", "families")));
    assert_true(isnan(value(&s, "buurt", 2, "leefbaarheid", "")));
    assert_true(isnan(value(&s, "buurt", 2, "turnover", "")));
    close_stage(&s);
}

static void only_the_levels_asked_for(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, "output = { levels = [ \"wijk\" ]; indicators = [ \"households\" ]; };");
    measure(&s);
    assert_int_equal(s.series.n, 2);
    assert_string_equal(s.series.row[0].level, "wijk");
    close_stage(&s);
}

/* Ten households in three buurten: with real people hardly anything is told, and the homes themselves are. */
static void few_real_people_are_hidden(void **state)
{
    stage s;
    int32_t n = 0;
    (void)state;
    open_stage(&s, both);
    measure(&s);
    const int32_t n_rows = s.series.n;
    const double homes = value(&s, "buurt", 0, "units_social", "");
    s.world.hides_few = true;
    measure(&s);
    assert_int_equal(s.series.n, n_rows); /* the same rows */
    for (int32_t b = 0; b < 3; b++) {
        assert_true(isnan(value(&s, "buurt", b, "households", "")));
        assert_true(isnan(value(&s, "buurt", b, "count", "families")));
        assert_true(isnan(value(&s, "buurt", b, "share", "families")));
        assert_true(isnan(value(&s, "buurt", b, "turnover", "")));
    }
    for (int32_t i = 0; i < s.series.n; i++) { /* whatever counts people and is told is 10 or more */
        const wks_series_row *row = &s.series.row[i];
        const bool is_count = strcmp(row->indicator, "persons") == 0 || strcmp(row->indicator, "households") == 0;
        if (!is_count || isnan(row->value)) continue;
        assert_true(row->value >= WKS_WORLD_FEW);
        n++;
    }
    assert_true(n < 6);
    assert_close(value(&s, "buurt", 0, "units_social", ""), homes, 0, 0);
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(areas_equal_a_hand_made_count),
        cmocka_unit_test(lettings_count_where_the_home_is),
        cmocka_unit_test(empty_area_is_not_defined_rather_than_zero),
        cmocka_unit_test(only_the_levels_asked_for),
        cmocka_unit_test(few_real_people_are_hidden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
