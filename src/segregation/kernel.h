/* Environments by distance: what lives around each area, and the indices made of it (Reardon & O'Sullivan; White).
 * First wks_kernel_around, then wks_kernel_measure on what it gives. Areas without a place (x or y not finite) or without residents are left out of
 * everything, also of the totals. */
#ifndef WKS_SEGREGATION_KERNEL_H
#define WKS_SEGREGATION_KERNEL_H

#include "segregation/place.h"
#include "segregation/table.h"

/** Weight of a distance d >= 0, in [0, 1], 1 at 0: exp(-rate d), 0 where d > max; or (1 - (d/max)^2)^2, 0 where d > max. */
double wks_kernel_weight(const wks_index_kernel *kernel, double distance);

/** Residents around each area, weighted by distance: around[g * n_areas + i] = sum_j c_ij n_gj, c_ij the kernel's weight of the distance between i
 *  and j (straight line, in the unit of the coordinates), c_ii = 1, two areas in one point 1.
 *  @param kernel  exp: rate >= 0, max >= 0, infinite for none; biweight: max > 0 and finite
 *  @param around  room for n_groups * n_areas; NaN for an area left out
 *  O(n log n + n k groups), k the areas within max; exp without max stops where it is 0 in doubles (745/rate), O(n^2 groups) when all lie within that.
 *  The same bits for any number of threads. WKS_ERR_NOMEM.
 *  Source: Reardon & O'Sullivan (2004), the proximity-weighted environment of a point, before it is divided by its sum. */
wks_status wks_kernel_around(const wks_table *table, const double *x, const double *y, const wks_index_kernel *kernel, int threads,
                             double *around, wks_err *err);

/** Of all groups together. With s_ig = around_ig / sum_h around_ih the share of g in the environment of i, P_g its share of all residents, t_i the
 *  residents of i, T their sum. NaN where fewer than two groups are present (SP: where nobody is). */
typedef struct wks_kernel_indices {
    double information;   /* H_spatial = 1 - sum_i t_i E_i / (T E), E_i = -sum_g s_ig log s_ig, E that of P: at most 1.
                             R&O (2004), spatial information theory index */
    double dissimilarity; /* D_spatial = sum_g sum_i t_i |s_ig - P_g| / (2 T I), I = sum_g P_g (1 - P_g): at least 0.
                             It passes 1 where a small group lies amid a large one that lives scattered.
                             Their spatial dissimilarity index */
    double diversity;     /* R_spatial = 1 - sum_i t_i I_i / (T I), I_i = sum_g s_ig (1 - s_ig): at most 1. Their spatial relative
                             diversity index */
    double
        proximity; /* SP = sum_g X_g P_gg / (T P_tt), P_ab = sum_ij a_i b_j c_ij / (A B): 1 where places do not matter, above where a group
                             clusters; not bounded. White (1983), (1986) */
} wks_kernel_indices;

/** H and R fall a little below 0 where environments are more diverse than the whole (a small group around which many live); they are not cut.
 *  @param around    of wks_kernel_around on the same table
 *  @param exposure  NULL, or room for n_groups^2: P_spatial of group to versus, exposure[group * n_groups + versus] = sum_i (n_gi/N_g) s_iv, in [0, 1]
 *                   (to itself: isolation); a row sums to 1; NaN of an absent group, 0 to one. Their spatial exposure
 *                   and isolation indices
 *  O(n groups), with exposure O(n groups^2). The same bits for any number of threads. WKS_ERR_NOMEM. */
wks_status wks_kernel_measure(const wks_table *table, const double *around, int threads, wks_kernel_indices *out, double *exposure,
                              wks_err *err);

#endif
