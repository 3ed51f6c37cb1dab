#include "process/neighbourhood.h"

#include "support/fixture_world.h"
#include "unit/process/neighbourhood_case.h"

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
    (void)burden(&s, 1, WKS_VULNERABLE_PSYCHIATRIC | WKS_VULNERABLE_DEBT | WKS_VULNERABLE_NUISANCE, 1);
    for (int32_t i = 0; i < s.world.household.base.n_rows; i++)
        s.world.household.income_eur[i] *= 2; /* purchasing power is composition too */
    months(&s, 120);
    for (int32_t b = 0; b < 4; b++) {
        assert_close(change(&s, b, 0), 0, 0, 1e-12);
        assert_close(change(&s, b, 1), 0, 0, 1e-12);
        assert_close(s.world.buurt.vrz[b], s.world.buurt.vrz_start[b], 0, 0);
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
        without_load(&s);
        (void)burden(&s, 1, WKS_VULNERABLE_DEBT, 3);
        months(&s, 120);
        soc[theory] = change(&s, 1, 0);
        onv[theory] = change(&s, 1, 1);
        assert_close(change(&s, 0, 1), 0, 0, 0.005); /* elsewhere only the pool of hours is thinner */
        close_stage(&s);
    }
    assert_close(soc[T1], soc[T2], 1e-9, 0);
    assert_true(soc[T1] < -0.05);
    assert_true(onv[T2] < 5 * onv[T1] && onv[T1] < 0);
}

static void cohesion_moves_at_its_speed(void **state)
{
    stage s;
    (void)state;
    open_town(&s, T1);
    (void)burden(&s, 2, WKS_VULNERABLE_LVB, 4);
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
        without_load(&s);
        start(&s);
        (void)burden(&s, 1, WKS_VULNERABLE_PSYCHIATRIC, 5);
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
    without_load(&s);
    without_support(&s);
    const double before = s.world.buurt.nuisance_start[3];
    (void)burden(&s, 3, WKS_VULNERABLE_NUISANCE, 20);
    months(&s, 600);
    double files = 0;
    for (int32_t i = 0; i < s.world.household.base.n_rows; i++) {
        if (s.world.household.key[i] != 0 && s.world.household.place[i] == WKS_PLACE_HOUSED && wks_world_buurt_of(&s.world, i) == 3)
            files += (s.world.household.vulnerability[i] & WKS_VULNERABLE_NUISANCE) != 0;
    }
    const double rise = 1000 * files / s.world.buurt.n_households[3] - before;
    assert_true(rise > 10);
    assert_close(change(&s, 3, 1), -0.004 * rise, 1e-4, 0);
    assert_close(change(&s, 3, 0), 0, 0, 1e-12);
    close_stage(&s);
}

static void turnover_rising_after_two_years_costs_cohesion(void **state)
{
    stage s;
    (void)state;
    open_town(&s, T0);
    wks_fixture_tick_set(&s.fixture, "encounter", "settled", 0); /* a way of its own from turnover to cohesion */
    /* A tenth moves in every month of the first two years and later: no change of turnover, no change of score. */
    for (int32_t m = 0; m < 60; m++) {
        for (int32_t i = 0; i < s.world.household.base.n_rows; i++) {
            if (s.world.household.key[i] != 0 && i % 10 == m % 10) s.world.household.since_month[i] = wks_month_cell(s.world.month + 1);
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
            s.world.household.since_month[i] = wks_month_cell(s.world.month + 1);
        months(&s, 1);
    }
    for (int32_t b = 0; b < 4; b++)
        assert_true(change(&s, b, 0) < -0.05);
    close_stage(&s);
}

/* At a_m 0 who moves or not makes no difference, to the byte; with it there is one. */
static void turnover_is_exactly_absent_at_zero(void **state)
{
    double soc[2][2][4], onv[2][2][4];
    (void)state;
    for (int32_t on = 0; on < 2; on++) {
        for (int32_t moves = 0; moves < 2; moves++) {
            stage s;
            open_town(&s, T0);
            wks_fixture_tick_set(&s.fixture, "encounter", "settled", 0);
            if (!on) set(&s, "a_m", 0);
            for (int32_t m = 0; m < 48; m++) {
                for (int32_t i = 0; moves && m >= 24 && i < s.world.household.base.n_rows; i++)
                    if (s.world.household.key[i] != 0 && i % 3 == m % 3)
                        s.world.household.since_month[i] = wks_month_cell(s.world.month + 1);
                months(&s, 1);
            }
            memcpy(soc[on][moves], s.world.buurt.soc, sizeof soc[on][moves]);
            memcpy(onv[on][moves], s.world.buurt.onv, sizeof onv[on][moves]);
            close_stage(&s);
        }
    }
    assert_memory_equal(soc[0][0], soc[0][1], sizeof soc[0][0]);
    assert_memory_equal(onv[0][0], onv[0][1], sizeof onv[0][0]);
    assert_memory_not_equal(soc[1][0], soc[1][1], sizeof soc[1][0]);
}

static void turnover_is_unbiased_from_the_first_months(void **state)
{
    stage s;
    (void)state;
    open_town(&s, T0);
    for (int32_t m = 0; m < 6; m++) {
        for (int32_t i = 0; i < s.world.household.base.n_rows; i++) {
            if (s.world.household.key[i] != 0 && i % 20 == m % 20) s.world.household.since_month[i] = wks_month_cell(s.world.month + 1);
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
    without_load(&s);
    without_support(&s);
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
    without_load(&s);
    without_support(&s);
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
        cmocka_unit_test(cohesion_moves_at_its_speed),
        cmocka_unit_test(support_lowers_the_effect),
        cmocka_unit_test(nuisance_costs_onv),
        cmocka_unit_test(turnover_rising_after_two_years_costs_cohesion),
        cmocka_unit_test(turnover_is_exactly_absent_at_zero),
        cmocka_unit_test(turnover_is_unbiased_from_the_first_months),
        cmocka_unit_test(meeting_places_raise_cohesion_and_safety_raises_onv),
        cmocka_unit_test(selling_social_dwellings_raises_won_and_with_it_onv),
        cmocka_unit_test(city_mean_is_weighted_by_households),
        cmocka_unit_test(town_is_the_same_with_other_threads_and_row_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
