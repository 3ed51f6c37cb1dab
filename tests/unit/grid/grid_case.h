/* Scenarios on a grid made by hand, and replications of them. */
#ifndef WKS_TESTS_GRID_CASE_H
#define WKS_TESTS_GRID_CASE_H

#include "base/mem.h"
#include "grid/census.h"
#include "grid/grid.h"
#include "scenario/keys.h"
#include "support/check.h"

typedef struct grid_case {
    int32_t rows, columns;
    bool torus;
    double density, group_share;
    int32_t radius;
    double alike_share;
    int32_t alike_count; /* -1: the share */
    int order, destination;
    bool lonely_unhappy;
} grid_case;

/* Schelling on a small torus. */
static inline grid_case plain_case(void)
{
    return (grid_case){12, 12, true, 0.8, 0.5, 1, 0.4, -1, WKS_KEYS_ORDER_RANDOM, WKS_KEYS_DESTINATION_ANY, false};
}

static inline wks_scenario scenario_of(const grid_case *c, int32_t ticks)
{
    wks_scenario scenario = {.n_ticks = ticks, .seed_dynamics = 1, .model = {.kind = WKS_MODEL_GRID}};
    double *grid = scenario.model.settings.value, *relocation = scenario.model.relocation.value;

    scenario.model.settings.spec = &wks_keys_grid;
    scenario.model.relocation.spec = &wks_keys_relocation;
    grid[WKS_KEYS_GRID_ROWS] = c->rows;
    grid[WKS_KEYS_GRID_COLUMNS] = c->columns;
    grid[WKS_KEYS_GRID_TORUS] = c->torus;
    grid[WKS_KEYS_GRID_DENSITY] = c->density;
    grid[WKS_KEYS_GRID_GROUP_SHARE] = c->group_share;
    relocation[WKS_KEYS_RELOCATION_RADIUS] = c->radius;
    relocation[WKS_KEYS_RELOCATION_ALIKE_SHARE] = c->alike_share;
    relocation[WKS_KEYS_RELOCATION_ALIKE_COUNT] = c->alike_count;
    relocation[WKS_KEYS_RELOCATION_ORDER] = c->order;
    relocation[WKS_KEYS_RELOCATION_DESTINATION] = c->destination;
    relocation[WKS_KEYS_RELOCATION_LONELY_UNHAPPY] = c->lonely_unhappy;
    return scenario;
}

static inline void with_weights(wks_scenario *scenario, double aa, double ab, double ba, double bb)
{
    const double value[WKS_KEYS_N_WEIGHTS] = {aa, ab, ba, bb, 1};

    scenario->model.weights.spec = &wks_keys_weights;
    memcpy(scenario->model.weights.value, value, sizeof value);
}

static inline void with_tolerance(wks_scenario *scenario, double a, double b, int32_t rows)
{
    const double value[WKS_KEYS_N_TOLERANCE] = {a, b, rows};

    scenario->model.tolerance.spec = &wks_keys_tolerance;
    memcpy(scenario->model.tolerance.value, value, sizeof value);
}

static inline wks_grid *begin_grid(const wks_scenario *scenario, uint64_t replication)
{
    wks_err err = WKS_ERR_INIT;
    wks_grid *grid = NULL;

    assert_ok(wks_grid_create(scenario, wks_rng_seed_make(scenario->seed_dynamics, replication), &grid, &err), &err);
    assert_ok(wks_grid_check(grid, &err), &err);
    return grid;
}

static inline void go_to(wks_grid *grid, int32_t tick)
{
    wks_err err = WKS_ERR_INIT;

    assert_ok(wks_grid_advance(grid, tick, &err), &err);
    assert_ok(wks_grid_check(grid, &err), &err);
}

/* To the end; destroy it. */
static inline wks_grid *run_grid(const wks_scenario *scenario, uint64_t replication)
{
    wks_grid *grid = begin_grid(scenario, replication);

    go_to(grid, scenario->n_ticks);
    return grid;
}

static inline wks_census census_of(wks_grid *grid)
{
    wks_err err = WKS_ERR_INIT;
    wks_census census;

    assert_ok(wks_census_take(grid, &census, &err), &err);
    return census;
}

/* A board from a picture: 'a', 'b' and '.'; rows of equal length ended by '/'. Agents are numbered in order of cells, those of a first. */
static inline wks_board board_of(const char *picture, bool torus, int32_t radius)
{
    int32_t cell[256], n[3] = {0}, columns = (int32_t)strcspn(picture, "/"), n_cells = 0;
    wks_err err = WKS_ERR_INIT;
    wks_board board;

    for (int pass = 0; pass < 3; pass++) {
        int32_t at = 0;
        for (const char *c = picture; *c != '\0'; c++) {
            if (*c == '/') continue;
            if (*c == "ab."[pass]) {
                cell[n_cells++] = at;
                n[pass]++;
            }
            at++;
        }
    }
    assert_ok(wks_board_init(&board, n_cells / columns, columns, torus, radius, n[0] + n[1], n[0], &err), &err);
    wks_board_settle(&board, cell);
    assert_ok(wks_board_check(&board, &err), &err);
    return board;
}

/* A grid that stands as in the picture. Its sums of weights and of who is inside are made anew. */
static inline wks_grid *grid_of(const wks_scenario *scenario, const char *picture)
{
    wks_grid *grid = begin_grid(scenario, 1);
    wks_err err = WKS_ERR_INIT;
    wks_board board = board_of(picture, grid->board.torus, grid->board.radius);

    assert_int_equal(board.n_agents, grid->board.n_agents);
    assert_int_equal(board.n_a, grid->board.n_a);
    wks_board_free(&grid->board);
    grid->board = board;
    if (grid->form->end != NULL) grid->form->end(grid);
    free(grid->least);
    grid->least = NULL;
    grid->is_looked = grid->is_measured = false;
    grid->state = NULL;
    assert_ok(grid->form->begin(grid, &err), &err);
    assert_ok(wks_grid_check(grid, &err), &err);
    return grid;
}

#endif
