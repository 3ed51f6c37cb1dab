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
            assert_int_equal(before->board.group[to], WKS_BOARD_EMPTY);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_decide_on_the_old_grid),
        cmocka_unit_test(one_of_all_who_claim_a_cell_gets_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
