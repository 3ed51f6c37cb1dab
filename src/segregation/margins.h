/* The sums of one group against the rest that every index of the two starts from. */
#ifndef WKS_SEGREGATION_MARGINS_H
#define WKS_SEGREGATION_MARGINS_H

#include <stdbool.h>
#include <stddef.h>

enum { WKS_MARGINS_BLOCK = 4096, WKS_MARGINS_MOST_BLOCKS = 64 }; /* of areas, as wks_par_block_size(n, WKS_MARGINS_BLOCK) makes them */

typedef struct wks_margins {
    double x, y, t; /* the group, the rest (summed by itself: exact where one of the two is small), everybody */
    double p, q;    /* x/t, y/t */
} wks_margins;

/** Sums of x_i, t_i - x_i, t_i. The same bits for any number of threads. O(n), no allocation. */
wks_margins wks_margins_of(const double *x, const double *t, size_t n, int threads);
/** True when neither the group nor the rest is empty: only then are indices of the two defined. */
bool wks_margins_are_two(const wks_margins *margins);

/** log(part_i/expected_i) to full precision also where the two are nearly equal; 0 where part_i = 0 (such cells carry no logarithm). part_i > 0 needs
 *  expected_i > 0. @param out  n, not overlapping */
void wks_margins_log_ratio(const double *restrict part, const double *restrict expected, size_t n, double *restrict out);

#endif
