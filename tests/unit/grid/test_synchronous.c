#include "grid/synchronous.h"

#include "unit/grid/grid_case.h"

/* Who moved was unhappy on the old grid and went to a cell that was empty on it; every unhappy agent either moved or lost its cell to another. */
static void all_decide_on_the_old_grid(void **state)
{
    (void)state;
    for (int i = 0; i < 40; i++) {
        grid_case c = plain_case();
        c.order = WKS_KEYS_ORDER_SYNCHRONOUS;
        c.density = 0.6 + 0.0095 * i;
        c.destination = i % 2 == 0 ? WKS_KEYS_DESTINATION_ANY : WKS_KEYS_DESTINATION_NEAREST;
        const wks_scenario scenario = scenario_of(&c, 1);
        wks_grid *before = begin_grid(&scenario, (uint64_t)i + 1), *after = run_grid(&scenario, (uint64_t)i + 1);
        int32_t n_unhappy = 0, n_moved = 0;
        for (int32_t agent = 0; agent < before->board.n_agents; agent++) {
            const int32_t from = before->board.cell_of[agent], to = after->board.cell_of[agent];
            const bool is_unhappy = before->form->is_unhappy(before, agent);
            n_unhappy += is_unhappy;
            if (from == to) continue;
            n_moved++;
            assert_true(is_unhappy);
            assert_int_equal(wks_board_group(&before->board, to), WKS_BOARD_EMPTY);
        }
        assert_int_equal(n_moved, after->n_moves);
        assert_true(n_moved <= before->board.n_empty && n_moved <= n_unhappy);
        assert_true(n_unhappy == 0 || n_moved > 0 || c.destination == WKS_KEYS_DESTINATION_NEAREST || before->board.n_empty == 0);
        wks_grid_destroy(before);
        wks_grid_destroy(after);
    }
}

/* One empty cell, many who want it: one gets it, and over replications it is anyone of them as often. */
static void one_of_all_who_claim_a_cell_gets_it(void **state)
{
    grid_case c = {1, 9, false, 8.0 / 9, 0.5, 1, 1.0, -1, WKS_KEYS_ORDER_SYNCHRONOUS, WKS_KEYS_DESTINATION_ANY, false};
    const wks_scenario scenario = scenario_of(&c, 1);
    int32_t count[8] = {0};

    (void)state;
    for (uint64_t r = 1; r <= 4000; r++) {
        wks_grid *grid = grid_of(&scenario, "abababab./");
        grid->seed = wks_rng_seed_make(1, r);
        go_to(grid, 1);
        assert_int_equal(grid->n_moves, 1);
        count[grid->board.at[8]]++;
        wks_grid_destroy(grid);
    }
    for (int32_t i = 0; i < 8; i++)
        assert_close(count[i], 500, 0, 4 * 20.9);
}

/* One, two or five threads: who is where, and all that is measured. Large enough for several blocks of rows. */
static void threads_change_nothing(void **state)
{
    static const int threads[] = {1, 2, 5};
    grid_case c = plain_case();
    uint64_t hash[3];
    wks_census census[3];

    (void)state;
    c.rows = 210;
    c.columns = 130;
    c.alike_share = 0.5;
    c.order = WKS_KEYS_ORDER_SYNCHRONOUS;
    const wks_scenario scenario = scenario_of(&c, 12);
    for (int i = 0; i < 3; i++) {
        wks_grid *grid = begin_grid(&scenario, 7);
        grid->threads = threads[i];
        go_to(grid, 12);
        hash[i] = wks_grid_hash(grid);
        census[i] = census_of(grid);
        assert_true(grid->n_moves > 1000);
        go_to(grid, 12); /* checked once more, as looked at */
        wks_grid_destroy(grid);
    }
    assert_true(hash[0] == hash[1] && hash[0] == hash[2]);
    assert_memory_equal(&census[0], &census[1], sizeof census[0]);
    assert_memory_equal(&census[0], &census[2], sizeof census[0]);
}

/* Radius 1 by planes and radius 2 by counts leave nobody behind: agents and cells fit at every tick (go_to checks), their numbers stay. */
static void nobody_is_lost_in_any_order(void **state)
{
    (void)state;
    for (int i = 0; i < 16; i++) {
        grid_case c = plain_case();
        int32_t seen = 0;
        c.rows = 40;
        c.columns = 70;
        c.order = i % 4;
        c.radius = 1 + i / 4 % 2;
        c.torus = i / 8 == 0;
        c.alike_share = 0.55;
        const wks_scenario scenario = scenario_of(&c, 10);
        wks_grid *grid = begin_grid(&scenario, (uint64_t)i + 1);
        const int32_t n_a = grid->board.n_a, n = grid->board.n_agents;
        for (int32_t t = 1; t <= 10; t++) {
            go_to(grid, t);
            (void)census_of(grid);
            go_to(grid, t); /* checked once more, as looked at */
        }
        for (int32_t cell = 0; cell < grid->board.n_cells; cell++)
            seen += wks_board_group(&grid->board, cell) == WKS_BOARD_A;
        assert_int_equal(seen, n_a);
        assert_int_equal(grid->board.n_agents, n);
        assert_true(grid->n_moves > 500);
        wks_grid_destroy(grid);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_decide_on_the_old_grid),
        cmocka_unit_test(one_of_all_who_claim_a_cell_gets_it),
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(nobody_is_lost_in_any_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
