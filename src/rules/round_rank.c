#include "rules/round_rank.h"

#include <math.h>

typedef wks_round_rank_entry entry;

static const wks_order_part *part_of(const wks_round_rank *rank, int32_t p)
{
    return rank->month->rules->set->order[p].spec->implementation;
}

/* NaN goes last. */
static double compute(const wks_round_rank *rank, int32_t p, int32_t household_row, const wks_advert *advert)
{
    const wks_settings *settings = &rank->month->rules->set->order[p];
    const double key = part_of(rank, p)->key(&rank->month->context, settings, household_row, advert);

    return isnan(key) ? -HUGE_VAL : key;
}

static double key_of(const wks_round_rank *rank, int32_t p, const entry *of)
{
    if (part_of(rank, p)->is_pair) return rank->pair_key[(size_t)p * (size_t)rank->n + (size_t)of->candidate];
    return rank->key[(size_t)p * (size_t)rank->pool->n + (size_t)of->seeker];
}

static uint64_t lot_of(const wks_round_rank *rank, int32_t seeker)
{
    return wks_part_lot(rank->month->world, rank->pool->seeker[seeker].key, rank->unit_key);
}

/* Equal in the first key. */
static bool goes_first_rest(const wks_round_rank *rank, const entry *a, const entry *b)
{
    if (rank->by == WKS_PART_BY_RULES) {
        for (int32_t p = 1; p < rank->month->rules->set->n_order; p++) {
            const double key_a = key_of(rank, p, a), key_b = key_of(rank, p, b);
            if (key_a > key_b) return true;
            if (key_a < key_b) return false;
        }
    }
    const uint64_t lot_a = lot_of(rank, a->seeker), lot_b = lot_of(rank, b->seeker);
    if (lot_a != lot_b) return lot_a > lot_b;
    return rank->pool->seeker[a->seeker].key < rank->pool->seeker[b->seeker].key;
}

static bool goes_first(const wks_round_rank *rank, const entry *a, const entry *b)
{
    if (a->first > b->first) return true;
    if (a->first < b->first) return false;
    return goes_first_rest(rank, a, b);
}

static void sift(wks_round_rank *rank, int32_t i)
{
    const entry moving = rank->heap[i];

    for (;;) {
        int32_t child = 2 * i + 1;
        if (child >= rank->n_left) break;
        if (child + 1 < rank->n_left && goes_first(rank, &rank->heap[child + 1], &rank->heap[child])) child++;
        if (!goes_first(rank, &rank->heap[child], &moving)) break;
        rank->heap[i] = rank->heap[child];
        i = child;
    }
    rank->heap[i] = moving;
}

wks_status wks_round_rank_open(wks_round_month *month, const wks_round_pool *pool, wks_round_rank *out, wks_err *err)
{
    const int32_t n_order = month->rules->set->n_order;

    *out = (wks_round_rank){.month = month, .pool = pool};
    out->key = wks_round_buffer(month->round, WKS_ROUND_SLOT_KEYS, (size_t)n_order * (size_t)pool->n, sizeof *out->key, err);
    if (out->key == NULL) return WKS_ERR_NOMEM;
    for (int32_t p = 0; p < n_order; p++) {
        if (part_of(out, p)->is_pair) continue;
        for (int32_t s = 0; s < pool->n; s++)
            out->key[(size_t)p * (size_t)pool->n + (size_t)s] = compute(out, p, pool->seeker[s].row, NULL);
    }
    return WKS_OK;
}

static double first_key(const wks_round_rank *rank, const entry *of)
{
    switch (rank->by) {
    case WKS_PART_BY_WAIT: return -(double)rank->pool->seeker[of->seeker].since_month;
    case WKS_PART_BY_LOT:
    case WKS_PART_BY_SPEED: return 0.0;
    case WKS_PART_BY_RULES: break;
    }
    return rank->month->rules->set->n_order > 0 ? key_of(rank, 0, of) : 0.0;
}

static void compute_pairs(wks_round_rank *rank, const int32_t *seeker)
{
    for (int32_t p = 0; p < rank->month->rules->set->n_order; p++) {
        if (!part_of(rank, p)->is_pair) continue;
        for (int32_t i = 0; i < rank->n; i++) {
            rank->pair_key[(size_t)p * (size_t)rank->n + (size_t)i] = compute(rank, p, rank->pool->seeker[seeker[i]].row, rank->advert);
        }
    }
}

wks_status wks_round_rank_take(wks_round_rank *rank, const wks_advert *advert, const int32_t *seeker, int32_t n, wks_err *err)
{
    wks_round *round = rank->month->round;
    const int32_t n_order = rank->month->rules->set->n_order;

    rank->advert = advert;
    rank->unit_key = rank->month->world->unit.key[advert->unit_row];
    rank->by = rank->month->rules->channel[advert->channel].ranking;
    rank->n = rank->n_left = n;
    rank->heap = wks_round_buffer(round, WKS_ROUND_SLOT_HEAP, (size_t)n, sizeof *rank->heap, err);
    rank->pair_key = wks_round_buffer(round, WKS_ROUND_SLOT_PAIR_KEYS, (size_t)n_order * (size_t)n, sizeof *rank->pair_key, err);
    if (rank->heap == NULL || rank->pair_key == NULL) return WKS_ERR_NOMEM;
    if (rank->by == WKS_PART_BY_RULES) compute_pairs(rank, seeker);
    for (int32_t i = 0; i < n; i++) {
        rank->heap[i] = (entry){0.0, seeker[i], i};
        rank->heap[i].first = first_key(rank, &rank->heap[i]);
        if (rank->by == WKS_PART_BY_LOT) rank->heap[i].first = wks_rng_unit64(lot_of(rank, seeker[i]));
        if (rank->by == WKS_PART_BY_SPEED)
            rank->heap[i].first = wks_rng_unit64(wks_part_speed(rank->month->world, rank->pool->seeker[seeker[i]].key, rank->unit_key));
    }
    for (int32_t i = n / 2 - 1; i >= 0; i--)
        sift(rank, i);
    return WKS_OK;
}

int32_t wks_round_rank_next(wks_round_rank *rank, wks_round_rank_entry *out)
{
    if (rank->n_left == 0) return WKS_NONE;
    *out = rank->heap[0];
    rank->heap[0] = rank->heap[--rank->n_left];
    if (rank->n_left > 0) sift(rank, 0);
    return out->seeker;
}

int32_t wks_round_rank_decider(const wks_round_rank *rank, const wks_round_rank_entry *of)
{
    if (rank->n_left == 0 || rank->by != WKS_PART_BY_RULES) return WKS_NONE;
    for (int32_t p = 0; p < rank->month->rules->set->n_order; p++) {
        const double mine = key_of(rank, p, of), next = key_of(rank, p, &rank->heap[0]);
        if (mine < next || mine > next) return p;
    }
    return WKS_NONE;
}
