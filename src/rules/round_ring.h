/* What a seeker sees of the adverts: a sample of those it may react to, drawn so that it hardly changes when adverts come and go. Every advert stands at
 * several drawn points of a circle; a seeker draws points, and sees the eligible advert that comes next. */
#ifndef WKS_RULES_ROUND_RING_H
#define WKS_RULES_ROUND_RING_H

#include "rules/round_state.h"

enum { WKS_ROUND_RING_SPARE = 3 };

/* Points sorted by place, then unit key; one array a property, as they are read in different loops. */
typedef struct wks_round_ring {
    const uint32_t *at;           /* place on the circle; WKS_ROUND_RING_SPARE more at the end, the largest there is */
    const int32_t *advert, *kind; /* which advert stands there; its kind */
    const int32_t *bucket;        /* first point of each of the 2^bits parts of the circle */
    int32_t n, bits;
} wks_round_ring;

/** Points an advert has on the ring when there are n adverts: 16, fewer when they are very many. */
int32_t wks_round_ring_points(int32_t n);
wks_status wks_round_ring_make(wks_round_month *month, const wks_round_board *board, wks_round_ring *out, wks_err *err);
/** Index of the first point at or after `at` (cyclic). The first steps without jumps: a part of the circle has a point or two. */
static inline int32_t wks_round_ring_find(const wks_round_ring *ring, uint32_t at)
{
    int32_t i = ring->bucket[at >> (32 - ring->bits)];

    i += ring->at[i] < at;
    i += ring->at[i] < at;
    i += ring->at[i] < at;
    while (i < ring->n && ring->at[i] < at)
        i++;
    return i >= ring->n ? 0 : i;
}

#endif
