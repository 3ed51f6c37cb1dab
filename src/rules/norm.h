/* Pacing of yearly norms, so that none is used up in January and none piles up in December. Two kinds of norm, one rule each:
 *
 *   a share of what is let   at most norm x n of the first n lettings of the year: after *every* letting the count is at most norm x n. Rounded down (law:
 *                            the norm is never passed, not even early in the year) or up (agreements: the first letting need not wait for 1 / norm others).
 *   a number in a period     of every window of m months that ends now, m = 1 .. period: at most ceil(norm x m / period). With 1 in 12 months the next comes
 *                            12 months later; with 6 in 12 months never two in a month. Not paced: only the window of the whole period counts. */
#ifndef WKS_RULES_NORM_H
#define WKS_RULES_NORM_H

#include <stdbool.h>
#include <stdint.h>

typedef enum wks_norm_rounding { WKS_NORM_DOWN, WKS_NORM_UP } wks_norm_rounding;

/** Whether `count` of `total` lettings, the one in question included in both, keeps to a share. UP: count < share * total + 1, so that share 0 allows none
 *  and share 1 all. O(1). */
bool wks_norm_share_holds(double share, int32_t count, int32_t total, wks_norm_rounding rounding);

/** Most lettings in m of `period` months of a norm (number in a period, >= 0, need not be whole): ceil(norm * m / period), INT32_MAX at most. */
int32_t wks_norm_most(double norm, int32_t m, int32_t period);

/** Whether `more` lettings may be done in month `now`. `in_month` holds the counts of a ring of `period` months: month x at index (x modulo period) *
 *  stride; now >= period. O(period). */
bool wks_norm_pace_holds(double norm, int32_t more, const int32_t *in_month, int32_t stride, int32_t period, int32_t now, bool is_paced);

#endif
