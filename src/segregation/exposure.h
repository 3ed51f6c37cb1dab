/* Isolation and exposure: whom members of a group have around them. */
#ifndef WKS_SEGREGATION_EXPOSURE_H
#define WKS_SEGREGATION_EXPOSURE_H

#include <stddef.h>

#include "segregation/table.h"

/** Isolation xPx = sum_i (x_i/X)(x_i/t_i), in [P, 1]. NaN if the group is empty.
 *  @param x,t  n counts of the group and of everybody (x_i <= t_i, finite, >= 0); areas with t_i = 0 have no weight. O(n), no allocation.
 *  Source: Bell (1954), Lieberson (1981). */
double wks_exposure_isolation(const double *x, const double *t, size_t n);

/** Exposure xPy = sum_i (x_i/X)(y_i/t_i) to a second group, t_i over all groups; in [0, 1]. NaN if the first group is empty. O(n), no allocation.
 *  With y = x it is the isolation. The same bits for any number of threads. */
double wks_exposure_to(const double *x, const double *y, const double *t, size_t n, int threads);

/** xPx_exact = sum_i (x_i/X)((x_i - 1)/(t_i - 1)): oneself not counted among those one meets; in [0, 1] for whole counts. An area of one person
 *  adds nothing (0/0 = 0: there x_i - 1 = 0), nor does a fractional t_i < 1. NaN if the group is empty or no area has more than one person. */
double wks_exposure_isolation_exact(const double *x, const double *t, size_t n, int threads);

/** One group: itself and each group. @param out_to  n_groups values xPy (its own place: xPx), or NULL */
typedef struct wks_exposure {
    double isolation, isolation_exact;
} wks_exposure;
void wks_exposure_of(const wks_table *table, size_t group, int threads, wks_exposure *out, double *out_to);

#endif
