/* A model whose posterior is known: outcome t is c_t + sum_k a_tk x_k at a point x of the unit cube, with a Monte Carlo variance that is told. */
#ifndef WKS_TESTS_SUPPORT_FIXTURE_LINEAR_H
#define WKS_TESTS_SUPPORT_FIXTURE_LINEAR_H

#include "fit/archive.h"
#include "support/check.h"

enum { LINEAR_PARAMETERS = 3, LINEAR_TARGETS = 4 };

static const double linear_slope[LINEAR_TARGETS][LINEAR_PARAMETERS] = {{2.0, 0.5, 0.0}, {0.0, 3.0, -1.0}, {1.0, 0.0, 2.0}, {1.0, 1.0, 1.0}};
static const double linear_constant[LINEAR_TARGETS] = {1.0, -2.0, 0.0, 10.0};
static const double linear_mc_variance = 0.0004;

static inline double linear_outcome(const double *x, int t)
{
    double value = linear_constant[t];

    for (int k = 0; k < LINEAR_PARAMETERS; k++)
        value += linear_slope[t][k] * x[k];
    return value;
}

/* context: a count of the points evaluated (int32_t), or NULL */
static inline wks_status linear_evaluate(const double *point, int32_t n_points, double *mean, double *variance, void *context, wks_err *err)
{
    (void)err;
    for (int32_t i = 0; i < n_points * LINEAR_TARGETS; i++) {
        mean[i] = linear_outcome(point + i / LINEAR_TARGETS * LINEAR_PARAMETERS, i % LINEAR_TARGETS);
        variance[i] = linear_mc_variance;
    }
    if (context != NULL) *(int32_t *)context += n_points;
    return WKS_OK;
}

/* Targets as the truth would give them, sd 0.1 each; the last held out. */
static inline void linear_targets(const double *truth, wks_archive_target *target)
{
    for (int t = 0; t < LINEAR_TARGETS; t++)
        target[t] = (wks_archive_target){.value = linear_outcome(truth, t), .variance = 0.01, .is_held_out = t == LINEAR_TARGETS - 1};
}

#endif
