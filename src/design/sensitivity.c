#include "design/sensitivity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "design/estimate.h"
#include "num/math.h"
#include "num/rank.h"
#include "num/stat.h"

static const double NOT_DEFINED = (double)NAN;

enum { LEAST_UNITS = 10 }; /* fewer give no interval by redraws */

typedef struct wks_sensitivity_work {
    const wks_sensitivity_plan *plan;
    const double *y; /* n_points x n_replications */
    wks_sensitivity_of of;
    bool has_noise;
    double *value, *rank, *x_rank, *noise, *pair, *scratch;
    int32_t *unit; /* base samples without NaN */
    int32_t n_units;
    size_t n_rows;
} work;

int32_t wks_sensitivity_unit(const wks_sensitivity_plan *plan)
{
    const int32_t k = plan->n_parameters;
    switch (plan->method) {
    case WKS_SENSITIVITY_MORRIS: return k + 1;
    case WKS_SENSITIVITY_SALTELLI: return plan->second_order ? 2 * k + 2 : k + 2;
    default: return 1;
    }
}

/* ---- is it such a design? ---- */

/* Which parameter alone differs between two points; -1: none, -2: more than one. */
static int32_t moved(const double *a, const double *b, int32_t k)
{
    int32_t which = -1;
    for (int32_t j = 0; j < k; j++) {
        if (a[j] == b[j]) continue; /* bit-equal copies or not */
        if (which >= 0) return -2;
        which = j;
    }
    return which;
}

static bool is_trajectory(const double *block, int32_t k)
{
    for (int32_t i = 0; i < k; i++) {
        const int32_t which = moved(block + (size_t)i * (size_t)k, block + (size_t)(i + 1) * (size_t)k, k);
        if (which == -2) return false;
        for (int32_t before = 0; before < i && which >= 0; before++) {
            if (moved(block + (size_t)before * (size_t)k, block + (size_t)(before + 1) * (size_t)k, k) == which) return false;
        }
    }
    return true;
}

static bool is_block(const double *block, int32_t k, bool second_order)
{
    const size_t width = (size_t)k;
    const double *a = block, *b = block + (second_order ? 2 * width + 1 : width + 1) * width;

    for (size_t j = 0; j < width; j++) {
        const double *ab = block + (1 + j) * width, *ba = second_order ? block + (1 + width + j) * width : NULL;
        for (size_t c = 0; c < width; c++) {
            if (ab[c] != (c == j ? b[c] : a[c])) return false;
            if (ba != NULL && ba[c] != (c == j ? a[c] : b[c])) return false;
        }
    }
    return true;
}

wks_status wks_sensitivity_check(const wks_sensitivity_plan *plan, wks_err *err)
{
    const int32_t size = wks_sensitivity_unit(plan), k = plan->n_parameters;

    if (plan->n_points % size != 0)
        return wks_err_set(err, WKS_ERR_DATA, "the design has %d points; expected blocks of %d", plan->n_points, size);
    for (int32_t u = 0; u < plan->n_points / size; u++) {
        const double *block = plan->x + (size_t)u * (size_t)size * (size_t)k;
        if (plan->method == WKS_SENSITIVITY_MORRIS && !is_trajectory(block, k))
            return wks_err_set(err, WKS_ERR_DATA,
                               "rows %d to %d of the design are no trajectory of Morris: each step moves one parameter, each once",
                               u * size + 1, (u + 1) * size);
        if (plan->method == WKS_SENSITIVITY_SALTELLI && !is_block(block, k, plan->second_order))
            return wks_err_set(err, WKS_ERR_DATA,
                               "rows %d to %d of the design are no block of Saltelli: A, A with each parameter of B in turn, %sB",
                               u * size + 1, (u + 1) * size, plan->second_order ? "B with each of A, " : "");
    }
    return WKS_OK;
}

/* ---- one number a point ---- */

static double summary_of(const double *y, int32_t n, int32_t without, wks_sensitivity_of of)
{
    double mean = y[0], squares = 0; /* from the first: equal values have exactly their mean */
    const int32_t m = without < 0 ? n : n - 1;

    for (int32_t r = 1; r < n && without != 0; r++)
        if (r != without) mean += (y[r] - y[0]) / m;
    for (int32_t r = 1; r < n && without == 0; r++)
        mean = r == 1 ? y[1] : mean + (y[r] - y[1]) / m;
    if (of == WKS_SENSITIVITY_OF_MEAN) return mean;
    for (int32_t r = 0; r < n; r++)
        if (r != without) squares += (y[r] - mean) * (y[r] - mean);
    return m < 2 || !(squares > 0) ? NOT_DEFINED : wks_math_log(squares / (m - 1));
}

/* Ranks from 1, equal values their mean. */
static wks_status rank_column(const double *value, size_t stride, int32_t n, double *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    double *column = wks_mem_array((size_t)n, sizeof *column);
    int32_t *row = wks_mem_array((size_t)n, sizeof *row);
    size_t m = 0;

    if (column == NULL || row == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for ranks");
    for (int32_t i = 0; i < n; i++)
        column[i] = value[(size_t)i * stride];
    WKS_TRY(wks_rank_rows(column, (size_t)n, row, &m, err));
    for (size_t i = 0; i < m;) {
        size_t end = i + 1;
        while (end < m && column[row[end]] == column[row[i]])
            end++;
        for (size_t e = i; e < end; e++)
            out[(size_t)row[e] * stride] = ((double)i + 1 + (double)end) / 2;
        i = end;
    }
out:
    free(column);
    free(row);
    return rc;
}

/* Variance over replications, without one of them, of a number made of two points (b NULL: of one), as that of a mean of them; what all points
 * share in a replication (luck) is taken out of a single point first. */
static double noise_of(const double *a, const double *b, const double *luck, int32_t n, int32_t without)
{
    const int32_t m = without < 0 ? n : n - 1;
    double mean = 0, squares = 0;

    for (int32_t r = 0; r < n; r++)
        if (r != without) mean += (a[r] - (b == NULL ? luck[r] : b[r])) / m;
    for (int32_t r = 0; r < n; r++) {
        const double d = a[r] - (b == NULL ? luck[r] : b[r]) - mean;
        if (r != without) squares += d * d;
    }
    return m < 2 ? NOT_DEFINED : squares / (m - 1) / m;
}

/* Monte Carlo variance of the points A and B and of A less AB_i. */
static wks_status fill_noise(work *self, int32_t without, wks_err *err)
{
    const wks_sensitivity_plan *plan = self->plan;
    const int32_t n = plan->n_replications, size = wks_sensitivity_unit(plan), k = plan->n_parameters;
    double *luck = wks_mem_array((size_t)n, sizeof *luck);

    if (luck == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for replications");
    for (int32_t i = 0; i < self->n_units; i++) {
        const double *block = self->y + (size_t)self->unit[i] * (size_t)size * (size_t)n, *last = block + (size_t)(size - 1) * (size_t)n;
        for (int32_t r = 0; r < n; r++)
            luck[r] += (block[r] + last[r]) / (2.0 * self->n_units);
    }
    for (int32_t i = 0; i < self->n_units; i++) {
        const size_t u = (size_t)self->unit[i];
        const double *block = self->y + u * (size_t)size * (size_t)n;
        for (int32_t p = 0; p < size; p++)
            self->noise[u * (size_t)size + (size_t)p] = noise_of(block + (size_t)p * (size_t)n, NULL, luck, n, without);
        for (int32_t j = 0; j < k; j++)
            self->pair[u * (size_t)k + (size_t)j] = noise_of(block, block + (size_t)(1 + j) * (size_t)n, NULL, n, without);
    }
    free(luck);
    return WKS_OK;
}

/* ---- indices ---- */

/* The indices of all points, without one replication (-1: with all), over the units given. */
static wks_status estimate(work *self, int32_t without, double *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_sensitivity_plan *plan = self->plan;

    for (int32_t i = 0; i < plan->n_points; i++)
        self->value[i] = summary_of(self->y + (size_t)i * (size_t)plan->n_replications, plan->n_replications, without, self->of);
    if (plan->method == WKS_SENSITIVITY_REGRESSION) WKS_TRY(rank_column(self->value, 1, plan->n_points, self->rank, err));
    if (self->has_noise) WKS_TRY(fill_noise(self, without, err));
    const wks_estimate_sample sample = {plan, self->value, self->rank, self->has_noise ? self->noise : NULL, self->pair, self->x_rank};
    wks_estimate_values(&sample, self->unit, self->n_units, self->scratch, out);
out:
    return rc;
}

static void find_units(work *self)
{
    const wks_sensitivity_plan *plan = self->plan;
    const int32_t size = wks_sensitivity_unit(plan), n = plan->n_replications;

    for (int32_t u = 0; u < plan->n_points / size; u++) {
        bool is_whole = true;
        for (int32_t p = u * size; p < (u + 1) * size && is_whole; p++)
            is_whole = isfinite(summary_of(self->y + (size_t)p * (size_t)n, n, -1, self->of));
        if (is_whole) self->unit[self->n_units++] = u;
    }
}

static int by_value(const void *a, const void *b)
{
    double x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return (x > y) - (x < y);
}

/* Redraws of base samples: percentiles. */
static wks_status redraw(work *self, wks_sensitivity_row *row, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_sensitivity_plan *plan = self->plan;
    const wks_rng_seed seed = wks_rng_seed_make(plan->seed, 0);
    const size_t n_draws = (size_t)plan->bootstrap;
    const wks_estimate_sample sample = {plan, self->value, self->rank, self->has_noise ? self->noise : NULL, self->pair, self->x_rank};
    double *drawn = wks_mem_array(n_draws * self->n_rows, sizeof *drawn), *one = wks_mem_array(self->n_rows, sizeof *one);
    int32_t *unit = wks_mem_array((size_t)self->n_units, sizeof *unit);

    if (drawn == NULL || one == NULL || unit == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu redraws", n_draws);
    for (size_t d = 0; d < n_draws; d++) {
        for (int32_t i = 0; i < self->n_units; i++) {
            wks_rng rng = wks_rng_open(&seed, (uint64_t)d, (uint32_t)i, WKS_RNG_BOOTSTRAP);
            unit[i] = self->unit[wks_rng_below(&rng, (uint32_t)self->n_units)];
        }
        wks_estimate_values(&sample, unit, self->n_units, self->scratch, one);
        for (size_t i = 0; i < self->n_rows; i++)
            drawn[i * n_draws + d] = one[i];
    }
    for (size_t i = 0; i < self->n_rows; i++) {
        double *of_row = drawn + i * n_draws;
        size_t m = 0;
        for (size_t d = 0; d < n_draws; d++)
            if (isfinite(of_row[d])) of_row[m++] = of_row[d];
        qsort(of_row, m, sizeof *of_row, by_value);
        /* Redraws that are mostly not defined give no interval, nor do few base samples. */
        if (!isfinite(row[i].value) || row[i].n < LEAST_UNITS || m * 10 < n_draws * 9) continue;
        row[i].ci_low = wks_stat_quantile_sorted(of_row, m, 0.025);
        row[i].ci_high = wks_stat_quantile_sorted(of_row, m, 0.975);
    }
out:
    free(drawn);
    free(one);
    free(unit);
    return rc;
}

/* Correlations, their squares, and means and spreads of sizes (Morris) have bounds, which an interval of few replications may pass. */
static void keep_inside(wks_sensitivity_row *row)
{
    const bool is_square = strncmp(row->index, "R2", 2) == 0, is_correlation = strcmp(row->index, "PRCC") == 0;
    if (strcmp(row->index, "mu_star") == 0 || strcmp(row->index, "sigma") == 0) row->mc_low = fmax(row->mc_low, 0);
    if (!is_square && !is_correlation) return;
    row->mc_low = fmax(row->mc_low, is_square ? 0 : -1);
    row->mc_high = fmin(row->mc_high, 1);
}

/* Jackknife over replications: pseudo-values and Student's t. */
static wks_status leave_out(work *self, wks_sensitivity_row *row, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n = self->plan->n_replications;
    double *left = wks_mem_array((size_t)n * self->n_rows, sizeof *left), *one = wks_mem_array(self->n_rows, sizeof *one);

    if (left == NULL || one == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d replications", n);
    for (int32_t r = 0; r < n; r++) {
        WKS_TRY(estimate(self, r, one, err));
        for (size_t i = 0; i < self->n_rows; i++)
            left[i * (size_t)n + (size_t)r] = n * row[i].value - (n - 1) * one[i];
    }
    for (size_t i = 0; i < self->n_rows; i++) {
        const wks_stat_summary pseudo = wks_stat_summarise(left + i * (size_t)n, (size_t)n);
        if (pseudo.n < (size_t)n || !isfinite(row[i].value)) continue;
        row[i].mc_low = row[i].value - (pseudo.mean - pseudo.ci_low);
        row[i].mc_high = row[i].value + (pseudo.ci_high - pseudo.mean);
        keep_inside(&row[i]);
    }
out:
    free(left);
    free(one);
    return rc;
}

static wks_status allocate(work *self, wks_err *err)
{
    const wks_sensitivity_plan *plan = self->plan;
    const size_t n = (size_t)plan->n_points, k = (size_t)plan->n_parameters;

    self->value = wks_mem_array(n, sizeof *self->value);
    self->rank = wks_mem_array(n, sizeof *self->rank);
    self->x_rank = wks_mem_array(n * k, sizeof *self->x_rank);
    self->noise = wks_mem_array(n, sizeof *self->noise);
    self->pair = wks_mem_array(n * k, sizeof *self->pair);
    self->scratch = wks_mem_array(wks_estimate_work(plan), sizeof *self->scratch);
    self->unit = wks_mem_array(n, sizeof *self->unit);
    if (self->value == NULL || self->rank == NULL || self->x_rank == NULL || self->noise == NULL || self->pair == NULL ||
        self->scratch == NULL || self->unit == NULL)
        return wks_err_set(err, WKS_ERR_NOMEM, "no memory for the indices of %zu points", n);
    return WKS_OK;
}

static void release(work *self)
{
    free(self->value);
    free(self->rank);
    free(self->x_rank);
    free(self->noise);
    free(self->pair);
    free(self->scratch);
    free(self->unit);
}

wks_status wks_sensitivity_analyse(const wks_sensitivity_plan *plan, const double *y, wks_sensitivity_of of, wks_sensitivity_row **out,
                                   size_t *out_n, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n = plan->n_replications;
    work self = {.plan = plan, .y = y, .of = of};
    wks_sensitivity_row *row = NULL;
    double *value = NULL;

    self.has_noise = plan->method == WKS_SENSITIVITY_SALTELLI && n >= 2 && of == WKS_SENSITIVITY_OF_MEAN;
    self.n_rows = wks_estimate_rows(plan, self.has_noise, NULL);
    row = wks_mem_array(self.n_rows, sizeof *row);
    value = wks_mem_array(self.n_rows, sizeof *value);
    if (row == NULL || value == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for indices");
    WKS_TRY(allocate(&self, err));
    (void)wks_estimate_rows(plan, self.has_noise, row);
    find_units(&self);
    for (int32_t j = 0; j < plan->n_parameters && plan->method == WKS_SENSITIVITY_REGRESSION; j++)
        WKS_TRY(rank_column(plan->x + j, (size_t)plan->n_parameters, plan->n_points, self.x_rank + j, err));
    WKS_TRY(estimate(&self, -1, value, err));
    for (size_t i = 0; i < self.n_rows; i++) {
        row[i].value = value[i];
        row[i].n_units = self.n_units;
        row[i].n = row[i].parameter < 0 ? self.n_units : wks_estimate_count(plan, self.unit, self.n_units, row[i].parameter);
        row[i].ci_low = row[i].ci_high = row[i].mc_low = row[i].mc_high = NOT_DEFINED;
    }
    if (plan->bootstrap > 0 && self.n_units >= LEAST_UNITS) WKS_TRY(redraw(&self, row, err));
    if (n >= (of == WKS_SENSITIVITY_OF_MEAN && !self.has_noise ? 2 : 3)) WKS_TRY(leave_out(&self, row, err));
    *out = row;
    *out_n = self.n_rows;
    row = NULL;
out:
    release(&self);
    free(value);
    free(row);
    return rc;
}

/* ---- parts of the variance ---- */

wks_sensitivity_parts wks_sensitivity_decompose(const double *y, int32_t n_points, int32_t n_replications)
{
    wks_sensitivity_parts parts = {.mean = NOT_DEFINED,
                                   .between = NOT_DEFINED,
                                   .parameters = NOT_DEFINED,
                                   .luck = NOT_DEFINED,
                                   .interaction = NOT_DEFINED,
                                   .error_of_point = NOT_DEFINED};
    const int32_t n = n_replications;
    double origin = 0, mean = 0, points = 0, runs = 0, all = 0;
    int32_t m = 0;

    for (int32_t i = n_points; i-- > 0;) {
        const double own = summary_of(y + (size_t)i * (size_t)n, n, -1, WKS_SENSITIVITY_OF_MEAN);
        if (!isfinite(own)) continue;
        m++;
        mean = origin = own; /* from the first: equal values have no variance */
    }
    parts.n_points = m;
    parts.n_dropped = n_points - m;
    if (m == 0) return parts;
    for (int32_t i = 0; i < n_points; i++) {
        const double own = summary_of(y + (size_t)i * (size_t)n, n, -1, WKS_SENSITIVITY_OF_MEAN);
        if (isfinite(own)) mean += (own - origin) / m;
    }
    parts.mean = mean;
    if (m < 2) return parts;
    for (int32_t i = 0; i < n_points; i++) {
        const double own = summary_of(y + (size_t)i * (size_t)n, n, -1, WKS_SENSITIVITY_OF_MEAN);
        if (!isfinite(own)) continue;
        points += (own - mean) * (own - mean) / (m - 1);
        for (int32_t r = 0; r < n; r++) {
            const double d = y[(size_t)i * (size_t)n + (size_t)r] - own;
            all += d * d;
        }
    }
    parts.between = points;
    if (n < 2) return parts;
    for (int32_t r = 0; r < n; r++) {
        double of_run = 0;
        for (int32_t i = 0; i < n_points; i++) {
            const double own = summary_of(y + (size_t)i * (size_t)n, n, -1, WKS_SENSITIVITY_OF_MEAN);
            if (isfinite(own)) of_run += (y[(size_t)i * (size_t)n + (size_t)r] - own) / m;
        }
        runs += of_run * of_run;
    }
    parts.interaction = (all - m * runs) / ((double)(m - 1) * (n - 1));
    if (parts.interaction < 0) parts.interaction = 0; /* rounding */
    parts.luck = runs / (n - 1) - parts.interaction / m;
    parts.error_of_point = parts.interaction / n;
    parts.parameters = parts.between - parts.error_of_point;
    return parts;
}
