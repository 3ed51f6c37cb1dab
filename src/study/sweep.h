/* A sweep: the points of a study's design, the outcomes of their trials, and what the design says about them. Files: docs/studies.md. */
#ifndef WKS_STUDY_SWEEP_H
#define WKS_STUDY_SWEEP_H

#include "design/sensitivity.h"
#include "study/study_file.h"

typedef struct wks_sweep {
    const wks_study *study;
    double *
        point; /* n_points x n_parameters of the study, in own units; as design.csv tells them (10 digits), so that the file is the design */
    double *x; /* the same in units of the range, 0 to 1 */
    int32_t n_points, n_replications;
    double *value;   /* n_points x n_replications x n_outcomes, as trials.csv tells them; NULL until there are any */
    bool *is_done;   /* n_points x n_replications */
    bool has_trials; /* value holds single replications; false: means from elsewhere (n_replications 1) */
} wks_sweep;

void wks_sweep_free(wks_sweep *sweep);
/** The design that the study asks for. WKS_ERR_USAGE when it is too large or has too many parameters for its method, WKS_ERR_NOMEM. */
wks_status wks_sweep_make(const wks_study *study, wks_sweep *out, wks_err *err);
/** A design from a file: a column a parameter of the study (any order), a row a point. Problems at line and column; WKS_ERR_DATA also when it is no design of the study's method. */
wks_status wks_sweep_read(const char *path, const wks_study *study, wks_sweep *out, wks_problems *problems, wks_err *err);
/** Makes room for outcomes of so many replications. */
wks_status wks_sweep_prepare(wks_sweep *sweep, int32_t n_replications, wks_err *err);
/** Rounds outcomes to what files tell, so that an analysis of the files is the same analysis. */
void wks_sweep_round(wks_sweep *sweep);
/** Outcomes from a file: a column an outcome of the study, a row a point in the order of the design; or, with columns point and replication (numbers from 1, as trials.csv), a
 *  row a trial. Empty cells are not defined. Problems at line and column. */
wks_status wks_sweep_results(const char *path, wks_sweep *sweep, wks_problems *problems, wks_err *err);
/** How the analysis sees the points. */
wks_sensitivity_plan wks_sweep_plan(const wks_sweep *sweep);

#endif
