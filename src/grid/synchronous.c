#include "grid/synchronous.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/vector.h"
#include "grid/pages.h"

enum { AHEAD = 20, FAR = 56 }; /* claims between asking for what is touched and touching it, and for what tells where that is */
enum { USUAL = 4 };            /* seldom more than one in so many agents claims a cell */

/* A claim of an unhappy agent, in order of cells: on an empty cell by its number. */
typedef struct claim {
    int32_t cell, k;
} claim;

struct wks_synchronous {
    uint64_t *best; /* by empty cell: 0, or the lot and ~cell of the claim that gets it so far */
    claim *claim;
    int32_t n;
};

wks_status wks_synchronous_init(wks_grid *grid, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = (size_t)grid->board.n_empty;
    wks_synchronous *self = wks_mem_array(1, sizeof *self);

    grid->synchronous = self;
    if (self == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for lots");
    self->best = wks_pages_array(n, sizeof *self->best);
    self->claim = wks_pages_some((size_t)grid->board.n_agents, sizeof *self->claim, (size_t)grid->board.n_agents / USUAL);
    if (self->best == NULL || self->claim == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for lots of %zu cells", n);
out:
    return rc;
}

void wks_synchronous_free(wks_grid *grid)
{
    if (grid->synchronous == NULL) return;
    free(grid->synchronous->best);
    free(grid->synchronous->claim);
    free(grid->synchronous);
}

/* Who is unhappy claims a cell: any of the empty ones. */
static void list_row(wks_grid *grid, int32_t row)
{
    const wks_planes *planes = &grid->planes;
    const uint64_t *unhappy = planes->unhappy + (size_t)row * ((size_t)planes->n_words + 2) + 1;
    wks_synchronous *self = grid->synchronous;
    int32_t n = self->n;

    for (int32_t w = 0; w < planes->n_words; w++) {
        for (uint64_t left = unhappy[w]; left != 0; left &= left - 1)
            self->claim[n++].cell = row * grid->board.columns + 64 * w + __builtin_ctzll(left);
    }
    self->n = n;
}

/* By cells, as everybody stands. */
static void list_claims(wks_grid *grid)
{
    wks_synchronous *self = grid->synchronous;

    self->n = 0;
    if (wks_grid_has_planes(grid)) {
        wks_grid_look(grid);
        for (int32_t row = 0; row < grid->board.rows; row++)
            list_row(grid, row);
        return;
    }
    for (int32_t cell = 0; cell < grid->board.n_cells; cell++) {
        const int32_t agent = grid->board.at[cell];
        if (agent >= 0 && grid->form->is_unhappy(grid, agent)) self->claim[self->n++].cell = cell;
    }
}

static inline void put(wks_synchronous *self, claim *c, int32_t k, uint32_t lot)
{
    const uint64_t mine = (uint64_t)lot << 32 | ~(uint32_t)c->cell; /* of equal lots the cell that comes first */

    c->k = k;
    if (k < 0) return;
    self->best[k] = mine > self->best[k] ? mine : self->best[k];
}

/* Asks for what a claim to come touches: any empty cell by a word that is known already, but for the rare one that is passed over. */
static inline void ask_for_lot(const wks_grid *grid)
{
    const wks_words *words = &grid->words;

    if (words->next + FAR < WKS_WORDS_CHUNK)
        WKS_VECTOR_PREFETCH(&grid->synchronous->best[(uint64_t)words->word[words->next + FAR] * (uint32_t)grid->board.n_empty >> 32]);
}

static void draw(wks_grid *grid)
{
    wks_synchronous *self = grid->synchronous;
    wks_words lots;

    wks_words_open(&lots, &grid->seed, (uint32_t)grid->tick, WKS_RNG_GRID_LOT);
    for (int32_t i = 0; i < self->n; i++) {
        claim *c = &self->claim[i];
        if (!grid->nearest) ask_for_lot(grid);
        const int32_t k = grid->nearest ? grid->form->destination(grid, grid->board.at[c->cell])
                                        : (int32_t)wks_words_below(&grid->words, (uint32_t)grid->board.n_empty);
        put(self, c, k, wks_words_u32(&lots));
    }
}

/* ---- moves: in ways through the claims of which each waits for one thing only ---------------------------------------------------- */

/* Keeps the claims that got their cell; nobody has lots any more. Without a jump: who gets it cannot be foreseen. */
static void keep_winners(wks_synchronous *self)
{
    int32_t n = 0;

    for (int32_t i = 0; i < self->n; i++) {
        const claim c = self->claim[i];
        if (i + AHEAD < self->n && self->claim[i + AHEAD].k >= 0) WKS_VECTOR_PREFETCH(&self->best[self->claim[i + AHEAD].k]);
        if (c.k < 0) continue;
        const uint64_t best = self->best[c.k];
        const bool is_won = (uint32_t)best == ~(uint32_t)c.cell;
        self->best[c.k] = is_won ? 0 : best;
        self->claim[n] = c;
        n += is_won;
    }
    self->n = n;
}

/* Asks for what the claims to come touch. */
static inline void ask_for_moves(const wks_synchronous *self, const wks_board *board, int32_t i)
{
    if (i + FAR < self->n) WKS_VECTOR_PREFETCH(&board->empty[self->claim[i + FAR].k]);
    if (i + AHEAD < self->n) WKS_VECTOR_PREFETCH(&board->at[board->empty[self->claim[i + AHEAD].k]]);
}

/* Cells that are left and cells that are entered are not the same ones: the order means nothing. What nobody reads is left behind, but for the bits of the look. */
static void move_winners(wks_grid *grid)
{
    const wks_synchronous *self = grid->synchronous;
    wks_board *board = &grid->board;

    for (int32_t i = 0; i < self->n; i++) {
        const claim c = self->claim[i];
        ask_for_moves(self, board, i);
        const int32_t to = board->empty[c.k];
        const bool is_b = wks_board_is_b(board, board->at[c.cell]);
        wks_board_swap(board, c.cell, c.k);
        wks_planes_flip(&grid->planes, board->columns, is_b, c.cell);
        wks_planes_flip(&grid->planes, board->columns, is_b, to);
    }
    grid->planes.is_kept = true;
}

/* The same, for who reads all. */
static void shift_winners(wks_grid *grid)
{
    const wks_synchronous *self = grid->synchronous;
    wks_board *board = &grid->board;

    for (int32_t i = 0; i < self->n; i++) {
        const claim *c = &self->claim[i];
        wks_board_shift(board, c->cell, wks_board_group(board, c->cell) == WKS_BOARD_B, c->k);
    }
}

void wks_synchronous_run(wks_grid *grid)
{
    list_claims(grid);
    grid->is_settled = grid->synchronous->n == 0;
    if (grid->is_settled || grid->board.n_empty == 0) return;
    draw(grid);
    keep_winners(grid->synchronous);
    if (grid->synchronous->n > 0) wks_grid_touch(grid, grid->synchronous->n);
    if (wks_grid_has_planes(grid) && !grid->nearest) {
        move_winners(grid);
    } else {
        shift_winners(grid);
    }
}
