#include "grid/board.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "world/columns.h"

/* ---- cells ---------------------------------------------------------------------------------------------------------------------- */

/* i + d in [0, n), or -1 beyond the border. */
static int32_t shifted(int32_t i, int32_t d, int32_t n, bool torus)
{
    const int32_t k = i + d;

    if (k >= 0 && k < n) return k;
    if (!torus) return -1;
    return k < 0 ? k + n : k - n;
}

int32_t wks_board_box(const wks_board *board, int32_t cell, int32_t radius, int32_t *out)
{
    const int32_t row = cell / board->columns, column = cell % board->columns;
    int32_t n = 0;

    for (int32_t i = -radius; i <= radius; i++) {
        const int32_t r = shifted(row, i, board->rows, board->torus);
        for (int32_t k = -radius; k <= radius && r >= 0; k++) {
            const int32_t c = shifted(column, k, board->columns, board->torus);
            if (c >= 0) out[n++] = r * board->columns + c;
        }
    }
    return n;
}

static int32_t short_way(int32_t d, int32_t n, bool torus)
{
    const int32_t size = abs(d);

    return torus && n - size < size ? n - size : size;
}

void wks_board_apart(const wks_board *board, int32_t a, int32_t b, int32_t *rows, int32_t *columns)
{
    *rows = short_way(a / board->columns - b / board->columns, board->rows, board->torus);
    *columns = short_way(a % board->columns - b % board->columns, board->columns, board->torus);
}

/* ---- counts --------------------------------------------------------------------------------------------------------------------- */

/* Adds to n counts from `cell` on: numbers wrap, so a negative delta subtracts. */
static void add_run(wks_board *board, int32_t cell, int32_t n, uint32_t delta)
{
    if (board->half == 4) {
        uint8_t *near = (uint8_t *)board->near + cell;
        for (int32_t i = 0; i < n; i++)
            near[i] = (uint8_t)(near[i] + delta);
    } else if (board->half == 8) {
        uint16_t *near = (uint16_t *)board->near + cell;
        for (int32_t i = 0; i < n; i++)
            near[i] = (uint16_t)(near[i] + delta);
    } else {
        uint32_t *near = (uint32_t *)board->near + cell;
        for (int32_t i = 0; i < n; i++)
            near[i] += delta;
    }
}

static void add_border(wks_board *board, int32_t row, int32_t column, uint32_t delta)
{
    const int32_t radius = board->radius;

    for (int32_t i = -radius; i <= radius; i++) {
        const int32_t r = shifted(row, i, board->rows, board->torus);
        for (int32_t k = -radius; k <= radius && r >= 0; k++) {
            const int32_t c = shifted(column, k, board->columns, board->torus);
            if (c >= 0) add_run(board, r * board->columns + c, 1, delta);
        }
    }
}

/* Radius 1 away from the border: nine bytes in three rows. */
static inline void add_nine(uint8_t *near, int32_t columns, uint8_t delta)
{
    for (int32_t i = -1; i <= 1; i++) {
        uint8_t *row = near + (ptrdiff_t)i * columns;
        row[-1] = (uint8_t)(row[-1] + delta);
        row[0] = (uint8_t)(row[0] + delta);
        row[1] = (uint8_t)(row[1] + delta);
    }
}

static inline void add_box(wks_board *board, int32_t cell, uint32_t delta)
{
    const int32_t row = cell / board->columns, column = cell % board->columns, radius = board->radius;

    if (row < radius || column < radius || row >= board->rows - radius || column >= board->columns - radius) {
        add_border(board, row, column, delta);
    } else if (board->half == 4) {
        add_nine((uint8_t *)board->near + cell, board->columns, (uint8_t)delta);
    } else {
        for (int32_t i = -radius; i <= radius; i++)
            add_run(board, cell + i * board->columns - radius, 2 * radius + 1, delta);
    }
}

static uint32_t one_of(const wks_board *board, int32_t agent)
{
    return wks_board_is_b(board, agent) ? 1U << board->half : 1U;
}

/* Adds the pairs of an agent at a cell where `own` and `all` others are near, both ways. */
static void add_pairs(wks_board *board, int32_t own, int32_t all, int32_t sign)
{
    board->alike += 2 * (int64_t)sign * own;
    board->pairs += 2 * (int64_t)sign * all;
}

void wks_board_move(wks_board *board, int32_t agent, int32_t k)
{
    const bool is_b = wks_board_is_b(board, agent);
    const uint32_t one = one_of(board, agent);
    const int32_t from = board->cell_of[agent], to = board->empty[k];
    wks_board_count near = wks_board_near(board, from);

    add_pairs(board, (is_b ? near.b : near.a) - 1, near.a + near.b - 1, -1);
    add_box(board, from, 0U - one);
    near = wks_board_near(board, to);
    add_pairs(board, is_b ? near.b : near.a, near.a + near.b, 1);
    add_box(board, to, one);
    board->cell_of[agent] = to;
    board->at[to] = agent;
    board->at[from] = ~k;
    board->empty[k] = from;
    board->group[to] = board->group[from];
    board->group[from] = WKS_BOARD_EMPTY;
}

/* ---- the whole ------------------------------------------------------------------------------------------------------------------ */

wks_status wks_board_init(wks_board *board, int32_t rows, int32_t columns, bool torus, int32_t radius, int32_t n_agents, int32_t n_a,
                          wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = (size_t)rows * (size_t)columns;

    *board = (wks_board){.rows = rows, .columns = columns, .torus = torus, .radius = radius, .n_agents = n_agents, .n_a = n_a};
    board->n_cells = (int32_t)n;
    board->n_empty = board->n_cells - n_agents;
    board->half = radius == 1 ? 4 : radius <= 7 ? 8 : 16;
    WKS_BUG_IF(n_a > n_agents || board->n_empty < 0);
    board->cell_of = wks_mem_array((size_t)n_agents, sizeof *board->cell_of);
    board->at = wks_mem_array(n, sizeof *board->at);
    board->empty = wks_mem_array((size_t)board->n_empty, sizeof *board->empty);
    board->group = wks_mem_array(n, sizeof *board->group);
    board->near = wks_mem_array(n, (size_t)board->half / 4);
    if (board->cell_of == NULL || board->at == NULL || board->empty == NULL || board->group == NULL || board->near == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a grid of %d x %d cells", rows, columns);
out:
    return rc;
}

void wks_board_free(wks_board *board)
{
    free(board->cell_of);
    free(board->at);
    free(board->empty);
    free(board->group);
    free(board->near);
    *board = (wks_board){0};
}

static void count_pairs(const wks_board *board, int64_t *alike, int64_t *pairs)
{
    *alike = *pairs = 0;
    for (int32_t i = 0; i < board->n_agents; i++) {
        const wks_board_count near = wks_board_near(board, board->cell_of[i]);
        *alike += (wks_board_is_b(board, i) ? near.b : near.a) - 1;
        *pairs += near.a + near.b - 1;
    }
}

void wks_board_settle(wks_board *board, const int32_t *cell)
{
    for (int32_t i = 0; i < board->n_agents; i++) {
        board->cell_of[i] = cell[i];
        board->at[cell[i]] = i;
        board->group[cell[i]] = wks_board_is_b(board, i) ? WKS_BOARD_B : WKS_BOARD_A;
        add_box(board, cell[i], one_of(board, i));
    }
    for (int32_t k = 0; k < board->n_empty; k++) {
        board->empty[k] = cell[board->n_agents + k];
        board->at[board->empty[k]] = ~k;
    }
    count_pairs(board, &board->alike, &board->pairs);
}

/* ---- laws ----------------------------------------------------------------------------------------------------------------------- */

static bool who_is_where_fits(const wks_board *board)
{
    int32_t n_occupied = 0;

    for (int32_t cell = 0; cell < board->n_cells; cell++) {
        const int32_t at = board->at[cell];
        n_occupied += at >= 0;
        if (at >= 0 ? at >= board->n_agents || board->cell_of[at] != cell : ~at >= board->n_empty || board->empty[~at] != cell)
            return false;
        if (board->group[cell] != (at < 0 ? WKS_BOARD_EMPTY : wks_board_is_b(board, at) ? WKS_BOARD_B : WKS_BOARD_A)) return false;
    }
    return n_occupied == board->n_agents;
}

static bool counts_fit(const wks_board *board, int32_t *box)
{
    for (int32_t cell = 0; cell < board->n_cells; cell++) {
        const wks_board_count near = wks_board_near(board, cell);
        const int32_t n = wks_board_box(board, cell, board->radius, box);
        int32_t found[3] = {0};
        for (int32_t i = 0; i < n; i++)
            found[board->group[box[i]]]++;
        if (found[WKS_BOARD_A] != near.a || found[WKS_BOARD_B] != near.b) return false;
    }
    return true;
}

wks_status wks_board_check(const wks_board *board, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t side = 2 * (size_t)board->radius + 1;
    int32_t *box = wks_mem_array(side * side, sizeof *box);
    int64_t alike, pairs;

    if (box == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to check a grid");
    if (!who_is_where_fits(board)) WKS_FAIL(err, WKS_ERR_LAW, "agents and cells of the grid do not fit");
    if (!counts_fit(board, box)) WKS_FAIL(err, WKS_ERR_LAW, "counts of neighbours on the grid differ from a recount");
    count_pairs(board, &alike, &pairs);
    if (alike != board->alike || pairs != board->pairs)
        WKS_FAIL(err, WKS_ERR_LAW, "%lld alike of %lld pairs of neighbours; a recount gives %lld of %lld", (long long)board->alike,
                 (long long)board->pairs, (long long)alike, (long long)pairs);
out:
    free(box);
    return rc;
}

uint64_t wks_board_hash(const wks_board *board, uint64_t hash)
{
    for (int32_t i = 0; i < board->n_agents; i++)
        hash = wks_columns_mix(hash, (uint64_t)(uint32_t)board->cell_of[i]);
    for (int32_t k = 0; k < board->n_empty; k++)
        hash = wks_columns_mix(hash, (uint64_t)(uint32_t)board->empty[k]);
    return hash;
}
