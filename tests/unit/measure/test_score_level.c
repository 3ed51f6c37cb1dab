#include "measure/score_level.h"

#include <math.h>

#include "fixture_measure.h"
#include "measure/counts.h"

typedef struct stage {
    wks_world world;
    wks_scenario scenario;
    wks_catalogue catalogue;
    wks_counts counts;
    wks_series series;
} stage;

/* Three buurten in a row: 3, 3 and 1 households; scores -0.2, 0 and 0.1; the last counts where all are scored. */
static void open_stage(stage *s, bool all_scored)
{
    static const int32_t start[] = {0, 2, 4, 6}, item[] = {1, 2, 0, 2, 1, 0};
    static const double soc[] = {-0.05, 0.01, 0.03}, onv[] = {-0.15, -0.01, 0.07};
    wks_err err = WKS_ERR_INIT;

    memset(s, 0, sizeof *s);
    wks_fixture_world_make(&s->world, wks_fixture_world_ten);
    wks_fixture_measure_scenario(&s->scenario, &s->catalogue, "");
    assert_ok(wks_counts_create(3, 3, &s->counts, &err), &err);
    for (int32_t b = 0; b < 3; b++) {
        s->world.buurt.soc[b] = s->world.buurt.soc_start[b] = soc[b];
        s->world.buurt.onv[b] = s->world.buurt.onv_start[b] = onv[b];
        s->world.buurt.scored[b] = all_scored || b < 2;
    }
    s->world.near_start = start;
    s->world.near = item;
}

static void close_stage(stage *s)
{
    wks_series_free(&s->series);
    wks_counts_free(&s->counts);
    wks_scenario_free(&s->scenario);
    wks_world_free(&s->world);
}

static void measure(stage *s)
{
    const wks_law law = wks_law_of_year(2025, 0.025);
    wks_err err = WKS_ERR_INIT;

    wks_series_clear(&s->series);
    wks_observe_refresh_groups(&s->scenario, &s->world);
    assert_ok(wks_counts_take(&s->counts, &s->world, &law, &err), &err);
    assert_ok(wks_score_level_add(&s->scenario, &s->world, &s->counts, &s->series, &err), &err);
}

static double city(const stage *s, const char *indicator, const char *kind)
{
    return wks_fixture_measure_city(&s->series, indicator, kind);
}

static void scores_equal_a_hand_made_count(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, true);
    measure(&s);
    assert_close(city(&s, "class_share", "class_4"), 1.0 / 3, 1e-12, 0); /* -0.2 */
    assert_close(city(&s, "class_share", "class_6"), 1.0 / 3, 1e-12, 0); /* 0 */
    assert_close(city(&s, "class_share", "class_8"), 1.0 / 3, 1e-12, 0); /* 0.1 */
    assert_close(city(&s, "class_share", "class_5"), 0, 0, 0);
    /* mean -1/30; squares 1/36 + 1/900 + 16/900 */
    assert_close(city(&s, "leefbaarheid_sd", ""), sqrt((1.0 / 36 + 17.0 / 900) / 3), 1e-12, 0);
    assert_close(city(&s, "leefbaarheid_soc", ""), (3 * -0.05 + 3 * 0.01 + 0.03) / 7, 1e-12, 0);
    assert_close(city(&s, "leefbaarheid_won", ""), 0, 0, 0);
    /* class zwak or lower at the start: the first */
    assert_close(city(&s, "leefbaarheid_gap", "weak"), -0.2 - (3 * 0.0 + 0.1) / 4, 1e-12, 0);
    assert_true(isnan(city(&s, "leefbaarheid_gap", "named")));
    const double r = city(&s, "soc_onv_correlation", "");
    assert_true(r > 0.98 && r <= 1);
    /* each is the neighbour of both others: I = -1/2 whatever the values */
    assert_close(wks_fixture_measure_value(&s.series, "moran_knn6", "leefbaarheid", "buurt", "", WKS_NONE), -0.5, 1e-12, 0);
    assert_close(wks_fixture_measure_value(&s.series, "moran_knn6", "onv", "buurt", "", WKS_NONE), -0.5, 1e-12, 0);
    close_stage(&s);
}

static void gap_is_of_the_areas_of_the_start_whatever_they_become(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, true);
    s.world.buurt.onv[0] = 0.15; /* now class 8 */
    measure(&s);
    assert_close(city(&s, "leefbaarheid_gap", "weak"), 0.1 - 0.1 / 4, 1e-12, 0);
    close_stage(&s);
}

static void named_areas_are_those_of_events(void **state)
{
    static const wks_param areas = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, true, "test", "test"};
    static const wks_spec kind = {"renewal", "event", "test", "", &areas, 1, NULL};
    char name[] = "buurt-2", *list[] = {name};
    wks_event event = {.month = 0};
    stage s;
    (void)state;
    open_stage(&s, true);
    event.settings.spec = &kind;
    event.settings.area[0] = list;
    event.settings.n_areas[0] = 1;
    s.scenario.timeline = &event;
    s.scenario.n_events = 1;
    measure(&s);
    assert_close(city(&s, "leefbaarheid_gap", "named"), 0.1 - (3 * -0.2 + 0) / 6, 1e-12, 0);
    event.settings.n_areas[0] = 0; /* everywhere: no focus */
    measure(&s);
    assert_true(isnan(city(&s, "leefbaarheid_gap", "named")));
    s.scenario.timeline = NULL;
    s.scenario.n_events = 0;
    close_stage(&s);
}

static void buurten_without_a_published_score_do_not_count(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, false);
    measure(&s);
    assert_close(city(&s, "class_share", "class_4"), 0.5, 0, 0);
    assert_close(city(&s, "class_share", "class_8"), 0, 0, 0);
    assert_close(city(&s, "leefbaarheid_sd", ""), 0.1, 1e-12, 0);
    s.world.buurt.scored[1] = 0;
    measure(&s);
    assert_true(isnan(city(&s, "leefbaarheid_sd", "")));
    s.world.buurt.scored[0] = 0;
    s.world.near_start = NULL;
    measure(&s);
    assert_true(isnan(city(&s, "class_share", "class_4")));
    assert_true(isnan(wks_fixture_measure_value(&s.series, "moran_knn6", "onv", "buurt", "", WKS_NONE)));
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores_equal_a_hand_made_count),
        cmocka_unit_test(gap_is_of_the_areas_of_the_start_whatever_they_become),
        cmocka_unit_test(named_areas_are_those_of_events),
        cmocka_unit_test(buurten_without_a_published_score_do_not_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
