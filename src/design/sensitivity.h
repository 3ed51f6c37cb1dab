/* What a design says about an outcome: indices of its parameters, with one interval for the design's sample and one for the replications. */
#ifndef WKS_DESIGN_SENSITIVITY_H
#define WKS_DESIGN_SENSITIVITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

typedef enum wks_sensitivity_method { WKS_SENSITIVITY_REGRESSION, WKS_SENSITIVITY_MORRIS, WKS_SENSITIVITY_SALTELLI } wks_sensitivity_method;

/** What of the replications of a point is looked at. */
typedef enum wks_sensitivity_of { WKS_SENSITIVITY_OF_MEAN, WKS_SENSITIVITY_OF_LOG_VARIANCE } wks_sensitivity_of;

typedef struct wks_sensitivity_plan {
    wks_sensitivity_method method;
    const double *x; /* n_points x n_parameters: parameters in units of their range, 0 to 1 */
    int32_t n_points, n_parameters, n_replications;
    bool second_order; /* of saltelli: the rows of BA are there */
    int32_t bootstrap; /* redraws; 0: no ci */
    uint64_t seed;
} wks_sensitivity_plan;

typedef struct wks_sensitivity_row {
    const char *index;         /* static */
    int32_t parameter, second; /* -1: none */
    double value;
    double ci_low,
        ci_high; /* 95 %, from redraws of base samples (trajectories, points): where the parameters happened to be sampled; NaN without, or with n below 10 */
    double mc_low, mc_high; /* 95 %, jackknife over replications at the same points: the luck of the runs; NaN with one replication */
    int32_t n;              /* base samples, trajectories or points it rests on; of morris those in which the parameter's step moves */
    int32_t n_units;        /* base samples, trajectories or points with every outcome */
} wks_sensitivity_row;

/** Points a base sample has: 1, k + 1, k + 2 or 2 k + 2. */
int32_t wks_sensitivity_unit(const wks_sensitivity_plan *plan);
/** Whether the points are such a design (each step of a trajectory moves one parameter, each once; AB_i is A but for i, which is B's): WKS_ERR_DATA with the row. */
wks_status wks_sensitivity_check(const wks_sensitivity_plan *plan, wks_err *err);

/** Indices of every parameter for one outcome.
 *  regression: SRC (standardised regression coefficient), R2 of that regression, PRCC (partial rank correlation), R2_rank.
 *  morris: mu, mu_star, sigma of the elementary effects per range of the parameter (Morris 1991; Campolongo et al. 2007).
 *  saltelli: S1 (Saltelli et al. 2010, table 2 b), ST (Jansen 1999), S2 of pairs (Saltelli 2002); with 2 or more replications also S1_parameters and ST_parameters, from which the
 *  variance that replications alone make is taken out.
 *  @param y      n_points x n_replications. A point with an outcome that is NaN drops its whole base sample; n tells how many are left
 *  @param out    rows, malloc'ed. Values are NaN when nothing varies or fewer than 2 base samples are left (regression: parameters + 2)
 *  O(bootstrap points parameters). WKS_ERR_NOMEM. Keyed draws (purpose BOOTSTRAP), the same for every outcome. */
wks_status wks_sensitivity_analyse(const wks_sensitivity_plan *plan, const double *y, wks_sensitivity_of of, wks_sensitivity_row **out,
                                   size_t *out_n, wks_err *err);

/** Parts of the variance of an outcome over a design with replications under the same luck at every point (two-way analysis of variance). */
typedef struct wks_sensitivity_parts {
    int32_t n_points, n_dropped; /* points used; points with an outcome that is not defined */
    double mean;
    double between;        /* variance of the means of points */
    double parameters;     /* between less interaction / replications: what the parameters alone make; below 0 when noise hides it */
    double luck;           /* variance of the luck that all points share, which no contrast of points has */
    double interaction;    /* variance of what is left of a single run: luck that differs between points */
    double error_of_point; /* interaction / replications: Monte Carlo variance of the difference of a point from the others */
} wks_sensitivity_parts;
wks_sensitivity_parts wks_sensitivity_decompose(const double *y, int32_t n_points, int32_t n_replications);

#endif
