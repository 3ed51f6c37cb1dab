#include "measure/flows.h"

#include "fixture_measure.h"

typedef struct stage {
    wks_world world;
    wks_scenario scenario;
    wks_catalogue catalogue;
    wks_flows *flows;
    const wks_flows_row *row;
    int32_t n;
    wks_err err;
} stage;

static void open_stage(stage *s)
{
    memset(s, 0, sizeof *s);
    s->err = WKS_ERR_INIT;
    wks_fixture_world_make(&s->world, wks_fixture_world_ten);
    wks_fixture_measure_scenario(&s->scenario, &s->catalogue, "");
    wks_observe_refresh_groups(&s->scenario, &s->world);
    for (int32_t d = 0; d < s->world.dwelling.base.n_rows; d++) { /* one every 600 m */
        s->world.dwelling.x_m[d] = (float)(600 * d);
        s->world.dwelling.y_m[d] = 0;
    }
    assert_ok(wks_flows_create(&s->scenario, &s->flows, &s->err), &s->err);
    wks_world_next_tick(&s->world);
}

static void close_stage(stage *s)
{
    wks_flows_destroy(s->flows);
    wks_scenario_free(&s->scenario);
    wks_world_free(&s->world);
}

static void move(stage *s, const char *household, const char *unit)
{
    assert_ok(wks_relations_move_in(&s->world, wks_fixture_world_household(&s->world, household), wks_fixture_world_unit(&s->world, unit),
                                    true, &s->err),
              &s->err);
}

static void end_tick(stage *s)
{
    assert_ok(wks_flows_tick(s->flows, &s->world, &s->err), &s->err);
    assert_ok(wks_flows_rows(s->flows, &s->world, &s->row, &s->n, &s->err), &s->err);
    wks_world_next_tick(&s->world);
}

static int64_t moves(const stage *s, int32_t from, int32_t to, const char *group)
{
    for (int32_t i = 0; i < s->n; i++) {
        if (s->row[i].from_wijk_row == from && s->row[i].to_wijk_row == to && strcmp(s->row[i].group, group) == 0) return s->row[i].moves;
    }
    return 0;
}

/* h3 from social to social, h8 a starter to social, h10 from COA to corporatie free, h9 joins h1, h4 leaves the city, h5 goes to shelter. */
static void play(stage *s)
{
    move(s, "h3", "v2");
    move(s, "h8", "v1");
    move(s, "h10", "u8");
    assert_ok(
        wks_relations_merge(&s->world, wks_fixture_world_household(&s->world, "h9"), wks_fixture_world_household(&s->world, "h1"), &s->err),
        &s->err);
    assert_ok(wks_relations_depart(&s->world, wks_fixture_world_household(&s->world, "h4"), &s->err), &s->err);
    assert_ok(wks_relations_move_out(&s->world, wks_fixture_world_household(&s->world, "h5"), WKS_PLACE_SHELTER, WKS_NONE, &s->err),
              &s->err);
}

static void tenures_equal_a_hand_made_table(void **state)
{
    stage s;
    int64_t n = 0;
    (void)state;
    open_stage(&s);
    play(&s);
    end_tick(&s);
    const wks_flows_sums sum = wks_flows_sums_of(s.flows);
    assert_int_equal(sum.tenure[WKS_TENURE_SOCIAL][WKS_TENURE_SOCIAL], 1);
    assert_int_equal(sum.tenure[WKS_MOVES_NONE][WKS_TENURE_SOCIAL], 1);
    assert_int_equal(sum.tenure[WKS_MOVES_ELSEWHERE][WKS_TENURE_CORPORATIE_FREE], 1);
    assert_int_equal(sum.tenure[WKS_MOVES_NONE][WKS_MOVES_JOINED], 1);
    assert_int_equal(sum.tenure[WKS_TENURE_OWNER][WKS_MOVES_ELSEWHERE], 1);
    assert_int_equal(sum.tenure[WKS_TENURE_PRIVATE_RENT][WKS_MOVES_NONE], 1);
    for (int32_t i = 0; i < WKS_N_MOVES_FOOTINGS; i++) {
        for (int32_t j = 0; j < WKS_N_MOVES_FOOTINGS; j++)
            n += sum.tenure[i][j];
    }
    assert_int_equal(n, 6);
    close_stage(&s);
}

/* Dwellings in the order of the fixture: u3 is 2, v2 is 9: 4,200 m; h8 goes from u1 (0) to v1 (8): 4,800 m. Had they changed homes: u3 to v1 3,600, u1 to v2
 * 5,400 m. */
static void distances_equal_a_hand_made_count(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    play(&s);
    end_tick(&s);
    const wks_flows_sums sum = wks_flows_sums_of(s.flows);
    assert_int_equal(sum.distance[3], 2);
    assert_int_equal(sum.random[3], 1);
    assert_int_equal(sum.random[4], 1);
    close_stage(&s);
}

static void year_has_a_row_a_pair_and_group(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    play(&s);
    for (int32_t m = 0; m < 10; m++) {
        end_tick(&s);
        assert_int_equal(s.n, 0); /* the year is not over */
    }
    end_tick(&s);
    /* Buurten 0 and 1 are wijk 0, buurt 2 is wijk 1. */
    assert_int_equal(moves(&s, 0, 1, ""), 1); /* h3 */
    assert_int_equal(moves(&s, 0, 1, "families"), 1);
    assert_int_equal(moves(&s, 0, 0, ""), 2);                 /* h8 and h9 */
    assert_int_equal(moves(&s, WKS_FLOWS_OUTSIDE, 1, ""), 1); /* h10 */
    assert_int_equal(moves(&s, WKS_FLOWS_OUTSIDE, 1, "referred"), 1);
    assert_int_equal(moves(&s, 0, WKS_FLOWS_OUTSIDE, ""), 1); /* h4 */
    assert_int_equal(moves(&s, 0, WKS_FLOWS_SHELTER, ""), 1); /* h5 */
    assert_int_equal(moves(&s, 0, 1, "hidden"), 0);           /* a group for rules only */
    assert_int_equal(s.row[0].year, 2025);
    end_tick(&s);
    assert_int_equal(s.n, 0); /* counted once */
    close_stage(&s);
}

static void few_are_left_out(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    s.world.hides_few = true;
    play(&s);
    for (int32_t m = 0; m < 11; m++)
        end_tick(&s);
    assert_int_equal(s.n, 0);
    close_stage(&s);
}

static void window_forgets_after_a_year(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    play(&s);
    for (int32_t m = 0; m < 12; m++)
        end_tick(&s);
    assert_int_equal(wks_flows_sums_of(s.flows).tenure[WKS_TENURE_SOCIAL][WKS_TENURE_SOCIAL], 1);
    end_tick(&s);
    assert_int_equal(wks_flows_sums_of(s.flows).tenure[WKS_TENURE_SOCIAL][WKS_TENURE_SOCIAL], 0);
    close_stage(&s);
}

static void lost_moves_are_an_error(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    s.world.moves.is_incomplete = true;
    assert_int_equal(wks_flows_tick(s.flows, &s.world, &s.err), WKS_ERR_NOMEM);
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tenures_equal_a_hand_made_table), cmocka_unit_test(distances_equal_a_hand_made_count),
        cmocka_unit_test(year_has_a_row_a_pair_and_group), cmocka_unit_test(few_are_left_out),
        cmocka_unit_test(window_forgets_after_a_year),     cmocka_unit_test(lost_moves_are_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
