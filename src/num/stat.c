#include "num/stat.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { STACK_VALUES = 256 };

static const double NOT_DEFINED = (double)NAN;

static int compare_doubles(const void *a, const void *b)
{
    double x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return (x > y) - (x < y);
}

double wks_stat_quantile_sorted(const double *sorted, size_t n, double q)
{
    if (n == 0 || !(q >= 0.0 && q <= 1.0)) return NOT_DEFINED;
    const double position = q * (double)(n - 1);
    const size_t below = (size_t)floor(position);
    if (below + 1 >= n) return sorted[n - 1];
    const double part = position - (double)below;
    if (part == 0.0) return sorted[below];
    return sorted[below] + part * (sorted[below + 1] - sorted[below]);
}

/* Mean and variance (n - 1) of n >= 1 finite values, measured from the first: equal values have exactly variance 0. */
static void moments(const double *value, size_t n, double *out_mean, double *out_variance)
{
    const double origin = value[0];
    double sum = 0.0, squares = 0.0;
    for (size_t i = 0; i < n; i++)
        sum += value[i] - origin;
    const double shift = sum / (double)n;
    for (size_t i = 0; i < n; i++) {
        const double d = (value[i] - origin) - shift;
        squares += d * d;
    }
    *out_mean = origin + shift;
    *out_variance = n > 1 ? squares / (double)(n - 1) : NOT_DEFINED;
}

/* Of Student's t; `level` 0.975: half the 95 % interval. */
static double half_width(double level, double variance, size_t n)
{
    if (!(variance > 0.0)) return 0.0;
    return gsl_cdf_tdist_Pinv(level, (double)(n - 1)) * sqrt(variance / (double)n);
}

/* Summary of n finite values that may be reordered. */
static wks_stat_summary summary_of(double *value, size_t n)
{
    wks_stat_summary s = {n, NOT_DEFINED, NOT_DEFINED, NOT_DEFINED, NOT_DEFINED, NOT_DEFINED, NOT_DEFINED, NOT_DEFINED};
    if (n == 0) return s;
    qsort(value, n, sizeof *value, compare_doubles); /* first, so that the order of the replications cannot matter */
    double variance;
    moments(value, n, &s.mean, &variance);
    if (n > 1) {
        const double half = half_width(0.975, variance, n);
        s.sd = sqrt(variance);
        s.ci_low = s.mean - half;
        s.ci_high = s.mean + half;
    }
    s.p10 = wks_stat_quantile_sorted(value, n, 0.1);
    s.p50 = wks_stat_quantile_sorted(value, n, 0.5);
    s.p90 = wks_stat_quantile_sorted(value, n, 0.9);
    return s;
}

wks_stat_summary wks_stat_summarise(const double *value, size_t n)
{
    double few[STACK_VALUES];
    double *kept = n <= STACK_VALUES ? few : wks_mem_array(n, sizeof *kept);
    wks_stat_summary s = {0, NOT_DEFINED, NOT_DEFINED, NOT_DEFINED, NOT_DEFINED, NOT_DEFINED, NOT_DEFINED, NOT_DEFINED};
    if (kept == NULL) return s;
    size_t n_kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (isfinite(value[i])) kept[n_kept++] = value[i];
    }
    s = summary_of(kept, n_kept);
    if (kept != few) free(kept);
    return s;
}

/* Running mean and sum of squares (Welford), measured from the first value. */
typedef struct running {
    double origin, mean, squares;
    size_t n;
} running;

static void add(running *r, double x)
{
    if (r->n++ == 0) r->origin = x;
    const double d = (x - r->origin) - r->mean;
    r->mean += d / (double)r->n;
    r->squares += d * ((x - r->origin) - r->mean);
}

wks_stat_paired wks_stat_pair(const double *reference, const double *scenario, size_t n)
{
    running a = {0.0, 0.0, 0.0, 0}, b = a, difference = a;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(reference[i]) || !isfinite(scenario[i])) continue;
        add(&a, reference[i]);
        add(&b, scenario[i]);
        add(&difference, scenario[i] - reference[i]);
    }
    const size_t m = difference.n;
    wks_stat_paired p = {m,           NOT_DEFINED, NOT_DEFINED, NOT_DEFINED, NOT_DEFINED,
                         NOT_DEFINED, NOT_DEFINED, NOT_DEFINED, NOT_DEFINED, NOT_DEFINED};
    if (m == 0) return p;
    p.mean_reference = a.origin + a.mean;
    p.mean_scenario = b.origin + b.mean;
    p.mean_difference = difference.origin + difference.mean;
    if (m < 2) return p;
    const double variance = difference.squares / (double)(m - 1);
    const double half = half_width(0.975, variance, m), inner = half_width(0.95, variance, m);
    p.ci_low = p.mean_difference - half;
    p.ci_high = p.mean_difference + half;
    p.inner_low = p.mean_difference - inner;
    p.inner_high = p.mean_difference + inner;
    if (variance > 0.0) {
        const double t = fabs(p.mean_difference) / sqrt(variance / (double)m);
        p.p_value = 2.0 * gsl_cdf_tdist_Q(t, (double)(m - 1));
        p.variance_reduction = (a.squares + b.squares) / difference.squares;
    } else {
        p.p_value = p.mean_difference == 0.0 ? 1.0 : 0.0;
    }
    return p;
}

static bool is_enough(int64_t n, double sd, double width, double power)
{
    const double degrees = (double)(n - 1);
    const double t = gsl_cdf_tdist_Pinv(0.975, degrees) + gsl_cdf_tdist_Pinv(power, degrees);
    return t * sd <= width * sqrt((double)n);
}

/* Smallest n >= 10 that is enough: doubled until it is, then halved in. */
static int64_t smallest_n(double sd, double width, double power)
{
    int64_t low = 9, high = 10; /* low is not enough, or below ten */

    if (!(sd >= 0.0) || !(width > 0.0) || !isfinite(sd)) return 0;
    while (!is_enough(high, sd, width, power)) {
        if (high > 1000000000) return 0;
        low = high;
        high *= 2;
    }
    while (high - low > 1) {
        const int64_t middle = low + (high - low) / 2;
        if (is_enough(middle, sd, width, power)) {
            high = middle;
        } else {
            low = middle;
        }
    }
    return high;
}

int64_t wks_stat_n_for_half_width(double sd, double half_width)
{
    return smallest_n(sd, half_width, 0.5);
}

int64_t wks_stat_n_to_show(double sd, double difference)
{
    return smallest_n(sd, difference, 0.8);
}

/* First place in a sorted array that is not below x. */
static size_t lower_bound(const double *sorted, size_t n, double x)
{
    size_t low = 0, high = n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (sorted[middle] < x) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

void wks_stat_holm(double *p, size_t n)
{
    double *work = wks_mem_array(2 * n, sizeof *work); /* sorted values, then their adjusted values */
    if (work == NULL) {
        for (size_t i = 0; i < n; i++)
            p[i] = NOT_DEFINED;
        return;
    }
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        if (!isnan(p[i])) work[m++] = p[i];
    }
    if (m > 0) qsort(work, m, sizeof *work, compare_doubles);
    double *adjusted = work + n, largest = 0.0;
    for (size_t i = 0; i < m; i++) {
        const double scaled = (double)(m - i) * work[i];
        if (scaled > largest) largest = scaled;
        adjusted[i] = largest < 1.0 ? largest : 1.0;
    }
    /* equal p-values have equal adjusted ones: the first of them has the largest factor */
    for (size_t i = 0; i < n; i++) {
        if (!isnan(p[i])) p[i] = adjusted[lower_bound(work, m, p[i])];
    }
    free(work);
}
