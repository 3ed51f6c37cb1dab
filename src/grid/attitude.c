#include "grid/attitude.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "num/math.h"
#include "scenario/keys.h"

/* Weights are whole numbers of 2^-32, so sums of them are exact and do not depend on the order of moves. */
typedef struct attitude {
    int64_t *weight;    /* by rows and columns apart */
    int64_t *sum[2];    /* by group and cell: weights of its agents elsewhere */
    double value[2][2]; /* of the first for the second */
    int32_t *box;       /* scratch: (2 radius + 1)^2 cells */
} attitude;

static int64_t weight_at(const wks_grid *grid, const attitude *self, int32_t a, int32_t b)
{
    int32_t rows, columns;

    wks_board_apart(&grid->board, a, b, &rows, &columns);
    return self->weight[rows * grid->board.columns + columns];
}

static void add(wks_grid *grid, int32_t agent, int32_t cell, int64_t sign)
{
    attitude *self = grid->state;
    int64_t *sum = self->sum[wks_board_is_b(&grid->board, agent)];

    for (int32_t i = 0; i < grid->board.n_cells; i++)
        sum[i] += sign * weight_at(grid, self, cell, i);
}

static void weigh(const wks_board *board, double reach, int64_t *weight)
{
    for (int32_t r = 0; r < board->rows; r++) {
        for (int32_t c = 0; c < board->columns; c++) {
            const double square = (double)r * r + (double)c * c;
            weight[r * board->columns + c] = square > 0.0 ? llround(0x1p32 * wks_math_pow(square, -0.5 / reach)) : 0;
        }
    }
}

static wks_status begin(wks_grid *grid, wks_err *err)
{
    wks_status rc = WKS_OK;
    const double *value = grid->scenario->model.weights.value;
    const size_t n = (size_t)grid->board.n_cells, side = 2 * (size_t)grid->board.radius + 1;
    attitude *self = wks_mem_array(1, sizeof *self);

    grid->state = self;
    if (self == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for attitudes");
    self->weight = wks_mem_array(n, sizeof *self->weight);
    self->sum[0] = wks_mem_array(n, sizeof *self->sum[0]);
    self->sum[1] = wks_mem_array(n, sizeof *self->sum[1]);
    self->box = wks_mem_array(side * side, sizeof *self->box);
    if (self->weight == NULL || self->sum[0] == NULL || self->sum[1] == NULL || self->box == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for attitudes on %zu cells", n);
    self->value[0][0] = value[WKS_KEYS_WEIGHTS_A_TO_A];
    self->value[0][1] = value[WKS_KEYS_WEIGHTS_A_TO_B];
    self->value[1][0] = value[WKS_KEYS_WEIGHTS_B_TO_A];
    self->value[1][1] = value[WKS_KEYS_WEIGHTS_B_TO_B];
    weigh(&grid->board, value[WKS_KEYS_WEIGHTS_REACH], self->weight);
    for (int32_t i = 0; i < grid->board.n_agents; i++)
        add(grid, i, grid->board.cell_of[i], 1);
out:
    return rc;
}

static void end(wks_grid *grid)
{
    attitude *self = grid->state;

    if (self == NULL) return;
    free(self->weight);
    free(self->sum[0]);
    free(self->sum[1]);
    free(self->box);
    free(self);
}

/* What a cell is worth to an agent: the others only, wherever it is now. */
static double worth(const wks_grid *grid, int32_t agent, int32_t cell)
{
    const attitude *self = grid->state;
    const bool is_b = wks_board_is_b(&grid->board, agent);
    const int64_t itself = weight_at(grid, self, grid->board.cell_of[agent], cell);
    const int64_t own = self->sum[is_b][cell] - itself, other = self->sum[!is_b][cell];

    return self->value[is_b][is_b] * (double)own + self->value[is_b][!is_b] * (double)other;
}

/* The best empty cell within the radius that is better than where the agent is; -1: none. Among equals the greatest lot wins. */
static int32_t best(const wks_grid *grid, int32_t agent, uint64_t draw)
{
    const attitude *self = grid->state;
    const int32_t from = grid->board.cell_of[agent], n = wks_board_box(&grid->board, from, grid->board.radius, self->box);
    double most = worth(grid, agent, from);
    uint64_t most_lot = 0;
    int32_t found = -1;

    for (int32_t i = 0; i < n; i++) {
        const int32_t cell = self->box[i];
        if (grid->board.at[cell] >= 0) continue;
        const double value = worth(grid, agent, cell);
        const uint64_t lot = wks_rng_pair_key(draw, (uint64_t)cell);
        if (value < most || (value <= most && (found < 0 || lot <= most_lot))) continue;
        most = value;
        most_lot = lot;
        found = cell;
    }
    return found;
}

static bool is_unhappy(const wks_grid *grid, int32_t agent)
{
    return best(grid, agent, 0) >= 0;
}

static int32_t destination(wks_grid *grid, int32_t agent)
{
    const uint64_t draw = wks_words_u64(&grid->words);
    const int32_t cell = best(grid, agent, draw);

    return cell < 0 ? -1 : ~grid->board.at[cell];
}

static void moved(wks_grid *grid, int32_t agent, int32_t from)
{
    add(grid, agent, from, -1);
    add(grid, agent, grid->board.cell_of[agent], 1);
}

static wks_status check(const wks_grid *grid, wks_err *err)
{
    const attitude *self = grid->state;

    for (int32_t cell = 0; cell < grid->board.n_cells; cell++) {
        int64_t sum[2] = {0};
        for (int32_t i = 0; i < grid->board.n_agents; i++)
            sum[wks_board_is_b(&grid->board, i)] += weight_at(grid, self, grid->board.cell_of[i], cell);
        if (sum[0] != self->sum[0][cell] || sum[1] != self->sum[1][cell])
            return wks_err_set(err, WKS_ERR_LAW, "sums of weights at cell %d differ from a recount", cell);
    }
    return WKS_OK;
}

const wks_grid_form wks_attitude_form = {begin, end, is_unhappy, destination, moved, check};
