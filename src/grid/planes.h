/* Who is unhappy on the whole grid at once, in the plain form with radius 1: a bit a cell for each group, and sums of nine cells made bit by bit for 64 cells a
 * word. What it counts is what wks_board_near says. Whole numbers only: the same for any number of threads and any processor. odd.md, grid.6. */
#ifndef WKS_GRID_PLANES_H
#define WKS_GRID_PLANES_H

#include <stddef.h>

#include "grid/board.h"

enum { WKS_PLANES_MOST = 9 }; /* cells of a box */

/** By number of agents in the box, the one itself included. */
typedef struct wks_planes_tally {
    int64_t n[WKS_PLANES_MOST + 1];     /* agents */
    int64_t alike[WKS_PLANES_MOST + 1]; /* their own group in their boxes, themselves included, summed */
    int64_t n_unhappy;
} wks_planes_tally;

typedef struct wks_planes {
    int32_t n_words;       /* a row; one more on each side is room */
    uint64_t *a, *b;       /* rows */
    uint64_t *of_group[2]; /* the same two: which one cannot be foreseen, so it is looked up */
    uint64_t *unhappy;     /* rows: set by wks_planes_look */
    uint64_t *scratch;     /* by block of rows */
    wks_planes_tally *of;  /* likewise */
    int64_t n_blocks;
    wks_planes_tally tally;
    bool is_kept; /* a and b: by wks_planes_move at every move since the last look */
} wks_planes;

/** For grids of the board's size. WKS_ERR_NOMEM. */
wks_status wks_planes_init(wks_planes *planes, const wks_board *board, wks_err *err);
void wks_planes_free(wks_planes *planes);
/** Looks at everybody: planes->unhappy and planes->tally as the groups of cells stand, or a and b where these are kept. @param least  by number of neighbours, 0 to 8: agents of the own group that
 *  satisfy. O(cells). */
void wks_planes_look(wks_planes *planes, const wks_board *board, const int32_t *least, int threads);
/** Somebody left a cell or came there. For who keeps a and b so: planes->is_kept. */
static inline void wks_planes_flip(wks_planes *planes, int32_t columns, bool is_b, int32_t cell)
{
    const uint32_t row = (uint32_t)cell / (uint32_t)columns, column = (uint32_t)cell - row * (uint32_t)columns;
    const size_t word = (size_t)row * ((size_t)planes->n_words + 2) + 1 + column / 64;

    planes->of_group[is_b][word] ^= UINT64_C(1) << column % 64;
}

/** What the last look found equals a slow recount; else WKS_ERR_LAW. Nobody has moved since. */
wks_status wks_planes_check(const wks_planes *planes, const wks_board *board, const int32_t *least, wks_err *err);
/** Whether the agent in a cell was unhappy at the last look. */
static inline bool wks_planes_is_unhappy(const wks_planes *planes, const wks_board *board, int32_t cell)
{
    const int32_t row = cell / board->columns, column = cell % board->columns;

    return (planes->unhappy[(size_t)row * ((size_t)planes->n_words + 2) + 1 + (size_t)column / 64] >> column % 64 & 1) != 0;
}

#endif
