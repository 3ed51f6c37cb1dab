#include "segregation/evenness.h"

#include <math.h>

#include "num/math.h"

double wks_evenness_dissimilarity(const double *x, const double *t, size_t n)
{
    double sum_x = 0.0, sum_y = 0.0, sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        sum_x += x[i];
        sum_y += t[i] - x[i];
    }
    if (!(sum_x > 0.0 && sum_y > 0.0)) return (double)NAN;
    for (size_t i = 0; i < n; i++)
        sum += fabs(x[i] / sum_x - (t[i] - x[i]) / sum_y);
    return wks_math_clamp(0.5 * sum, 0.0, 1.0); /* rounding only */
}

/* -p log p - (1 - p) log(1 - p), 0 log 0 = 0. */
static double entropy(double p)
{
    double e = 0.0;
    if (p > 0.0) e -= p * wks_math_log(p);
    if (p < 1.0) e -= (1.0 - p) * wks_math_log(1.0 - p);
    return e;
}

double wks_evenness_theil(const double *x, const double *t, size_t n)
{
    double sum_x = 0.0, sum_t = 0.0, within = 0.0;
    for (size_t i = 0; i < n; i++) {
        sum_x += x[i];
        sum_t += t[i];
    }
    if (!(sum_x > 0.0 && sum_x < sum_t)) return (double)NAN;
    for (size_t i = 0; i < n; i++) {
        if (t[i] > 0.0) within += t[i] * entropy(x[i] / t[i]);
    }
    return wks_math_clamp(1.0 - within / (sum_t * entropy(sum_x / sum_t)), 0.0, 1.0); /* rounding only */
}
