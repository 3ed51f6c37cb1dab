/* Designs: which points of the unit cube to evaluate. Pure functions of (method, sizes, seed); scaled to parameters by who asks. */
#ifndef WKS_DESIGN_DESIGN_H
#define WKS_DESIGN_DESIGN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

enum { WKS_DESIGN_SOBOL_MAX = 40 }; /* dimensions of GSL's sequence */

/** n points of `dimension` coordinates in [0, 1), one in each of n equal slices of every coordinate (McKay, Beckman and Conover 1979); keyed draws
 *  (RNG purpose DESIGN). @param out  n x dimension, row-major. O(n log n dimension). */
wks_status wks_design_lhs(int32_t n, int32_t dimension, uint64_t seed, double *out, wks_err *err);
/** The first n points of Sobol's sequence (GSL, up to 40 dimensions: more is WKS_ERR_USAGE), shifted modulo 1 by a keyed vector when seed is not 0. In [0, 1). */
wks_status wks_design_sobol(int32_t n, int32_t dimension, uint64_t seed, double *out, wks_err *err);
/** Number of points of a full factorial; -1 when it is beyond 10 million. */
int32_t wks_design_grid_size(const int32_t *levels, int32_t dimension);
/** Every combination of levels (numbers from 0), the last coordinate fastest. @param out  points x dimension, row-major. */
void wks_design_grid(const int32_t *levels, int32_t dimension, int32_t *out);

/** Trajectories of Morris (1991): r blocks of k + 1 points on the lattice {0, 1/(p - 1), ..., 1}; from each point to the next one coordinate moves by p / (2 (p - 1)), up or down;
 *  start, direction and order are keyed draws. With candidates > 0 so many trajectories are drawn and r of them kept, chosen one by one so that the sum of squared distances
 *  to those chosen before is largest (Campolongo, Cariboni and Saltelli 2007; greedy as Ruano et al. 2012).
 *  @param levels  p, even, at least 2
 *  @param out     r (k + 1) x k. WKS_ERR_NOMEM. O(candidates^2 k^3) when there are candidates. */
wks_status wks_design_morris(int32_t n_trajectories, int32_t dimension, int32_t levels, int32_t candidates, uint64_t seed, double *out,
                             wks_err *err);

/** Matrices of Saltelli (2002, 2010) from a Sobol sequence of 2 k dimensions (so k up to 20): for each of n base samples the rows A, AB_1 .. AB_k (A with coordinate i of B), with
 *  second_order BA_1 .. BA_k (B with coordinate i of A), and B: the order in which SALib writes and reads them.
 *  @param seed  0: the sequence as it is, else shifted
 *  @param out   n (k + 2) or n (2 k + 2) rows of k. WKS_ERR_USAGE above 20 parameters. */
wks_status wks_design_saltelli(int32_t n, int32_t dimension, bool second_order, uint64_t seed, double *out, wks_err *err);

#endif
