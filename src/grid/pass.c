#include "grid/pass.h"

#include "base/vector.h"
#include "grid/alike.h"

enum { AHEAD = 24 }; /* turns between asking for a count and reading it */

/* The plain form without a call for those who stay. */
static int64_t visit_plain(wks_grid *grid)
{
    const wks_order *order = &grid->order;
    const size_t bytes = (size_t)grid->board.half / 4;
    int64_t n_unhappy = 0;

    for (int32_t i = 0; i < order->n; i++) {
        const int32_t agent = wks_order_agent(order->turn[i]), cell = wks_order_cell(order->turn[i]);
        if (i + AHEAD < order->n)
            WKS_VECTOR_PREFETCH((const char *)grid->board.near + bytes * (size_t)wks_order_cell(order->turn[i + AHEAD]));
        if (!wks_grid_dislikes(grid, agent, cell)) continue;
        n_unhappy++;
        (void)wks_grid_relocate(grid, agent);
    }
    return n_unhappy;
}

static int64_t visit_any(wks_grid *grid)
{
    int64_t n_unhappy = 0;

    for (int32_t i = 0; i < grid->order.n; i++) {
        const int32_t agent = wks_order_agent(grid->order.turn[i]);
        if (!grid->form->is_unhappy(grid, agent)) continue;
        n_unhappy++;
        (void)wks_grid_relocate(grid, agent);
    }
    return n_unhappy;
}

void wks_pass_random(wks_grid *grid)
{
    wks_order_all(&grid->order, &grid->board, (uint32_t)grid->tick);
    const int64_t n_unhappy = grid->form == &wks_alike_form ? visit_plain(grid) : visit_any(grid);
    grid->is_settled = n_unhappy == 0;
}

void wks_pass_listed(wks_grid *grid)
{
    wks_grid_list(grid);
    grid->is_settled = grid->n_listed == 0;
    wks_order_some(&grid->order, &grid->board, (uint32_t)grid->tick, grid->listed, grid->n_listed);
    for (int32_t i = 0; i < grid->order.n; i++)
        (void)wks_grid_relocate(grid, wks_order_agent(grid->order.turn[i]));
}
