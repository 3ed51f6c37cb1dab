#include "grid/alike.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "scenario/keys.h"

int32_t wks_alike_least(double share, int32_t count, bool lonely_unhappy, int32_t n)
{
    static const int64_t unit = 1000000000000;

    if (n == 0) return lonely_unhappy ? 1 : 0;
    if (count >= 0) return count;
    return (int32_t)((llround(share * (double)unit) * n + unit - 1) / unit);
}

/* Words that cannot be, as those of an empty cell: false. */
static bool is_few(const wks_grid *grid, uint32_t word)
{
    const int half = grid->board.half, side = 2 * grid->board.radius + 1;
    const uint32_t mask = (1U << half) - 1, group = word >> 2 * half;
    const int32_t a = (int32_t)(word & mask), b = (int32_t)(word >> half & mask), own = group == WKS_BOARD_A ? a : b;

    return (group == WKS_BOARD_A || group == WKS_BOARD_B) && own > 0 && a + b <= side * side && own <= grid->least[a + b - 1];
}

static wks_status tabulate(wks_grid *grid, wks_err *err)
{
    wks_status rc = WKS_OK;
    const uint32_t n = 4U << 2 * grid->board.half;

    free(grid->few);
    grid->few = wks_mem_array(n, sizeof *grid->few);
    if (grid->few == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a grid");
    for (uint32_t word = 0; word < n; word++)
        grid->few[word] = is_few(grid, word);
out:
    return rc;
}

static wks_status begin(wks_grid *grid, wks_err *err)
{
    wks_status rc = WKS_OK;
    const double *value = grid->scenario->model.relocation.value;
    const int32_t side = 2 * grid->board.radius + 1;

    grid->least = wks_mem_array((size_t)(side * side), sizeof *grid->least);
    if (grid->least == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a grid");
    for (int32_t n = 0; n < side * side; n++)
        grid->least[n] = wks_alike_least(value[WKS_KEYS_RELOCATION_ALIKE_SHARE], (int32_t)value[WKS_KEYS_RELOCATION_ALIKE_COUNT],
                                         value[WKS_KEYS_RELOCATION_LONELY_UNHAPPY] > 0.0, n);
    if (wks_board_is_small(&grid->board)) WKS_TRY(tabulate(grid, err));
out:
    return rc;
}

static bool is_unhappy(const wks_grid *grid, int32_t agent)
{
    return wks_grid_dislikes(grid, agent, grid->board.cell_of[agent]);
}

/* ---- the nearest ---------------------------------------------------------------------------------------------------------------- */

/* Who is looking, what was found. */
typedef struct search {
    const wks_grid *grid;
    int32_t agent, from;
    uint64_t draw, lot; /* among equals the greatest lot wins: a mix of the draw and the cell */
    int32_t found;      /* cell, -1: none */
} search;

/* Would the agent be satisfied in that empty cell, gone from where it is? */
static bool would_satisfy(const search *s, int32_t cell)
{
    const wks_board *board = &s->grid->board;
    const wks_board_count near = wks_board_near(board, cell);
    int32_t rows, columns;

    wks_board_apart(board, cell, s->from, &rows, &columns);
    const int32_t itself = rows <= board->radius && columns <= board->radius;
    const int32_t alike = (wks_board_is_b(board, s->agent) ? near.b : near.a) - itself;
    return alike >= s->grid->least[near.a + near.b - itself];
}

static void consider(search *s, int32_t cell)
{
    if (s->grid->board.at[cell] >= 0 || !would_satisfy(s, cell)) return;
    const uint64_t lot = wks_rng_pair_key(s->draw, (uint64_t)cell);
    if (s->found >= 0 && (lot < s->lot || (lot == s->lot && cell > s->found))) return;
    s->found = cell;
    s->lot = lot;
}

/* Cells exactly d steps away, each once: d < half of rows and columns on a torus. */
static void consider_ring(search *s, int32_t d)
{
    const wks_board *board = &s->grid->board;
    const int32_t row = s->from / board->columns, column = s->from % board->columns;

    for (int32_t i = -d; i <= d; i++) {
        const int32_t width = d - abs(i);
        int32_t r = row + i;
        if (board->torus) r = (r + board->rows) % board->rows;
        if (r < 0 || r >= board->rows) continue;
        for (int32_t k = -width; k <= width; k += width > 0 ? 2 * width : 1) {
            int32_t c = column + k;
            if (board->torus) c = (c + board->columns) % board->columns;
            if (c >= 0 && c < board->columns) consider(s, r * board->columns + c);
        }
    }
}

/* All empty cells: where rings would meet themselves, or take longer than this. */
static void consider_all(search *s)
{
    const wks_board *board = &s->grid->board;
    int32_t nearest = INT32_MAX;

    for (int32_t k = 0; k < board->n_empty; k++) {
        int32_t rows, columns;
        wks_board_apart(board, s->from, board->empty[k], &rows, &columns);
        if (rows + columns > nearest || !would_satisfy(s, board->empty[k])) continue;
        if (rows + columns < nearest) s->found = -1;
        nearest = rows + columns;
        consider(s, board->empty[k]);
    }
}

static int32_t find_nearest(wks_grid *grid, int32_t agent)
{
    const wks_board *board = &grid->board;
    search s = {.grid = grid, .agent = agent, .from = board->cell_of[agent], .found = -1, .draw = wks_words_u64(&grid->words)};
    const int32_t least = board->rows < board->columns ? board->rows : board->columns;

    for (int32_t d = 1; s.found < 0 && 2 * d < least && 2 * (int64_t)d * d < board->n_empty; d++)
        consider_ring(&s, d);
    if (s.found < 0) consider_all(&s);
    return s.found < 0 ? -1 : ~board->at[s.found];
}

static int32_t destination(wks_grid *grid, int32_t agent)
{
    if (grid->board.n_empty == 0) return -1;
    if (grid->nearest) return find_nearest(grid, agent);
    return (int32_t)wks_words_below(&grid->words, (uint32_t)grid->board.n_empty);
}

const wks_grid_form wks_alike_form = {.begin = begin, .is_unhappy = is_unhappy, .destination = destination};
