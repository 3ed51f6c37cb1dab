/* The estimators of sensitivity.h: indices from one number a point, over a list of base samples (each as often as it stands there). */
#ifndef WKS_DESIGN_ESTIMATE_H
#define WKS_DESIGN_ESTIMATE_H

#include "design/sensitivity.h"

/** One number a point, and the variance that replications alone give it. */
typedef struct wks_estimate_sample {
    const wks_sensitivity_plan *plan;
    const double *y;      /* n_points */
    const double *rank;   /* n_points: rank of y, regression only */
    const double *noise;  /* n_points: Monte Carlo variance of y; NULL: not known */
    const double *pair;   /* n_units x n_parameters: that of A less AB_i, saltelli only; NULL: not known */
    const double *x_rank; /* n_points x n_parameters, regression only */
} wks_estimate_sample;

/** How many indices the method gives, and which. `row` may be NULL. */
size_t wks_estimate_rows(const wks_sensitivity_plan *plan, bool has_noise, wks_sensitivity_row *row);
/** Their values over base samples unit[0..n). @param work  room for wks_estimate_work numbers. O(n parameters), regression O(n parameters^2). */
void wks_estimate_values(const wks_estimate_sample *sample, const int32_t *unit, int32_t n, double *work, double *out);
/** Of base samples unit[0..n) those that tell something of a parameter: with Morris the ones in which its step moves, else all. O(n parameters). */
int32_t wks_estimate_count(const wks_sensitivity_plan *plan, const int32_t *unit, int32_t n, int32_t parameter);
size_t wks_estimate_work(const wks_sensitivity_plan *plan);

#endif
