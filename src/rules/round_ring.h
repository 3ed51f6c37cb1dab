/* What a seeker sees of the adverts: a sample of those it may react to, drawn so that it hardly changes when adverts come and go. Every advert stands at
 * several drawn points of a circle; a seeker draws points, and sees the eligible advert that comes next. */
#ifndef WKS_RULES_ROUND_RING_H
#define WKS_RULES_ROUND_RING_H

#include "rules/round_state.h"

typedef struct wks_round_ring_point {
    uint32_t at;
    int32_t advert, kind; /* which advert; its kind */
} wks_round_ring_point;

typedef struct wks_round_ring {
    const wks_round_ring_point *point; /* sorted by place, then unit key */
    const int32_t *bucket;             /* first point of each of the 2^bits parts of the circle */
    int32_t n, bits;
} wks_round_ring;

/** Points an advert has on the ring when there are n adverts: 16, fewer when they are very many. */
int32_t wks_round_ring_points(int32_t n);
wks_status wks_round_ring_make(wks_round_month *month, const wks_round_board *board, wks_round_ring *out, wks_err *err);
/** Index of the first point at or after `at` (cyclic). */
int32_t wks_round_ring_find(const wks_round_ring *ring, uint32_t at);

#endif
