/* The best point: the weighted distance minimised from several keyed starts. A best point is not a posterior: it says nothing about what else fits. */
#ifndef WKS_FIT_OPTIMUM_H
#define WKS_FIT_OPTIMUM_H

#include "fit/archive.h"
#include "fit/search.h"

typedef struct wks_optimum_options {
    wks_search_method method;
    int32_t evaluations; /* of all starts together */
    int32_t starts;      /* >= 1 */
    uint64_t seed;
} wks_optimum_options;

/** One start and where it went. */
typedef struct wks_optimum_path {
    int32_t first, n; /* rows of the archive, beside the start: starts are the first rows */
    int32_t best;     /* the row of these with the smallest distance */
    bool is_converged;
} wks_optimum_path;

typedef struct wks_optimum {
    wks_optimum_path *path; /* n_paths */
    int32_t n_paths;
    int32_t best;    /* row of the archive */
    int32_t n_agree; /* starts that ended within 1 of the smallest distance (half a log-likelihood unit) */
} wks_optimum;

/** Minimises the archive's distance; every evaluation goes into it (stage: number of the start; 0: the starts
 *  themselves, run together). Starts are a keyed Latin hypercube (RNG purpose
 *  DESIGN), random searches are seeded by (seed, CALIBRATE). Each start has an equal share of the evaluations. A point without a distance counts as
 *  1e9. Evaluates one point at a time. WKS_ERR_USAGE when a start gets fewer than 2 (dimension + 1) evaluations. */
wks_status wks_optimum_find(wks_archive *archive, const wks_optimum_options *options, wks_optimum *out, wks_err *err);
void wks_optimum_free(wks_optimum *optimum);

#endif
