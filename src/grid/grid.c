#include "grid/grid.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/vector.h"
#include "grid/agenda.h"
#include "grid/alike.h"
#include "grid/attitude.h"
#include "grid/bounded.h"
#include "grid/census.h"
#include "grid/pages.h"
#include "grid/pass.h"
#include "grid/synchronous.h"
#include "measure/selection.h"
#include "scenario/keys.h"
#include "scenario/model_grid.h"
#include "world/columns.h"

/* ---- the start ------------------------------------------------------------------------------------------------------------------ */

enum { AHEAD = 16 }; /* swaps between asking for a cell and reading it */

/* A permutation of the cells, uniform over all (Fisher and Yates 1938): the first are occupied. */
static wks_status place(wks_grid *grid, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n = grid->board.n_cells;
    int32_t *cell = wks_pages_array((size_t)n, sizeof *cell);
    wks_words words;

    if (cell == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a grid of %d cells", n);
    wks_words_open(&words, &grid->seed, 0, WKS_RNG_GRID_PLACE);
    for (int32_t i = 0; i < n; i++)
        cell[i] = i;
    for (int32_t i = 0; i < grid->board.n_agents; i++) {
        if (words.next + AHEAD < WKS_WORDS_CHUNK) /* the cell that is swapped soon, but for the rare word that is passed over */
            WKS_VECTOR_PREFETCH(&cell[(size_t)i + ((uint64_t)words.word[words.next + AHEAD] * (uint32_t)(n - i) >> 32)]);
        const int32_t k = i + (int32_t)wks_words_below(&words, (uint32_t)(n - i)), swapped = cell[i];
        cell[i] = cell[k];
        cell[k] = swapped;
    }
    wks_board_settle(&grid->board, cell);
out:
    free(cell);
    return rc;
}

static wks_status init_board(wks_grid *grid, wks_err *err)
{
    const wks_model *model = &grid->scenario->model;
    const double *value = model->settings.value;

    return wks_board_init(&grid->board, (int32_t)value[WKS_KEYS_GRID_ROWS], (int32_t)value[WKS_KEYS_GRID_COLUMNS],
                          value[WKS_KEYS_GRID_TORUS] > 0.0, (int32_t)model->relocation.value[WKS_KEYS_RELOCATION_RADIUS],
                          wks_model_grid_agents(model), wks_model_grid_group_a(model), err);
}

static const wks_grid_form *form_of(const wks_model *model)
{
    if (model->weights.spec != NULL) return &wks_attitude_form;
    return model->tolerance.spec != NULL ? &wks_bounded_form : &wks_alike_form;
}

static void carry_clock(wks_grid *grid, wks_carry *carry)
{
    wks_carry_tag(carry, "grid");
    wks_carry_same(carry, grid->board.n_cells, "another number of cells");
    wks_carry_same(carry, grid->board.n_agents, "another number of agents");
    wks_carry_i32(carry, &grid->tick);
    wks_carry_i64(carry, &grid->n_moves);
    wks_carry_bool(carry, &grid->is_settled);
    wks_carry_must(carry, grid->tick >= 0, "a grid before its start");
}

/* Cells of the agents, then the empty ones: each once. */
static wks_status settle_as(wks_grid *grid, const int32_t *cell, wks_bytes_reader *reader, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n = grid->board.n_cells;
    uint8_t *is_there = wks_mem_array((size_t)n, 1);

    if (is_there == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a grid of %d cells", n);
    for (int32_t i = 0; i < n; i++) {
        if (cell[i] < 0 || cell[i] >= n || is_there[cell[i]] != 0)
            wks_bytes_reader_fail(reader, "a cell that is not there, or is there twice");
        WKS_TRY(wks_bytes_reader_status(reader, err));
        is_there[cell[i]] = 1;
    }
    wks_board_settle(&grid->board, cell);
out:
    free(is_there);
    return rc;
}

static wks_status read_board(wks_grid *grid, wks_bytes_reader *reader, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_carry carry = {.in = reader};
    const int32_t n = grid->board.n_cells;
    int32_t *cell = NULL;

    carry_clock(grid, &carry);
    WKS_TRY(wks_carry_status(&carry, err));
    cell = wks_mem_array((size_t)n, sizeof *cell);
    if (cell == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a grid of %d cells", n);
    wks_carry_numbers(&carry, cell, (size_t)n, sizeof *cell);
    WKS_TRY(wks_carry_status(&carry, err));
    WKS_TRY(settle_as(grid, cell, reader, err));
out:
    free(cell);
    return rc;
}

wks_status wks_grid_save(wks_grid *grid, wks_bytes *out, wks_err *err)
{
    wks_board_catch_up(&grid->board);
    wks_grid clock = *grid; /* what is carried is written only */
    wks_carry carry = {.out = out};

    carry_clock(&clock, &carry);
    wks_bytes_put_numbers(out, grid->board.cell_of, (size_t)grid->board.n_agents, sizeof *grid->board.cell_of);
    wks_bytes_put_numbers(out, grid->board.empty, (size_t)grid->board.n_empty, sizeof *grid->board.empty);
    return wks_bytes_status(out, err);
}

/* Everybody placed by chance, or as a state says. */
static wks_status create(const wks_scenario *scenario, wks_rng_seed seed, wks_bytes_reader *reader, wks_grid **out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_grid *grid = wks_mem_array(1, sizeof *grid);

    *out = grid;
    if (grid == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a grid");
    grid->scenario = scenario;
    grid->seed = seed;
    grid->turns = (int32_t)scenario->model.relocation.value[WKS_KEYS_RELOCATION_ORDER];
    grid->nearest = scenario->model.relocation.value[WKS_KEYS_RELOCATION_DESTINATION] > WKS_KEYS_DESTINATION_ANY;
    grid->visits_at_rest = scenario->model.relocation.value[WKS_KEYS_RELOCATION_VISIT_AT_REST] > 0.0;
    WKS_TRY(init_board(grid, err));
    WKS_TRY(reader == NULL ? place(grid, err) : read_board(grid, reader, err));
    if (grid->turns != WKS_KEYS_ORDER_SYNCHRONOUS)
        WKS_TRY(wks_order_init(&grid->order, &grid->seed, grid->board.n_agents, grid->turns != WKS_KEYS_ORDER_EVENT, err));
    if (grid->turns != WKS_KEYS_ORDER_RANDOM) {
        grid->listed = wks_pages_array((size_t)grid->board.n_agents, sizeof *grid->listed);
        if (grid->listed == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d agents", grid->board.n_agents);
    }
    grid->form = form_of(&scenario->model);
    grid->threads = 1;
    WKS_TRY(grid->form->begin(grid, err));
    if (grid->form == &wks_alike_form && grid->board.radius == 1) WKS_TRY(wks_planes_init(&grid->planes, &grid->board, err));
    if (grid->turns == WKS_KEYS_ORDER_EVENT) WKS_TRY(wks_agenda_init(grid, err));
    if (grid->turns == WKS_KEYS_ORDER_SYNCHRONOUS) WKS_TRY(wks_synchronous_init(grid, err));
out:
    return rc;
}

wks_status wks_grid_create(const wks_scenario *scenario, wks_rng_seed seed, wks_grid **out, wks_err *err)
{
    return create(scenario, seed, NULL, out, err);
}

wks_status wks_grid_load(const wks_scenario *scenario, wks_rng_seed seed, wks_bytes_reader *reader, wks_grid **out, wks_err *err)
{
    return create(scenario, seed, reader, out, err);
}

void wks_grid_destroy(wks_grid *grid)
{
    if (grid == NULL) return;
    if (grid->form != NULL && grid->form->end != NULL) grid->form->end(grid);
    wks_agenda_free(grid);
    wks_synchronous_free(grid);
    wks_planes_free(&grid->planes);
    wks_order_free(&grid->order);
    wks_board_free(&grid->board);
    free(grid->listed);
    free(grid->least);
    free(grid->few);
    free(grid);
}

/* ---- ticks ---------------------------------------------------------------------------------------------------------------------- */

void wks_grid_move(wks_grid *grid, int32_t agent, int32_t k)
{
    const int32_t from = grid->board.cell_of[agent];

    wks_board_move(&grid->board, agent, k);
    wks_grid_touch(grid, 1);
    if (grid->form->moved != NULL) grid->form->moved(grid, agent, from);
}

bool wks_grid_relocate(wks_grid *grid, int32_t agent)
{
    const int32_t k = grid->form->destination(grid, agent);

    if (k < 0) return false;
    wks_grid_move(grid, agent, k);
    return true;
}

void wks_grid_look(wks_grid *grid)
{
    if (!grid->is_looked) wks_planes_look(&grid->planes, &grid->board, grid->least, grid->threads);
    grid->is_looked = true;
}

void wks_grid_list(wks_grid *grid)
{
    grid->n_listed = 0;
    for (int32_t i = 0; i < grid->board.n_agents; i++) {
        if (grid->form->is_unhappy(grid, i)) grid->listed[grid->n_listed++] = i;
    }
}

wks_status wks_grid_advance(wks_grid *grid, int32_t tick, wks_err *err)
{
    (void)err;
    while (grid->tick < tick) {
        grid->tick++;
        if (grid->is_settled && !grid->visits_at_rest) continue;
        wks_words_open(&grid->words, &grid->seed, (uint32_t)grid->tick, WKS_RNG_GRID_MOVE);
        switch (grid->turns) {
        case WKS_KEYS_ORDER_RANDOM: wks_pass_random(grid); break;
        case WKS_KEYS_ORDER_PASS: wks_pass_listed(grid); break;
        case WKS_KEYS_ORDER_EVENT: wks_agenda_run(grid); break;
        default: wks_synchronous_run(grid); break;
        }
    }
    return WKS_OK;
}

/* ---- rows and laws -------------------------------------------------------------------------------------------------------------- */

static wks_status add_row(const wks_grid *grid, wks_series *out, const char *indicator, const char *group, double value, wks_err *err)
{
    if (!wks_selection_has(grid->scenario, indicator)) return WKS_OK;
    return wks_series_add(out, indicator, group, "", "", -1, value, err);
}

wks_status wks_grid_rows(wks_grid *grid, wks_series *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_census census = {0};

    WKS_TRY(wks_census_take(grid, &census, err));
    WKS_TRY(add_row(grid, out, "unhappy_share", "", census.unhappy_share, err));
    WKS_TRY(add_row(grid, out, "alike_pooled", "", census.alike_pooled, err));
    WKS_TRY(add_row(grid, out, "alike_mean", "", census.alike_mean, err));
    WKS_TRY(add_row(grid, out, "moves", "", (double)grid->n_moves, err));
    if (grid->form == &wks_bounded_form) {
        WKS_TRY(add_row(grid, out, "inside", "a", (double)wks_bounded_inside(grid, false), err));
        WKS_TRY(add_row(grid, out, "inside", "b", (double)wks_bounded_inside(grid, true), err));
    }
    grid->n_moves = 0;
out:
    return rc;
}

wks_status wks_grid_check(wks_grid *grid, wks_err *err)
{
    wks_status rc = WKS_OK;

    wks_board_catch_up(&grid->board);
    WKS_TRY(wks_board_check(&grid->board, err));
    if (wks_grid_has_planes(grid) && grid->is_looked) WKS_TRY(wks_planes_check(&grid->planes, &grid->board, grid->least, err));
    if (grid->form->check != NULL) WKS_TRY(grid->form->check(grid, err));
out:
    return rc == WKS_OK ? rc : wks_err_context(err, rc, "tick %d", grid->tick);
}

uint64_t wks_grid_hash(wks_grid *grid)
{
    wks_board_catch_up(&grid->board);
    return wks_board_hash(&grid->board, wks_columns_mix(0, (uint64_t)(uint32_t)grid->tick));
}
