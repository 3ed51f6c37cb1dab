/* A Gaussian process that stands in for the model where it has not been run: y(x) = b0 + b x + Z(x) + e, with Z of variance s2 and Matern 5/2
 * correlation with a length scale per dimension, e independent of variance s2 * nugget (the Monte Carlo noise of the training values). Length scales and
 * nugget by restricted maximum likelihood (with a weak prior on the lengths, so that few points do not give extremes), s2 and b in closed form.
 * Source: Rasmussen and Williams (2006), chapters 2, 4 and 5; leave-one-out by Dubrule (1983). */
#ifndef WKS_FIT_EMULATOR_H
#define WKS_FIT_EMULATOR_H

#include <stdint.h>

#include "base/err.h"

enum { WKS_EMULATOR_MOST = 400 };

typedef struct wks_emulator {
    int32_t n, d;
    double offset, unit; /* values are (y - offset) / unit inside; unit 0: all values were equal */
    double *x;           /* n x d */
    double *length;      /* d, in units of the cube */
    double nugget, s2;
    double *inverse; /* n x n, of correlation + nugget */
    double *weight;  /* n */
    double *trend;   /* d + 1 */
    double *solved;  /* n x (d + 1) */
    double *gram;    /* (d + 1) x (d + 1), inverse */
    /* Leave-one-out, over the training points: */
    double q2;     /* 1 - sum of squared errors over sum of squares about the mean: 1 is perfect, 0 is as good as the mean */
    double rms;    /* of errors over their predicted sd: 1 when the emulator knows how wrong it is */
    double within; /* share of errors within 2 predicted sd */
} wks_emulator;

/** Fits to n values at points of the unit cube (row-major, d each; all finite). @param n  from d + 4 to WKS_EMULATOR_MOST.
 *  WKS_ERR_USAGE for fewer or more, WKS_ERR_NOMEM. One thread (it searches). O(100 d n^3): 0.3 s for 100 points in 4 dimensions. */
wks_status wks_emulator_fit(const double *x, const double *y, int32_t n, int32_t d, wks_emulator *out, wks_err *err);
void wks_emulator_free(wks_emulator *emulator);

/** What the emulator expects of the mean at a point, and the variance of that (without the nugget), widened by rms^2 where leave-one-out shows that it
 *  knows too well. Thread safe. O(n^2). */
void wks_emulator_predict(const wks_emulator *emulator, const double *x, double *mean, double *variance);

#endif
