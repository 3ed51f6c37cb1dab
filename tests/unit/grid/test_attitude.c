#include "grid/attitude.h"

#include <math.h>

#include "unit/grid/grid_case.h"

/* Sakoda's board: 8 x 8, six of each. */
static wks_scenario sakoda(double aa, double ab, double ba, double bb, int32_t ticks)
{
    grid_case c = {8, 8, false, 12.0 / 64, 0.5, 1, 0, -1, WKS_KEYS_ORDER_RANDOM, WKS_KEYS_DESTINATION_ANY, false};
    wks_scenario scenario = scenario_of(&c, ticks);

    with_weights(&scenario, aa, ab, ba, bb);
    return scenario;
}

/* By the formula in doubles, from scratch. */
static double worth(const wks_grid *grid, int32_t agent, int32_t cell)
{
    const double *value = grid->scenario->model.weights.value;
    double sum = 0;

    for (int32_t i = 0; i < grid->board.n_agents; i++) {
        int32_t rows, columns;
        if (i == agent) continue;
        wks_board_apart(&grid->board, cell, grid->board.cell_of[i], &rows, &columns);
        sum += value[2 * wks_board_is_b(&grid->board, agent) + wks_board_is_b(&grid->board, i)] /
               pow(sqrt((double)(rows * rows + columns * columns)), 1 / value[WKS_KEYS_WEIGHTS_REACH]);
    }
    return sum;
}

static void mover_goes_to_the_best_cell_within_reach(void **state)
{
    (void)state;
    for (int i = 0; i < 30; i++) {
        wks_scenario scenario = sakoda(i % 3 - 1, (i / 3) % 3 - 1, -1, 0.5, 1);
        scenario.model.weights.value[WKS_KEYS_WEIGHTS_REACH] = 0.5 + 0.2 * i;
        scenario.model.relocation.value[WKS_KEYS_RELOCATION_RADIUS] = 1 + i % 2;
        scenario.model.settings.value[WKS_KEYS_GRID_TORUS] = i % 5 == 0;
        wks_grid *grid = begin_grid(&scenario, (uint64_t)i + 1);
        wks_words_open(&grid->words, &grid->seed, 1, WKS_RNG_GRID_MOVE);
        for (int32_t agent = 0; agent < 12; agent++) {
            const int32_t from = grid->board.cell_of[agent], k = wks_attitude_form.destination(grid, agent);
            int32_t box[25];
            double best = worth(grid, agent, from);
            for (int32_t n = wks_board_box(&grid->board, from, grid->board.radius, box); n-- > 0;) {
                if (wks_board_group(&grid->board, box[n]) == WKS_BOARD_EMPTY && worth(grid, agent, box[n]) > best)
                    best = worth(grid, agent, box[n]);
            }
            assert_int_equal(wks_attitude_form.is_unhappy(grid, agent), best > worth(grid, agent, from) + 1e-8);
            assert_int_equal(k >= 0, best > worth(grid, agent, from) + 1e-8);
            if (k >= 0) assert_close(worth(grid, agent, grid->board.empty[k]), best, 0, 1e-8);
        }
        wks_grid_destroy(grid);
    }
}

/* Attitudes of 0: exactly nobody moves. */
static void mechanism_off_moves_nobody(void **state)
{
    const wks_scenario scenario = sakoda(0, 0, 0, 0, 20);
    wks_grid *grid = run_grid(&scenario, 1);

    (void)state;
    assert_int_equal(grid->n_moves, 0);
    assert_true(grid->is_settled);
    wks_grid_destroy(grid);
}

/* Ordered pairs of neighbours. */
static double pairs_of(const wks_grid *grid)
{
    double n = 0;

    for (int32_t i = 0; i < grid->board.n_agents; i++) {
        const wks_board_count near = wks_board_near(&grid->board, grid->board.cell_of[i]);
        n += near.a + near.b - 1;
    }
    return n;
}

/* Sakoda's results: mutual suspicion parts the groups; liking the own too gathers each in one place; one that follows while the other flees mostly
 * goes on for ever. */
static void attitudes_have_the_known_outcomes(void **state)
{
    double apart = 0, gathered = 0, alone = 0, alike = 0;
    int32_t n_resting = 0;

    (void)state;
    for (uint64_t r = 1; r <= 20; r++) {
        const wks_scenario suspicion = sakoda(0, -1, -1, 0, 100), segregation = sakoda(1, -1, -1, 1, 100), chase = sakoda(0, -1, 1, 0, 100);
        wks_grid *a = run_grid(&suspicion, r), *b = run_grid(&segregation, r), *c = run_grid(&chase, r);
        apart += census_of(a).alike_pooled / 20;
        alone += pairs_of(a) / 20;
        gathered += pairs_of(b) / 20;
        alike += census_of(b).alike_pooled / 20;
        n_resting += c->is_settled;
        assert_true(a->is_settled && b->is_settled);
        wks_grid_destroy(a);
        wks_grid_destroy(b);
        wks_grid_destroy(c);
    }
    assert_true(apart > 0.95 && alike > 0.95);
    assert_true(gathered > 1.3 * alone); /* nobody seeks the own group in suspicion, so it stays looser */
    assert_true(n_resting < 10);
}

static void sums_of_weights_equal_recounts(void **state)
{
    const wks_scenario scenario = sakoda(1, -1, 0, -1, 30);
    wks_grid *grid = run_grid(&scenario, 3); /* checks */
    wks_err err = WKS_ERR_INIT;

    (void)state;
    wks_attitude_form.moved(grid, 0, grid->board.empty[0]); /* a move that was not made */
    assert_status(wks_grid_check(grid, &err), WKS_ERR_LAW, &err);
    assert_contains(err.message, "sums of weights");
    wks_grid_destroy(grid);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mover_goes_to_the_best_cell_within_reach),
        cmocka_unit_test(mechanism_off_moves_nobody),
        cmocka_unit_test(attitudes_have_the_known_outcomes),
        cmocka_unit_test(sums_of_weights_equal_recounts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
