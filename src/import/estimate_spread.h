/* Spreading the figure of a gemeente and of its wijken over buurten so that it adds up. */
#ifndef WKS_IMPORT_ESTIMATE_SPREAD_H
#define WKS_IMPORT_ESTIMATE_SPREAD_H

#include <stdbool.h>
#include <stdint.h>

/* One buurt: amount = base * inverse link of (eta + intercept), within [low, high]. */
typedef struct wks_estimate_spread_item {
    int32_t wijk; /* index in wijk_total; items of a wijk lie together */
    double base, eta, low, high;
    double amount; /* out */
    double shift;  /* work: intercept of its wijk */
} wks_estimate_spread_item;

/** Gives every item its amount. Each wijk with a total (not NaN) gets an intercept with which its items add up to it; the items of the other wijken
 *  share one, from what is left of `total`, or else that of the known wijken together; then all are shifted together (on the scale of
 *  the link, so that shares stay within 0 and 1) to add up to `total`. So the gemeente wins where wijken disagree with it, and wijken of
 *  another year keep their pattern. Bounds hold always; where they forbid a total the amounts stop at them. `total` NaN: the wijken
 *  only. `is_log`: link is the logarithm, else the logit. Deterministic; O(n * 60). */
void wks_estimate_spread(wks_estimate_spread_item *item, int32_t n, bool is_log, const double *wijk_total, double total);

/** Makes the amounts whole: first the sums of wijken, then the items in them, by largest remainders within the bounds (ties: the first), so that
 *  they add up to `total` (NaN: the rounded sum) and every wijk is off by less than one from its sum before. `work` has room for n. */
void wks_estimate_spread_whole(wks_estimate_spread_item *item, int32_t n, wks_estimate_spread_item *work, double total);

#endif
