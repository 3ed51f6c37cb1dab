/* The Gini coefficient of segregation. */
#ifndef WKS_SEGREGATION_GINI_H
#define WKS_SEGREGATION_GINI_H

#include <stddef.h>

/** An area, to be put in the order of the group's share. */
typedef struct wks_gini_area {
    double share, total;
} wks_gini_area;

/** G = sum_ij t_i t_j |p_i - p_j| / (2 T^2 P (1 - P)), the area between the segregation (Lorenz) curve and the diagonal; in [0, 1].
 *  NaN if the group or the rest is empty. O(n): areas are sorted by share with a radix sort.
 *  @param x,t      n counts of the group and of everybody (x_i <= t_i, finite, >= 0); areas with t_i = 0 have no weight
 *  @param scratch  2 n areas
 *  The same bits as wks_evenness_of. Source: Gini (1921), Duncan & Duncan (1955), James & Taeuber (1985). */
double wks_gini_coefficient(const double *x, const double *t, size_t n, wks_gini_area *scratch);

#endif
