/* In which order agents have their turn in a tick: everybody has a time, word number i of the tick's GRID_ORDER words for agent i, and turns go by time. So the
 * order of all is uniform over all orders, and the turn of one can be had without those of the others. Equal times (two in 2^32) go by a further draw. */
#ifndef WKS_GRID_ORDER_H
#define WKS_GRID_ORDER_H

#include <stdbool.h>

#include "base/rng.h"
#include "grid/board.h"

typedef struct wks_order {
    const wks_rng_seed *seed;
    uint32_t tick;
    uint32_t *time;    /* by agent; known for those in `turn`, and for those asked of wks_order_time */
    uint64_t *turn;    /* n of them, in order; 16 bits of time, 24 of cell, 24 of agent */
    uint64_t *scratch; /* n_scratch */
    int32_t n, n_scratch;
} wks_order;

wks_status wks_order_init(wks_order *order, const wks_rng_seed *seed, int32_t n_agents, wks_err *err);
void wks_order_free(wks_order *order);
/** The turns of all agents in a tick. O(n). */
void wks_order_all(wks_order *order, const wks_board *board, uint32_t tick);
/** The turns of agent[0..n) in a tick. */
void wks_order_some(wks_order *order, const wks_board *board, uint32_t tick, const int32_t *agent, int32_t n);
/** Time of an agent in the tick of the last call of the two above, which remembers it. */
uint32_t wks_order_time(wks_order *order, int32_t agent);
/** Whether a's turn comes before b's; their times are known. */
bool wks_order_before(const wks_order *order, int32_t a, int32_t b);

static inline int32_t wks_order_agent(uint64_t turn)
{
    return (int32_t)(turn & 0xFFFFFF);
}

/** The cell of the agent when the order was made: also at its turn, because nobody but itself moves it. */
static inline int32_t wks_order_cell(uint64_t turn)
{
    return (int32_t)(turn >> 24 & 0xFFFFFF);
}

#endif
