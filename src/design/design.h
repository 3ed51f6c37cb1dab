/* Designs: which points of the unit cube to evaluate. Pure functions of (method, sizes, seed); scaled to parameters by who asks. */
#ifndef WKS_DESIGN_DESIGN_H
#define WKS_DESIGN_DESIGN_H

#include <stdint.h>

#include "base/err.h"

/** n points of `dimension` coordinates in [0, 1), one in each of n equal slices of every coordinate (McKay, Beckman and Conover 1979); keyed draws
 *  (RNG purpose DESIGN). @param out  n x dimension, row-major. O(n dimension). */
wks_status wks_design_lhs(int32_t n, int32_t dimension, uint64_t seed, double *out, wks_err *err);
/** The first n points of Sobol's sequence (GSL, up to 40 dimensions: more is WKS_ERR_USAGE), shifted modulo 1 by a keyed vector when seed is not 0. */
wks_status wks_design_sobol(int32_t n, int32_t dimension, uint64_t seed, double *out, wks_err *err);

#endif
