#include "measure/observe.h"

#include "fixture_measure.h"

typedef struct stage {
    wks_world world;
    wks_scenario scenario;
    wks_catalogue catalogue;
    wks_observe *observe;
    wks_series city, buurt;
} stage;

static void open_stage(stage *s)
{
    wks_err err = WKS_ERR_INIT;
    memset(s, 0, sizeof *s);
    wks_fixture_world_make(&s->world, wks_fixture_world_ten);
    wks_fixture_measure_scenario(&s->scenario, &s->catalogue, "");
    wks_observe_refresh_groups(&s->scenario, &s->world);
    assert_ok(wks_observe_create(&s->scenario, &s->world, &s->observe, &err), &err);
}

static void close_stage(stage *s)
{
    wks_observe_destroy(s->observe);
    wks_series_free(&s->city);
    wks_series_free(&s->buurt);
    wks_scenario_free(&s->scenario);
    wks_world_free(&s->world);
}

static void tick(stage *s)
{
    wks_err err = WKS_ERR_INIT;
    wks_series_clear(&s->city);
    wks_series_clear(&s->buurt);
    assert_ok(wks_observe_tick(s->observe, &s->world, &err), &err);
    assert_ok(wks_observe_city(s->observe, &s->world, &s->city, &err), &err);
    assert_ok(wks_observe_buurt(s->observe, &s->world, &s->buurt, &err), &err);
}

static void groups_follow_the_households(void **state)
{
    stage s;
    wks_err err = WKS_ERR_INIT;
    int32_t baby = WKS_NONE;
    (void)state;
    open_stage(&s);
    const int32_t h3 = wks_fixture_world_household(&s.world, "h3"), h5 = wks_fixture_world_household(&s.world, "h5"),
                  h10 = wks_fixture_world_household(&s.world, "h10");
    assert_int_equal(s.world.household.groups[h3], 1 | 4);
    assert_int_equal(s.world.household.groups[h5], 0);
    assert_int_equal(s.world.household.groups[h10], 1 | 2 | 4);
    assert_ok(wks_relations_person_add(&s.world, 999, h5, WKS_SEX_MAN, WKS_ROLE_CHILD, WKS_ORIGIN_NL, s.world.month, &baby, &err), &err);
    s.world.household.referral[h10] = WKS_REFERRAL_NONE;
    s.world.household.income_eur[h3] = 25000;
    assert_int_equal(s.world.household.groups[h5], 0); /* not before the next refresh */
    wks_observe_refresh_groups(&s.scenario, &s.world);
    assert_int_equal(s.world.household.groups[h5], 1);
    assert_int_equal(s.world.household.groups[h10], 1 | 4);
    assert_int_equal(s.world.household.groups[h3], 1);
    close_stage(&s);
}

static void first_tick_counts_stocks_and_no_flows(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    s.world.ledger.moves = 9; /* of making the population */
    tick(&s);
    assert_close(wks_fixture_measure_city(&s.city, "persons", ""), 20, 0, 0);
    assert_true(isnan(wks_fixture_measure_city(&s.city, "moves", "")));
    wks_world_next_tick(&s.world);
    s.world.ledger.moves = 2;
    tick(&s);
    assert_close(wks_fixture_measure_city(&s.city, "moves", ""), 2, 0, 0);
    assert_close(wks_fixture_measure_value(&s.buurt, "households", "", "", "buurt", 1), 3, 0, 0);
    close_stage(&s);
}

static void same_rows_whatever_happens(void **state)
{
    stage s;
    wks_err err = WKS_ERR_INIT;
    int32_t city = 0, buurt = 0;
    (void)state;
    open_stage(&s);
    for (int32_t t = 0; t <= 24; t++) {
        tick(&s);
        if (t == 12) city = s.city.n;
        if (t == 1) buurt = s.buurt.n;
        if (t == 24) assert_int_equal(s.city.n, city);
        if (t > 0) assert_int_equal(s.buurt.n, buurt);
        if (t == 14) assert_ok(wks_relations_depart(&s.world, wks_fixture_world_household(&s.world, "h7"), &err), &err);
        wks_world_next_tick(&s.world);
    }
    close_stage(&s);
}

static const wks_observe_queue *queue_of(const wks_observe_queue *row, int32_t n, const char *group)
{
    for (int32_t i = 0; i < n; i++) {
        if (strcmp(row[i].group, group) == 0) return &row[i];
    }
    return NULL;
}

static void queue_rows_by_hand(void **state)
{
    stage s;
    wks_err err = WKS_ERR_INIT;
    wks_observe_queue *row = NULL;
    int32_t n = 0;
    (void)state;
    open_stage(&s);
    tick(&s);
    for (int32_t m = 0; m < 2; m++) {
        wks_world_next_tick(&s.world);
        s.world.household.search[wks_fixture_world_household(&s.world, "h3")] = WKS_SEARCH_SOCIAL;
        s.world.household.search[wks_fixture_world_household(&s.world, "h8")] = m == 0 ? WKS_SEARCH_BOTH : WKS_SEARCH_STAY;
        s.world.letting.n_reactions = 10;
        s.world.letting.n_reactions_by_group[0] = 4;
        if (m == 1) wks_fixture_measure_letting(&s.world, "v1", 1, 48, 7);
        tick(&s);
    }
    assert_ok(wks_observe_queue_rows(s.observe, &s.world, &row, &n, &err), &err);
    assert_int_equal(n, 3); /* everybody, families, referred; not the group for rules only */
    const wks_observe_queue *all = queue_of(row, n, ""), *families = queue_of(row, n, "families"), *referred = queue_of(row, n, "referred");
    assert_non_null(all);
    assert_non_null(families);
    assert_non_null(referred);
    assert_null(queue_of(row, n, "hidden"));
    assert_int_equal(all->registered, 4);
    assert_int_equal(all->active, 2); /* 1.5 a month, rounded */
    assert_int_equal(all->reactions, 20);
    assert_int_equal(all->housed, 1);
    assert_true(isnan(all->success_rate)); /* more housed than looked: no chance to speak of */
    assert_close(all->wait_p50, 48, 1e-12, 0);
    assert_close(all->search_p50, 7, 1e-12, 0);
    assert_int_equal(families->reactions, 8);
    assert_int_equal(families->active, 1);
    assert_true(isnan(referred->success_rate) && isnan(referred->wait_p50));
    free(row);
    s.world.hides_few = true; /* four people of whom one was housed: nothing is told */
    assert_ok(wks_observe_queue_rows(s.observe, &s.world, &row, &n, &err), &err);
    for (int32_t i = 0; i < n; i++) {
        assert_true(row[i].registered == -1 && row[i].active == -1 && row[i].reactions == -1 && row[i].housed == -1);
        assert_true(isnan(row[i].success_rate) && isnan(row[i].wait_p10) && isnan(row[i].wait_p50) && isnan(row[i].wait_p90));
        assert_true(isnan(row[i].search_p50));
    }
    free(row);
    close_stage(&s);
}

static void every_indicator_has_names_and_units(void **state)
{
    (void)state;
    assert_true(wks_observe_indicators_count > 20);
    for (int32_t i = 0; i < wks_observe_indicators_count; i++) {
        const wks_indicator_spec *spec = &wks_observe_indicators[i];
        assert_true(strlen(spec->unit) > 0 && strlen(spec->label_nl) > 0 && strlen(spec->label_en) > 0);
        assert_true(strlen(spec->explanation_nl) > 5 && strlen(spec->explanation_en) > 5);
        assert_true(strcmp(spec->level, "city") == 0 || strcmp(spec->level, "buurt") == 0 || strcmp(spec->level, "both") == 0 ||
                    strcmp(spec->level, "model") == 0 || strcmp(spec->level, "grid") == 0);
        for (int32_t k = 0; k < i; k++)
            assert_true(strcmp(wks_observe_indicators[k].name, spec->name) != 0 || /* "moves" is of cities and of grids */
                        (strcmp(wks_observe_indicators[k].level, "grid") == 0) != (strcmp(spec->level, "grid") == 0));
    }
}

/* Every row has an indicator of the table, and every indicator of the table has a row at a tick of the costly kind. */
static void rows_and_the_table_of_indicators_agree(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    s.scenario.output.wijk = true; /* some of `both` are of wijken only */
    tick(&s);
    for (int32_t i = 0; i < wks_observe_indicators_count; i++) {
        const wks_indicator_spec *spec = &wks_observe_indicators[i];
        bool in_city = false, in_buurt = false;
        if (strcmp(spec->level, "model") == 0 || strcmp(spec->level, "grid") == 0) continue; /* without a city: tests/unit/queue, grid */
        for (int32_t k = 0; k < s.city.n; k++)
            in_city = in_city || strcmp(s.city.row[k].indicator, spec->name) == 0;
        for (int32_t k = 0; k < s.buurt.n; k++)
            in_buurt = in_buurt || strcmp(s.buurt.row[k].indicator, spec->name) == 0;
        if (in_city != (strcmp(spec->level, "buurt") != 0) || in_buurt != (strcmp(spec->level, "city") != 0))
            fail_msg("%s is at other levels than '%s'", spec->name, spec->level);
    }
    const wks_series *both[2] = {&s.city, &s.buurt};
    for (int32_t b = 0; b < 2; b++) {
        for (int32_t k = 0; k < both[b]->n; k++) {
            bool known = false;
            for (int32_t i = 0; i < wks_observe_indicators_count; i++)
                known = known || strcmp(both[b]->row[k].indicator, wks_observe_indicators[i].name) == 0;
            if (!known) fail_msg("%s is not in the table", both[b]->row[k].indicator);
        }
    }
    close_stage(&s);
}

/* What the table calls costly, and nothing else, is missing at a tick between the costly ones. */
static void costly_indicators_wait_for_their_tick(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    tick(&s);
    s.world.tick = 1;
    tick(&s);
    for (int32_t i = 0; i < wks_observe_indicators_count; i++) {
        const wks_indicator_spec *spec = &wks_observe_indicators[i];
        bool is_there = false;
        if (strcmp(spec->level, "city") != 0 && strcmp(spec->level, "both") != 0) continue;
        for (int32_t k = 0; k < s.city.n; k++)
            is_there = is_there || strcmp(s.city.row[k].indicator, spec->name) == 0;
        if (is_there == spec->is_costly) fail_msg("%s is %s", spec->name, is_there ? "there at every tick" : "not there at every tick");
    }
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_follow_the_households),
        cmocka_unit_test(first_tick_counts_stocks_and_no_flows),
        cmocka_unit_test(same_rows_whatever_happens),
        cmocka_unit_test(queue_rows_by_hand),
        cmocka_unit_test(every_indicator_has_names_and_units),
        cmocka_unit_test(rows_and_the_table_of_indicators_agree),
        cmocka_unit_test(costly_indicators_wait_for_their_tick),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
