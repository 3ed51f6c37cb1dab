#include "rules/round_ring.h"

#include <stdlib.h>

enum { USUAL = 16, LEAST = 4, MANY = 8192, WORDS = 4 };

/* As a point while sorting: unit keys decide between equal places. */
typedef struct keyed {
    uint64_t unit_key;
    wks_round_ring_point point;
} keyed;

int32_t wks_round_ring_points(int32_t n)
{
    return n <= MANY / USUAL ? USUAL : n <= MANY / (USUAL / 2) ? USUAL / 2 : LEAST;
}

static int by_place(const void *left, const void *right)
{
    const keyed *a = left, *b = right;

    if (a->point.at != b->point.at) return a->point.at < b->point.at ? -1 : 1;
    return (a->unit_key > b->unit_key) - (a->unit_key < b->unit_key);
}

static int32_t fill(const wks_round_month *month, const wks_round_board *board, keyed *out)
{
    const wks_world *world = month->world;
    const int32_t per_advert = wks_round_ring_points(board->n);
    int32_t n = 0;

    for (int32_t i = 0; i < board->n; i++) {
        wks_rng rng = wks_rng_open(&world->seed, board->place[i].unit_key, (uint32_t)world->tick, WKS_RNG_ALLOC_ADVERT);
        for (int32_t k = 0; k < per_advert; k++) out[n++] = (keyed){board->place[i].unit_key, {wks_rng_u32(&rng), i}};
    }
    return n;
}

wks_status wks_round_ring_make(wks_round_month *month, const wks_round_board *board, wks_round_ring *out, wks_err *err)
{
    const size_t most = (size_t)board->n * (size_t)wks_round_ring_points(board->n);
    keyed *sorted = wks_round_buffer(month->round, WKS_ROUND_SLOT_HEAP, most, sizeof *sorted, err);
    wks_round_ring_point *point = wks_round_buffer(month->round, WKS_ROUND_SLOT_RING, most, sizeof *point, err);
    int32_t bits = 4, *bucket, b = 0;

    if (sorted == NULL || point == NULL) return WKS_ERR_NOMEM;
    const int32_t n = fill(month, board, sorted);
    qsort(sorted, (size_t)n, sizeof *sorted, by_place);
    for (int32_t i = 0; i < n; i++) point[i] = sorted[i].point;
    while (bits < 20 && (INT32_C(1) << bits) < n) bits++;
    bucket = wks_round_buffer(month->round, WKS_ROUND_SLOT_RING_BUCKET, ((size_t)1 << bits) + 1, sizeof *bucket, err);
    if (bucket == NULL) return WKS_ERR_NOMEM;
    for (int32_t i = 0; i < n; i++) {
        const int32_t of_point = (int32_t)(point[i].at >> (32 - bits));
        while (b <= of_point) bucket[b++] = i;
    }
    while (b <= INT32_C(1) << bits) bucket[b++] = n;
    *out = (wks_round_ring){point, bucket, n, bits};
    return WKS_OK;
}

int32_t wks_round_ring_find(const wks_round_ring *ring, uint32_t at)
{
    int32_t i = ring->bucket[at >> (32 - ring->bits)];

    while (i < ring->n && ring->point[i].at < at) i++;
    return i == ring->n ? 0 : i;
}
