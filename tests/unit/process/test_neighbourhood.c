#include "process/process_registry.h"
#include "support/fixture_town.h"
#include "support/fixture_world.h"

enum { MONTH = 2025 * 12, T0 = 0, T1 = 1, T2 = 2 };

typedef struct stage {
    wks_world world;
    wks_fixture_tick fixture;
    double start[16][2]; /* soc, onv by buurt */
} stage;

static void close_stage(stage *s)
{
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
}

static void start(stage *s)
{
    wks_fixture_tick_start(&s->fixture, "support");
    wks_fixture_tick_start(&s->fixture, "encounter");
    wks_fixture_tick_start(&s->fixture, "neighbourhood");
}

/* A town whose people have all lived there for years. */
static void open_town(stage *s, int32_t theory)
{
    const wks_fixture_town_options options = {.n = 1200, .n_buurten = 4, .month = MONTH};
    wks_fixture_town_make(&s->world, &options);
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    for (int32_t i = 0; i < s->world.household.base.n_rows; i++)
        s->world.household.since_month[i] = MONTH - 60;
    wks_fixture_tick_set(&s->fixture, "neighbourhood", "theory", theory);
    start(s);
    for (int32_t b = 0; b < 4; b++) {
        s->start[b][0] = s->world.buurt.soc[b];
        s->start[b][1] = s->world.buurt.onv[b];
    }
}

static void months(stage *s, int32_t n)
{
    for (int32_t m = 0; m < n; m++) {
        wks_fixture_tick_month(&s->fixture, "support");
        wks_fixture_tick_run(&s->fixture, "encounter");
        wks_fixture_tick_run(&s->fixture, "neighbourhood");
    }
}

static double change(const stage *s, int32_t b, int32_t dimension)
{
    return (dimension == 0 ? s->world.buurt.soc[b] : s->world.buurt.onv[b]) - s->start[b][dimension];
}

/* Everybody in buurt b gets a trait. */
static void burden(stage *s, int32_t b, uint16_t trait)
{
    for (int32_t i = 0; i < s->world.household.base.n_rows; i++) {
        if (s->world.household.key[i] != 0 && s->world.household.place[i] == WKS_PLACE_HOUSED && wks_world_buurt_of(&s->world, i) == b) {
            s->world.household.vulnerability[i] |= trait;
        }
    }
}

static void doing_nothing_keeps_the_scores(void **state)
{
    (void)state;
    for (int32_t theory = T0; theory <= T2; theory++) {
        stage s;
        open_town(&s, theory);
        months(&s, 60);
        for (int32_t b = 0; b < 4; b++) {
            assert_close(change(&s, b, 0), 0, 0, 1e-12);
            assert_close(change(&s, b, 1), 0, 0, 1e-12);
        }
        close_stage(&s);
    }
}

static void t0_ignores_composition_and_load(void **state)
{
    stage s;
    (void)state;
    open_town(&s, T0);
    burden(&s, 1, WKS_VULNERABLE_PSYCHIATRIC | WKS_VULNERABLE_DEBT | WKS_VULNERABLE_NUISANCE);
    months(&s, 120);
    for (int32_t b = 0; b < 4; b++) {
        assert_close(change(&s, b, 0), 0, 0, 1e-12);
        assert_close(change(&s, b, 1), 0, 0, 1e-12);
    }
    assert_true(s.world.buurt.load[1] > s.world.buurt.load[0]);
    close_stage(&s);
}

static void t2_is_stronger_than_t1_for_onv(void **state)
{
    double onv[3], soc[3];
    (void)state;
    for (int32_t theory = T0; theory <= T2; theory++) {
        stage s;
        open_town(&s, theory);
        burden(&s, 1, WKS_VULNERABLE_DEBT);
        months(&s, 120);
        soc[theory] = change(&s, 1, 0);
        onv[theory] = change(&s, 1, 1);
        assert_close(change(&s, 0, 1), 0, 0, 0.002); /* elsewhere only the pool of hours is thinner */
        close_stage(&s);
    }
    assert_close(soc[T1], soc[T2], 1e-9, 0);
    assert_true(soc[T1] < -0.05);
    assert_true(onv[T2] < 5 * onv[T1] && onv[T1] < 0);
}

/* Long run by hand: soc falls by a_v times the rise of the weighted share; onv by d_s times that. Without support the weight is 1. */
static void long_run_effect_is_that_of_the_equations(void **state)
{
    stage s;
    int32_t vulnerable = 0, n = 0;
    (void)state;
    open_town(&s, T1);
    wks_fixture_tick_set(&s.fixture, "support", "support_hours", 0);
    start(&s);
    const uint16_t weighs = WKS_VULNERABLE_PSYCHIATRIC | WKS_VULNERABLE_ADDICTION | WKS_VULNERABLE_LVB | WKS_VULNERABLE_DEBT;
    for (int32_t i = 0; i < s.world.household.base.n_rows; i++) {
        if (s.world.household.place[i] != WKS_PLACE_HOUSED || wks_world_buurt_of(&s.world, i) != 1) continue;
        n++;
        vulnerable += (s.world.household.vulnerability[i] & weighs) != 0;
    }
    burden(&s, 1, WKS_VULNERABLE_LVB);
    months(&s, 1200);
    const double rise = 1 - (double)vulnerable / n;
    assert_close(change(&s, 1, 0), -0.35 * rise, 1e-6, 0);
    assert_close(change(&s, 1, 1), 0.14 * -0.35 * rise, 1e-6, 0);
    close_stage(&s);
}

static void cohesion_moves_at_its_speed(void **state)
{
    stage s;
    (void)state;
    open_town(&s, T1);
    burden(&s, 2, WKS_VULNERABLE_LVB);
    months(&s, 1);
    const double first = change(&s, 2, 0);
    months(&s, 33); /* half of the way after ln 2 / 0.02 = 34 months */
    const double half = change(&s, 2, 0);
    months(&s, 1000);
    const double full = change(&s, 2, 0);
    assert_close(first / full, 0.02, 1e-4, 0);
    assert_close(half / full, 0.5, 0.01, 0);
    close_stage(&s);
}

static void support_lowers_the_effect(void **state)
{
    double effect[3];
    static const double hours[3] = {0, 25, 1000};
    (void)state;
    for (int32_t k = 0; k < 3; k++) {
        stage s;
        open_town(&s, T1);
        wks_fixture_tick_set(&s.fixture, "support", "support_hours", hours[k]);
        wks_fixture_tick_set(&s.fixture, "support", "reach", 1);
        wks_fixture_tick_set(&s.fixture, "support", "signal", 100);
        start(&s);
        burden(&s, 1, WKS_VULNERABLE_PSYCHIATRIC);
        months(&s, 120);
        effect[k] = change(&s, 1, 0);
        close_stage(&s);
    }
    /* Few hours help fewer households than at the start, because each needs more: so they may end below no hours, never above many. */
    assert_true(effect[0] < effect[2] && effect[1] < effect[2]);
    /* All need met takes away support_effect = 0.4 of it, at most. */
    assert_true(effect[2] < 0.55 * effect[0]);
}

static void nuisance_costs_onv(void **state)
{
    stage s;
    (void)state;
    open_town(&s, T1);
    burden(&s, 3, WKS_VULNERABLE_NUISANCE);
    months(&s, 600);
    assert_true(change(&s, 3, 1) < -0.5); /* a file in every household */
    assert_close(change(&s, 3, 0), 0, 0, 1e-12);
    close_stage(&s);
}

static void turnover_rising_after_two_years_costs_cohesion(void **state)
{
    stage s;
    (void)state;
    open_town(&s, T0);
    /* A tenth moves in every month of the first two years and later: no change of turnover, no change of score. */
    for (int32_t m = 0; m < 60; m++) {
        for (int32_t i = 0; i < s.world.household.base.n_rows; i++) {
            if (s.world.household.key[i] != 0 && i % 10 == m % 10) s.world.household.since_month[i] = s.world.month + 1;
        }
        months(&s, 1);
    }
    for (int32_t b = 0; b < 4; b++) {
        assert_close(s.world.buurt.turnover[b], 1.2, 0.25, 0);
        assert_close(change(&s, b, 0), 0, 0, 0.01);
    }
    /* Then everybody every month: ten times as many. */
    for (int32_t m = 0; m < 60; m++) {
        for (int32_t i = 0; i < s.world.household.base.n_rows; i++)
            s.world.household.since_month[i] = s.world.month + 1;
        months(&s, 1);
    }
    for (int32_t b = 0; b < 4; b++)
        assert_true(change(&s, b, 0) < -0.5);
    close_stage(&s);
}

static void turnover_is_unbiased_from_the_first_months(void **state)
{
    stage s;
    (void)state;
    open_town(&s, T0);
    for (int32_t m = 0; m < 6; m++) {
        for (int32_t i = 0; i < s.world.household.base.n_rows; i++) {
            if (s.world.household.key[i] != 0 && i % 20 == m % 20) s.world.household.since_month[i] = s.world.month + 1;
        }
        months(&s, 1);
        double mean = 0;
        for (int32_t b = 0; b < 4; b++)
            mean += s.world.buurt.turnover[b] / 4;
        assert_close(mean, 12.0 / 20, 0.1, 0);
    }
    close_stage(&s);
}

static void meeting_places_raise_cohesion_and_safety_raises_onv(void **state)
{
    stage s;
    (void)state;
    open_town(&s, T1);
    s.world.buurt.meeting[0] = 2;
    s.world.buurt.enforcement[2] = 0.02;
    months(&s, 600);
    assert_close(change(&s, 0, 0), 0.01, 1e-5, 0); /* a_c per doubling */
    assert_close(change(&s, 0, 1), 0.14 * 0.01, 1e-4, 0);
    assert_close(change(&s, 2, 1), 0.02, 1e-5, 0);
    assert_close(change(&s, 2, 0), 0, 0, 1e-12);
    close_stage(&s);
}

static void selling_social_dwellings_raises_won_and_with_it_onv(void **state)
{
    stage s;
    int32_t social = 0, all = 0;
    (void)state;
    open_town(&s, T1);
    for (int32_t d = 0; d < s.world.dwelling.base.n_rows; d++) {
        if (s.world.dwelling.key[d] == 0 || s.world.dwelling.buurt_row[d] != 1) continue;
        all++;
        if (s.world.dwelling.tenure[d] != WKS_TENURE_SOCIAL) continue;
        social++;
        s.world.dwelling.tenure[d] = WKS_TENURE_OWNER;
    }
    months(&s, 600);
    const double gain = 0.10 * social / all;
    assert_close(s.world.buurt.won[1] - s.world.buurt.won_start[1], gain, 1e-9, 0);
    assert_close(change(&s, 1, 1), 0.22 * gain, 1e-4, 0);
    assert_close(s.world.buurt.won[0], s.world.buurt.won_start[0], 1e-12, 1e-15);
    close_stage(&s);
}

static void city_mean_is_weighted_by_households(void **state)
{
    stage s;
    double sum = 0, weight = 0;
    (void)state;
    open_town(&s, T1);
    months(&s, 1);
    for (int32_t b = 0; b < 4; b++) {
        sum += s.world.buurt.n_households[b] * wks_world_leefbaarheid(&s.world, b);
        weight += s.world.buurt.n_households[b];
    }
    assert_close(s.world.leefbaarheid_mean, sum / weight, 1e-12, 0);
    close_stage(&s);
}

static void town_is_the_same_with_other_threads_and_row_order(void **state)
{
    static const char *const only[] = {"support", "encounter", "neighbourhood"};
    (void)state;
    wks_fixture_town_same_anyhow(wks_process_registry, wks_process_registry_size, only, 3, 12000, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(doing_nothing_keeps_the_scores),
        cmocka_unit_test(t0_ignores_composition_and_load),
        cmocka_unit_test(t2_is_stronger_than_t1_for_onv),
        cmocka_unit_test(long_run_effect_is_that_of_the_equations),
        cmocka_unit_test(cohesion_moves_at_its_speed),
        cmocka_unit_test(support_lowers_the_effect),
        cmocka_unit_test(nuisance_costs_onv),
        cmocka_unit_test(turnover_rising_after_two_years_costs_cohesion),
        cmocka_unit_test(turnover_is_unbiased_from_the_first_months),
        cmocka_unit_test(meeting_places_raise_cohesion_and_safety_raises_onv),
        cmocka_unit_test(selling_social_dwellings_raises_won_and_with_it_onv),
        cmocka_unit_test(city_mean_is_weighted_by_households),
        cmocka_unit_test(town_is_the_same_with_other_threads_and_row_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
