/* Segregation of one group against the rest, on counts of areas. Definitions: docs/odd.md, section measure. */
#ifndef WKS_SEGREGATION_EVENNESS_H
#define WKS_SEGREGATION_EVENNESS_H

#include <stddef.h>

/** Index of dissimilarity D = 1/2 sum_i |x_i/X - y_i/Y|, y_i = t_i - x_i; in [0, 1]. NaN if the group or the rest is empty.
 *  @param x,t  n counts of the group and of everybody (x_i <= t_i, finite, >= 0); areas with t_i = 0 have no weight. O(n).
 *  Source: Duncan & Duncan (1955). Biased upward in small units: see baseline.h. */
double wks_evenness_dissimilarity(const double *x, const double *t, size_t n);

/** Information theory index H = 1 - sum_i t_i E_i / (T E), E = -P log P - (1 - P) log(1 - P), natural logarithms, 0 log 0 = 0; in [0, 1].
 *  NaN if E = 0 (the group or the rest is empty). Counts as above. O(n), two logarithms an area. Source: Theil (1972). */
double wks_evenness_theil(const double *x, const double *t, size_t n);

#endif
