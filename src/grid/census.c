#include "grid/census.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "grid/bounded.h"
#include "grid/grid.h"

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

/* Of each number of neighbours, 0 to n - 1: agents, and alike neighbours of these, in whole numbers; so no sum depends on an order. */
static void take_sums(wks_census *out, const int64_t *n_agents, const int64_t *alike, int32_t n)
{
    double sum = 0, n_with = 0, n_alike = 0, n_pairs = 0;

    for (int32_t i = 1; i < n; i++) {
        sum += (double)alike[i] / (double)i;
        n_with += (double)n_agents[i];
        n_alike += (double)alike[i];
        n_pairs += (double)(n_agents[i] * i);
    }
    out->alike_pooled = ratio(n_alike, n_pairs);
    out->alike_mean = ratio(sum, n_with);
}

/* Radius 1: by the look at all. */
static void take_planes(wks_grid *grid, wks_census *out)
{
    int64_t alike[WKS_PLANES_MOST];

    wks_grid_look(grid);
    const wks_planes_tally *tally = &grid->planes.tally;
    for (int n = 0; n < WKS_PLANES_MOST; n++)
        alike[n] = tally->alike[n + 1] - tally->n[n + 1]; /* without themselves */
    take_sums(out, tally->n + 1, alike, WKS_PLANES_MOST);
    out->unhappy_share = ratio((double)tally->n_unhappy, (double)grid->board.n_agents);
}

/* How many cells have each word: one addition a cell, in two tables in turn, because the words of neighbours are often the same. */
static void tally_words(const wks_board *board, int32_t *tally, int32_t *other)
{
    const uint16_t *near = board->near;
    const uint32_t mask = (4U << 2 * board->half) - 1;
    int32_t cell = 0;

    for (; cell + 1 < board->n_cells; cell += 2) {
        tally[near[cell] & mask]++;
        other[near[cell + 1] & mask]++;
    }
    if (cell < board->n_cells) tally[near[cell] & mask]++;
}

/* Radius 2 and 3, plain form: few enough words to count each. */
static wks_status take_words(const wks_grid *grid, wks_census *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int half = grid->board.half;
    const int32_t side = 2 * grid->board.radius + 1, most = side * side;
    const size_t n = (size_t)4 << 2 * half, of_b = (size_t)WKS_BOARD_B << 2 * half, of_a = (size_t)WKS_BOARD_A << 2 * half;
    int32_t *tally = wks_mem_array(2 * n, sizeof *tally);
    int64_t *sums = wks_mem_array(2 * (size_t)most, sizeof *sums), n_unhappy = 0;

    if (tally == NULL || sums == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to measure a grid");
    tally_words(&grid->board, tally, tally + n);
    for (int32_t own = 1; own <= most; own++) {
        for (int32_t others = 0; own + others <= most; others++) { /* of the other group */
            const size_t a = of_a | (size_t)others << half | (size_t)own, b = of_b | (size_t)own << half | (size_t)others;
            const int64_t count = (int64_t)tally[a] + tally[n + a] + tally[b] + tally[n + b];
            const int32_t neighbours = own + others - 1;
            sums[neighbours] += count;
            sums[most + neighbours] += count * (own - 1);
            if (own - 1 < grid->least[neighbours]) n_unhappy += count;
        }
    }
    take_sums(out, sums, sums + most, most);
    out->unhappy_share = ratio((double)n_unhappy, (double)grid->board.n_agents);
out:
    free(tally);
    free(sums);
    return rc;
}

/* Any radius. */
static wks_status take_near(const wks_grid *grid, wks_census *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_board *board = &grid->board;
    const size_t side = 2 * (size_t)board->radius + 1;
    int64_t *alike = wks_mem_array(2 * side * side, sizeof *alike), *n = alike + side * side;

    if (alike == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to measure a grid");
    for (int32_t cell = 0; cell < board->n_cells; cell++) {
        const wks_board_count near = wks_board_near(board, cell);
        if (wks_board_group(board, cell) == WKS_BOARD_EMPTY) continue;
        alike[near.a + near.b - 1] += (wks_board_group(board, cell) == WKS_BOARD_B ? near.b : near.a) - 1;
        n[near.a + near.b - 1]++;
    }
    take_sums(out, n, alike, (int32_t)(side * side));
    out->unhappy_share = ratio((double)count_unhappy(grid), (double)board->n_agents);
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
    out->unhappy_share = ratio((double)count_unhappy(grid), (double)grid->board.n_agents);
}

wks_status wks_census_take(wks_grid *grid, wks_census *out, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (!grid->is_measured) {
        if (grid->form == &wks_bounded_form) {
            take_bounded(grid, &grid->census);
        } else if (wks_grid_has_planes(grid)) {
            take_planes(grid, &grid->census);
        } else if (grid->few != NULL) {
            WKS_TRY(take_words(grid, &grid->census, err));
        } else {
            WKS_TRY(take_near(grid, &grid->census, err));
        }
        grid->is_measured = true;
    }
    *out = grid->census;
out:
    return rc;
}
