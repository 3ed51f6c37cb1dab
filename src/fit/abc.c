#include "fit/abc.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "fit/posterior.h"
#include "num/draw.h"
#include "num/math.h"

enum { LEAST_BATCH = 16 };
static const double LEAST_KEPT = 0.02;

double wks_abc_floor(int32_t n)
{
    return gsl_cdf_chisq_Pinv(0.99, (double)n);
}

void wks_abc_free(wks_abc *abc)
{
    free(abc->row);
    free(abc->weight);
    free(abc->generation);
    *abc = (wks_abc){0};
}

/* ---- weights and distances ---- */

static void normalise(double *weight, int32_t n)
{
    double sum = 0.0;

    for (int32_t i = 0; i < n; i++)
        sum += weight[i];
    for (int32_t i = 0; i < n; i++)
        weight[i] /= sum;
}

/* The last step: weights by the density of the errors. */
static void weigh_by_errors(const wks_archive *a, double floor, wks_abc *out)
{
    double nearest_one = (double)INFINITY;

    out->widened = out->tolerance > floor ? out->tolerance / floor : 1.0;
    for (int32_t i = 0; i < out->n; i++)
        if (a->distance[out->row[i]] < nearest_one) nearest_one = a->distance[out->row[i]];
    for (int32_t i = 0; i < out->n; i++)
        out->weight[i] *= wks_math_exp(-0.5 * (a->distance[out->row[i]] - nearest_one) / out->widened);
    normalise(out->weight, out->n);
    out->effective = wks_posterior_effective(out->weight, out->n);
}

static int by_size(const void *a, const void *b)
{
    double x, y;

    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return (x > y) - (x < y);
}

/* The distance that a share of these rows does not exceed: the ceil(share n)-th smallest. */
static wks_status nearest(const wks_archive *a, const int32_t *row, int32_t n, double share, double *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    double *sorted = wks_mem_array((size_t)n, sizeof *sorted);

    if (sorted == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d distances", (int)n);
    for (int32_t i = 0; i < n; i++)
        sorted[i] = a->distance[row == NULL ? i : row[i]];
    qsort(sorted, (size_t)n, sizeof *sorted, by_size);
    int32_t at = (int32_t)ceil(share * (double)n) - 1;
    at = at < 0 ? 0 : at >= n ? n - 1 : at;
    *out = sorted[at];
out:
    free(sorted);
    return rc;
}

/* ---- proposals ---- */

static void draw_prior(const wks_rng_seed *key, int64_t number, int32_t d, double *x)
{
    wks_rng rng = wks_rng_open(key, (uint64_t)number, 2, WKS_RNG_CALIBRATE);

    for (int32_t k = 0; k < d; k++)
        x[k] = wks_rng_u01(&rng);
}

static wks_status run_prior(wks_archive *archive, uint64_t seed, int32_t n, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t d = archive->n_parameters;
    const wks_rng_seed key = wks_rng_seed_make(seed, 0);
    double *point = wks_mem_array((size_t)n * (size_t)d, sizeof *point);

    if (point == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d points", (int)n);
    for (int32_t i = 0; i < n; i++)
        draw_prior(&key, i, d, point + (int64_t)i * d);
    WKS_TRY(wks_archive_add(archive, point, n, 1, err));
out:
    free(point);
    return rc;
}

/* A generation that points move from: rows, weights, and the factor of the moves' covariance (lower triangle, d x d). */
typedef struct cloud {
    int32_t *row;
    double *weight, *factor;
    int32_t n;
} cloud;

static void free_cloud(cloud *c)
{
    free(c->row);
    free(c->weight);
    free(c->factor);
    *c = (cloud){0};
}

static wks_status reserve_cloud(cloud *c, int32_t most, int32_t d, wks_err *err)
{
    *c = (cloud){0};
    c->row = wks_mem_array((size_t)most, sizeof *c->row);
    c->weight = wks_mem_array((size_t)most, sizeof *c->weight);
    c->factor = wks_mem_array((size_t)d * (size_t)d, sizeof *c->factor);
    if (c->row != NULL && c->weight != NULL && c->factor != NULL) return WKS_OK;
    return wks_err_set(err, WKS_ERR_NOMEM, "no memory for %d points", (int)most);
}

static double coordinate(const wks_archive *a, const cloud *c, int32_t i, int32_t k)
{
    return a->point[(int64_t)c->row[i] * a->n_parameters + k];
}

/* Twice the weighted covariance, into `factor`, in place a Cholesky factor. A ridge keeps moves possible where points coincide. */
static void make_factor(const wks_archive *a, cloud *c)
{
    const int32_t d = a->n_parameters;

    for (int32_t j = 0; j < d; j++) {
        for (int32_t k = 0; k <= j; k++) {
            double mean_j = 0.0, mean_k = 0.0, sum = 0.0;
            for (int32_t i = 0; i < c->n; i++) {
                mean_j += c->weight[i] * coordinate(a, c, i, j);
                mean_k += c->weight[i] * coordinate(a, c, i, k);
            }
            for (int32_t i = 0; i < c->n; i++)
                sum += c->weight[i] * (coordinate(a, c, i, j) - mean_j) * (coordinate(a, c, i, k) - mean_k);
            c->factor[j * d + k] = 2.0 * sum + (j == k ? 1e-6 : 0.0);
        }
    }
    for (int32_t j = 0; j < d; j++) {
        for (int32_t k = 0; k <= j; k++) {
            double sum = c->factor[j * d + k];
            for (int32_t i = 0; i < k; i++)
                sum -= c->factor[j * d + i] * c->factor[k * d + i];
            c->factor[j * d + k] = j == k ? sqrt(sum > 1e-12 ? sum : 1e-12) : sum / c->factor[k * d + k];
        }
    }
}

static bool is_inside(const double *x, int32_t d)
{
    for (int32_t k = 0; k < d; k++)
        if (!(x[k] > 0.0 && x[k] < 1.0)) return false;
    return true;
}

/* A point of the cloud, moved; drawn anew until it lies in the cube (the prior is 0 outside). */
static void draw_move(const wks_archive *a, const cloud *c, const wks_rng_seed *key, int64_t number, uint32_t stage, double *x)
{
    const int32_t d = a->n_parameters;
    wks_rng rng = wks_rng_open(key, (uint64_t)number, stage, WKS_RNG_CALIBRATE);

    do {
        const int32_t from = wks_draw_weighted(&rng, c->weight, c->n);
        for (int32_t k = 0; k < d; k++)
            x[k] = coordinate(a, c, from, k);
        for (int32_t k = 0; k < d; k++) {
            const double z = wks_draw_normal(&rng);
            for (int32_t j = k; j < d; j++)
                x[j] += c->factor[j * d + k] * z;
        }
    } while (!is_inside(x, d));
}

/* Density of the moves to x, without its constant: sum of w exp(-|L^-1 (x - x_i)|^2 / 2). */
static double move_density(const wks_archive *a, const cloud *c, const double *x, double *rest)
{
    const int32_t d = a->n_parameters;
    double sum = 0.0;

    for (int32_t i = 0; i < c->n; i++) {
        double squares = 0.0;
        for (int32_t k = 0; k < d; k++) {
            rest[k] = x[k] - coordinate(a, c, i, k);
            for (int32_t j = 0; j < k; j++)
                rest[k] -= c->factor[k * d + j] * rest[j];
            rest[k] /= c->factor[k * d + k];
            squares += rest[k] * rest[k];
        }
        sum += c->weight[i] * wks_math_exp(-0.5 * squares);
    }
    return sum;
}

/* ---- rejection ---- */

static void note_generation(wks_abc *out, int32_t n_run, int32_t n_kept, double tolerance, double effective)
{
    out->generation[out->n_generations++] = (wks_abc_generation){n_run, n_kept, tolerance, effective};
}

static wks_status reserve(wks_abc *out, int32_t generations, wks_err *err)
{
    *out = (wks_abc){0};
    out->generation = wks_mem_array((size_t)generations, sizeof *out->generation);
    return out->generation != NULL ? WKS_OK : wks_err_set(err, WKS_ERR_NOMEM, "no memory for %d generations", (int)generations);
}

static wks_status give(wks_archive *a, const cloud *c, double tolerance, wks_abc *out, wks_err *err)
{
    wks_status rc = WKS_OK;

    out->n = c->n;
    out->row = wks_mem_copy(c->row, (size_t)c->n * sizeof *c->row);
    out->weight = wks_mem_copy(c->weight, (size_t)c->n * sizeof *c->weight);
    if (out->row == NULL || out->weight == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d points", (int)c->n);
    out->tolerance = tolerance;
    wks_archive_pool(a, out->row, out->n);
    weigh_by_errors(a, wks_abc_floor(wks_archive_fitted(a)), out);
out:
    return rc;
}

static wks_status check_options(const wks_abc_options *o, wks_err *err)
{
    if (o->accepted >= 2 && o->evaluations >= o->accepted && o->generations >= 0) return WKS_OK;
    return wks_err_set(err, WKS_ERR_USAGE, "%d points to keep of %d evaluations; expected at least 2, and no more than are evaluated",
                       (int)o->accepted, (int)o->evaluations);
}

wks_status wks_abc_reject(wks_archive *archive, const wks_abc_options *options, wks_abc *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    cloud kept = {0};
    double tolerance = 0.0;
    const double floor = wks_abc_floor(wks_archive_fitted(archive));

    WKS_TRY(reserve(out, 1, err));
    WKS_TRY(check_options(options, err));
    WKS_TRY(run_prior(archive, options->seed, options->evaluations, err));
    WKS_TRY(reserve_cloud(&kept, archive->n, archive->n_parameters, err));
    WKS_TRY(nearest(archive, NULL, archive->n, (double)options->accepted / (double)archive->n, &tolerance, err));
    if (tolerance < floor) tolerance = floor;
    for (int32_t i = 0; i < archive->n; i++) {
        if (!(archive->distance[i] <= tolerance) || !isfinite(archive->distance[i])) continue;
        kept.weight[kept.n] = 1.0;
        kept.row[kept.n++] = i;
    }
    if (kept.n == 0) WKS_FAIL(err, WKS_ERR_DATA, "none of %d points has a value for every fitted target", (int)archive->n);
    note_generation(out, archive->n, kept.n, tolerance, (double)kept.n);
    WKS_TRY(give(archive, &kept, tolerance, out, err));
out:
    free_cloud(&kept);
    return rc;
}

/* ---- sequential Monte Carlo ---- */

typedef struct smc {
    wks_archive *archive;
    const wks_abc_options *options;
    wks_rng_seed key;
    cloud now, next;
    double *point, *rest; /* a batch of moves; d numbers */
    double floor, tolerance;
    int64_t n_moves; /* of this generation */
} smc;

/* How many moves to run together: what is missing at the rate so far. */
static int32_t batch_size(const smc *s)
{
    const int32_t missing = s->options->accepted - s->next.n, left = s->options->evaluations - s->archive->n;
    const double rate = s->n_moves > 0 ? ((double)s->next.n + 1.0) / ((double)s->n_moves + 1.0) : s->options->quantile;
    double wanted = ceil((double)missing / rate);

    if (wanted < LEAST_BATCH) wanted = LEAST_BATCH;
    if (wanted > s->options->accepted) wanted = s->options->accepted;
    return wanted < left ? (int32_t)wanted : left;
}

static void keep_near(smc *s, int32_t first)
{
    const wks_archive *a = s->archive;

    for (int32_t row = first; row < a->n; row++) {
        if (!(a->distance[row] <= s->tolerance)) continue;
        s->next.weight[s->next.n] = 1.0 / move_density(a, &s->now, a->point + (int64_t)row * a->n_parameters, s->rest);
        s->next.row[s->next.n++] = row;
    }
}

/* Moves until enough are near. @param is_whole  false when evaluations ran out or hardly any move is kept. */
static wks_status one_generation(smc *s, uint32_t stage, bool *is_whole, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t d = s->archive->n_parameters;

    s->next.n = 0;
    s->n_moves = 0;
    *is_whole = false;
    while (s->next.n < s->options->accepted) {
        const int32_t n = batch_size(s), first = s->archive->n;
        const bool is_hopeless = s->n_moves >= 4 * (int64_t)s->options->accepted && (double)s->next.n < LEAST_KEPT * (double)s->n_moves;
        if (n <= 0 || is_hopeless) goto out;
        for (int32_t i = 0; i < n; i++)
            draw_move(s->archive, &s->now, &s->key, s->n_moves + i, stage + 2, s->point + (int64_t)i * d);
        WKS_TRY(wks_archive_add(s->archive, s->point, n, (int32_t)stage, err));
        s->n_moves += n;
        keep_near(s, first);
    }
    normalise(s->next.weight, s->next.n);
    *is_whole = true;
out:
    return rc;
}

static wks_status first_generation(smc *s, wks_abc *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_archive *a = s->archive;

    WKS_TRY(run_prior(a, s->options->seed, s->options->accepted, err));
    for (int32_t i = 0; i < a->n; i++)
        if (isfinite(a->distance[i])) {
            s->now.weight[s->now.n] = 1.0;
            s->now.row[s->now.n++] = i;
        }
    if (s->now.n == 0) WKS_FAIL(err, WKS_ERR_DATA, "none of %d points has a value for every fitted target", (int)a->n);
    normalise(s->now.weight, s->now.n);
    WKS_TRY(nearest(a, s->now.row, s->now.n, 1.0, &s->tolerance, err));
    note_generation(out, a->n, s->now.n, (double)INFINITY, (double)s->now.n);
out:
    return rc;
}

static wks_status later_generations(smc *s, wks_abc *out, wks_err *err)
{
    wks_status rc = WKS_OK;

    while (out->n_generations < s->options->generations && s->tolerance > s->floor) {
        const double before = s->tolerance;
        const int32_t first = s->archive->n;
        bool is_whole = false;
        wks_archive_pool(s->archive, s->now.row, s->now.n); /* the Monte Carlo error where the points now are */
        WKS_TRY(nearest(s->archive, s->now.row, s->now.n, s->options->quantile, &s->tolerance, err));
        if (s->tolerance > before) s->tolerance = before;
        if (s->tolerance < s->floor) s->tolerance = s->floor;
        make_factor(s->archive, &s->now);
        WKS_TRY(one_generation(s, (uint32_t)out->n_generations + 1, &is_whole, err));
        if (!is_whole) {
            s->tolerance = before;
            break;
        }
        const cloud last = s->now;
        s->now = s->next;
        s->next = last;
        note_generation(out, s->archive->n - first, s->now.n, s->tolerance, wks_posterior_effective(s->now.weight, s->now.n));
    }
out:
    return rc;
}

wks_status wks_abc_smc(wks_archive *archive, const wks_abc_options *options, wks_abc *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t d = archive->n_parameters, most = 2 * (options->accepted > LEAST_BATCH ? options->accepted : LEAST_BATCH);
    smc s = {.archive = archive, .options = options, .key = wks_rng_seed_make(options->seed, 0)};

    WKS_TRY(reserve(out, options->generations > 0 ? options->generations : 1, err));
    WKS_TRY(check_options(options, err));
    s.floor = wks_abc_floor(wks_archive_fitted(archive));
    WKS_TRY(reserve_cloud(&s.now, most, d, err));
    WKS_TRY(reserve_cloud(&s.next, most, d, err));
    s.point = wks_mem_array((size_t)most * (size_t)d, sizeof *s.point);
    s.rest = wks_mem_array((size_t)d, sizeof *s.rest);
    if (s.point == NULL || s.rest == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d points", (int)most);
    WKS_TRY(first_generation(&s, out, err));
    WKS_TRY(later_generations(&s, out, err));
    WKS_TRY(give(archive, &s.now, s.tolerance, out, err));
out:
    free_cloud(&s.now);
    free_cloud(&s.next);
    free(s.point);
    free(s.rest);
    return rc;
}
