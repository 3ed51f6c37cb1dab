#include "num/bootstrap.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"

enum { N = WKS_BOOTSTRAP_REDRAWS };
static const uint64_t SEED = 8; /* any: fixed, so that the interval is a function of the pairs */

void wks_bootstrap_free(wks_bootstrap *table)
{
    free(table->times);
    *table = (wks_bootstrap){0};
}

wks_status wks_bootstrap_init(wks_bootstrap *out, size_t n, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_rng_seed seed = wks_rng_seed_make(SEED, 0);

    *out = (wks_bootstrap){.n = n};
    WKS_BUG_IF(n == 0 || n > WKS_BOOTSTRAP_MOST);
    out->times = wks_mem_array(n * N, sizeof *out->times);
    if (out->times == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d redraws of %zu replications", (int)N, n);
    for (uint32_t b = 0; b < N; b++) {
        wks_rng rng = wks_rng_open(&seed, b, (uint32_t)n, WKS_RNG_BOOTSTRAP);
        for (size_t i = 0; i < n; i++) {
            const uint32_t drawn = wks_rng_below(&rng, (uint32_t)n);
            out->times[drawn * (size_t)N + b] += 1.0;
        }
    }
out:
    return rc;
}

/* Means of the redraws less the mean of all. In the order of replications, redraw beside redraw. */
static void redraw(const wks_bootstrap *table, const double *difference, double mean, double *restrict out, double *restrict drawn)
{
    for (int b = 0; b < N; b++)
        out[b] = drawn[b] = 0.0;
    for (size_t i = 0; i < table->n; i++) {
        const double *restrict times = table->times + i * (size_t)N;
        if (!isfinite(difference[i])) continue;
        const double d = difference[i] - mean;
        for (int b = 0; b < N; b++) {
            out[b] += times[b] * d;
            drawn[b] += times[b];
        }
    }
    for (int b = 0; b < N; b++)
        out[b] = drawn[b] > 0.0 ? out[b] / drawn[b] : 0.0;
}

/* Sums of squares and cubes of what deviates from the mean. */
static void powers(const wks_bootstrap *table, const double *difference, double mean, double *out_squares, double *out_cubes)
{
    *out_squares = *out_cubes = 0.0;
    for (size_t i = 0; i < table->n; i++) {
        if (!isfinite(difference[i])) continue;
        const double d = difference[i] - mean;
        *out_squares += d * d;
        *out_cubes += d * d * d;
    }
}

/* Normal quantile of the share of redraws below the mean; those on it count half. */
static double bias_of(const double *value, double scale)
{
    const double hair = 1e-12 * scale;
    int below = 0, on = 0;

    for (int b = 0; b < N; b++) {
        below += value[b] < -hair;
        on += fabs(value[b]) <= hair;
    }
    const double share = ((double)below + 0.5 * (double)on) / (double)N;
    return share <= 0.0 || share >= 1.0 ? 0.0 : gsl_cdf_ugaussian_Pinv(share);
}

/* The percentile that BCa takes for normal quantile z. */
static double level_of(double z, double bias, double acceleration)
{
    const double shifted = bias + z, divisor = 1.0 - acceleration * shifted;
    if (divisor <= 0.0) return z < 0.0 ? 0.0 : 1.0;
    return gsl_cdf_ugaussian_P(bias + shifted / divisor);
}

static int compare_doubles(const void *a, const void *b)
{
    double x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return (x > y) - (x < y);
}

static void exchange(double *value, ptrdiff_t i, ptrdiff_t j)
{
    const double x = value[i];
    value[i] = value[j];
    value[j] = x;
}

/* Hoare's selection: what stands before place k is not above value[k], what stands behind it not below. Within first .. last. */
static void part_at(double *value, ptrdiff_t first, ptrdiff_t last, ptrdiff_t k)
{
    while (first < last) {
        const double pivot = value[first + (last - first) / 2];
        ptrdiff_t i = first, j = last;
        while (i <= j) {
            while (value[i] < pivot)
                i++;
            while (value[j] > pivot)
                j--;
            if (i <= j) exchange(value, i++, j--);
        }
        if (k <= j)
            last = j;
        else if (k >= i)
            first = i;
        else
            return;
    }
}

/* Sorts as much of both ends as the quantiles at these levels read. */
static void sort_ends(double *value, double low, double high)
{
    const ptrdiff_t below = (ptrdiff_t)(low * (N - 1)) + 1, above = (ptrdiff_t)(high * (N - 1));

    if (below >= above || below >= N - 1) {
        qsort(value, N, sizeof *value, compare_doubles);
        return;
    }
    part_at(value, 0, N - 1, below);
    part_at(value, below + 1, N - 1, above);
    qsort(value, (size_t)below + 1, sizeof *value, compare_doubles);
    qsort(value + above, (size_t)(N - above), sizeof *value, compare_doubles);
}

void wks_bootstrap_interval(const wks_bootstrap *table, const double *difference, double *scratch, wks_stat_paired *pair)
{
    double squares, cubes;
    const double mean = pair->mean_difference, n = (double)pair->n_pairs;

    if (pair->n_pairs < 3 || !(pair->ci_high > pair->ci_low)) return;
    powers(table, difference, mean, &squares, &cubes);
    redraw(table, difference, mean, scratch, scratch + N);
    const double bias = bias_of(scratch, sqrt(squares / n)), acceleration = cubes / (6.0 * squares * sqrt(squares));
    double *const bound[] = {&pair->ci_low, &pair->ci_high, &pair->inner_low, &pair->inner_high};
    static const double tail[] = {0.025, 0.975, 0.05, 0.95};
    double level[4];
    for (int k = 0; k < 4; k++) {
        const double z = sqrt(n / (n - 1.0)) * gsl_cdf_tdist_Pinv(tail[k], n - 1.0);
        level[k] = level_of(z, bias, acceleration);
    }
    sort_ends(scratch, fmax(level[0], level[2]), fmin(level[1], level[3]));
    for (int k = 0; k < 4; k++)
        *bound[k] = mean + wks_stat_quantile_sorted(scratch, N, level[k]);
}
