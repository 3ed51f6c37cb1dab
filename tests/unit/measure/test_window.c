#include "measure/window.h"

#include "fixture_measure.h"

enum { EVERYBODY = WKS_WINDOW_GROUPS - 1 };

typedef struct stage {
    wks_world world;
    wks_window window;
    int64_t active[WKS_WINDOW_GROUPS];
} stage;

static void open_stage(stage *s)
{
    memset(s, 0, sizeof *s);
    wks_fixture_world_make(&s->world, wks_fixture_world_ten);
    wks_window_start(&s->window, 20);
}

static void close_stage(stage *s)
{
    wks_window_free(&s->window);
    wks_world_free(&s->world);
}

static void push(stage *s, int64_t persons)
{
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_window_push(&s->window, &s->world, s->active, persons, &err), &err);
    wks_world_next_tick(&s->world);
}

static wks_window_facts facts_of(const stage *s, int32_t group)
{
    wks_window_facts facts;
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_window_facts_of(&s->window, group, &facts, &err), &err);
    return facts;
}

static void empty_window_has_no_facts(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    const wks_window_facts facts = facts_of(&s, EVERYBODY);
    assert_int_equal(facts.housed, 0);
    assert_true(isnan(facts.wait_mean) && isnan(facts.wait_p50) && isnan(facts.search_p50) && isnan(facts.refusals) &&
                isnan(facts.starters_share));
    assert_true(isnan(facts.success_rate) && isnan(facts.chain_mean) && isnan(facts.active));
    close_stage(&s);
}

static void facts_equal_a_hand_made_count(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    s.active[0] = 30;
    s.active[EVERYBODY] = 100;
    wks_fixture_measure_letting(&s.world, "v1", 1, 120, 24)->refusals = 4;
    wks_fixture_measure_letting(&s.world, "v1", 0, 60, 12)->chain = 2;
    wks_letting *mover = wks_fixture_measure_letting(&s.world, "v2", 1, 30, 36);
    mover->from_place = WKS_PLACE_HOUSED;
    wks_fixture_measure_letting(&s.world, "v2", 1, 0, 3)->reason = WKS_LETTING_DIRECT;
    push(&s, 20);
    s.active[EVERYBODY] = 140;
    push(&s, 20);

    const wks_window_facts all = facts_of(&s, EVERYBODY);
    assert_int_equal(all.housed, 4);
    assert_int_equal(all.housed_ranked, 3);
    assert_close(all.wait_mean, 70, 1e-12, 0);
    assert_close(all.wait_p50, 60, 1e-12, 0);
    assert_close(all.wait_p10, 36, 1e-12, 0); /* type 7: 30 + 0.2 (60 - 30) */
    assert_close(all.wait_p90, 108, 1e-12, 0);
    assert_close(all.search_p50, 24, 1e-12, 0);
    assert_close(all.refusals, 4.0 / 3, 1e-12, 0);
    assert_close(all.starters_share, 2.0 / 3, 1e-12, 0);
    assert_close(all.chain_mean, 0.5, 1e-12, 0);
    assert_close(all.active, 120, 1e-12, 0);
    assert_close(all.success_rate, 4 * 12.0 / 240, 1e-12, 0); /* four in two months of 120 seekers: a year would house 24 */
    const wks_window_facts first = facts_of(&s, 0);
    assert_int_equal(first.housed, 3);
    assert_close(first.wait_mean, 75, 1e-12, 0);
    assert_close(first.starters_share, 0.5, 1e-12, 0);
    assert_true(isnan(facts_of(&s, 1).wait_mean));
    close_stage(&s);
}

static void who_comes_from_a_room_is_a_starter(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    wks_letting *letting = wks_fixture_measure_letting(&s.world, "v1", 0, 60, 12);
    letting->from_place = WKS_PLACE_HOUSED;
    letting->from_room = 1;
    push(&s, 20);
    assert_close(facts_of(&s, EVERYBODY).starters_share, 1, 0, 0);
    close_stage(&s);
}

static void campus_lettings_do_not_count_in_waits(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    s.world.dwelling.label[s.world.unit.dwelling_row[wks_fixture_world_unit(&s.world, "v2")]] = WKS_LABEL_CAMPUS;
    wks_fixture_measure_letting(&s.world, "v1", 0, 100, 12);
    wks_fixture_measure_letting(&s.world, "v2", 0, 2, 2);
    push(&s, 20);
    assert_close(facts_of(&s, EVERYBODY).wait_mean, 100, 1e-12, 0);
    assert_int_equal(facts_of(&s, EVERYBODY).housed, 2);
    close_stage(&s);
}

static void window_forgets_after_twelve_months(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    wks_fixture_measure_letting(&s.world, "v1", 1, 120, 24);
    s.world.letting.n_adverts = 3;
    s.world.letting.n_reactions = 50;
    s.world.letting.n_reactions_by_group[1] = 20;
    s.world.ledger.moves = 7;
    s.world.ledger.evictions = 1;
    s.world.ledger.persons_born = 2;
    s.world.ledger.persons_died = 5;
    push(&s, 20);
    for (int32_t m = 1; m < 12; m++) {
        assert_int_equal(facts_of(&s, EVERYBODY).housed, 1);
        push(&s, 20);
    }
    wks_window_sums sum = wks_window_sums_of(&s.window);
    assert_int_equal(s.window.n_months, 12);
    assert_int_equal(sum.adverts, 3);
    assert_int_equal(sum.reactions, 50);
    assert_int_equal(wks_window_reactions_of(&s.window, 1), 20);
    assert_int_equal(wks_window_reactions_of(&s.window, EVERYBODY), 50);
    assert_int_equal(sum.moves, 7);
    assert_int_equal(sum.evictions, 1);
    assert_int_equal(sum.births, 2);
    assert_int_equal(sum.deaths, 5);
    push(&s, 20);
    sum = wks_window_sums_of(&s.window);
    assert_int_equal(sum.adverts + sum.reactions + sum.moves + sum.evictions + sum.births + sum.deaths, 0);
    assert_int_equal(facts_of(&s, EVERYBODY).housed, 0);
    assert_int_equal(wks_window_reactions_of(&s.window, 1), 0);
    close_stage(&s);
}

static void net_migration_is_growth_without_births_and_deaths(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    s.world.ledger.persons_born = 3;
    s.world.ledger.persons_died = 1;
    push(&s, 30); /* from 20: +10, of which 2 natural */
    assert_int_equal(wks_window_net_migration(&s.window), 8);
    for (int32_t m = 1; m < 12; m++)
        push(&s, 30 + m);
    assert_int_equal(wks_window_net_migration(&s.window), 8 + 11);
    push(&s, 42); /* the first month falls out: 42 - 30 */
    assert_int_equal(wks_window_net_migration(&s.window), 12);
    close_stage(&s);
}

static void refusals_by_reason_add_up_over_twelve_months(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    for (int32_t m = 0; m < 14; m++) {
        s.world.letting.n_refusals_by_reason[WKS_LETTING_REFUSAL_PRICE] = m; /* 2 .. 13 are left */
        s.world.letting.n_refusals_by_reason[WKS_LETTING_REFUSAL_NO_SHOW] = 1;
        push(&s, 20);
    }
    const wks_window_sums sums = wks_window_sums_of(&s.window);
    assert_int_equal(sums.refusals_by_reason[WKS_LETTING_REFUSAL_PRICE], 90);
    assert_int_equal(sums.refusals_by_reason[WKS_LETTING_REFUSAL_NO_SHOW], 12);
    assert_int_equal(sums.refusals_by_reason[WKS_LETTING_REFUSAL_SIZE], 0);
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refusals_by_reason_add_up_over_twelve_months),
        cmocka_unit_test(empty_window_has_no_facts),
        cmocka_unit_test(facts_equal_a_hand_made_count),
        cmocka_unit_test(who_comes_from_a_room_is_a_starter),
        cmocka_unit_test(campus_lettings_do_not_count_in_waits),
        cmocka_unit_test(window_forgets_after_twelve_months),
        cmocka_unit_test(net_migration_is_growth_without_births_and_deaths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
