/* Signals by buurt and quarter: trend and alarm by hand, what is counted, when there are rows, and what is not told of few. */
#include "measure/monitor.h"
#include "support/fixture_tick.h"

enum { HOMES = 40, MONTH = 2025 * 12 };

typedef struct stage {
    wks_world world;
    wks_monitor *monitor;
    const wks_monitor_row *row;
    int32_t n;
} stage;

/* Social homes in one of two buurten, all but four let. */
static void open_stage(stage *s)
{
    wks_err err = WKS_ERR_INIT;
    memset(s, 0, sizeof *s);
    wks_fixture_tick_empty_world(&s->world, MONTH, 2);
    for (int32_t i = 0; i < HOMES; i++) {
        const int32_t unit = wks_fixture_tick_dwelling(&s->world, i, 0, WKS_TENURE_SOCIAL, 1, 600, 200000, 3);
        s->world.unit.vacant_month[unit] = wks_month_cell(MONTH - 2);
        if (i < 4) continue;
        const int32_t row = wks_fixture_tick_household(&s->world, i, unit, WKS_PLACE_HOUSED, WKS_NONE);
        (void)wks_fixture_tick_person(&s->world, i, row, WKS_ROLE_HEAD, WKS_SEX_MAN, 40);
    }
    wks_world_clear_flows(&s->world);
    assert_ok(wks_monitor_create(&s->world, &s->monitor, &err), &err);
}

static void close_stage(stage *s)
{
    wks_monitor_destroy(s->monitor);
    wks_world_free(&s->world);
}

static void month(stage *s, int32_t refused)
{
    wks_err err = WKS_ERR_INIT;
    wks_letting *letting = NULL;

    wks_world_next_tick(&s->world);
    s->world.buurt.refused[0] = refused;
    assert_ok(wks_letting_add(&s->world.letting, &letting, &err), &err);
    wks_monitor_tick(s->monitor, &s->world);
    assert_ok(wks_monitor_rows(s->monitor, &s->world, &s->row, &s->n, &err), &err);
}

static const wks_monitor_row *signal_of(const stage *s, int32_t buurt, wks_monitor_signal signal)
{
    assert_int_equal(s->n, 2 * WKS_MONITOR_N_SIGNALS);
    const wks_monitor_row *row = &s->row[buurt * WKS_MONITOR_N_SIGNALS + (int32_t)signal];
    assert_int_equal(row->signal, signal);
    assert_int_equal(row->buurt_row, buurt);
    return row;
}

static void trend_is_the_least_squares_slope_a_year(void **state)
{
    const double straight[] = {1, 1.25, 1.5, 1.75}, bent[] = {0, 0, 0, 4}, middle[] = {0, 1, 3, 0}, gap[] = {0, NAN, 1, 2};
    (void)state;
    assert_close(wks_monitor_trend(straight), 1, 0, 1e-12);
    /* x = -3/8, -1/8, 1/8, 3/8: sum x y = 1.5, sum x x = 5/16. */
    assert_close(wks_monitor_trend(bent), 4.8, 0, 1e-12);
    assert_close(wks_monitor_trend(middle), 0.8, 0, 1e-12);
    assert_true(isnan(wks_monitor_trend(gap)));
}

static void alarms_are_of_a_fall_through_a_bound_or_in_a_weak_class(void **state)
{
    const double high[] = {0.12, 0.11, 0.10, 0.09}, early_early[] = {0.095, 0.091, 0.088, 0.085}, early[] = {0.02, 0.015, 0.012, 0.009};
    const double both[] = {0.10, 0.07, 0.04, 0.01}, weak[] = {-0.15, -0.155, -0.16, -0.165}, voldoende[] = {-0.11, -0.12, -0.13, -0.14};
    const double risen[] = {0.085, 0.095, 0.0895, 0.0895}, slow[] = {0.0905, 0.0900, 0.0895, 0.0890},
                 rising_weak[] = {-0.3, -0.29, -0.28, -0.27};
    const double gap[] = {NAN, -0.17, -0.18, -0.19};
    (void)state;
    assert_int_equal(wks_monitor_alarm_of(high), WKS_MONITOR_NONE);
    assert_int_equal(wks_monitor_alarm_of(early_early), WKS_MONITOR_EARLY_EARLY);
    assert_int_equal(wks_monitor_alarm_of(early), WKS_MONITOR_EARLY);
    assert_int_equal(wks_monitor_alarm_of(both), WKS_MONITOR_EARLY);     /* the later of two bounds */
    assert_int_equal(wks_monitor_alarm_of(weak), WKS_MONITOR_ALARM);     /* class 4 */
    assert_int_equal(wks_monitor_alarm_of(voldoende), WKS_MONITOR_NONE); /* class 5, and no bound of tipping */
    assert_int_equal(wks_monitor_alarm_of(risen), WKS_MONITOR_NONE);
    assert_int_equal(wks_monitor_alarm_of(slow), WKS_MONITOR_NONE); /* 0.002 a year */
    assert_int_equal(wks_monitor_alarm_of(rising_weak), WKS_MONITOR_NONE);
    assert_int_equal(wks_monitor_alarm_of(gap), WKS_MONITOR_NONE);
}

static void quarters_count_what_is_there(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    for (int32_t h = 0; h < 9; h++)
        s.world.household.vulnerability[h] |= WKS_VULNERABLE_NUISANCE;
    for (int32_t h = 0; h < 18; h++)
        s.world.household.arrears_months[h] = (uint8_t)(1 + h);
    s.world.buurt.load[0] = 3;
    s.world.buurt.capacity[0] = 2;
    month(&s, 0); /* February 2025 */
    assert_int_equal(s.n, 0);
    month(&s, 0);
    assert_int_equal(signal_of(&s, 0, WKS_MONITOR_nuisance)->year, 2025);
    assert_int_equal(signal_of(&s, 0, WKS_MONITOR_nuisance)->quarter, 1);
    assert_close(signal_of(&s, 0, WKS_MONITOR_nuisance)->value, 250, 1e-12, 0);
    assert_close(signal_of(&s, 0, WKS_MONITOR_arrears)->value, 0.5, 1e-12, 0);
    assert_close(signal_of(&s, 0, WKS_MONITOR_vacancy)->value, 4, 1e-12, 0); /* since two months before the start */
    assert_close(signal_of(&s, 0, WKS_MONITOR_load)->value, 1.5, 1e-12, 0);
    assert_true(isnan(signal_of(&s, 0, WKS_MONITOR_refusals)->value));     /* no year yet */
    assert_true(isnan(signal_of(&s, 1, WKS_MONITOR_leefbaarheid)->value)); /* nobody lives there */
    assert_int_equal(signal_of(&s, 1, WKS_MONITOR_leefbaarheid)->alarm, WKS_MONITOR_UNJUDGED);
    close_stage(&s);
}

static void refusals_are_of_twelve_months(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    for (int32_t m = 1; m <= 14; m++)
        month(&s, m <= 2 ? 100 : 2); /* one letting a month; the first two months are behind the window in March 2026 */
    assert_close(signal_of(&s, 0, WKS_MONITOR_refusals)->value, 2, 1e-12, 0);
    assert_true(isnan(signal_of(&s, 1, WKS_MONITOR_refusals)->value)); /* nothing let */
    close_stage(&s);
}

static void fall_of_the_score_becomes_trend_class_and_alarm(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    s.world.buurt.won[0] = 0.1; /* the other dimensions are 0 */
    s.world.buurt.won[1] = 0.1;
    for (int32_t m = 1; m <= 14; m++) {
        s.world.buurt.won[0] -= 0.002;
        month(&s, 0);
        if (s.n > 0 && m < 11) assert_int_equal(signal_of(&s, 0, WKS_MONITOR_leefbaarheid)->alarm, WKS_MONITOR_NONE); /* no year yet */
        if (m == 8) assert_true(isnan(signal_of(&s, 0, WKS_MONITOR_leefbaarheid)->trend));
        if (m != 11) continue;
        assert_close(signal_of(&s, 0, WKS_MONITOR_leefbaarheid)->value, 0.078, 1e-9, 0);
        assert_close(signal_of(&s, 0, WKS_MONITOR_leefbaarheid)->trend, -0.024, 1e-9, 0);
        assert_int_equal(signal_of(&s, 0, WKS_MONITOR_leefbaarheid)->alarm, WKS_MONITOR_EARLY_EARLY);
        assert_close(signal_of(&s, 0, WKS_MONITOR_class)->value, 7, 0, 0);
        assert_true(isnan(signal_of(&s, 0, WKS_MONITOR_class_change)->value));
    }
    assert_close(signal_of(&s, 0, WKS_MONITOR_class_change)->value, -1, 0, 0); /* March to March: 8 to 7 */
    assert_int_equal(signal_of(&s, 0, WKS_MONITOR_won)->alarm, WKS_MONITOR_UNJUDGED);
    close_stage(&s);
}

static void load_far_above_the_city_is_an_alarm(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    s.world.buurt.load[0] = 4, s.world.buurt.capacity[0] = 1;
    s.world.buurt.load[1] = 1, s.world.buurt.capacity[1] = 1; /* the city: 2.5 */
    for (int32_t m = 1; m <= 11; m++)
        month(&s, 0);
    assert_int_equal(signal_of(&s, 0, WKS_MONITOR_load)->alarm, WKS_MONITOR_ALARM);
    s.world.buurt.load[0] = 2;
    for (int32_t m = 1; m <= 3; m++)
        month(&s, 0);
    assert_int_equal(signal_of(&s, 0, WKS_MONITOR_load)->alarm, WKS_MONITOR_NONE); /* 2 against 1.5 x 1.5 */
    close_stage(&s);
}

static void few_are_not_told_of_real_people(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    s.world.hides_few = true;
    for (int32_t h = 0; h < 12; h++)
        s.world.household.arrears_months[h] = 2;
    for (int32_t h = 0; h < 9; h++)
        s.world.household.vulnerability[h] |= WKS_VULNERABLE_NUISANCE;
    month(&s, 0);
    month(&s, 0);
    assert_true(isnan(signal_of(&s, 0, WKS_MONITOR_nuisance)->value));
    assert_close(signal_of(&s, 0, WKS_MONITOR_arrears)->value, 12.0 / 36, 1e-12, 0);
    assert_int_equal(isnan(signal_of(&s, 0, WKS_MONITOR_leefbaarheid)->value) != 0, 0);
    for (int32_t h = 12; h < 30; h++)
        s.world.household.arrears_months[h] = 2;
    for (int32_t m = 0; m < 3; m++)
        month(&s, 0);
    assert_true(isnan(signal_of(&s, 0, WKS_MONITOR_arrears)->value)); /* six have none */
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trend_is_the_least_squares_slope_a_year),
        cmocka_unit_test(alarms_are_of_a_fall_through_a_bound_or_in_a_weak_class),
        cmocka_unit_test(quarters_count_what_is_there),
        cmocka_unit_test(refusals_are_of_twelve_months),
        cmocka_unit_test(fall_of_the_score_becomes_trend_class_and_alarm),
        cmocka_unit_test(load_far_above_the_city_is_an_alarm),
        cmocka_unit_test(few_are_not_told_of_real_people),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
