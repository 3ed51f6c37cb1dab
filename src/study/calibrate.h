/* A calibration of a study: its points run as trials, fitted by one of the methods of src/fit, and what is left of the parameters. */
#ifndef WKS_STUDY_CALIBRATE_H
#define WKS_STUDY_CALIBRATE_H

#include "fit/abc.h"
#include "fit/history.h"
#include "fit/optimum.h"
#include "study/study_file.h"
#include "study/trials.h"

typedef struct wks_calibrate_options {
    wks_trials_evaluate *evaluate; /* of the study's outcomes */
    void *context;
    const char *identity; /* as wks_trials_plan */
    wks_trials_options trials;
} wks_calibrate_options;

/** Which kind of answer a method gives. */
typedef enum wks_calibrate_kind {
    WKS_CALIBRATE_BEST,   /* one point: bobyqa, crs, isres */
    WKS_CALIBRATE_LEFT,   /* the points that are not ruled out, all alike: history */
    WKS_CALIBRATE_WEIGHED /* points with weights: abc, abc_smc */
} wks_calibrate_kind;

typedef struct wks_calibrate {
    const wks_study *study;
    wks_calibrate_kind kind;
    wks_archive archive; /* over the study's targets, in their order */
    double *value;       /* archive.n x n_parameters: in the parameters' own units */
    double *mean, *sd;   /* archive.n x n_outcomes: over the replications that have a value; sd: of that mean (Monte Carlo), NaN with one */
    int32_t n_members;   /* the set; 0: nothing fits */
    int32_t *row;        /* n_members rows of the archive, ascending */
    double *weight;      /* n_members, sum 1 */
    int32_t best;        /* row with the smallest distance */
    wks_history history; /* of the method that ran; the others are empty */
    wks_abc abc;
    wks_optimum optimum;
    int64_t n_failed; /* trials that failed; their point has the mean of the others */
    /* inside */
    wks_archive_target *target;
    const wks_calibrate_options *options;
    int32_t capacity;
} wks_calibrate;

/** Points to run at most, as the study says or by the method (docs/calibration.md); of history without `accepted`: of its waves. */
int32_t wks_calibrate_budget(const wks_study *study);
/** Sizes that the study's method cannot work with, at their place in the study; nothing without a calibration. Reading a study asks it. */
void wks_calibrate_check(const wks_study *study, wks_problems *problems);
/** Whether the study has a calibration and targets: to be asked before a folder is made for it. WKS_ERR_DATA else. */
wks_status wks_calibrate_ready(const wks_study *study, wks_err *err);
/** Runs the calibration. Every point runs all replications of the study, with the same numbers everywhere (common random numbers).
 *  A journal in options->trials makes it resumable: the same command finds its trials there and goes the same way.
 *  @return WKS_OK; WKS_ERR_PARTIAL (done; some trials failed, the first message in err); WKS_ERR_STOPPED; WKS_ERR_DATA: no calibration or no targets in the
 *  study, or sizes that the method cannot work with, or nothing that can be run; WKS_ERR_NOMEM, WKS_ERR_IO. `out` is to be freed in all cases. The same
 *  for any number of threads. */
wks_status wks_calibrate_run(const wks_study *study, const wks_calibrate_options *options, wks_calibrate *out, wks_err *err);
void wks_calibrate_free(wks_calibrate *calibrate);

/** Target t over the set (over the best point when it is empty). */
typedef struct wks_calibrate_target {
    double mean, sd, low, high; /* of the model's means over the set, weighted; 95 % */
    double mc_sd;               /* root mean of the Monte Carlo variances */
    double z;                   /* (mean - value) / sqrt(sd_obs^2 + discrepancy^2 + mc_sd^2 + sd^2) */
    bool
        is_outside; /* the value lies more than 2 sqrt(sd_obs^2 + mc_sd^2) below low or above high: nothing in the set comes near without the discrepancy */
} wks_calibrate_target;
wks_status wks_calibrate_target_of(const wks_calibrate *calibrate, int32_t t, wks_calibrate_target *out, wks_err *err);

/** Parameter i over the set, in its own units. */
typedef struct wks_calibrate_parameter {
    double best, mean, sd, low, high; /* NaN but best: of a method that gives one point, or an empty set */
    double shrinkage;                 /* 1 - sd over that of the prior, in the scale of the prior (logarithm) */
    const char *edge;                 /* "low", "high" when more than 3/10 of the set lies in the outer tenth of the range; "" */
} wks_calibrate_parameter;
wks_status wks_calibrate_parameter_of(const wks_calibrate *calibrate, int32_t i, wks_calibrate_parameter *out, wks_err *err);
/** Correlation of two parameters over the set, in the scale of the prior; NaN where one does not vary. */
double wks_calibrate_correlation(const wks_calibrate *calibrate, int32_t a, int32_t b);

#endif
