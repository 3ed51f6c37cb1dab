/* Every point a calibration has evaluated, with what the model gave and how far that is from the targets. All methods evaluate through it, so that
 * nothing that was computed is lost and every method counts the same distance.
 *
 * Points lie in the unit cube (the caller scales them to parameters). Numbers and a callback only: no scenario, no file. */
#ifndef WKS_FIT_ARCHIVE_H
#define WKS_FIT_ARCHIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/** The model at n_points points (row-major, n_parameters each), which may be run side by side. For every point and target:
 *  @param mean      mean over the replications; NaN where not defined
 *  @param variance  of that mean (Monte Carlo), >= 0; NaN counts as 0 (one replication: not known)
 *  A pure function of the point. */
typedef wks_status wks_archive_evaluate_call(const double *point, int32_t n_points, double *mean, double *variance, void *context,
                                             wks_err *err);

typedef struct wks_archive_target {
    double value;
    double variance;  /* of the observation and of what the model leaves out: sd^2 + discrepancy^2, > 0 */
    bool is_held_out; /* evaluated and kept, in no distance */
} wks_archive_target;

typedef struct wks_archive {
    int32_t n_parameters, n_targets;
    const wks_archive_target *target; /* borrowed */
    wks_archive_evaluate_call *evaluate;
    void *context;
    int32_t n, capacity;
    double *point;           /* n x n_parameters */
    double *mean, *variance; /* n x n_targets; variance never NaN */
    double *pooled;          /* n_targets: the Monte Carlo variance that counts, a mean over points (wks_archive_pool) */
    double *distance;        /* n; infinity where a fitted target is not defined */
    int32_t *stage;          /* n: wave, generation or start, from 1 */
} wks_archive;

/** An empty archive. WKS_ERR_USAGE without a parameter, or when no target is fitted. `target` is borrowed. */
wks_status wks_archive_init(wks_archive *archive, int32_t n_parameters, const wks_archive_target *target, int32_t n_targets,
                            wks_archive_evaluate_call *evaluate, void *context, wks_err *err);
void wks_archive_free(wks_archive *archive);
/** Evaluates n points and appends them, in order; the first batch is pooled. Errors of the callback come back and leave the archive as it was. */
wks_status wks_archive_add(wks_archive *archive, const double *point, int32_t n, int32_t stage, wks_err *err);

/** From here on, and for all that is there, the Monte Carlo variance of a target is the mean over these rows that have a value. The variance at a point itself
 *  is known from a few replications only: points where it happens to come out large would look near. NULL: all rows. O(n n_targets). */
void wks_archive_pool(wks_archive *archive, const int32_t *row, int32_t n);
/** Number of fitted targets. */
int32_t wks_archive_fitted(const wks_archive *archive);
/** (mean - value)^2 / (variance of the target + Monte Carlo variance of the mean + extra); NaN where the mean is. */
double wks_archive_square(const wks_archive_target *target, double mean, double mc_variance, double extra);
/** Implausibility of what was simulated at row: the largest (nth 1) or second largest (nth 2) over the fitted targets of
 *  |mean - value| / sqrt(V_obs + V_disc + V_mc); infinity where a fitted target is not defined. Source: Craig et al. (1997). */
double wks_archive_implausibility(const wks_archive *archive, int32_t row, int32_t nth);
/** The two largest of values given one by one, [0] >= [1]; start from {0, 0}. NaN counts as infinity. */
void wks_archive_keep_largest(double largest[2], double value);
/** Row with the smallest distance (the first of equals); -1 in an empty archive. */
int32_t wks_archive_best(const wks_archive *archive);

#endif
