#include "grid/alike.h"

#include "unit/grid/grid_case.h"

/* As it is written in decimals, whatever a product of doubles says. */
static void least_number_is_exact(void **state)
{
    (void)state;
    assert_int_equal(wks_alike_least(0.3, -1, false, 10), 3); /* 0.3 * 10 is above 3 in some roundings */
    assert_int_equal(wks_alike_least(0.7, -1, false, 10), 7);
    assert_int_equal(wks_alike_least(0.07, -1, false, 100), 7);
    assert_int_equal(wks_alike_least(0.333333333333, -1, false, 3), 1);
    assert_int_equal(wks_alike_least(0.34, -1, false, 3), 2);
    assert_int_equal(wks_alike_least(0.0, -1, false, 8), 0);
    assert_int_equal(wks_alike_least(1.0, -1, false, 8), 8);
    for (int32_t n = 1; n <= 1000; n++) {
        for (int32_t percent = 0; percent <= 100; percent++)
            assert_int_equal(wks_alike_least(percent / 100.0, -1, false, n), (percent * n + 99) / 100);
    }
}

static void count_holds_for_any_number_of_neighbours(void **state)
{
    (void)state;
    for (int32_t n = 1; n <= 24; n++)
        assert_int_equal(wks_alike_least(0.9, 3, false, n), 3);
}

static void lonely_are_satisfied_unless_it_is_said(void **state)
{
    (void)state;
    assert_int_equal(wks_alike_least(0.5, -1, false, 0), 0);
    assert_int_equal(wks_alike_least(0.5, 3, false, 0), 0);
    assert_int_equal(wks_alike_least(0.0, -1, true, 0), 1); /* nobody has more than 0 */
    assert_int_equal(wks_alike_least(0.5, 3, true, 0), 1);
}

/* Steps to the nearest empty cell where the agent would be satisfied, and how many are that near: looked up one by one. */
static int32_t nearest_steps(const wks_grid *grid, int32_t agent, int32_t *n_equal)
{
    const wks_board *b = &grid->board;
    int32_t least = -1;

    *n_equal = 0;
    for (int32_t cell = 0; cell < b->n_cells; cell++) {
        int32_t rows, columns, alike = 0, n = 0;
        if (wks_board_group(b, cell) != WKS_BOARD_EMPTY) continue;
        for (int32_t other = 0; other < b->n_agents; other++) {
            wks_board_apart(b, cell, b->cell_of[other], &rows, &columns);
            if (other == agent || rows > b->radius || columns > b->radius) continue;
            n++;
            alike += wks_board_is_b(b, other) == wks_board_is_b(b, agent);
        }
        if (alike < grid->least[n]) continue;
        wks_board_apart(b, cell, b->cell_of[agent], &rows, &columns);
        if (least < 0 || rows + columns < least) {
            least = rows + columns;
            *n_equal = 0;
        }
        *n_equal += rows + columns == least;
    }
    return least;
}

static void nearest_is_the_nearest_that_satisfies(void **state)
{
    (void)state;
    for (int i = 0; i < 80; i++) {
        grid_case c = plain_case();
        c.torus = i % 2 == 0;
        c.rows = 5 + i % 7;
        c.columns = 5 + i % 5;
        c.density = i % 3 == 0 ? 0.95 : 0.5;
        c.radius = 1 + i % 2;
        c.alike_share = 0.3 + 0.01 * i;
        if (c.alike_share > 1) c.alike_share = 1;
        c.destination = WKS_KEYS_DESTINATION_NEAREST;
        const wks_scenario scenario = scenario_of(&c, 1);
        wks_grid *grid = begin_grid(&scenario, (uint64_t)i + 1);
        wks_words_open(&grid->words, &grid->seed, 1, WKS_RNG_GRID_MOVE);
        for (int32_t agent = 0; agent < grid->board.n_agents; agent++) {
            int32_t n_equal, rows, columns;
            const int32_t steps = nearest_steps(grid, agent, &n_equal), k = wks_alike_form.destination(grid, agent);
            assert_int_equal(k < 0, steps < 0);
            if (k < 0) continue;
            wks_board_apart(&grid->board, grid->board.empty[k], grid->board.cell_of[agent], &rows, &columns);
            assert_int_equal(rows + columns, steps);
        }
        wks_grid_destroy(grid);
    }
}

/* Four empty cells one step away, all good: each is drawn in one of four cases. */
static void nearest_among_equals_is_drawn(void **state)
{
    grid_case c = {5, 5, false, 0.04, 1.0, 1, 0.0, -1, WKS_KEYS_ORDER_PASS, WKS_KEYS_DESTINATION_NEAREST, false};
    const wks_scenario scenario = scenario_of(&c, 1);
    wks_grid *grid = grid_of(&scenario, "...../...../..a../...../...../");
    int32_t count[25] = {0};

    (void)state;
    for (int32_t t = 1; t <= 4000; t++) {
        wks_words_open(&grid->words, &grid->seed, (uint32_t)t, WKS_RNG_GRID_MOVE);
        count[grid->board.empty[wks_alike_form.destination(grid, 0)]]++;
    }
    assert_int_equal(count[7] + count[11] + count[13] + count[17], 4000);
    for (int i = 0; i < 4; i++) {
        static const int around[] = {7, 11, 13, 17};
        assert_close(count[around[i]], 1000, 0, 4 * 27.4);
    }
    wks_grid_destroy(grid);
}

/* On small boards a table says who is unhappy, on others the counts do: both as the rule says, and nobody is in an empty cell. */
static void who_is_unhappy_is_as_the_rule_says(void **state)
{
    int32_t n_unhappy = 0;

    (void)state;
    for (int i = 0; i < 24; i++) {
        grid_case c = plain_case();
        c.rows = c.columns = 20;
        c.radius = 1 + i % 5;
        c.torus = i % 2 == 0;
        c.alike_share = 0.3 + 0.02 * i;
        c.alike_count = i % 3 == 0 ? 2 * c.radius * c.radius : -1;
        c.lonely_unhappy = i % 4 == 0;
        const wks_scenario scenario = scenario_of(&c, 1);
        wks_grid *grid = begin_grid(&scenario, (uint64_t)i + 1);
        const wks_board *board = &grid->board;
        assert_true((grid->few != NULL) == (c.radius <= 3));
        for (int32_t agent = 0; agent < board->n_agents; agent++) {
            const wks_board_count near = wks_board_near(board, board->cell_of[agent]);
            const int32_t alike = (wks_board_is_b(board, agent) ? near.b : near.a) - 1;
            const bool is_unhappy = alike < wks_alike_least(c.alike_share, c.alike_count, c.lonely_unhappy, near.a + near.b - 1);
            assert_int_equal(grid->form->is_unhappy(grid, agent), is_unhappy);
            n_unhappy += is_unhappy;
        }
        for (int32_t k = 0; k < board->n_empty && grid->few != NULL; k++)
            assert_int_equal(grid->few[wks_board_word(board, board->empty[k])], 0);
        wks_grid_destroy(grid);
    }
    assert_true(n_unhappy > 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(least_number_is_exact),
        cmocka_unit_test(count_holds_for_any_number_of_neighbours),
        cmocka_unit_test(lonely_are_satisfied_unless_it_is_said),
        cmocka_unit_test(nearest_is_the_nearest_that_satisfies),
        cmocka_unit_test(nearest_among_equals_is_drawn),
        cmocka_unit_test(who_is_unhappy_is_as_the_rule_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
