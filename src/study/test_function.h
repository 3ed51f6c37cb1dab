/* Functions with known sensitivity indices that stand where the scenarios of a study stand: the whole road is held against them. */
#ifndef WKS_STUDY_TEST_FUNCTION_H
#define WKS_STUDY_TEST_FUNCTION_H

#include "study/study_file.h"

/** How many parameters a function has; 0: any number. */
int32_t wks_test_function_dimension(const char *function);
/** Number of an output: 0 is y, i + 1 parameter i itself; -1 when there is none of that name. */
int32_t wks_test_function_output(const wks_study *study, const char *indicator);

/** The function at a point: ishigami sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1 (Ishigami and Homma 1990; each x in [-pi, pi]); sobol_g the product of (|4 x - 2| + a) / (1 + a) with
 *  a = 0, 1, 4.5, 9, 99, 99, ... (Saltelli and Sobol' 1995; each x in [0, 1]); linear the sum of i times parameter i, i from 1. */
double wks_test_function_value(const char *function, const double *x, int32_t n);
/** wks_trials_evaluate of a study with a function; context: the wks_study. Its noise is keyed by point and replication (purpose STUDY). */
wks_status wks_test_function_trial(const double *point, int32_t replication, double *out, void *study, wks_err *err);

#endif
