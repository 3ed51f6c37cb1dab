#include "grid/order.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vector.h"
#include "grid/pages.h"
#include "grid/words.h"

enum { PART = 24, BUCKET = 48, FULL_SHARE = 16 };

/* Bits for buckets of about so many. */
static int bits_for(int32_t n, int32_t size, int most)
{
    int bits = 0;

    while (bits < most && n >> bits > size)
        bits++;
    return bits;
}

/* Room for a bucket that holds n agents / buckets on average: four standard deviations more. Now and then that is not enough, and buckets are counted first. */
static int32_t bucket_room(int32_t n_agents)
{
    const int32_t mean = (n_agents >> bits_for(n_agents, BUCKET, WKS_ORDER_BITS)) + 1;

    return mean + 4 * (int32_t)sqrt((double)mean) + 8;
}

wks_status wks_order_init(wks_order *order, const wks_rng_seed *seed, int32_t n_agents, bool has_turns, wks_err *err)
{
    wks_status rc = WKS_OK;

    *order = (wks_order){.seed = seed, .n_scratch = !has_turns ? 0 : n_agents < 4096 ? n_agents : 4096 + n_agents / 256};
    order->n_room = has_turns ? bucket_room(n_agents) << bits_for(n_agents, BUCKET, WKS_ORDER_BITS) : 0;
    order->time = has_turns ? wks_mem_array((size_t)n_agents, sizeof *order->time) /* seldom asked for */
                            : wks_pages_array((size_t)n_agents, sizeof *order->time);
    order->turn = wks_pages_array((size_t)order->n_room, sizeof *order->turn);
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

/* ---- who comes before whom ------------------------------------------------------------------------------------------------------ */

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

static bool lot_before(const wks_order *order, int32_t a, int32_t b)
{
    const uint64_t tie_a = tie(order, a), tie_b = tie(order, b);

    return tie_a != tie_b ? tie_a < tie_b : a < b;
}

bool wks_order_before(const wks_order *order, int32_t a, int32_t b)
{
    return order->time[a] != order->time[b] ? order->time[a] < order->time[b] : lot_before(order, a, b);
}

bool wks_order_lot_before(const wks_order *order, const wks_board *board, uint64_t x, uint64_t y)
{
    return lot_before(order, wks_order_agent(board, x), wks_order_agent(board, y));
}

/* ---- sorting -------------------------------------------------------------------------------------------------------------------- */

static void sort_by_insertion(const wks_order *order, const wks_board *board, uint64_t *turn, int32_t n)
{
    for (int32_t i = 1; i < n; i++) {
        const uint64_t x = turn[i];
        int32_t k = i;
        for (; k > 0 && wks_order_turn_before(order, board, x, turn[k - 1]); k--)
            turn[k] = turn[k - 1];
        turn[k] = x;
    }
}

/* Place of each of n keys, all different, in their order: how many are less. All with all, but many at a time and without a jump. */
WKS_VECTOR static void rank_keys(const int32_t *key, int32_t n, int32_t *rank)
{
    const int32_t n_eights = (n + 7) / 8 * 8;

    for (int32_t i = 0; i < n_eights; i += 8) {
        int32_t less[8] = {0};
        for (int32_t k = 0; k < n; k++) {
            for (int32_t j = 0; j < 8; j++)
                less[j] += key[k] < key[i + j];
        }
        memcpy(&rank[i], less, sizeof less);
    }
}

void wks_order_sort(const wks_order *order, const wks_board *board, uint64_t *turn, int32_t n, int known_bits)
{
    int32_t key[WKS_ORDER_FEW] = {0}, rank[WKS_ORDER_FEW];
    uint64_t sorted[WKS_ORDER_FEW];

    if (n <= WKS_ORDER_FEW) { /* 25 bits that differ most, and the number: what they do not tell the insertions do */
        for (int32_t i = 0; i < n; i++)
            key[i] = (int32_t)((uint32_t)(turn[i] >> 32) << known_bits >> 7 << 6) + i;
        rank_keys(key, n, rank);
        for (int32_t i = 0; i < n; i++)
            sorted[rank[i]] = turn[i];
        memcpy(turn, sorted, (size_t)n * sizeof *turn);
    }
    sort_by_insertion(order, board, turn, n);
}

uint64_t *wks_order_split(wks_order *order, int32_t b, int32_t *n_parts)
{
    uint64_t *turn = order->turn + order->begin[b];
    const int32_t n = order->end[b] - order->begin[b];
    const int bits = bits_for(n, PART, WKS_ORDER_SMALL_BITS), shift = 64 - bits;

    *n_parts = 1 << bits;
    order->part[0] = 0;
    order->part[1] = n;
    if (n <= WKS_ORDER_FEW || n > order->n_scratch) { /* larger than the scratch it never is but by a miracle */
        *n_parts = 1;
        return turn;
    }
    memset(order->part, 0, ((size_t)*n_parts + 1) * sizeof *order->part);
    for (int32_t i = 0; i < n; i++)
        order->part[turn[i] << order->bits >> shift]++;
    for (int32_t p = 1; p < *n_parts; p++)
        order->part[p] += order->part[p - 1];
    for (int32_t i = n; i-- > 0;)
        order->scratch[--order->part[turn[i] << order->bits >> shift]] = turn[i];
    order->part[*n_parts] = n;
    return order->scratch;
}

static void sort_bucket(wks_order *order, const wks_board *board, int32_t b)
{
    int32_t n_parts;
    uint64_t *turn = wks_order_split(order, b, &n_parts), *bucket = order->turn + order->begin[b];

    for (int32_t p = 0; p < n_parts; p++)
        wks_order_sort(order, board, turn + order->part[p], order->part[p + 1] - order->part[p], order->bits);
    if (turn != bucket) memcpy(bucket, turn, (size_t)(order->end[b] - order->begin[b]) * sizeof *turn);
}

/* ---- dealing -------------------------------------------------------------------------------------------------------------------- */

static inline int32_t bucket_of(uint32_t time, int bits)
{
    return (int32_t)((uint64_t)time << bits >> 32);
}

/* Agents of one group, whose times are given, to the ends of their buckets; false: one of them is full. */
static bool deal_run(wks_order *order, const wks_board *board, const uint32_t *time, int32_t first, int32_t n)
{
    const int bits = order->bits;
    const int32_t *cell_of = board->cell_of + first, *limit = order->begin + 1;
    const uint64_t group = wks_order_turn_of(board, first, 0, 0);
    uint64_t *turn = order->turn;
    int32_t *end = order->end;

    for (int32_t i = 0; i < n; i++) {
        const int32_t b = bucket_of(time[i], bits), k = end[b];
        if (k == limit[b]) return false;
        end[b] = k + 1;
        turn[k] = (uint64_t)time[i] << 32 | group | (uint32_t)cell_of[i];
    }
    return true;
}

/* Those of a chunk: first those of group a. */
static bool deal_chunk(wks_order *order, const wks_board *board, const uint32_t *time, int32_t first, int32_t n)
{
    const int32_t before_b = board->n_a - first, n_a = before_b < 0 ? 0 : before_b < n ? before_b : n;

    return (n_a == 0 || deal_run(order, board, time, first, n_a)) && (n_a == n || deal_run(order, board, time + n_a, first + n_a, n - n_a));
}

/* One way through the agents, each bucket at its own place: most of the time there is room. */
static bool deal_at_once(wks_order *order, const wks_board *board)
{
    const int32_t room = bucket_room(board->n_agents);
    uint32_t time[WKS_WORDS_CHUNK];

    for (int32_t b = 0; b < 1 << order->bits; b++)
        order->begin[b] = order->end[b] = b * room;
    order->begin[1 << order->bits] = room << order->bits;
    for (int32_t i = 0; i < order->n; i += WKS_WORDS_CHUNK) {
        const int32_t n = order->n - i < WKS_WORDS_CHUNK ? order->n - i : WKS_WORDS_CHUNK;
        wks_rng_words(order->seed, (uint64_t)(i / WKS_WORDS_CHUNK), order->tick, WKS_RNG_GRID_ORDER, n, time);
        if (!deal_chunk(order, board, time, i, n)) return false;
    }
    return true;
}

/* Buckets side by side, their sizes counted first; agent NULL: all. Times are known. */
static void deal_counted(wks_order *order, const wks_board *board, const int32_t *agent)
{
    int32_t before = 0;

    order->bits = bits_for(order->n, BUCKET, WKS_ORDER_BITS);
    memset(order->end, 0, sizeof order->end);
    for (int32_t i = 0; i < order->n; i++)
        order->end[bucket_of(order->time[agent == NULL ? i : agent[i]], order->bits)]++;
    for (int32_t b = 0; b < 1 << order->bits; b++) {
        order->begin[b] = before;
        before += order->end[b];
        order->end[b] = order->begin[b];
    }
    for (int32_t i = 0; i < order->n; i++) {
        const int32_t who = agent == NULL ? i : agent[i];
        order->turn[order->end[bucket_of(order->time[who], order->bits)]++] =
            wks_order_turn_of(board, who, board->cell_of[who], order->time[who]);
    }
}

static void open_tick(wks_order *order, uint32_t tick, int32_t n)
{
    order->tick = tick;
    order->n = n;
    order->bits = bits_for(n, BUCKET, WKS_ORDER_BITS);
}

void wks_order_deal(wks_order *order, const wks_board *board, uint32_t tick)
{
    open_tick(order, tick, board->n_agents);
    if (deal_at_once(order, board)) return;
    wks_words_all(order->seed, tick, WKS_RNG_GRID_ORDER, order->n, order->time);
    deal_counted(order, board, NULL);
}

void wks_order_all(wks_order *order, const wks_board *board, uint32_t tick)
{
    open_tick(order, tick, board->n_agents);
    wks_words_all(order->seed, tick, WKS_RNG_GRID_ORDER, order->n, order->time);
    deal_counted(order, board, NULL);
    for (int32_t b = 0; b < 1 << order->bits; b++)
        sort_bucket(order, board, b);
}

void wks_order_some(wks_order *order, const wks_board *board, uint32_t tick, const int32_t *agent, int32_t n)
{
    open_tick(order, tick, n);
    if (n > board->n_agents / FULL_SHARE) { /* many: cheaper by all */
        wks_words_all(order->seed, tick, WKS_RNG_GRID_ORDER, board->n_agents, order->time);
    } else {
        for (int32_t i = 0; i < n; i++)
            (void)wks_order_time(order, agent[i]);
    }
    deal_counted(order, board, agent);
    for (int32_t b = 0; b < 1 << order->bits; b++)
        sort_bucket(order, board, b);
}
