#include "rules/round_rank.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/par.h"

typedef wks_round_rank_entry entry;

enum { TOP = WKS_ROUND_RANK_TOP, BLOCK = 16, SEEKER_BLOCK = 1024 };

static const wks_order_part *order_part(const wks_round_month *month, int32_t p)
{
    return month->rules->set->order[p].spec->implementation;
}

static const wks_order_part *part_of(const wks_round_rank *rank, int32_t p)
{
    return order_part(rank->month, p);
}

/* NaN goes last. */
static double compute(const wks_round_month *month, int32_t p, int32_t household_row, const wks_advert *advert)
{
    const wks_settings *settings = &month->rules->set->order[p];
    const double key = order_part(month, p)->key(&month->context, settings, household_row, advert);

    return isnan(key) ? -HUGE_VAL : key + 0.0; /* no -0 */
}

/* Which of the parts that depend on the advert this is. */
static int32_t pair_number(const wks_round_rank *rank, int32_t p)
{
    int32_t number = 0;

    for (int32_t q = 0; q < p; q++)
        number += part_of(rank, q)->is_pair;
    return number;
}

double wks_round_rank_key(const wks_round_rank *rank, int32_t p, const entry *of)
{
    if (part_of(rank, p)->is_pair) return rank->pair_key[(size_t)pair_number(rank, p) * (size_t)rank->n_candidates + (size_t)of->candidate];
    return rank->pool->key[(size_t)p * (size_t)rank->pool->n + (size_t)of->seeker];
}

static wks_part_ranking ranking_of(const wks_round_rank *rank, int32_t advert)
{
    return rank->month->rules->channel[rank->board->advert[advert].channel].ranking;
}

static uint64_t lot_of(const wks_round_rank *rank, int32_t advert, int32_t seeker)
{
    return wks_part_lot(rank->month->world, rank->pool->seeker[seeker].key, rank->board->place[advert].unit_key);
}

static uint64_t drawn_lot(const wks_round_rank *rank, int32_t advert, entry *of)
{
    if (of->lot == 0) of->lot = lot_of(rank, advert, of->seeker);
    return of->lot;
}

/* Equal in place: the other parts, the lot, and the key. */
static bool goes_first_rest(const wks_round_rank *rank, int32_t advert, entry *a, entry *b)
{
    if (ranking_of(rank, advert) == WKS_PART_BY_RULES) {
        for (int32_t p = rank->pool->n_leading; p < rank->month->rules->set->n_order; p++) {
            const double key_a = wks_round_rank_key(rank, p, a), key_b = wks_round_rank_key(rank, p, b);
            if (key_a > key_b) return true;
            if (key_a < key_b) return false;
        }
    }
    const uint64_t lot_a = drawn_lot(rank, advert, a), lot_b = drawn_lot(rank, advert, b);
    if (lot_a != lot_b) return lot_a > lot_b;
    return rank->pool->seeker[a->seeker].key < rank->pool->seeker[b->seeker].key;
}

static inline bool goes_first(const wks_round_rank *rank, int32_t advert, entry *a, entry *b)
{
    if (a->place != b->place) return a->place > b->place;
    return goes_first_rest(rank, advert, a, b);
}

/* ---- keys ------------------------------------------------------------------------------------------------------------------------ */

typedef struct computing {
    const wks_round_month *month;
    const wks_round_pool *pool;
    int32_t part;
} computing;

static void compute_seekers(int64_t begin, int64_t end, int64_t block, void *context)
{
    const computing *self = context;
    double *key = &self->pool->key[(size_t)self->part * (size_t)self->pool->n];

    (void)block;
    for (int64_t s = begin; s < end; s++)
        key[s] = compute(self->month, self->part, self->pool->seeker[s].row, NULL);
}

static int by_value(const void *left, const void *right)
{
    const double *a = left, *b = right;

    return (*a > *b) - (*a < *b);
}

static size_t slot_of(const double *value, const int32_t *table, size_t size, double wanted)
{
    size_t at = (size_t)(wks_rng_pair_key(wks_columns_bits(wanted), 0)) & (size - 1);

    while (table[at] >= 0 && (value[table[at]] < wanted || value[table[at]] > wanted))
        at = (at + 1) & (size - 1);
    return at;
}

/* Months, points and yes or no are whole numbers close together: counted, not compared. Returns whether they are, and the least and largest. */
static bool are_whole(const double *key, int32_t n, double *out_least, double *out_largest)
{
    static const double MOST = 1e6;
    double low = MOST, high = -MOST;
    bool whole = true;

    for (int32_t i = 0; i < n; i++) {
        const double bounded = key[i] > -MOST && key[i] < MOST ? key[i] : 0.5;
        whole = whole && !((double)(int32_t)bounded < bounded || (double)(int32_t)bounded > bounded); /* false for the 0.5 */
        low = bounded < low ? bounded : low;
        high = bounded > high ? bounded : high;
    }
    *out_least = low;
    *out_largest = high;
    return whole && n > 0 && high - low < 64.0 + 2.0 * n;
}

/* As order_values for such keys; `table` has room for them. */
static int32_t count_values(const double *key, int32_t n, double low, double high, int32_t *table, int32_t *out_rank)
{
    const int32_t first = (int32_t)low, n_table = (int32_t)(high - low) + 1;
    int32_t n_values = 0;

    memset(table, 0, (size_t)n_table * sizeof *table);
    for (int32_t i = 0; i < n; i++)
        table[(int32_t)key[i] - first] = 1;
    for (int32_t v = 0; v < n_table; v++) {
        const int32_t is_there = table[v];
        table[v] = n_values;
        n_values += is_there;
    }
    for (int32_t i = 0; i < n; i++)
        out_rank[i] = table[(int32_t)key[i] - first];
    return n_values;
}

/* The different values among n keys, in order; out_rank[i] becomes the index of key[i] among them. Returns how many; -1 without memory. */
static int32_t order_values(wks_round *round, const double *key, int32_t n, int32_t *out_rank, wks_err *err)
{
    size_t size = 64;
    int32_t n_values = 0;
    double low, high;

    while (size < 64 + 2 * (size_t)n)
        size *= 2;
    double *value = wks_round_buffer(round, WKS_ROUND_SLOT_VALUES, (size_t)n, sizeof *value, err);
    int32_t *table = wks_round_buffer(round, WKS_ROUND_SLOT_VALUE_TABLE, size, sizeof *table, err);
    if (value == NULL || table == NULL) return -1;
    if (are_whole(key, n, &low, &high)) return count_values(key, n, low, high, table, out_rank);
    memset(table, 0xff, size * sizeof *table);
    for (int32_t i = 0; i < n; i++) {
        const size_t at = slot_of(value, table, size, key[i]);
        if (table[at] < 0) {
            value[n_values] = key[i];
            table[at] = n_values++;
        }
    }
    if (n_values > 1) qsort(value, (size_t)n_values, sizeof *value, by_value);
    memset(table, 0xff, size * sizeof *table);
    for (int32_t i = 0; i < n_values; i++)
        table[slot_of(value, table, size, value[i])] = i;
    for (int32_t i = 0; i < n; i++)
        out_rank[i] = table[slot_of(value, table, size, key[i])];
    return n_values;
}

/* One number a seeker that orders like the leading parts together: the ranks of their values as digits. */
static wks_status make_places(wks_round_month *month, wks_round_pool *pool, wks_err *err)
{
    wks_round *round = month->round;
    const int32_t n = pool->n, n_order = month->rules->set->n_order;
    int32_t *digit = wks_round_buffer(round, WKS_ROUND_SLOT_VALUE_RANK, (size_t)n, sizeof *digit, err);
    uint64_t n_places = 1;

    pool->place = wks_round_buffer(round, WKS_ROUND_SLOT_RANK_PLACE, (size_t)n, sizeof *pool->place, err);
    if (digit == NULL || pool->place == NULL) return WKS_ERR_NOMEM;
    for (int32_t s = 0; s < n; s++)
        pool->place[s] = 0;
    for (int32_t p = 0; p < n_order && !order_part(month, p)->is_pair; p++) {
        const int32_t n_values = order_values(round, &pool->key[(size_t)p * (size_t)n], n, digit, err);
        if (n_values < 0) return WKS_ERR_NOMEM;
        if (n_values > 0 && n_places > (UINT64_MAX >> 1) / (uint64_t)n_values) break; /* the others are compared one by one */
        for (int32_t s = 0; s < n; s++)
            pool->place[s] = pool->place[s] * (uint64_t)n_values + (uint64_t)digit[s];
        n_places *= n_values > 0 ? (uint64_t)n_values : 1;
        pool->n_leading = p + 1;
    }
    return WKS_OK;
}

wks_status wks_round_rank_pool(wks_round_month *month, wks_round_pool *pool, wks_err *err)
{
    const int32_t n_order = month->rules->set->n_order;

    pool->n_leading = 0;
    pool->key = wks_round_buffer(month->round, WKS_ROUND_SLOT_KEYS, (size_t)n_order * (size_t)pool->n, sizeof *pool->key, err);
    if (pool->key == NULL) return WKS_ERR_NOMEM;
    for (int32_t p = 0; p < n_order; p++) {
        computing self = {month, pool, p};
        if (!order_part(month, p)->is_pair) wks_par_for(pool->n, SEEKER_BLOCK, month->world->threads, compute_seekers, &self);
    }
    return make_places(month, pool, err);
}

static wks_status make_pair_keys(wks_round_rank *rank, wks_err *err)
{
    int32_t n_pairs = 0;

    for (int32_t p = 0; p < rank->month->rules->set->n_order; p++)
        n_pairs += part_of(rank, p)->is_pair;
    rank->pair_key = wks_round_buffer(rank->month->round, WKS_ROUND_SLOT_PAIR_KEYS, (size_t)n_pairs * (size_t)rank->n_candidates,
                                      sizeof *rank->pair_key, err);
    return rank->pair_key == NULL ? WKS_ERR_NOMEM : WKS_OK;
}

/* ---- the first of every advert ------------------------------------------------------------------------------------------------------ */

static inline entry entry_of(const wks_round_rank *rank, int32_t advert, int32_t candidate, wks_part_ranking by)
{
    const int32_t seeker = rank->lists->candidate[candidate];
    uint64_t place = 0;

    switch (by) {
    case WKS_PART_BY_RULES: place = rank->pool->place[seeker]; break;
    case WKS_PART_BY_LOT: place = lot_of(rank, advert, seeker); break;
    case WKS_PART_BY_SPEED:
        place = wks_part_speed(rank->month->world, rank->pool->seeker[seeker].key, rank->board->place[advert].unit_key);
        break;
    case WKS_PART_BY_WAIT: place = (uint64_t)((int64_t)INT32_MAX - rank->pool->seeker[seeker].since_month); break;
    }
    return (entry){.place = place, .seeker = seeker, .candidate = candidate};
}

static void compute_pairs(const wks_round_rank *rank, int32_t advert)
{
    int32_t number = 0;

    for (int32_t p = 0; p < rank->month->rules->set->n_order; p++) {
        if (!part_of(rank, p)->is_pair) continue;
        double *key = &rank->pair_key[(size_t)number++ * (size_t)rank->n_candidates];
        for (int32_t i = rank->lists->start[advert]; i < rank->lists->start[advert + 1]; i++)
            key[i] = compute(rank->month, p, rank->pool->seeker[rank->lists->candidate[i]].row, &rank->board->advert[advert]);
    }
}

static void insert(const wks_round_rank *rank, int32_t advert, entry *top, int32_t *n_top, entry *new)
{
    int32_t i = *n_top < TOP ? (*n_top)++ : TOP - 1;

    while (i > 0 && goes_first(rank, advert, new, &top[i - 1])) {
        top[i] = top[i - 1];
        i--;
    }
    top[i] = *new;
}

static void rank_adverts(int64_t begin, int64_t end, int64_t block, void *context)
{
    const wks_round_rank *rank = context;

    (void)block;
    for (int32_t a = (int32_t)begin; a < (int32_t)end; a++) {
        const wks_part_ranking by = ranking_of(rank, a);
        entry *top = &rank->top[(size_t)a * TOP];
        int32_t n_top = 0;
        if (by == WKS_PART_BY_RULES) compute_pairs(rank, a);
        for (int32_t i = rank->lists->start[a]; i < rank->lists->start[a + 1]; i++) {
            const bool is_full = n_top == TOP;
            if (is_full && by == WKS_PART_BY_RULES && rank->pool->place[rank->lists->candidate[i]] < top[TOP - 1].place) continue;
            entry new = entry_of(rank, a, i, by);
            if (is_full && (new.place < top[TOP - 1].place || !goes_first(rank, a, &new, &top[TOP - 1]))) continue;
            insert(rank, a, top, &n_top, &new);
        }
    }
}

wks_status wks_round_rank_open(wks_round_month *month, const wks_round_pool *pool, const wks_round_board *board,
                               const wks_round_lists *lists, wks_round_rank *out, wks_err *err)
{
    wks_status rc = WKS_OK;

    *out = (wks_round_rank){.month = month, .pool = pool, .board = board, .lists = lists, .n_candidates = lists->start[board->n]};
    WKS_TRY(make_pair_keys(out, err));
    out->top = wks_round_buffer(month->round, WKS_ROUND_SLOT_TOP, (size_t)board->n * TOP, sizeof *out->top, err);
    if (out->top == NULL) return WKS_ERR_NOMEM;
    wks_par_for(board->n, BLOCK, month->world->threads, rank_adverts, out);
out:
    return rc;
}

/* ---- one advert ---------------------------------------------------------------------------------------------------------------------- */

void wks_round_rank_take(wks_round_rank *rank, int32_t advert)
{
    rank->advert = advert;
    rank->n = rank->lists->start[advert + 1] - rank->lists->start[advert];
    rank->n_taken = 0;
    rank->n_heap = 0;
    rank->heap = NULL;
}

static void sift(wks_round_rank *rank, int32_t i)
{
    entry moving = rank->heap[i];

    for (;;) {
        int32_t child = 2 * i + 1;
        if (child >= rank->n_heap) break;
        if (child + 1 < rank->n_heap && goes_first(rank, rank->advert, &rank->heap[child + 1], &rank->heap[child])) child++;
        if (!goes_first(rank, rank->advert, &rank->heap[child], &moving)) break;
        rank->heap[i] = rank->heap[child];
        i = child;
    }
    rank->heap[i] = moving;
}

/* All that are not at the top. */
static wks_status make_heap(wks_round_rank *rank, wks_err *err)
{
    entry *last = &rank->top[(size_t)rank->advert * TOP + TOP - 1];
    const wks_part_ranking by = ranking_of(rank, rank->advert);

    rank->heap = wks_round_buffer(rank->month->round, WKS_ROUND_SLOT_HEAP, (size_t)rank->n, sizeof *rank->heap, err);
    if (rank->heap == NULL) return WKS_ERR_NOMEM;
    for (int32_t i = rank->lists->start[rank->advert]; i < rank->lists->start[rank->advert + 1]; i++) {
        entry candidate = entry_of(rank, rank->advert, i, by);
        if (i != last->candidate && goes_first(rank, rank->advert, last, &candidate)) rank->heap[rank->n_heap++] = candidate;
    }
    for (int32_t i = rank->n_heap / 2 - 1; i >= 0; i--)
        sift(rank, i);
    return WKS_OK;
}

/* The best that is not taken yet; NULL when there is none (or no memory: *rc). */
static const entry *first_left(wks_round_rank *rank, wks_status *rc, wks_err *err)
{
    if (rank->n_taken >= rank->n) return NULL;
    if (rank->n_taken < TOP) return &rank->top[(size_t)rank->advert * TOP + (size_t)rank->n_taken];
    if (rank->heap == NULL) *rc = make_heap(rank, err);
    return *rc == WKS_OK ? &rank->heap[0] : NULL;
}

wks_status wks_round_rank_next(wks_round_rank *rank, entry *out, bool *out_is_none, wks_err *err)
{
    wks_status rc = WKS_OK;
    const entry *first = first_left(rank, &rc, err);

    *out_is_none = first == NULL;
    if (first == NULL) return rc;
    *out = *first;
    if (rank->n_taken++ < TOP) return WKS_OK;
    rank->heap[0] = rank->heap[--rank->n_heap];
    if (rank->n_heap > 0) sift(rank, 0);
    return WKS_OK;
}

wks_status wks_round_rank_decider(wks_round_rank *rank, const entry *of, int32_t *out_part, wks_err *err)
{
    wks_status rc = WKS_OK;
    const entry *next = first_left(rank, &rc, err);

    *out_part = WKS_NONE;
    if (next == NULL) return rc;
    *out_part = WKS_LETTING_BY_LOT;
    if (wks_round_rank_by(rank) == WKS_PART_BY_WAIT && of->place != next->place) *out_part = WKS_LETTING_BY_WAIT;
    if (wks_round_rank_by(rank) == WKS_PART_BY_SPEED && of->place != next->place) *out_part = WKS_LETTING_BY_SPEED;
    if (wks_round_rank_by(rank) != WKS_PART_BY_RULES) return rc;
    for (int32_t p = 0; p < rank->month->rules->set->n_order; p++) {
        const double mine = wks_round_rank_key(rank, p, of), theirs = wks_round_rank_key(rank, p, next);
        if (!(mine < theirs) && !(mine > theirs)) continue;
        *out_part = p;
        break;
    }
    return rc;
}

wks_part_ranking wks_round_rank_by(const wks_round_rank *rank)
{
    return ranking_of(rank, rank->advert);
}

int32_t wks_round_rank_candidate(const wks_round_rank *rank, int32_t i)
{
    return rank->lists->candidate[rank->lists->start[rank->advert] + i];
}
