#include "num/bootstrap.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/rng.h"

enum { N = WKS_BOOTSTRAP_REDRAWS, TILE = 8 };
static const double tails[4] = {0.025, 0.975, 0.05, 0.95};
static const uint64_t SEED = 8; /* any: fixed, so that the interval is a function of the pairs */

void wks_bootstrap_free(wks_bootstrap *table)
{
    free(table->times);
    *table = (wks_bootstrap){0};
}

/* What BCa takes in place of the normal quantile of a tail. */
static double widened(double tail, double n)
{
    return sqrt(n / (n - 1.0)) * gsl_cdf_tdist_Pinv(tail, n - 1.0);
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
            out->times[(b / TILE * n + drawn) * TILE + b % TILE] += 1.0F;
        }
    }
    for (int k = 0; k < 4 && n > 1; k++)
        out->z[k] = widened(tails[k], (double)n);
out:
    return rc;
}

/* Sums of eight redraws: of weight[i] times how often i is there. */
static void add_tile(const float *restrict times, const double *restrict weight, size_t n, double *restrict out)
{
    double sum[TILE] = {0};
    for (size_t i = 0; i < n; i++) {
        for (int k = 0; k < TILE; k++)
            sum[k] += (double)times[i * TILE + (size_t)k] * weight[i];
    }
    for (int k = 0; k < TILE; k++)
        out[k] = sum[k];
}

/* Means of the redraws less the mean of all; `weight` and `there` are n doubles each. What is not defined counts as not drawn. */
static void redraw(const wks_bootstrap *table, const double *difference, const wks_stat_paired *pair, double *weight, double *there,
                   double *out)
{
    const size_t n = table->n;

    for (size_t i = 0; i < n; i++) {
        there[i] = isfinite(difference[i]) ? 1.0 : 0.0;
        weight[i] = isfinite(difference[i]) ? difference[i] - pair->mean_difference : 0.0;
    }
    for (size_t b = 0; b < N; b += TILE) {
        const float *times = table->times + b * n;
        double drawn[TILE] = {0};
        add_tile(times, weight, n, out + b);
        if (pair->n_pairs < n) add_tile(times, there, n, drawn);
        for (int k = 0; k < TILE; k++) {
            const double m = pair->n_pairs < n ? drawn[k] : (double)n;
            out[b + (size_t)k] = m > 0.0 ? out[b + (size_t)k] / m : 0.0;
        }
    }
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

/* ---- the ends of the sorted redraws: no more is read ---- */

static void sort_few(double *value, int n)
{
    for (int i = 1; i < n; i++) {
        const double x = value[i];
        int k = i;
        for (; k > 0 && value[k - 1] > x; k--)
            value[k] = value[k - 1];
        value[k] = x;
    }
}

/* Hoare's quicksort, inline for doubles: qsort calls a function for each comparison. */
static void sort(double *value, int n)
{
    while (n > 24) {
        const double pivot = value[n / 2];
        int i = 0, j = n - 1;
        while (i <= j) {
            while (value[i] < pivot)
                i++;
            while (value[j] > pivot)
                j--;
            if (i > j) break;
            const double x = value[i];
            value[i++] = value[j];
            value[j--] = x;
        }
        if (j + 1 < n - i) { /* the smaller part by itself, the larger one in this loop */
            sort(value, j + 1);
            value += i;
            n -= i;
        } else {
            sort(value + i, n - i);
            n = j + 1;
        }
    }
    sort_few(value, n);
}

/* Value at place k, counted from 0, of all N sorted: from those below -cut, from those above cut, or, once needed, from all of them sorted. */
typedef struct wks_bootstrap_ends {
    double *all, *low, *high; /* low and high: the ends sorted, both within one array of N */
    int n_low, n_high;
    bool is_sorted;
} ends;

static void cut_ends(ends *self, double *all, double *spare, double cut)
{
    int n_low = 0, n_high = 0;

    for (int b = 0; b < N; b++) { /* no branches: which way it goes is luck */
        spare[n_low] = all[b];
        n_low += all[b] < -cut;
    }
    for (int b = 0; b < N && n_low + n_high < N; b++) {
        spare[N - 1 - n_high] = all[b];
        n_high += all[b] > cut;
    }
    if (n_low + n_high >= N) n_low = n_high = 0; /* they met: all of them are sorted then */
    *self = (ends){all, spare, spare + N - n_high, n_low, n_high, false};
    sort(self->low, n_low);
    sort(self->high, n_high);
}

static double value_at(ends *self, int place)
{
    if (place < self->n_low) return self->low[place];
    if (place >= N - self->n_high) return self->high[place - (N - self->n_high)];
    if (!self->is_sorted) sort(self->all, N);
    self->is_sorted = true;
    return self->all[place];
}

/* As wks_stat_quantile_sorted. */
static double quantile(ends *self, double level)
{
    const double position = level * (double)(N - 1);
    const int below = (int)position;
    const double part = position - (double)below, x = value_at(self, below < N ? below : N - 1);

    if (part == 0.0 || below + 1 >= N) return x;
    return x + part * (value_at(self, below + 1) - x);
}

void wks_bootstrap_interval(const wks_bootstrap *table, const double *difference, double *scratch, wks_stat_paired *pair)
{
    const double mean = pair->mean_difference, n = (double)pair->n_pairs;
    double squares, cubes, *redrawn = scratch, *spare = scratch + N;
    double *const bound[] = {&pair->ci_low, &pair->ci_high, &pair->inner_low, &pair->inner_high};
    ends sorted;

    if (pair->n_pairs < 3 || !(pair->ci_high > pair->ci_low)) return;
    powers(table, difference, mean, &squares, &cubes);
    redraw(table, difference, pair, spare, spare + table->n, redrawn); /* 2 n <= N */
    const double bias = bias_of(redrawn, sqrt(squares / n)), acceleration = cubes / (6.0 * squares * sqrt(squares));
    cut_ends(&sorted, redrawn, spare, 1.3 * sqrt(squares) / n); /* 1.3 standard deviations of the redraws */
    for (int k = 0; k < 4; k++) {
        const double z = pair->n_pairs == table->n ? table->z[k] : widened(tails[k], n);
        *bound[k] = mean + quantile(&sorted, level_of(z, bias, acceleration));
    }
}
