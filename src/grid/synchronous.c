#include "grid/synchronous.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct wks_synchronous {
    int32_t *winner; /* by empty cell: the agent that gets it, -1 none */
    uint32_t *lot;   /* by empty cell: of the winner */
};

wks_status wks_synchronous_init(wks_grid *grid, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = (size_t)grid->board.n_empty;
    wks_synchronous *self = wks_mem_array(1, sizeof *self);

    grid->synchronous = self;
    if (self == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for lots");
    self->winner = wks_mem_array(n, sizeof *self->winner);
    self->lot = wks_mem_array(n, sizeof *self->lot);
    if (self->winner == NULL || self->lot == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for lots of %zu cells", n);
out:
    return rc;
}

void wks_synchronous_free(wks_grid *grid)
{
    if (grid->synchronous == NULL) return;
    free(grid->synchronous->winner);
    free(grid->synchronous->lot);
    free(grid->synchronous);
}

/* Of equal lots the agent with the lower number, who is listed first. */
static void claim(wks_grid *grid, wks_words *lots, int32_t agent)
{
    wks_synchronous *self = grid->synchronous;
    const int32_t k = grid->form->destination(grid, agent);
    const uint32_t lot = wks_words_u32(lots);

    if (k < 0 || (self->winner[k] >= 0 && lot <= self->lot[k])) return;
    self->winner[k] = agent;
    self->lot[k] = lot;
}

void wks_synchronous_run(wks_grid *grid)
{
    wks_synchronous *self = grid->synchronous;
    wks_words lots;

    wks_words_open(&lots, &grid->seed, (uint32_t)grid->tick, WKS_RNG_GRID_LOT);
    wks_grid_list(grid);
    grid->is_settled = grid->n_listed == 0;
    if (grid->is_settled || grid->board.n_empty == 0) return;
    memset(self->winner, -1, (size_t)grid->board.n_empty * sizeof *self->winner);
    for (int32_t i = 0; i < grid->n_listed; i++)
        claim(grid, &lots, grid->listed[i]);
    for (int32_t k = 0; k < grid->board.n_empty; k++) {
        if (self->winner[k] >= 0) wks_grid_move(grid, self->winner[k], k);
    }
}
