#include "segregation/baseline.h"

#include <math.h>

#include "base/par.h"
#include "num/math.h"
#include "segregation/margins.h"

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

/* Probability of k successes in n, p + q = 1 both above 0, 0 <= k <= n; Loader (2000): the large factors of the binomial cancel before they are
 * computed. q is given: of p near 1 it could not be had from 1 - p. */
static double log_binomial(double k, double n, double p, double q, double *out_factor)
{
    *out_factor = 1.0;
    if (k == 0.0) return n * (q > 0.5 ? wks_math_log1p(-p) : wks_math_log(q));
    if (k == n) return n * (p > 0.5 ? wks_math_log1p(-q) : wks_math_log(p));
    *out_factor = n / (TWO_PI * k * (n - k)); /* its root */
    return stirling_error(n) - stirling_error(k) - stirling_error(n - k) - deviance(k, n * p) - deviance(n - k, n * q);
}

/* E|B - n p| for B binomial (n whole): 2 k q P(B = k), k = floor(n p) + 1 (de Moivre). */
static double binomial_deviation(double n, const wks_margins *m)
{
    const double k = floor(n * m->p) + 1.0;
    double factor = 1.0;
    if (n == 0.0 || k > n) return 0.0;
    const double log_b = log_binomial(k, n, m->p, m->q, &factor);
    return 2.0 * k * m->q * wks_math_exp(log_b) * sqrt(factor);
}

/* E|Z - n X/T| for Z the members among n drawn from T people of whom X belong: 2 k (T - X - n + k)/T P(Z = k), k = floor(n X/T) + 1.
 * P(Z = k) = b(k; X, n/T) b(n - k; Y, n/T) / b(n; T, n/T). */
static double hypergeometric_deviation(double n, const wks_margins *m)
{
    const double k = floor(n * m->p) + 1.0, p = n / m->t, q = (m->t - n) / m->t;
    double a = 1.0, b = 1.0, c = 1.0;
    if (n == 0.0 || n == m->t || k > n || k > m->x) return 0.0;
    const double log_x = log_binomial(k, m->x, p, q, &a);
    const double log_y = log_binomial(n - k, m->y, p, q, &b);
    const double log_t = log_binomial(n, m->t, p, q, &c);
    return 2.0 * k * ((m->y - (n - k)) / m->t) * wks_math_exp(log_x + log_y - log_t) * sqrt(a / c * b);
}

typedef struct expecting {
    const double *x, *t;
    wks_margins margins;
    double sum[WKS_MARGINS_MOST_BLOCKS];
} expecting;

static void block_binomial(int64_t begin, int64_t end, int64_t block, void *context)
{
    expecting *self = context;
    double sum = 0.0;
    for (int64_t i = begin; i < end; i++) {
        const double whole = floor(self->t[i]), part = self->t[i] - whole;
        sum += (1.0 - part) * binomial_deviation(whole, &self->margins);
        if (part > 0.0) sum += part * binomial_deviation(whole + 1.0, &self->margins);
    }
    self->sum[block] = sum;
}

/* NaN as soon as a count is fractional. */
static void block_fixed(int64_t begin, int64_t end, int64_t block, void *context)
{
    expecting *self = context;
    double sum = 0.0;
    for (int64_t i = begin; i < end; i++) {
        const bool is_whole = self->t[i] == floor(self->t[i]) && self->x[i] == floor(self->x[i]);
        sum += is_whole ? hypergeometric_deviation(self->t[i], &self->margins) : (double)NAN;
    }
    self->sum[block] = sum;
}

static double expected_dissimilarity(const double *x, const double *t, size_t n, int threads, wks_par_body *body)
{
    expecting self = {.x = x, .t = t, .margins = wks_margins_of(x, t, n, threads)};
    const wks_margins *m = &self.margins;
    const int64_t size = wks_par_block_size((int64_t)n, WKS_MARGINS_BLOCK);
    if (!wks_margins_are_two(m)) return (double)NAN;
    wks_par_for((int64_t)n, size, threads, body, &self);
    return wks_par_sum(self.sum, wks_par_blocks((int64_t)n, size)) / m->t / (2.0 * m->p * m->q);
}

double wks_baseline_dissimilarity_binomial(const double *x, const double *t, size_t n)
{
    return expected_dissimilarity(x, t, n, 1, block_binomial);
}

double wks_baseline_dissimilarity_fixed(const double *x, const double *t, size_t n)
{
    return expected_dissimilarity(x, t, n, 1, block_fixed);
}

double wks_baseline_modified(double d, double expected)
{
    if (!(expected > 1e-12 && expected < 1.0 - 1e-12)) return (double)NAN;
    return d >= expected ? (d - expected) / (1.0 - expected) : (d - expected) / expected;
}

void wks_baseline_of(const wks_table *table, size_t group, double d, int parts, int threads, wks_baseline *out)
{
    const double *x = wks_table_group(table, group), *t = table->total;
    *out = (wks_baseline){(double)NAN, (double)NAN, (double)NAN, (double)NAN};
    if ((parts & WKS_BASELINE_FIXED) != 0) out->ed_fixed = expected_dissimilarity(x, t, table->n_areas, threads, block_fixed);
    if ((parts & WKS_BASELINE_BINOMIAL) != 0) out->ed_binom = expected_dissimilarity(x, t, table->n_areas, threads, block_binomial);
    out->dmod_fixed = wks_baseline_modified(d, out->ed_fixed);
    out->dmod_binom = wks_baseline_modified(d, out->ed_binom);
}
