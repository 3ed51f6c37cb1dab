/* drift.csv: whether the declared outcomes still drift at the end of the run-in (key warmup), in the last half of it. */
#ifndef WKS_STUDY_DRIFT_H
#define WKS_STUDY_DRIFT_H

#include "study/declared.h"

extern const char wks_drift_header[];

/** A declared outcome over the window; NaN where not defined. */
typedef struct wks_drift_line {
    const wks_matrix_row *row; /* one of its rows, of any tick; borrowed from the matrix */
    int32_t from_tick, to_tick;
    size_t n; /* replications with a slope: values at two ticks of the window at least */
    double mean_first,
        mean_second; /* over the ticks before and after the middle of the window, which is in neither; over these replications */
    double drift, ci_low, ci_high; /* per 12 ticks: mean of the replications' slopes and its 95 % t interval */
    double p_value, p_adjusted;    /* t test of drift 0; adjusted by Holm over the declared outcomes */
    double threshold;              /* of the outcome; 0: none */
    const char *verdict;           /* wks_drift_verdict */
} wks_drift_line;

/** In words: "not defined" (no slope), "too few replications" (under WKS_CONTRAST_LEAST_PAIRS), "smaller than the threshold you set" (the interval within
 *  -threshold .. threshold), "drifts" (p_adjusted at most 0.05, and with a threshold not smaller than it), "no drift shown". */
const char *wks_drift_verdict(const wks_drift_line *line);

/** The declared outcomes over ticks warmup / 2 to warmup (rounded down, both in it). A replication's slope is that of least squares over the ticks that have a value.
 *  @param out_line  malloc'ed, *out_n of them, in the order of the matrix. None (NULL) without a warmup above 0. O(rows * replications). */
wks_status wks_drift_lines(const wks_matrix *matrix, const wks_declared *declared, int32_t warmup, wks_drift_line **out_line, size_t *out_n,
                           wks_err *err);
/** Removes the drift.csv that an earlier session left in the folder of a run that asks none (now). */
wks_status wks_drift_tidy(const char *folder, const wks_scenario *scenario, wks_err *err);
/** Writes drift.csv into the folder of a run with a city and a warmup above 0; otherwise as wks_drift_tidy. `matrix` is of that run. */
wks_status wks_drift_write(const char *folder, const wks_scenario *scenario, const wks_matrix *matrix, const wks_declared *declared,
                           wks_err *err);

#endif
