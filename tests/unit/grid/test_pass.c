#include "grid/pass.h"

#include "unit/grid/grid_case.h"

/* Listed at the start, it moves: also when others have left meanwhile and it would be satisfied now. The a and the b are each other's only neighbour and
 * want none but their own, so whoever goes first frees the other. */
static void listed_move_also_when_no_longer_unhappy(void **state)
{
    grid_case c = {3, 30, false, 2.0 / 90, 0.5, 1, 1.0, -1, WKS_KEYS_ORDER_PASS, WKS_KEYS_DESTINATION_ANY, false};
    const char *pair = "............................../.............ab.............../............................../";
    int32_t n_moves[2] = {0};

    (void)state;
    for (int order = WKS_KEYS_ORDER_RANDOM; order <= WKS_KEYS_ORDER_PASS; order++) {
        c.order = order;
        const wks_scenario scenario = scenario_of(&c, 1);
        wks_grid *grid = grid_of(&scenario, pair);
        go_to(grid, 1);
        n_moves[order] = (int32_t)grid->n_moves;
        wks_grid_destroy(grid);
    }
    assert_int_equal(n_moves[WKS_KEYS_ORDER_PASS], 2);
    assert_int_equal(n_moves[WKS_KEYS_ORDER_RANDOM], 1);
}

/* Of the two either goes first. */
static void turns_differ_between_replications(void **state)
{
    grid_case c = {3, 30, false, 2.0 / 90, 0.5, 1, 1.0, -1, WKS_KEYS_ORDER_RANDOM, WKS_KEYS_DESTINATION_ANY, false};
    const wks_scenario scenario = scenario_of(&c, 1);
    int32_t n_a = 0;

    (void)state;
    for (uint64_t r = 1; r <= 400; r++) {
        wks_grid *grid = begin_grid(&scenario, r),
                 *stands = grid_of(&scenario, "............................../.............ab..............."
                                              "/............................../");
        stands->seed = grid->seed;
        go_to(stands, 1);
        n_a += stands->board.cell_of[0] != 43;
        wks_grid_destroy(grid);
        wks_grid_destroy(stands);
    }
    assert_close(n_a, 200, 0, 40); /* four standard errors */
}

static void nobody_unhappy_settles_and_stays(void **state)
{
    (void)state;
    for (int order = WKS_KEYS_ORDER_RANDOM; order <= WKS_KEYS_ORDER_SYNCHRONOUS; order++) {
        grid_case c = plain_case();
        c.alike_share = 0.3;
        c.order = order;
        const wks_scenario scenario = scenario_of(&c, 200);
        wks_grid *grid = run_grid(&scenario, 1);
        assert_true(grid->is_settled);
        assert_close(census_of(grid).unhappy_share, 0, 0, 0);
        const int32_t before = grid->board.cell_of[0];
        const int64_t n_moves = grid->n_moves;
        assert_true(n_moves > 0);
        go_to(grid, 300);
        assert_int_equal(grid->board.cell_of[0], before);
        assert_int_equal(grid->n_moves, n_moves);
        wks_grid_destroy(grid);
    }
}

/* visit_at_rest: the same moves, and everybody is visited all the same (the tick's order is made). */
static void visiting_at_rest_moves_nobody(void **state)
{
    (void)state;
    for (int order = WKS_KEYS_ORDER_RANDOM; order <= WKS_KEYS_ORDER_SYNCHRONOUS; order++) {
        grid_case c = plain_case();
        c.alike_share = 0.3;
        c.order = order;
        wks_scenario scenario = scenario_of(&c, 200);
        wks_grid *rests = run_grid(&scenario, 1);
        scenario.model.relocation.value[WKS_KEYS_RELOCATION_VISIT_AT_REST] = 1;
        wks_grid *visits = run_grid(&scenario, 1);
        assert_true(rests->is_settled && visits->is_settled);
        assert_true(wks_grid_hash(rests) == wks_grid_hash(visits));
        assert_int_equal(rests->n_moves, visits->n_moves);
        if (order == WKS_KEYS_ORDER_RANDOM) {
            assert_true(rests->order.tick < 200);
            assert_int_equal(visits->order.tick, 200);
        }
        wks_grid_destroy(rests);
        wks_grid_destroy(visits);
    }
}

/* A share of 0: exactly nobody moves. A share that nobody has: all who have neighbours move, every tick. */
static void mechanism_off_and_at_its_extreme(void **state)
{
    (void)state;
    for (int order = WKS_KEYS_ORDER_RANDOM; order <= WKS_KEYS_ORDER_SYNCHRONOUS; order++) {
        grid_case c = plain_case();
        c.alike_share = 0.0;
        c.order = order;
        wks_scenario scenario = scenario_of(&c, 10);
        wks_grid *off = run_grid(&scenario, 1), *start = begin_grid(&scenario, 1);
        assert_int_equal(off->n_moves, 0);
        assert_memory_equal(off->board.cell_of, start->board.cell_of, (size_t)off->board.n_agents * sizeof(int32_t));
        c.alike_count = 9; /* of eight */
        scenario = scenario_of(&c, 10);
        wks_grid *most = run_grid(&scenario, 1);
        assert_true(census_of(most).unhappy_share > 0.99);
        if (order != WKS_KEYS_ORDER_SYNCHRONOUS) assert_true(most->n_moves >= 10 * most->board.n_agents - 10);
        wks_grid_destroy(off);
        wks_grid_destroy(start);
        wks_grid_destroy(most);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(listed_move_also_when_no_longer_unhappy), cmocka_unit_test(turns_differ_between_replications),
        cmocka_unit_test(nobody_unhappy_settles_and_stays),        cmocka_unit_test(visiting_at_rest_moves_nobody),
        cmocka_unit_test(mechanism_off_and_at_its_extreme),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
