/* Centralization (Massey & Denton): nearness to the centre. The centre is the unweighted mean of the coordinates of the areas that take part: those with
 * residents and a place (x and y finite). Areas at the same distance from it count as one. */
#ifndef WKS_SEGREGATION_CENTRALIZATION_H
#define WKS_SEGREGATION_CENTRALIZATION_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/** Areas from the centre outwards; ring[k] numbers the distance of row[k] (equal ones share a number; 0, 1, ...). Distances are equal when they differ
 *  by less than 1e-10 of the largest, or than the last digits of the coordinates: mirror images stay so after rounding. */
typedef struct wks_centralization_order {
    size_t n;
    int32_t *row, *ring;
} wks_centralization_order;

/** Made once for all groups. t: n residents of each area. O(n log n). WKS_ERR_NOMEM. */
wks_status wks_centralization_order_make(const double *x, const double *y, const double *t, size_t n, wks_centralization_order *out,
                                         wks_err *err);
void wks_centralization_order_free(wks_centralization_order *order);

/** ACE = sum_i X_{i-1} A_i - sum_i X_i A_{i-1}, X_i and A_i the shares of the group and of all land in the areas up to distance i: in [-1, 1], above 0 if
 *  the group lives nearer to the centre than land lies, 0 if it is as land. NaN if the group is absent or there is no land; 0 if all areas lie
 *  equally far. Areas without a size (not finite, or below 0) are left out here (not of the centre).
 *  @param x  counts of the group (indexed by row)
 *  O(n). Source: Massey & Denton (1988). */
double wks_centralization_absolute(const double *x, const double *size, const wks_centralization_order *order);

/** RCE = sum_i X_{i-1} Y_i - sum_i X_i Y_{i-1}, Y_i the share of all others up to distance i: in [-1, 1], the share of the group that would have to move
 *  to be as central as the others; above 0 if it is nearer to the centre. NaN if the group or the rest is absent.
 *  @param x,t  counts of the group and of everybody
 *  O(n). Source: Duncan & Duncan (1955b); Massey & Denton (1988). */
double wks_centralization_relative(const double *x, const double *t, const wks_centralization_order *order);

#endif
