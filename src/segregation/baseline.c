#include "segregation/baseline.h"

#include <math.h>

#include "num/math.h"

static const double TWO_PI = 0x1.921fb54442d18p2;

/* log k! less Stirling's formula (k + 1/2) log k - k + log(2 pi)/2, k >= 1 whole: tabulated below 16 (computed with 60 digits), from there
 * on the series, whose first term left out is about 1e-16. */
static double stirling_error(double k)
{
    static const double small[16] = {0.0,
                                     0.08106146679532725822,
                                     0.041340695955409294094,
                                     0.027677925684998339149,
                                     0.020790672103765093112,
                                     0.016644691189821192163,
                                     0.013876128823070747999,
                                     0.011896709945891770095,
                                     0.010411265261972096497,
                                     0.0092554621827127329177,
                                     0.0083305634333628712565,
                                     0.007573675487951840795,
                                     0.0069428401072095298657,
                                     0.0064089941880042070684,
                                     0.0059513701127588477356,
                                     0.005554733551962801371};
    if (k < 16.0) return small[(int)k];
    const double r = 1.0 / k, r2 = r * r;
    return r * (1.0 / 12 - r2 * (1.0 / 360 - r2 * (1.0 / 1260 - r2 * (1.0 / 1680 - r2 * (1.0 / 1188)))));
}

/* x log(x/m) + m - x without cancellation for x near m. */
static double deviance(double x, double m)
{
    const double d = x - m;
    if (fabs(d) > 0.1 * (x + m)) return x * wks_math_log(x / m) - d;
    const double v = d / (x + m);
    double term = 2.0 * x * v, sum = d * v;
    for (int j = 1; j < 100; j++) {
        term *= v * v;
        const double next = sum + term / (double)(2 * j + 1);
        if (next == sum) break;
        sum = next;
    }
    return sum;
}

/* Probability of k successes in n, 0 < p < 1, 1 <= k <= n; Loader (2000): the large factors of the binomial cancel before they are computed. */
static double binomial_probability(double k, double n, double p)
{
    if (k == n) return wks_math_exp(n * wks_math_log(p));
    const double exponent =
        stirling_error(n) - stirling_error(k) - stirling_error(n - k) - deviance(k, n * p) - deviance(n - k, n * (1.0 - p));
    return wks_math_exp(exponent) * sqrt(n / (TWO_PI * k * (n - k)));
}

/* E|B - n p| for B binomial (n whole): 2 k (1 - p) P(B = k), k = floor(n p) + 1 (de Moivre). */
static double mean_deviation(double n, double p)
{
    if (n == 0.0) return 0.0;
    const double k = floor(n * p) + 1.0;
    return k > n ? 0.0 : 2.0 * k * (1.0 - p) * binomial_probability(k, n, p);
}

double wks_baseline_dissimilarity_binomial(const double *x, const double *t, size_t n)
{
    double sum_x = 0.0, sum_t = 0.0, sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        sum_x += x[i];
        sum_t += t[i];
    }
    if (!(sum_x > 0.0 && sum_x < sum_t)) return (double)NAN;
    const double p = sum_x / sum_t;
    for (size_t i = 0; i < n; i++) {
        const double whole = floor(t[i]), part = t[i] - whole;
        sum += (1.0 - part) * mean_deviation(whole, p);
        if (part > 0.0) sum += part * mean_deviation(whole + 1.0, p);
    }
    return sum / (2.0 * sum_t * p * (1.0 - p));
}

double wks_baseline_modified(double d, double expected)
{
    if (!(expected > 1e-12 && expected < 1.0 - 1e-12)) return (double)NAN;
    return d >= expected ? (d - expected) / (1.0 - expected) : (d - expected) / expected;
}
