#include "grid/pass.h"

#include "base/vector.h"
#include "grid/alike.h"

enum {
    AHEAD = 24,
    FAR = 12,
    SOON = 6,
    FIRST = 64,
    NEAR_BY = 1 << 14
}; /* turns, and moves, between asking for what is read and reading it */

/* ---- the plain form: by buckets of turns --------------------------------------------------------------------------------------- */

static inline uint32_t count_of(const void *near, int half, int32_t cell)
{
    return half < 16 ? ((const uint16_t *)near)[cell] : ((const uint32_t *)near)[cell];
}

/* Is whose turn it is unhappy as things stand? `half` is given apart so that it is a constant in loops. */
static inline bool dislikes(const wks_grid *grid, uint64_t turn, int half)
{
    if (half < 8) return grid->few[count_of(grid->board.near, half, wks_order_cell(turn)) & ((4U << 2 * half) - 1)] != 0;
    const uint32_t near = count_of(grid->board.near, half, wks_order_cell(turn)), mask = (1U << half) - 1;

    return (int32_t)(near >> wks_order_shift(turn) & mask) <= grid->least[(near & mask) + (near >> half & mask) - 1];
}

static inline void ask_for(const void *near, int half, uint64_t turn)
{
    WKS_VECTOR_PREFETCH((const char *)near + (half == 16 ? 4U : 2U) * (size_t)wks_order_cell(turn));
}

void wks_pass_ask_for_move(const wks_board *board, int32_t cell)
{
    const char *near = (const char *)board->near;
    const ptrdiff_t bytes = wks_board_bytes(board), row = bytes * board->columns, at = bytes * cell;

    for (int32_t i = -board->radius; i <= board->radius; i++)
        WKS_VECTOR_PREFETCH((const void *)((uintptr_t)near + (uintptr_t)(at + i * row)));
    WKS_VECTOR_PREFETCH(&board->at[cell]);
    if (!wks_board_is_small(board)) WKS_VECTOR_PREFETCH(&board->group[cell]);
}

/* How many of these are unhappy; their counts are asked for, and what the first to move will touch. */
static inline int32_t look_ahead(const wks_grid *grid, const uint64_t *turn, int32_t n, int half)
{
    int32_t unhappy[FIRST], n_unhappy = 0;

    for (int32_t i = 0; i < n; i++) {
        if (i + AHEAD < n) ask_for(grid->board.near, half, turn[i + AHEAD]);
        unhappy[n_unhappy < FIRST ? n_unhappy : FIRST - 1] = wks_order_cell(turn[i]);
        n_unhappy += dislikes(grid, turn[i], half);
    }
    for (int32_t i = 0; i < n_unhappy && i < FIRST; i++)
        wks_pass_ask_for_move(&grid->board, unhappy[i]);
    return n_unhappy;
}

/* Is anybody of a bucket unhappy? The first counts of the bucket after it are asked for. A board that fits a first cache is looked at as it is. */
static inline bool look_at(const wks_grid *grid, int32_t b, int half)
{
    const wks_order *order = &grid->order;
    const bool is_last = b + 1 == 1 << order->bits;
    const uint64_t *turn = order->turn + order->begin[b], *next = is_last ? turn : order->turn + order->begin[b + 1];
    const int32_t n = order->end[b] - order->begin[b], n_next = is_last ? 0 : order->end[b + 1] - order->begin[b + 1];
    int32_t n_unhappy = 0;

    if (grid->board.n_cells > NEAR_BY) {
        n_unhappy = look_ahead(grid, turn, n, half);
        for (int32_t i = 0; i < AHEAD && i < n_next; i++)
            ask_for(grid->board.near, half, next[i]);
    } else {
        for (int32_t i = 0; i < n; i++)
            n_unhappy += dislikes(grid, turn[i], half);
    }
    return n_unhappy > 0;
}

static bool bucket_has_unhappy(const wks_grid *grid, int32_t b)
{
    switch (grid->board.half) {
    case 4: return look_at(grid, b, 4);
    case 5: return look_at(grid, b, 5);
    case 6: return look_at(grid, b, 6);
    case 8: return look_at(grid, b, 8);
    default: return look_at(grid, b, 16);
    }
}

int32_t wks_pass_ask_for_destinations(const wks_grid *grid)
{
    const wks_words *words = &grid->words;
    const uint64_t n = (uint64_t)grid->board.n_empty;

    if (words->next + FAR >= WKS_WORDS_CHUNK) return -1;
    WKS_VECTOR_PREFETCH(&grid->board.empty[words->word[words->next + FAR] * n >> 32]);
    const int32_t soon = grid->board.empty[words->word[words->next + SOON] * n >> 32];
    wks_pass_ask_for_move(&grid->board, soon);
    return soon;
}

/* Is anybody of these unhappy? What their moves will touch is asked for. */
static bool prepare(const wks_grid *grid, const uint64_t *turn, int32_t n)
{
    const int half = grid->board.half;
    bool is_any = false;

    for (int32_t i = 0; i < n; i++) {
        if (!dislikes(grid, turn[i], half)) continue;
        wks_pass_ask_for_move(&grid->board, wks_order_cell(turn[i]));
        is_any = true;
    }
    return is_any;
}

static inline void move_anywhere(wks_grid *grid, uint64_t turn)
{
    if (grid->board.n_empty == 0) return;
    (void)wks_pass_ask_for_destinations(grid);
    const int32_t k = (int32_t)wks_words_below(&grid->words, (uint32_t)grid->board.n_empty);
    wks_board_shift(&grid->board, wks_order_cell(turn), wks_order_is_b(turn), k);
    wks_grid_touch(grid, 1);
}

/* Turns in order, one after the other. */
static int32_t take_turns(wks_grid *grid, const uint64_t *turn, int32_t n)
{
    const int half = grid->board.half;
    int32_t n_unhappy = 0;

    for (int32_t i = 0; i < n; i++) {
        if (!dislikes(grid, turn[i], half)) continue;
        n_unhappy++;
        if (grid->nearest) {
            (void)wks_grid_relocate(grid, wks_order_agent(&grid->board, turn[i]));
        } else {
            move_anywhere(grid, turn[i]);
        }
    }
    return n_unhappy;
}

/* Some of the bucket are unhappy: its parts in order, each looked at as the bucket was. */
static int32_t visit_parts(wks_grid *grid, int32_t b)
{
    wks_order *order = &grid->order;
    int32_t n_parts, n_unhappy = 0;
    uint64_t *turn = wks_order_split(order, b, &n_parts);

    for (int32_t p = 0; p < n_parts; p++) {
        const int32_t n = order->part[p + 1] - order->part[p];
        uint64_t *here = turn + order->part[p];
        if (!prepare(grid, here, n)) continue;
        wks_order_sort(order, &grid->board, here, n, order->bits);
        n_unhappy += take_turns(grid, here, n);
    }
    return n_unhappy;
}

/* Everybody is looked at when the turn of its bucket comes. Is nobody of the bucket unhappy then, nobody of it moves, so each of them finds at its turn what was
 * found now, and in which order they come means nothing. Else the bucket is put in order. */
static int64_t visit_plain(wks_grid *grid)
{
    wks_order *order = &grid->order;
    int64_t n_unhappy = 0;

    wks_order_deal(order, &grid->board, (uint32_t)grid->tick);
    for (int32_t b = 0; b < 1 << order->bits; b++) {
        if (bucket_has_unhappy(grid, b)) n_unhappy += visit_parts(grid, b);
    }
    return n_unhappy;
}

/* ---- any form ------------------------------------------------------------------------------------------------------------------- */

static int64_t visit_any(wks_grid *grid)
{
    int64_t n_unhappy = 0;

    wks_order_all(&grid->order, &grid->board, (uint32_t)grid->tick);
    for (int32_t i = 0; i < grid->order.n; i++) {
        const int32_t agent = wks_order_agent(&grid->board, grid->order.turn[i]);
        if (!grid->form->is_unhappy(grid, agent)) continue;
        n_unhappy++;
        (void)wks_grid_relocate(grid, agent);
    }
    return n_unhappy;
}

void wks_pass_random(wks_grid *grid)
{
    const int64_t n_unhappy = grid->form == &wks_alike_form ? visit_plain(grid) : visit_any(grid);

    grid->is_settled = n_unhappy == 0;
}

void wks_pass_listed(wks_grid *grid)
{
    wks_grid_list(grid);
    grid->is_settled = grid->n_listed == 0;
    wks_order_some(&grid->order, &grid->board, (uint32_t)grid->tick, grid->listed, grid->n_listed);
    for (int32_t i = 0; i < grid->order.n; i++)
        (void)wks_grid_relocate(grid, wks_order_agent(&grid->board, grid->order.turn[i]));
}
