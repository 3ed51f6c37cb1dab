#include "process/neighbourhood_score.h"

#include "process/neighbourhood_effect.h"
#include "process/neighbourhood_sums.h"
#include "unit/process/neighbourhood_case.h"

static const wks_settings *settings_of(stage *s)
{
    return &s->fixture.process[wks_fixture_tick_index(&s->fixture, "neighbourhood")];
}

static double total_change(const stage *s, int32_t b)
{
    return wks_world_leefbaarheid(&s->world, b) - wks_leefbaarheid_start(&s->world, b);
}

/* Under each theory a run of a hundred years ends where the analysis says, for the share and everything else that residents bring. */
static void long_run_of_a_share_is_that_of_the_analysis(void **state)
{
    (void)state;
    for (int32_t theory = T0; theory <= T2; theory++) {
        stage s;
        double effect[WKS_NEIGHBOURHOOD_N_EFFECTS];
        open_town(&s, theory);
        without_load(&s);
        without_support(&s);
        const double rise = burden(&s, 1, WKS_VULNERABLE_LVB, 8);
        assert_true(rise > 0.05);
        months(&s, 1200);
        wks_neighbourhood_effect_of(settings_of(&s), (wks_neighbourhood_theory)theory, effect);
        assert_close(total_change(&s, 1), effect[WKS_NEIGHBOURHOOD_EFFECT_vulnerable] * rise, 1e-6, 1e-12);
        close_stage(&s);
    }
}

static void presets_give_the_published_long_run(void **state)
{
    stage s;
    double effect[WKS_NEIGHBOURHOOD_N_THEORIES][WKS_NEIGHBOURHOOD_N_EFFECTS];
    (void)state;
    open_town(&s, T1);
    for (int32_t theory = T0; theory <= T2; theory++)
        wks_neighbourhood_effect_of(settings_of(&s), (wks_neighbourhood_theory)theory, effect[theory]);
    assert_close(effect[T0][WKS_NEIGHBOURHOOD_EFFECT_vulnerable], 0, 0, 0);
    assert_close(effect[T0][WKS_NEIGHBOURHOOD_EFFECT_overload], 0, 0, 0);
    assert_close(effect[T0][WKS_NEIGHBOURHOOD_EFFECT_nuisance], 0, 0, 0);
    assert_close(effect[T0][WKS_NEIGHBOURHOOD_EFFECT_income], 0, 0, 0);
    assert_close(effect[T1][WKS_NEIGHBOURHOOD_EFFECT_vulnerable], -0.35 * 1.14, 1e-12, 0);
    assert_close(effect[T2][WKS_NEIGHBOURHOOD_EFFECT_vulnerable], -0.78, 0, 0.001);
    close_stage(&s);
}

/* A coefficient at 0 takes away its path and nothing else: the score is what the sum of the others makes it. */
static void each_path_is_gone_at_zero(void **state)
{
    static const char *const path[] = {"a_v", "a_l", "a_l_onv", "a_n", "a_p", "a_w", "a_b", "a_r", "a_d", "a_f", "a_c", "d_s", "d_w"};
    double with[5], none[5];
    (void)state;
    /* k = -1: all paths on; n: all off; else one off. Scores of the dimensions after five years of everything at once. */
    for (int32_t k = -1; k <= (int32_t)(sizeof path / sizeof *path); k++) {
        stage s;
        open_town(&s, T1);
        for (int32_t i = 0; i < (int32_t)(sizeof path / sizeof *path); i++) {
            if (i == k || k == (int32_t)(sizeof path / sizeof *path)) set(&s, path[i], 0);
        }
        (void)burden(&s, 1, WKS_VULNERABLE_PSYCHIATRIC, 8);
        (void)burden(&s, 1, WKS_VULNERABLE_NUISANCE, 40);
        s.world.buurt.meeting[1] = 2;
        s.world.buurt.demolished[1] = 30;
        int32_t n = 0;
        for (int32_t d = 0; d < s.world.dwelling.base.n_rows; d++) {
            if (s.world.dwelling.key[d] == 0 || s.world.dwelling.buurt_row[d] != 1) continue;
            if (n % 3 == 0) s.world.dwelling.built_month[d] = wks_month_cell(MONTH + 1);
            if (n % 3 == 1) s.world.dwelling.works[d] = WKS_WORKS_DONE;
            if (s.world.dwelling.tenure[d] == WKS_TENURE_SOCIAL && n % 2 == 0) s.world.dwelling.tenure[d] = WKS_TENURE_OWNER;
            n++;
        }
        for (int32_t i = 0; i < s.world.household.base.n_rows; i++)
            s.world.household.income_eur[i] *= 2;
        months(&s, 60);
        const wks_buurt_table *at = &s.world.buurt;
        const double score[5] = {at->won[1] - at->won_start[1], at->fys[1] - at->fys_start[1], at->vrz[1] - at->vrz_start[1],
                                 change(&s, 1, SOC), change(&s, 1, ONV)};
        if (k < 0) memcpy(with, score, sizeof with);
        for (int32_t d = 0; k >= 0 && k < (int32_t)(sizeof path / sizeof *path); d++) {
            if (score[d] < with[d] || score[d] > with[d]) break;
            if (d == 4) fail_msg("%s at 0 changes nothing", path[k]);
        }
        if (k == (int32_t)(sizeof path / sizeof *path)) memcpy(none, score, sizeof none);
        close_stage(&s);
    }
    for (int32_t d = 0; d < 5; d++)
        assert_close(none[d], 0, 0, 0);
}

/* No vulnerable people: no load, no effect, whatever the coefficients. */
static void nobody_vulnerable_means_no_load_and_no_effect(void **state)
{
    stage s;
    (void)state;
    open_town(&s, T2);
    memset(s.world.household.vulnerability, 0, (size_t)s.world.household.base.n_rows * sizeof *s.world.household.vulnerability);
    start(&s);
    set(&s, "a_v", 0.45);
    set(&s, "a_l", 0.05);
    set(&s, "a_l_onv", 0.05);
    set(&s, "a_n", 0.1);
    months(&s, 120);
    for (int32_t b = 0; b < 4; b++) {
        assert_close(s.world.buurt.load[b], 0, 0, 0);
        assert_close(wks_neighbourhood_score_overload(&s.world, settings_of(&s)->value, b), 0, 0, 0);
        assert_close(change(&s, b, SOC), 0, 0, 1e-12);
        assert_close(change(&s, b, ONV), 0, 0, 1e-12);
    }
    close_stage(&s);
}

/* Everything at its worst and at its best: every dimension stays within what occurs in the country, or its own start. */
static void scores_stay_within_limits_at_the_extremes(void **state)
{
    static const double low[5] = {-0.54, -0.56, -0.32, -0.18, -0.34}, high[5] = {0.31, 0.37, 0.46, 0.39, 0.16};
    (void)state;
    for (int32_t best = 0; best < 2; best++) {
        stage s;
        open_town(&s, T2);
        s.world.buurt.onv[3] = s.world.buurt.onv_start[3] = -0.5; /* a start beyond the limit stays allowed */
        set(&s, "a_w", best ? -1 : 1);
        set(&s, "a_v", 0.45);
        set(&s, "a_l", 0.05);
        set(&s, "a_n", 0.1);
        set(&s, "a_c", 0.1);
        set(&s, "absorb", 2);
        set(&s, "k_soc", 1);
        for (int32_t b = 0; b < 4; b++) {
            if (!best) (void)burden(&s, b, 0xFFFF & (WKS_VULNERABLE_PSYCHIATRIC | WKS_VULNERABLE_NUISANCE | WKS_VULNERABLE_DEBT), 1);
            s.world.buurt.meeting[b] = best ? 1e6 : 0;
            s.world.buurt.enforcement[b] = best ? 5 : -5;
            s.world.buurt.renewal_fys[b] = s.world.buurt.renewal_vrz[b] = best ? 5 : 0;
        }
        for (int32_t d = 0; d < s.world.dwelling.base.n_rows; d++)
            s.world.dwelling.tenure[d] = best ? WKS_TENURE_OWNER : WKS_TENURE_SOCIAL;
        for (int32_t m = 0; m < 120; m++) {
            months(&s, 1);
            for (int32_t b = 0; b < 4; b++) {
                const wks_buurt_table *at = &s.world.buurt;
                const double score[5] = {at->won[b], at->fys[b], at->vrz[b], at->soc[b], at->onv[b]};
                for (int32_t d = 0; d < 5; d++) {
                    const double floor_of = b == 3 && d == 4 ? -0.5 : low[d];
                    if (!(score[d] >= floor_of - 1e-12 && score[d] <= high[d] + 1e-12))
                        fail_msg("dimension %d of buurt %d is %g", d, b, score[d]);
                }
            }
        }
        if (best) assert_close(s.world.buurt.fys[0], 0.37, 0, 1e-12);
        if (!best) assert_close(s.world.buurt.onv[0], -0.34, 0, 1e-6);
        close_stage(&s);
    }
}

static void overload_is_load_over_capacity_beyond_the_start(void **state)
{
    stage s;
    (void)state;
    open_town(&s, T1);
    const double *p = settings_of(&s)->value;
    wks_buurt_table *buurt = &s.world.buurt;
    for (int32_t b = 0; b < 4; b++) {
        buurt->load_start[b] = 20;
        buurt->capacity_start[b] = 10; /* the city: 2 */
        buurt->load[b] = 20;
        buurt->capacity[b] = 10;
    }
    buurt->load[1] = 25; /* a quarter of the city's more: carried */
    buurt->load[2] = 45; /* 2.5 more, over 2, less a quarter */
    buurt->capacity[3] = 0;
    assert_close(wks_neighbourhood_score_overload(&s.world, p, 0), 0, 0, 0);
    assert_close(wks_neighbourhood_score_overload(&s.world, p, 1), 0, 0, 1e-12);
    assert_close(wks_neighbourhood_score_overload(&s.world, p, 2), 1.0, 1e-12, 0);
    assert_close(wks_neighbourhood_score_overload(&s.world, p, 3), 4, 0, 0);
    buurt->load[2] = 1e9;
    assert_close(wks_neighbourhood_score_overload(&s.world, p, 2), 4, 0, 0);
    buurt->load[2] = 0;
    assert_close(wks_neighbourhood_score_overload(&s.world, p, 2), 0, 0, 0);
    buurt->capacity_start[3] = 0; /* it never had any */
    assert_close(wks_neighbourhood_score_overload(&s.world, p, 3), 0, 0, 0);
    close_stage(&s);
}

/* Same burden, two buurten below and above the threshold: only below it costs more, and not at all with absorb 0. */
static void thresholds_act_below_their_level_only(void **state)
{
    double soc[2][3];
    (void)state;
    for (int32_t on = 0; on < 2; on++) {
        static const double level[3] = {-0.02, 0.05, 0.12}; /* below, between, above the two thresholds */
        stage s;
        open_town(&s, T1);
        without_load(&s);
        without_support(&s);
        set(&s, "absorb", on ? 2 : 0);
        set(&s, "absorb_early", on ? 1 : 0);
        set(&s, "d_s", 0);
        for (int32_t b = 0; b < 3; b++) {
            s.world.buurt.fys[b] = s.world.buurt.fys_start[b] += level[b] - wks_leefbaarheid_start(&s.world, b);
            (void)burden(&s, b, WKS_VULNERABLE_LVB, 4);
        }
        months(&s, 1);
        for (int32_t b = 0; b < 3; b++)
            soc[on][b] = change(&s, b, SOC);
        close_stage(&s);
    }
    assert_true(soc[0][0] < 0);
    assert_true(soc[1][0] < 1.2 * soc[0][0]);
    assert_true(soc[1][1] < 1.05 * soc[0][1]);
    assert_close(soc[1][2], soc[0][2], 0, 0);
}

static void renewal_builds_up_stays_and_wears_off(void **state)
{
    stage s;
    (void)state;
    open_town(&s, T0);
    s.world.buurt.renewal_fys[1] = 0.03;
    s.world.buurt.renewal_vrz[1] = 0.01;
    months(&s, 24);
    assert_close(s.world.buurt.fys[1] - s.world.buurt.fys_start[1], 0.03, 1e-12, 0);
    assert_close(s.world.buurt.vrz[1] - s.world.buurt.vrz_start[1], 0.01, 1e-12, 0);
    s.world.buurt.renewal_fys[1] = s.world.buurt.renewal_vrz[1] = 0;
    months(&s, 138); /* half of it after ln 2 / 0.005 */
    assert_close(s.world.buurt.fys[1] - s.world.buurt.fys_start[1], 0.015, 0.01, 0);
    set(&s, "renewal_fade", 1);
    months(&s, 1);
    assert_close(s.world.buurt.fys[1], s.world.buurt.fys_start[1], 0, 0);
    close_stage(&s);
}

static void amenities_follow_purchasing_power_in_constant_prices(void **state)
{
    stage s;
    (void)state;
    open_town(&s, T1);
    s.world.income_growth = 1.5;
    for (int32_t i = 0; i < s.world.household.base.n_rows; i++) {
        const bool more = s.world.household.place[i] == WKS_PLACE_HOUSED && wks_world_buurt_of(&s.world, i) == 1;
        s.world.household.income_eur[i] *= more ? 3.0f : 1.5f;
    }
    months(&s, 1);
    assert_close(s.world.buurt.vrz[1] - s.world.buurt.vrz_start[1], 0.01, 1e-3, 0);
    assert_close(s.world.buurt.vrz[0] - s.world.buurt.vrz_start[0], 0, 0, 1e-5); /* whole euros */
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(long_run_of_a_share_is_that_of_the_analysis),
        cmocka_unit_test(presets_give_the_published_long_run),
        cmocka_unit_test(each_path_is_gone_at_zero),
        cmocka_unit_test(nobody_vulnerable_means_no_load_and_no_effect),
        cmocka_unit_test(scores_stay_within_limits_at_the_extremes),
        cmocka_unit_test(overload_is_load_over_capacity_beyond_the_start),
        cmocka_unit_test(thresholds_act_below_their_level_only),
        cmocka_unit_test(renewal_builds_up_stays_and_wears_off),
        cmocka_unit_test(amenities_follow_purchasing_power_in_constant_prices),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
