#include "grid/order.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "grid/words.h"

enum { FEW = 24, MAX_BITS = 11, SMALL_BITS = 10, FULL_SHARE = 16 };

wks_status wks_order_init(wks_order *order, const wks_rng_seed *seed, int32_t n_agents, wks_err *err)
{
    wks_status rc = WKS_OK;

    *order = (wks_order){.seed = seed, .n_scratch = n_agents < 4096 ? n_agents : 4096 + n_agents / 256};
    order->time = wks_mem_array((size_t)n_agents, sizeof *order->time);
    order->turn = wks_mem_array((size_t)n_agents, sizeof *order->turn);
    order->scratch = wks_mem_array((size_t)order->n_scratch, sizeof *order->scratch);
    if (order->time == NULL || order->turn == NULL || order->scratch == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d turns", n_agents);
out:
    return rc;
}

void wks_order_free(wks_order *order)
{
    free(order->time);
    free(order->turn);
    free(order->scratch);
    *order = (wks_order){0};
}

uint32_t wks_order_time(wks_order *order, int32_t agent)
{
    return order->time[agent] = wks_words_at(order->seed, order->tick, WKS_RNG_GRID_ORDER, agent);
}

static uint64_t tie(const wks_order *order, int32_t agent)
{
    uint32_t word[4];

    wks_rng_four(order->seed, (uint64_t)agent, order->tick, WKS_RNG_GRID_TIE, word);
    return (uint64_t)word[1] << 32 | word[0];
}

bool wks_order_before(const wks_order *order, int32_t a, int32_t b)
{
    if (order->time[a] != order->time[b]) return order->time[a] < order->time[b];
    const uint64_t tie_a = tie(order, a), tie_b = tie(order, b);

    return tie_a != tie_b ? tie_a < tie_b : a < b;
}

/* The 16 bits decide but for one pair in 65,536. */
static inline bool turn_before(const wks_order *order, uint64_t x, uint64_t y)
{
    if (x >> 48 != y >> 48) return x < y;
    return wks_order_before(order, wks_order_agent(x), wks_order_agent(y));
}

static void sort_by_insertion(const wks_order *order, uint64_t *turn, int32_t n)
{
    for (int32_t i = 1; i < n; i++) {
        const uint64_t x = turn[i];
        int32_t k = i;
        for (; k > 0 && turn_before(order, x, turn[k - 1]); k--)
            turn[k] = turn[k - 1];
        turn[k] = x;
    }
}

/* Bits for buckets of about four. */
static int bits_for(int32_t n, int most)
{
    int bits = 1;

    while (bits < most && n >> bits > 4)
        bits++;
    return bits;
}

/* A bucket: spread by the next bits first, so that the insertions are short. Larger than the scratch it never is but by a miracle. */
static void sort_bucket(wks_order *order, uint64_t *turn, int32_t n)
{
    int32_t end[1 << SMALL_BITS] = {0};

    if (n > FEW && n <= order->n_scratch) {
        const int shift = 64 - bits_for(n, SMALL_BITS);
        const int32_t n_small = 1 << (64 - shift);
        for (int32_t i = 0; i < n; i++)
            end[turn[i] >> shift]++;
        for (int32_t b = 1; b < n_small; b++)
            end[b] += end[b - 1];
        for (int32_t i = n; i-- > 0;)
            order->scratch[--end[turn[i] >> shift]] = turn[i];
        memcpy(turn, order->scratch, (size_t)n * sizeof *turn);
    }
    sort_by_insertion(order, turn, n);
}

static inline uint64_t turn_of(const wks_order *order, const wks_board *board, int32_t agent, int bits)
{
    const uint64_t rest = (uint64_t)(uint32_t)(order->time[agent] << bits) >> 16;

    return rest << 48 | (uint64_t)(uint32_t)board->cell_of[agent] << 24 | (uint64_t)(uint32_t)agent;
}

/* Buckets by the first bits of time, then each sorted. agent NULL: all. */
static void sort_turns(wks_order *order, const wks_board *board, const int32_t *agent)
{
    int32_t end[(1 << MAX_BITS) + 1] = {0};
    const int32_t n = order->n;
    const int bits = bits_for(n, MAX_BITS), shift = 32 - bits;

    for (int32_t i = 0; i < n; i++)
        end[order->time[agent == NULL ? i : agent[i]] >> shift]++;
    for (int32_t b = 1; b < 1 << bits; b++)
        end[b] += end[b - 1];
    for (int32_t i = n; i-- > 0;) {
        const int32_t who = agent == NULL ? i : agent[i];
        order->turn[--end[order->time[who] >> shift]] = turn_of(order, board, who, bits);
    }
    end[1 << bits] = n; /* what were ends are begins now */
    for (int32_t b = 0; b < 1 << bits; b++)
        sort_bucket(order, order->turn + end[b], end[b + 1] - end[b]);
}

void wks_order_all(wks_order *order, const wks_board *board, uint32_t tick)
{
    order->tick = tick;
    order->n = board->n_agents;
    wks_words_all(order->seed, tick, WKS_RNG_GRID_ORDER, order->n, order->time);
    sort_turns(order, board, NULL);
}

void wks_order_some(wks_order *order, const wks_board *board, uint32_t tick, const int32_t *agent, int32_t n)
{
    order->tick = tick;
    order->n = n;
    if (n > board->n_agents / FULL_SHARE) { /* many: cheaper by all */
        wks_words_all(order->seed, tick, WKS_RNG_GRID_ORDER, board->n_agents, order->time);
    } else {
        for (int32_t i = 0; i < n; i++)
            (void)wks_order_time(order, agent[i]);
    }
    sort_turns(order, board, agent);
}
