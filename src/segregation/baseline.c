#include "segregation/baseline.h"

#include <math.h>
#include <string.h>

#include "base/par.h"
#include "num/math.h"
#include "num/pmf.h"
#include "segregation/margins.h"

/* E|B - n p| for B binomial (n whole): 2 k q P(B = k), k = floor(n p) + 1 (de Moivre). */
static double binomial_deviation(double n, const wks_margins *m)
{
    const double k = floor(n * m->p) + 1.0;
    double factor = 1.0;
    if (n == 0.0 || k > n) return 0.0;
    const double log_b = wks_pmf_binomial_parts(k, n, m->p, m->q, &factor);
    return 2.0 * k * m->q * wks_math_exp(log_b) * sqrt(factor);
}

/* E|Z - n X/T| for Z the members among n drawn from T people of whom X belong: 2 k (T - X - n + k)/T P(Z = k), k = floor(n X/T) + 1.
 * P(Z = k) = b(k; X, n/T) b(n - k; Y, n/T) / b(n; T, n/T). */
static double hypergeometric_deviation(double n, const wks_margins *m)
{
    const double k = floor(n * m->p) + 1.0, p = n / m->t, q = (m->t - n) / m->t;
    double a = 1.0, b = 1.0, c = 1.0;
    if (n == 0.0 || n == m->t || k > n || k > m->x) return 0.0;
    const double log_x = wks_pmf_binomial_parts(k, m->x, p, q, &a);
    const double log_y = wks_pmf_binomial_parts(n - k, m->y, p, q, &b);
    const double log_t = wks_pmf_binomial_parts(n, m->t, p, q, &c);
    return 2.0 * k * ((m->y - (n - k)) / m->t) * wks_math_exp(log_x + log_y - log_t) * sqrt(a / c * b);
}

/* Of areas of one size, of which there are many, it is worked out once. */
enum { SIZES = 1024 };

typedef struct by_size {
    double value[SIZES];
    bool is_known[SIZES];
} by_size;

typedef double deviation_of(double n, const wks_margins *m);

static double remembered(by_size *sizes, deviation_of *deviation, double n, const wks_margins *m)
{
    if (!(n < SIZES)) return deviation(n, m);
    const size_t size = (size_t)n;
    if (!sizes->is_known[size]) {
        sizes->value[size] = deviation(n, m);
        sizes->is_known[size] = true;
    }
    return sizes->value[size];
}

typedef struct expecting {
    const double *x, *t;
    wks_margins margins;
    double sum[WKS_MARGINS_MOST_BLOCKS];
} expecting;

static void block_binomial(int64_t begin, int64_t end, int64_t block, void *context)
{
    expecting *self = context;
    by_size sizes;
    double sum = 0.0;
    memset(sizes.is_known, 0, sizeof sizes.is_known);
    for (int64_t i = begin; i < end; i++) {
        const double whole = floor(self->t[i]), part = self->t[i] - whole;
        sum += (1.0 - part) * remembered(&sizes, binomial_deviation, whole, &self->margins);
        if (part > 0.0) sum += part * remembered(&sizes, binomial_deviation, whole + 1.0, &self->margins);
    }
    self->sum[block] = sum;
}

/* NaN as soon as a count is fractional. */
static void block_fixed(int64_t begin, int64_t end, int64_t block, void *context)
{
    expecting *self = context;
    by_size sizes;
    double sum = 0.0;
    memset(sizes.is_known, 0, sizeof sizes.is_known);
    for (int64_t i = begin; i < end; i++) {
        const bool is_whole = self->t[i] == floor(self->t[i]) && self->x[i] == floor(self->x[i]);
        sum += is_whole ? remembered(&sizes, hypergeometric_deviation, self->t[i], &self->margins) : (double)NAN;
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
