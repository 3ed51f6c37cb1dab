#include "grid/grid.h"

#include "measure/observe.h"
#include "unit/grid/grid_case.h"

enum { N_KINDS = 8 };

/* One of each form, order and destination. */
static wks_scenario scenario_number(int i)
{
    grid_case c = plain_case();

    c.order = i < 4 ? i : i == 5 || i == 7 ? WKS_KEYS_ORDER_PASS : WKS_KEYS_ORDER_RANDOM;
    c.destination = i == 5 ? WKS_KEYS_DESTINATION_NEAREST : WKS_KEYS_DESTINATION_ANY;
    c.alike_share = 0.75;
    wks_scenario scenario = scenario_of(&c, 15);
    if (i == 6) with_weights(&scenario, 0, -1, 1, 0);
    if (i == 7) with_tolerance(&scenario, 2, 3, 4);
    return scenario;
}

/* In one step or in many, from the same seed the same state; of another replication another one. */
static void state_depends_on_seed_and_tick_only(void **state)
{
    (void)state;
    for (int i = 0; i < N_KINDS; i++) {
        const wks_scenario scenario = scenario_number(i);
        wks_grid *at_once = run_grid(&scenario, 3), *by_steps = begin_grid(&scenario, 3), *other = run_grid(&scenario, 4);
        for (int32_t t = 1; t <= 15; t++)
            go_to(by_steps, t);
        assert_true(wks_grid_hash(at_once) == wks_grid_hash(by_steps));
        assert_true(wks_grid_hash(at_once) != wks_grid_hash(other));
        assert_int_equal(at_once->n_moves, by_steps->n_moves);
        go_to(by_steps, 16);
        assert_true(wks_grid_hash(at_once) != wks_grid_hash(by_steps));
        wks_grid_destroy(at_once);
        wks_grid_destroy(by_steps);
        wks_grid_destroy(other);
    }
}

/* Exactly so many, rounded; every cell as often occupied, and as often by a. */
static void start_has_exact_counts_at_random_cells(void **state)
{
    grid_case c = plain_case();
    double occupied[15] = {0}, of_a[15] = {0};

    (void)state;
    c.rows = 3;
    c.columns = 5;
    c.density = 0.66;     /* of 15: 9.9 */
    c.group_share = 0.25; /* of 10: 2.5, up */
    const wks_scenario scenario = scenario_of(&c, 1);
    for (uint64_t r = 1; r <= 3000; r++) {
        wks_grid *grid = begin_grid(&scenario, r);
        assert_int_equal(grid->board.n_agents, 10);
        assert_int_equal(grid->board.n_a, 3);
        for (int32_t i = 0; i < 15; i++) {
            occupied[i] += wks_board_group(&grid->board, i) != WKS_BOARD_EMPTY;
            of_a[i] += wks_board_group(&grid->board, i) == WKS_BOARD_A;
        }
        wks_grid_destroy(grid);
    }
    for (int32_t i = 0; i < 15; i++) {
        assert_close(occupied[i], 2000, 0, 4 * 25.9);
        assert_close(of_a[i], 600, 0, 4 * 21.9);
    }
}

/* Thresholds that no share of at most eight neighbours lies between give the same moves; 3/8 does lie between 0.37 and 0.38. */
static void thresholds_without_a_share_between_are_the_same(void **state)
{
    static const double same[][2] = {{0.26, 0.28}, {0.301, 0.333}, {0.51, 0.57}, {0.76, 0.8}, {0.01, 0.125}};

    (void)state;
    for (int order = WKS_KEYS_ORDER_RANDOM; order <= WKS_KEYS_ORDER_SYNCHRONOUS; order++) {
        for (size_t i = 0; i <= sizeof same / sizeof *same; i++) {
            const bool is_same = i < sizeof same / sizeof *same;
            uint64_t hash[2];
            for (int k = 0; k < 2; k++) {
                grid_case c = plain_case();
                c.rows = c.columns = 30;
                c.order = order;
                c.alike_share = is_same ? same[i][k] : (const double[]){0.37, 0.38}[k];
                const wks_scenario scenario = scenario_of(&c, 20);
                wks_grid *grid = run_grid(&scenario, 1);
                hash[k] = wks_grid_hash(grid);
                wks_grid_destroy(grid);
            }
            assert_int_equal(hash[0] == hash[1], is_same);
        }
    }
}

/* The same rows at every tick, of indicators of level grid; moves since the last rows. */
static void rows_are_those_of_the_table_of_indicators(void **state)
{
    (void)state;
    for (int i = 0; i < N_KINDS; i++) {
        const wks_scenario scenario = scenario_number(i);
        wks_grid *grid = begin_grid(&scenario, 1);
        int64_t n_moves = 0;
        int32_t n_rows = 0;
        wks_err err = WKS_ERR_INIT;
        for (int32_t t = 0; t <= 15; t += 5) {
            wks_series rows = {0};
            go_to(grid, t);
            const int64_t since = grid->n_moves;
            assert_ok(wks_grid_rows(grid, &rows, &err), &err);
            assert_true(t == 0 || rows.n == n_rows);
            n_rows = rows.n;
            for (int32_t k = 0; k < rows.n; k++) {
                bool is_there = false;
                for (int32_t m = 0; m < wks_observe_indicators_count; m++)
                    is_there = is_there || (strcmp(wks_observe_indicators[m].level, "grid") == 0 &&
                                            strcmp(wks_observe_indicators[m].name, rows.row[k].indicator) == 0);
                assert_true(is_there);
                if (strcmp(rows.row[k].indicator, "moves") == 0) assert_close(rows.row[k].value, (double)since, 0, 0);
            }
            n_moves += since;
            wks_series_free(&rows);
        }
        assert_int_equal(n_rows, i == 7 ? 6 : 4);
        assert_int_equal(grid->n_moves, 0);
        assert_true(n_moves > 0);
        wks_grid_destroy(grid);
    }
}

static void only_chosen_indicators_have_rows(void **state)
{
    char chosen[] = "alike_mean", *list[] = {chosen};
    wks_scenario scenario = scenario_number(0);
    wks_series rows = {0};
    wks_err err = WKS_ERR_INIT;

    (void)state;
    scenario.output.indicator = list;
    scenario.output.n_indicators = 1;
    wks_grid *grid = run_grid(&scenario, 1);
    assert_ok(wks_grid_rows(grid, &rows, &err), &err);
    assert_int_equal(rows.n, 1);
    assert_string_equal(rows.row[0].indicator, "alike_mean");
    wks_series_free(&rows);
    wks_grid_destroy(grid);
}

/* No cell empty: all stay, whoever is unhappy. */
static void full_grid_moves_nobody(void **state)
{
    (void)state;
    for (int i = 0; i < N_KINDS; i++) {
        wks_scenario scenario = scenario_number(i);
        scenario.model.settings.value[WKS_KEYS_GRID_DENSITY] = 1;
        wks_grid *grid = run_grid(&scenario, 1);
        assert_int_equal(grid->n_moves, 0);
        wks_grid_destroy(grid);
    }
}

/* The n-th allocation fails, for every n: an error, nothing lost. */
static void memory_that_fails_is_an_error(void **state)
{
    (void)state;
    for (int i = 0; i < N_KINDS; i++) {
        const wks_scenario scenario = scenario_number(i);
        wks_status rc = WKS_ERR_NOMEM;
        for (int64_t n = 1; rc != WKS_OK; n++) {
            wks_grid *grid = NULL;
            wks_series rows = {0};
            wks_err err = WKS_ERR_INIT;
            wks_mem_fail_after(n);
            rc = wks_grid_create(&scenario, wks_rng_seed_make(1, 1), &grid, &err);
            if (rc == WKS_OK) rc = wks_grid_advance(grid, 3, &err);
            if (rc == WKS_OK) rc = wks_grid_rows(grid, &rows, &err);
            if (rc == WKS_OK) rc = wks_grid_check(grid, &err);
            wks_mem_fail_after(0);
            assert_true(rc == WKS_OK || rc == WKS_ERR_NOMEM);
            wks_grid_destroy(grid);
            wks_series_free(&rows);
            assert_true(n < 200);
            assert_true(rc == WKS_ERR_NOMEM || n > 8); /* some did fail */
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(state_depends_on_seed_and_tick_only),
        cmocka_unit_test(start_has_exact_counts_at_random_cells),
        cmocka_unit_test(thresholds_without_a_share_between_are_the_same),
        cmocka_unit_test(rows_are_those_of_the_table_of_indicators),
        cmocka_unit_test(only_chosen_indicators_have_rows),
        cmocka_unit_test(full_grid_moves_nobody),
        cmocka_unit_test(memory_that_fails_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
