/* What a weighted set of points says about a parameter. */
#ifndef WKS_FIT_POSTERIOR_H
#define WKS_FIT_POSTERIOR_H

#include <stdint.h>

#include "base/err.h"

typedef struct wks_posterior_margin {
    double mean, sd;    /* sd with the weights' own divisor, sum of weights; 0 for one value */
    double low, high;   /* weighted 2.5 % and 97.5 % quantiles */
    double first, last; /* share of the weight in the lowest and highest tenth of the range given */
} wks_posterior_margin;

/** Of n >= 1 finite values with weights >= 0 (sum > 0); NULL: equal weights. @param from, to  the prior's range, for first and last. O(n log n).
 *  WKS_ERR_NOMEM. */
wks_status wks_posterior_summarise(const double *value, const double *weight, int32_t n, double from, double to, wks_posterior_margin *out,
                                   wks_err *err);
/** Weighted correlation in [-1, 1]; NaN where one does not vary. */
double wks_posterior_correlation(const double *a, const double *b, const double *weight, int32_t n);
/** Effective number, (sum w)^2 / sum w^2 (Kish 1965). */
double wks_posterior_effective(const double *weight, int32_t n);

#endif
