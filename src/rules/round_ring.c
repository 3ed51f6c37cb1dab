#include "rules/round_ring.h"

#include <string.h>

enum { USUAL = 16, LEAST = 4, MANY = 4096 };

/* As a point while sorting: unit keys decide between equal places. */
typedef struct keyed {
    uint64_t unit_key;
    uint32_t at;
    int32_t advert;
} keyed;

int32_t wks_round_ring_points(int32_t n)
{
    return n <= MANY / USUAL ? USUAL : n <= MANY / (USUAL / 2) ? USUAL / 2 : LEAST;
}

static bool goes_before(const keyed *a, const keyed *b)
{
    return a->at != b->at ? a->at < b->at : a->unit_key < b->unit_key;
}

static int32_t fill(const wks_round_month *month, const wks_round_board *board, keyed *out)
{
    const wks_world *world = month->world;
    const int32_t per_advert = wks_round_ring_points(board->n);
    int32_t n = 0;

    for (int32_t i = 0; i < board->n; i++) {
        wks_rng rng = wks_rng_open(&world->seed, board->place[i].unit_key, (uint32_t)world->tick, WKS_RNG_ALLOC_ADVERT);
        for (int32_t k = 0; k < per_advert; k++)
            out[n++] = (keyed){board->place[i].unit_key, wks_rng_u32(&rng), i};
    }
    return n;
}

/* Points are uniform: counting them into the parts of the circle and sorting the few of each part is linear. */
static void sort(const keyed *in, int32_t n, int32_t bits, int32_t *bucket, keyed *out)
{
    const int32_t n_parts = INT32_C(1) << bits;

    memset(bucket, 0, ((size_t)n_parts + 2) * sizeof *bucket);
    for (int32_t i = 0; i < n; i++)
        bucket[(in[i].at >> (32 - bits)) + 2]++;
    for (int32_t b = 0; b < n_parts; b++)
        bucket[b + 2] += bucket[b + 1];
    for (int32_t i = 0; i < n; i++)
        out[bucket[(in[i].at >> (32 - bits)) + 1]++] = in[i];
    for (int32_t i = 1; i < n; i++) { /* the parts are in order: nothing moves far */
        const keyed moving = out[i];
        int32_t k = i;
        while (k > 0 && goes_before(&moving, &out[k - 1])) {
            out[k] = out[k - 1];
            k--;
        }
        out[k] = moving;
    }
}

wks_status wks_round_ring_make(wks_round_month *month, const wks_round_board *board, wks_round_ring *out, wks_err *err)
{
    const size_t most = (size_t)board->n * (size_t)wks_round_ring_points(board->n);
    keyed *drawn = wks_round_buffer(month->round, WKS_ROUND_SLOT_RING_DRAWN, most, sizeof *drawn, err);
    keyed *sorted = wks_round_buffer(month->round, WKS_ROUND_SLOT_RING_SORTED, most, sizeof *sorted, err);
    uint32_t *at = wks_round_buffer(month->round, WKS_ROUND_SLOT_RING, most + WKS_ROUND_RING_SPARE, sizeof *at, err);
    int32_t *which = wks_round_buffer(month->round, WKS_ROUND_SLOT_RING_ADVERT, 2 * most + 1, sizeof *which, err);
    int32_t bits = 4, *bucket;

    if (drawn == NULL || sorted == NULL || at == NULL || which == NULL) return WKS_ERR_NOMEM;
    const int32_t n = fill(month, board, drawn);
    while (bits < 20 && (INT32_C(1) << bits) < n)
        bits++;
    bucket = wks_round_buffer(month->round, WKS_ROUND_SLOT_RING_BUCKET, ((size_t)1 << bits) + 2, sizeof *bucket, err);
    if (bucket == NULL) return WKS_ERR_NOMEM;
    sort(drawn, n, bits, bucket, sorted);
    for (int32_t i = 0; i < n; i++) {
        at[i] = sorted[i].at;
        which[i] = sorted[i].advert;
        which[n + i] = board->kind[sorted[i].advert];
    }
    for (int32_t i = 0; i < WKS_ROUND_RING_SPARE; i++)
        at[n + i] = UINT32_MAX;
    *out = (wks_round_ring){at, which, which + n, bucket, n, bits};
    return WKS_OK;
}
