#include "num/pmf.h"

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

double wks_pmf_binomial_parts(double k, double n, double p, double q, double *out_factor)
{
    *out_factor = 1.0;
    if (k == 0.0) return n * (q > 0.5 ? wks_math_log1p(-p) : wks_math_log(q));
    if (k == n) return n * (p > 0.5 ? wks_math_log1p(-q) : wks_math_log(p));
    *out_factor = n / (TWO_PI * k * (n - k));
    return stirling_error(n) - stirling_error(k) - stirling_error(n - k) - deviance(k, n * p) - deviance(n - k, n * q);
}

static double log_binomial(double k, double n, double p, double q)
{
    double factor = 1.0;
    const double sum = wks_pmf_binomial_parts(k, n, p, q, &factor);
    return factor == 1.0 ? sum : sum + 0.5 * wks_math_log(factor);
}

double wks_pmf_log_binomial(double k, double n, double p)
{
    if (k < 0.0 || k > n) return -INFINITY;
    if (n == 0.0) return 0.0;
    if (p == 0.0) return k == 0.0 ? 0.0 : -INFINITY;
    if (p == 1.0) return k == n ? 0.0 : -INFINITY;
    return log_binomial(k, n, p, 1.0 - p);
}

double wks_pmf_log_hypergeometric(double k, double white, double black, double sample)
{
    const double all = white + black;
    if (k < 0.0 || k > white || k > sample || sample - k > black) return -INFINITY;
    if (sample == 0.0 || sample == all) return 0.0;
    const double p = sample / all, q = (all - sample) / all;
    const double of_white = white == 0.0 ? 0.0 : log_binomial(k, white, p, q),
                 of_black = black == 0.0 ? 0.0 : log_binomial(sample - k, black, p, q);
    return of_white + of_black - log_binomial(sample, all, p, q);
}
