/* Approximate Bayesian computation: points drawn from the prior (uniform on the cube) are kept by how near the model comes to the targets.
 *
 * The distance D is the archive's: squares in units of the error of each target. Nearer than the tolerance is not enough for a posterior: its width must
 * be that of the errors, not that of the tolerance. So, in the last step, a kept point weighs by the density of the errors, exp(-D/2) (Wilkinson
 * 2013), and the tolerance is not made smaller than where that density has 99 % of its mass (chi-square of the number of fitted targets). Where so small
 * a tolerance is out of reach, the errors count as wider by `widened`: the posterior is then too wide, and says so.
 * Draws: RNG purpose CALIBRATE. The same for any number of threads. */
#ifndef WKS_FIT_ABC_H
#define WKS_FIT_ABC_H

#include "fit/archive.h"

typedef struct wks_abc_options {
    int32_t accepted;    /* points to keep (at least; all that are nearer than the tolerance are) */
    int32_t evaluations; /* points to run at most */
    int32_t generations; /* SMC: at most so many, 1 or more */
    double quantile;     /* SMC: next tolerance as a quantile of the distances; 0.5 */
    uint64_t seed;
} wks_abc_options;

typedef struct wks_abc_generation {
    int32_t n_run, n_kept;
    double tolerance; /* on D; infinity in the first of SMC */
    double effective; /* effective number of the weights */
} wks_abc_generation;

typedef struct wks_abc {
    int32_t n;
    int32_t *row;   /* n: rows of the archive */
    double *weight; /* n, sum 1 */
    wks_abc_generation *generation;
    int32_t n_generations;
    double tolerance, widened; /* of what is returned; widened 1: by the errors themselves */
    double effective;
} wks_abc;

/** Rejection: `evaluations` draws, the `accepted` nearest are kept, with all others below the 99 % point. Stage 1. WKS_ERR_DATA when no point has all
 *  targets. Source: Beaumont, Zhang and Balding (2002), step one. */
wks_status wks_abc_reject(wks_archive *archive, const wks_abc_options *options, wks_abc *out, wks_err *err);
/** Sequential Monte Carlo: generation after generation from the last one's points, moved by a normal of twice their weighted covariance, kept when nearer
 *  than a quantile of the last distances, and weighted by prior over proposal density. Ends at the 99 % point, when generations or evaluations are used,
 *  or when fewer than 2 in 100 are kept; a generation that is not complete is not used. Source: Toni et al. (2009), Beaumont et al. (2009). */
wks_status wks_abc_smc(wks_archive *archive, const wks_abc_options *options, wks_abc *out, wks_err *err);
void wks_abc_free(wks_abc *abc);

/** The 99 % point of chi-square with n degrees of freedom, n >= 1. */
double wks_abc_floor(int32_t n);

#endif
