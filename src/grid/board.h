/* Agents of two groups on a grid of cells: who is where, which cells are empty, and how many of each group are near every cell, kept up to date by
 * whole numbers at every move. Cells are numbered by rows. docs/odd.md, "grid". */
#ifndef WKS_GRID_BOARD_H
#define WKS_GRID_BOARD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

enum { WKS_BOARD_EMPTY, WKS_BOARD_A, WKS_BOARD_B };

typedef struct wks_board {
    int32_t rows, columns, radius;
    bool torus;
    int32_t n_cells, n_agents, n_a, n_empty;
    int32_t *cell_of; /* by agent; the first n_a are group a */
    int32_t *at;      /* by cell: the agent, or ~k of the empty cell number k */
    int32_t *empty;   /* the empty cells, n_empty of them, in no order that means anything */
    uint8_t *group;   /* by cell: WKS_BOARD_EMPTY, _A, _B; NULL where `near` tells: ask wks_board_group */
    void *
        near; /* by cell: agents within the radius, the cell itself included: those of a in the low half, of b in the high half; above these, where
                         the board is small, the group, whether it is at the border, and a mark: so a move touches nothing else */
    uint32_t *column; /* scratch: by column */
    int half;         /* bits of a half: 4, 5, 6 (radius 1, 2, 3: small), 8 (to 7) or 16 (to 127) */
    bool is_behind;   /* cell_of, group and near, by wks_board_swap */
} wks_board;

/** An empty board. On a torus 2 radius + 1 <= rows and columns; cells at most 2^24; n_a <= n_agents <= cells. WKS_ERR_NOMEM. */
wks_status wks_board_init(wks_board *board, int32_t rows, int32_t columns, bool torus, int32_t radius, int32_t n_agents, int32_t n_a,
                          wks_err *err);
void wks_board_free(wks_board *board);
/** Everybody gets a home at once: agent i cell[i], the other cells cell[n_agents..n_cells) are empty. `cell` is a permutation of all. */
void wks_board_settle(wks_board *board, const int32_t *cell);
/** Agent moves to empty cell number k. O(radius^2). */
void wks_board_move(wks_board *board, int32_t agent, int32_t k);
/** The same of who is at `from`, whose group is told: nothing waits for a look who that is. */
void wks_board_shift(wks_board *board, int32_t from, bool is_b, int32_t k);
/** The same, kept in `at` and `empty` only: the rest is left behind, for who does not read it. O(1). */
static inline void wks_board_swap(wks_board *board, int32_t from, int32_t k)
{
    const int32_t to = board->empty[k];

    board->empty[k] = from;
    board->at[to] = board->at[from];
    board->at[from] = ~k;
    board->is_behind = true;
}
/** What swaps left behind, from `at`. O(cells), or nothing when nothing is. */
void wks_board_catch_up(wks_board *board);
/** Agents and cells fit, counts equal recounts; else WKS_ERR_LAW. Nothing is behind. O(cells radius^2). */
wks_status wks_board_check(const wks_board *board, wks_err *err);
/** Nothing is behind. */
uint64_t wks_board_hash(const wks_board *board, uint64_t hash);

/** Cells within the radius of `cell`, that itself included, into out[(2 radius + 1)^2]; returns their number. */
int32_t wks_board_box(const wks_board *board, int32_t cell, int32_t radius, int32_t *out);
/** Rows and columns between two cells, the short way round on a torus. */
void wks_board_apart(const wks_board *board, int32_t a, int32_t b, int32_t *rows, int32_t *columns);

typedef struct wks_board_count {
    int32_t a, b;
} wks_board_count;

/** Two halves leave room for the group of the cell. */
static inline bool wks_board_is_small(const wks_board *board)
{
    return board->half < 8;
}

/** Of small boards: whether the radius goes over the border, and a mark of the agent that goes with it, for who keeps one; nobody has it at first. */
static inline uint32_t wks_board_border_bit(const wks_board *board)
{
    return 4U << 2 * board->half;
}

static inline uint32_t wks_board_mark_bit(const wks_board *board)
{
    return 8U << 2 * board->half;
}

static inline int wks_board_group(const wks_board *board, int32_t cell)
{
    return wks_board_is_small(board) ? ((const uint16_t *)board->near)[cell] >> 2 * board->half & 3 : board->group[cell];
}

static inline wks_board_count wks_board_near(const wks_board *board, int32_t cell)
{
    const uint32_t both = board->half < 16 ? ((const uint16_t *)board->near)[cell] : ((const uint32_t *)board->near)[cell];
    const uint32_t mask = (1U << board->half) - 1;

    return (wks_board_count){(int32_t)(both & mask), (int32_t)(both >> board->half & mask)};
}

/** Of small boards: the count, and the group above it. */
static inline uint32_t wks_board_word(const wks_board *board, int32_t cell)
{
    return ((const uint16_t *)board->near)[cell] & ((4U << 2 * board->half) - 1);
}

/** Bytes of a count. */
static inline int wks_board_bytes(const wks_board *board)
{
    return board->half == 16 ? 4 : 2;
}

/** Whether the agent is of group b. */
static inline bool wks_board_is_b(const wks_board *board, int32_t agent)
{
    return agent >= board->n_a;
}

#endif
