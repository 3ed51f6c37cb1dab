/* In which order agents have their turn in a tick: everybody has a time, word number i of the tick's GRID_ORDER words for agent i, and turns go by time. So the
 * order of all is uniform over all orders, and the turn of one can be had without those of the others. Equal times (two in 2^32) go by a further draw.
 * Turns are dealt into buckets by the first bits of time; within a bucket they are sorted only when asked, because where nobody moves order means nothing. */
#ifndef WKS_GRID_ORDER_H
#define WKS_GRID_ORDER_H

#include <stdbool.h>

#include "base/rng.h"
#include "grid/board.h"

enum { WKS_ORDER_BITS = 11, WKS_ORDER_SMALL_BITS = 10, WKS_ORDER_FEW = 64 };

typedef struct wks_order {
    const wks_rng_seed *seed;
    uint32_t tick;
    uint32_t *time;    /* by agent; known for those sorted, and for those asked of wks_order_time */
    uint64_t *turn;    /* n_room; 32 bits of time, then 8 bits of group (0: a, the half of a count: b) and 24 of cell */
    uint64_t *scratch; /* n_scratch */
    int32_t n, n_room, n_scratch;
    int bits;                                      /* of time that tell the bucket */
    int32_t begin[(1 << WKS_ORDER_BITS) + 1];      /* of each bucket in `turn` */
    int32_t end[(1 << WKS_ORDER_BITS) + 1];        /* likewise */
    int32_t part[(1 << WKS_ORDER_SMALL_BITS) + 1]; /* of each part of the bucket that was split last, in what wks_order_split gave */
} wks_order;

/** @param has_turns  false: for times only */
wks_status wks_order_init(wks_order *order, const wks_rng_seed *seed, int32_t n_agents, bool has_turns, wks_err *err);
void wks_order_free(wks_order *order);
/** Deals the turns of all agents in a tick into 2^order->bits buckets: order->begin[b] to end[b] of order->turn, not sorted within. O(n). */
void wks_order_deal(wks_order *order, const wks_board *board, uint32_t tick);
/** Deals bucket b into parts, by the next bits of time: returns the turns, part p from order->part[p] to part[p + 1], not sorted within; `n_parts` of them. */
uint64_t *wks_order_split(wks_order *order, int32_t b, int32_t *n_parts);
/** Sorts n turns; quickest when at most WKS_ORDER_FEW. `known_bits` of their time are the same. */
void wks_order_sort(const wks_order *order, const wks_board *board, uint64_t *turn, int32_t n, int known_bits);
/** The turns of all agents in a tick, in order. O(n). */
void wks_order_all(wks_order *order, const wks_board *board, uint32_t tick);
/** The turns of agent[0..n) in a tick, in order. */
void wks_order_some(wks_order *order, const wks_board *board, uint32_t tick, const int32_t *agent, int32_t n);
/** Time of an agent in the tick of the last call of the two above, which remembers it. */
uint32_t wks_order_time(wks_order *order, int32_t agent);
/** Whether a's turn comes before b's; their times are known. */
bool wks_order_before(const wks_order *order, int32_t a, int32_t b);

/** The same of two turns with equal times, by the draw that settles it; both agents are where their turns say. */
bool wks_order_lot_before(const wks_order *order, const wks_board *board, uint64_t x, uint64_t y);

static inline uint64_t wks_order_turn_of(const wks_board *board, int32_t agent, int32_t cell, uint32_t time)
{
    const uint32_t shift = wks_board_is_b(board, agent) ? (uint32_t)board->half : 0;

    return (uint64_t)time << 32 | shift << 24 | (uint32_t)cell;
}

/** Whether turn x comes before y. */
static inline bool wks_order_turn_before(const wks_order *order, const wks_board *board, uint64_t x, uint64_t y)
{
    return x >> 32 != y >> 32 ? x < y : wks_order_lot_before(order, board, x, y);
}

/** The cell of the agent when the order was made: also at its turn, because nobody but itself moves it. */
static inline int32_t wks_order_cell(uint64_t turn)
{
    return (int32_t)(turn & 0xFFFFFF);
}

static inline bool wks_order_is_b(uint64_t turn)
{
    return (turn >> 24 & 255) != 0;
}

/** Of a count of those near, the bits of the own group stand so high. */
static inline int wks_order_shift(uint64_t turn)
{
    return (int)(turn >> 24 & 31);
}

/** Whose turn it is: until it has moved. */
static inline int32_t wks_order_agent(const wks_board *board, uint64_t turn)
{
    return board->at[wks_order_cell(turn)];
}

#endif
