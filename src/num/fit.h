/* Iterative proportional fitting and integers that keep the margins. */
#ifndef WKS_NUM_FIT_H
#define WKS_NUM_FIT_H

#include <stdint.h>

#include "base/err.h"
#include "base/rng.h"

enum { WKS_FIT_MAX_DIMS = 6 };

/** A table of n_dims dimensions, row-major (last dimension fastest), with one-way margins. */
typedef struct wks_fit_shape {
    int32_t n_dims;
    int32_t size[WKS_FIT_MAX_DIMS];
} wks_fit_shape;

int64_t wks_fit_cells(const wks_fit_shape *shape);

/** Scales `cell` (the seed, finite and >= 0) until every one-way margin is met.
 *  @param margin  n_dims pointers, each size[d] targets >= 0 with equal totals (within 1e-6 relative; the first margin's total is taken)
 *  @param out_max_error  largest |margin - target| reached; > 1e-9 relative where zero seed cells leave no fit within 1000 rounds
 *  @return WKS_OK; WKS_ERR_DATA if a positive target has only cells that are zero in the seed or in another margin, if totals differ or a
 *  number is negative or not finite (`cell` is then half scaled). Stops when no sum changes by more than 1e-9 relative or after 1000 rounds.
 *  O(rounds x cells x dims). Source: Deming & Stephan (1940). */
wks_status wks_fit_ipf(const wks_fit_shape *shape, double *cell, const double *const *margin, double *out_max_error, wks_err *err);

/** Whole numbers near `cell` whose one-way margins equal `margin` exactly (integer margins with equal totals).
 *  Floors (one by one less where they alone exceed a margin), then fills deficits: each unit goes to a positive cell all of whose margins
 *  still lack, largest remainder first, ties (within 1e-9) by a keyed draw. What then is left can only stand on cells that are exactly 0; it is
 *  put there, and exchanges with other units (exchange.h) move it off them: in two dimensions whenever that is possible at all, in more
 *  whenever a chain of exchanges finds the way. A completion always exists because the deficits of every dimension have the same total.
 *  @return WKS_OK; WKS_ERR_DATA for margins that are negative or differ in total, cells that are negative, not finite or beyond 2^31, tables
 *  of more than 2^22 cells; WKS_ERR_NOMEM. O(cells log cells) where cells fit their margins. Draws: stream (entity_key, 0, SYNTH_FIT). */
wks_status wks_fit_integerise(const wks_fit_shape *shape, const double *cell, const int32_t *const *margin, const wks_rng_seed *seed,
                              uint64_t entity_key, int32_t *out_cell, wks_err *err);

/** Whole numbers with the given total near `value` (Hamilton's largest remainders; ties within 1e-9: lower index). Values are first scaled to
 *  the total if they add up to something else; all zero: equal shares. Negative values, or a total without values, are a bug. O(31 n). */
void wks_fit_round_to_total(const double *value, int32_t n, int64_t total, int64_t *out);

#endif
