#include "grid/bounded.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "scenario/keys.h"

typedef struct bounded {
    int32_t n_cells;     /* of the neighbourhood: the first ones */
    int32_t n_inside[2]; /* by group */
    int32_t n_empty;     /* cells of the neighbourhood */
    int64_t most[2];     /* others for each of the own group that the most tolerant stands, in millionths */
} bounded;

enum { UNIT = 1000000, TRIES = 64 };

int32_t wks_bounded_inside(const wks_grid *grid, bool is_b)
{
    const bounded *self = grid->state;

    return self->n_inside[is_b];
}

static bool is_inside(const wks_grid *grid, int32_t cell)
{
    const bounded *self = grid->state;

    return cell < self->n_cells;
}

static wks_status begin(wks_grid *grid, wks_err *err)
{
    wks_status rc = WKS_OK;
    const double *value = grid->scenario->model.tolerance.value;
    bounded *self = wks_mem_array(1, sizeof *self);

    grid->state = self;
    if (self == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a neighbourhood");
    self->n_cells = (int32_t)value[WKS_KEYS_TOLERANCE_ROWS] * grid->board.columns;
    self->most[0] = llround(value[WKS_KEYS_TOLERANCE_A] * UNIT);
    self->most[1] = llround(value[WKS_KEYS_TOLERANCE_B] * UNIT);
    self->n_empty = self->n_cells;
    for (int32_t i = 0; i < grid->board.n_agents; i++) {
        if (!is_inside(grid, grid->board.cell_of[i])) continue;
        self->n_inside[wks_board_is_b(&grid->board, i)]++;
        self->n_empty--;
    }
out:
    return rc;
}

static void end(wks_grid *grid)
{
    free(grid->state);
}

/* Number i of N in a group (from 1, the most tolerant) stands others / own <= most (1 - i/N): compared in whole numbers. */
static bool stands(const wks_grid *grid, int32_t agent, int64_t own, int64_t other)
{
    const bounded *self = grid->state;
    const wks_board *board = &grid->board;
    const bool is_b = wks_board_is_b(board, agent);
    const int64_t n = is_b ? board->n_agents - board->n_a : board->n_a, number = 1 + (is_b ? agent - board->n_a : agent);

    return (double)other * (double)n * UNIT <= (double)self->most[is_b] * (double)(n - number) * (double)own;
}

/* Inside: does not stand the mix. Elsewhere: would stand it, coming in. */
static bool is_unhappy(const wks_grid *grid, int32_t agent)
{
    const bounded *self = grid->state;
    const bool is_b = wks_board_is_b(&grid->board, agent), inside = is_inside(grid, grid->board.cell_of[agent]);
    const bool stands_it = stands(grid, agent, self->n_inside[is_b] + !inside, self->n_inside[!is_b]);

    return inside != stands_it;
}

/* Any empty cell on the other side: tried at random, or counted off when they are few. */
static int32_t destination(wks_grid *grid, int32_t agent)
{
    const bounded *self = grid->state;
    const wks_board *board = &grid->board;
    const bool to_inside = !is_inside(grid, board->cell_of[agent]);
    const int32_t n = to_inside ? self->n_empty : board->n_empty - self->n_empty;

    if (n == 0) return -1;
    for (int i = 0; i < TRIES; i++) {
        const int32_t k = (int32_t)wks_words_below(&grid->words, (uint32_t)board->n_empty);
        if (is_inside(grid, board->empty[k]) == to_inside) return k;
    }
    int32_t left = (int32_t)wks_words_below(&grid->words, (uint32_t)n);
    for (int32_t k = 0;; k++) {
        if (is_inside(grid, board->empty[k]) == to_inside && left-- == 0) return k;
    }
}

static void moved(wks_grid *grid, int32_t agent, int32_t from)
{
    bounded *self = grid->state;
    const bool is_b = wks_board_is_b(&grid->board, agent), was_inside = is_inside(grid, from);

    self->n_inside[is_b] += was_inside ? -1 : 1;
    self->n_empty += was_inside ? 1 : -1;
}

static wks_status check(const wks_grid *grid, wks_err *err)
{
    const bounded *self = grid->state;
    int32_t n[2] = {0};

    for (int32_t i = 0; i < grid->board.n_agents; i++)
        n[wks_board_is_b(&grid->board, i)] += is_inside(grid, grid->board.cell_of[i]);
    if (n[0] == self->n_inside[0] && n[1] == self->n_inside[1] && self->n_empty == self->n_cells - n[0] - n[1]) return WKS_OK;
    return wks_err_set(err, WKS_ERR_LAW, "%d and %d inside the neighbourhood; a recount gives %d and %d", self->n_inside[0],
                       self->n_inside[1], n[0], n[1]);
}

const wks_grid_form wks_bounded_form = {begin, end, is_unhappy, destination, moved, check};
