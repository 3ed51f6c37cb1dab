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

/** Scales `cell` (the seed, all >= 0) until every one-way margin is met.
 *  @param margin  n_dims pointers, each size[d] targets >= 0 with equal totals (within 1e-6 relative)
 *  @param out_max_error  largest |margin - target| reached
 *  @return WKS_OK; WKS_ERR_DATA if a positive target has only zero seed cells or totals differ. Stops at 1e-9 relative or 1000 rounds.
 *  Source: Deming & Stephan (1940). */
wks_status wks_fit_ipf(const wks_fit_shape *shape, double *cell, const double *const *margin, double *out_max_error, wks_err *err);

/** Whole numbers near `cell` whose one-way margins equal `margin` exactly (integer margins with equal totals).
 *  Floors, then fills deficits: each unit goes to a cell all of whose margins still lack, largest remainder first, ties by a keyed draw; a
 *  completion always exists because the deficits of every dimension have the same total. */
wks_status wks_fit_integerise(const wks_fit_shape *shape, const double *cell, const int32_t *const *margin, const wks_rng_seed *seed,
                              uint64_t entity_key, int32_t *out_cell, wks_err *err);

/** Whole numbers with the given total near `value` (largest remainder; ties: lower index). Negative values are a bug. */
void wks_fit_round_to_total(const double *value, int32_t n, int64_t total, int64_t *out);

#endif
