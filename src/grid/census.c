#include "grid/census.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "grid/bounded.h"

static double ratio(double part, double whole)
{
    return whole > 0.0 ? part / whole : NAN;
}

static int64_t count_unhappy(const wks_grid *grid)
{
    int64_t n = 0;

    for (int32_t i = 0; i < grid->board.n_agents; i++)
        n += grid->form->is_unhappy(grid, i);
    return n;
}

/* Numbers of alike neighbours are added by number of neighbours first, in whole numbers: no sum depends on an order. */
static wks_status take_near(const wks_grid *grid, wks_census *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_board *board = &grid->board;
    const size_t side = 2 * (size_t)board->radius + 1;
    int64_t *alike = wks_mem_array(2 * side * side, sizeof *alike), *n = alike + side * side;
    double sum = 0, n_with = 0;

    if (alike == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to measure a grid");
    for (int32_t cell = 0; cell < board->n_cells; cell++) {
        const wks_board_count near = wks_board_near(board, cell);
        if (board->group[cell] == WKS_BOARD_EMPTY) continue;
        alike[near.a + near.b - 1] += (board->group[cell] == WKS_BOARD_B ? near.b : near.a) - 1;
        n[near.a + near.b - 1]++;
    }
    for (size_t i = 1; i < side * side; i++) {
        sum += (double)alike[i] / (double)i;
        n_with += (double)n[i];
    }
    out->alike_pooled = ratio((double)board->alike, (double)board->pairs);
    out->alike_mean = ratio(sum, n_with);
out:
    free(alike);
    return rc;
}

/* Everybody inside a bounded neighbourhood is a neighbour of everybody inside. */
static void take_bounded(const wks_grid *grid, wks_census *out)
{
    const double a = wks_bounded_inside(grid, false), b = wks_bounded_inside(grid, true);

    out->alike_pooled = ratio(a * (a - 1) + b * (b - 1), (a + b) * (a + b - 1));
    out->alike_mean = out->alike_pooled; /* all have the same number of neighbours */
}

wks_status wks_census_take(const wks_grid *grid, wks_census *out, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (grid->form == &wks_bounded_form) {
        take_bounded(grid, out);
    } else {
        WKS_TRY(take_near(grid, out, err));
    }
    out->unhappy_share = ratio((double)count_unhappy(grid), (double)grid->board.n_agents);
out:
    return rc;
}
