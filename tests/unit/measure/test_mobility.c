#include "measure/mobility.h"

#include "fixture_measure.h"

typedef struct stage {
    wks_world world;
    wks_mobility mobility;
} stage;

static void open_stage(stage *s)
{
    memset(s, 0, sizeof *s);
    wks_fixture_world_make(&s->world, wks_fixture_world_ten);
}

static void close_stage(stage *s)
{
    wks_mobility_free(&s->mobility);
    wks_world_free(&s->world);
}

static void push(stage *s)
{
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_mobility_push(&s->mobility, &s->world, &err), &err);
}

static void residents_leave_out_coa_and_count_institutions(void **state)
{
    stage s;
    int64_t n = 0;
    (void)state;
    open_stage(&s);
    push(&s);
    for (int32_t age = 0; age < WKS_MOVES_AGES; age++)
        n += s.mobility.now[age];
    assert_int_equal(n, 20); /* 22 members less 4 at COA, and 2 in institutions */
    assert_int_equal(s.mobility.now[86], 1);
    assert_int_equal(s.mobility.now[34], 0); /* at COA */
    close_stage(&s);
}

static void empty_window_has_no_shares(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    push(&s); /* tick 0 */
    const wks_mobility_facts facts = wks_mobility_facts_of(&s.mobility, -1);
    assert_true(isnan(facts.persons) && isnan(facts.share[WKS_MOVES_WITHIN]) && isnan(facts.share_between));
    close_stage(&s);
}

/* Class 10 is ages 9 to 11: of h1 the child of 9; the one of 12 is in none. */
static void class_is_a_year_with_its_neighbours(void **state)
{
    stage s;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    open_stage(&s);
    wks_world_next_tick(&s.world);
    assert_ok(
        wks_relations_move_in(&s.world, wks_fixture_world_household(&s.world, "h1"), wks_fixture_world_unit(&s.world, "v2"), true, &err),
        &err);
    push(&s);
    const wks_mobility_facts ten = wks_mobility_facts_of(&s.mobility, 2), all = wks_mobility_facts_of(&s.mobility, -1);
    assert_int_equal(wks_mobility_age[2], 10);
    assert_int_equal(ten.moves[WKS_MOVES_WITHIN], 1);
    assert_close(ten.persons, 1, 0, 0);
    assert_close(ten.share[WKS_MOVES_WITHIN], 12, 1e-12, 0); /* one month counts up to a year */
    assert_int_equal(all.moves[WKS_MOVES_WITHIN], 5);
    assert_close(all.share[WKS_MOVES_WITHIN], 12 * 5.0 / 20, 1e-12, 0);
    close_stage(&s);
}

static void between_is_the_mean_of_coming_and_leaving(void **state)
{
    stage s;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    open_stage(&s);
    wks_world_next_tick(&s.world);
    assert_ok(
        wks_relations_move_in(&s.world, wks_fixture_world_household(&s.world, "h10"), wks_fixture_world_unit(&s.world, "v2"), true, &err),
        &err);
    assert_ok(wks_relations_depart(&s.world, wks_fixture_world_household(&s.world, "h2"), &err), &err);
    push(&s);
    const wks_mobility_facts all = wks_mobility_facts_of(&s.mobility, -1);
    assert_int_equal(all.moves[WKS_MOVES_IN], 4);
    assert_int_equal(all.moves[WKS_MOVES_OUT], 1);
    assert_close(all.share_between, 12 * 2.5 / 23, 1e-12, 0);
    close_stage(&s);
}

static void window_forgets_after_a_year(void **state)
{
    stage s;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    open_stage(&s);
    wks_world_next_tick(&s.world);
    assert_ok(
        wks_relations_move_in(&s.world, wks_fixture_world_household(&s.world, "h8"), wks_fixture_world_unit(&s.world, "v1"), true, &err),
        &err);
    push(&s);
    for (int m = 0; m < 12; m++) {
        assert_int_equal(wks_mobility_facts_of(&s.mobility, -1).moves[WKS_MOVES_WITHIN], 1);
        wks_world_next_tick(&s.world);
        push(&s);
    }
    assert_int_equal(wks_mobility_facts_of(&s.mobility, -1).moves[WKS_MOVES_WITHIN], 0);
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(residents_leave_out_coa_and_count_institutions),
        cmocka_unit_test(empty_window_has_no_shares),
        cmocka_unit_test(class_is_a_year_with_its_neighbours),
        cmocka_unit_test(between_is_the_mean_of_coming_and_leaving),
        cmocka_unit_test(window_forgets_after_a_year),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
