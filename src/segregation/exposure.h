/* Isolation and exposure. */
#ifndef WKS_SEGREGATION_EXPOSURE_H
#define WKS_SEGREGATION_EXPOSURE_H

#include <stddef.h>

/** Isolation xPx = sum_i (x_i/X)(x_i/t_i), in [P, 1]. NaN if the group is empty.
 *  @param x,t  n counts of the group and of everybody (x_i <= t_i, finite, >= 0); areas with t_i = 0 have no weight. O(n). Source: Bell (1954), Lieberson (1981). */
double wks_exposure_isolation(const double *x, const double *t, size_t n);

#endif
