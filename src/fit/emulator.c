#include "fit/emulator.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "fit/search.h"
#include "num/math.h"
#include "num/quiet.h"

enum { MOST_DIMENSIONS = 63 };

/* Searched on a logarithmic scale; lengths in units of the cube, the nugget as a ratio to s2. */
static const double LENGTH_LOW = 0.05, LENGTH_HIGH = 20.0, NUGGET_LOW = 1e-6, NUGGET_HIGH = 1e3;
static const double LENGTH_PRIOR = 0.7, LENGTH_PRIOR_SD = 1.2; /* median, and sd of the logarithm: a weak pull away from the bounds */

/* Buffers of one size; L and H are overwritten by every factorisation. */
typedef struct solver {
    const wks_emulator *e; /* n, d, x */
    const double *y;       /* standardised */
    gsl_matrix *k;         /* n x n: correlation + nugget, then its Cholesky factor */
    gsl_matrix *h;         /* n x p: L^-1 H */
    gsl_matrix *g;         /* p x p: Cholesky factor of H' K^-1 H */
    gsl_vector *z, *b;     /* L^-1 (y - H b) in the end; b */
} solver;

static double correlation(const wks_emulator *e, const double *length, const double *a, const double *b)
{
    double product = 1.0, sum = 0.0;

    for (int32_t k = 0; k < e->d; k++) {
        const double r = sqrt(5.0) * fabs(a[k] - b[k]) / length[k];
        product *= 1.0 + r + r * r / 3.0;
        sum += r;
    }
    return product * wks_math_exp(-sum);
}

static void fill(solver *s, const double *length, double nugget)
{
    const wks_emulator *e = s->e;

    for (int32_t i = 0; i < e->n; i++) {
        const double *a = e->x + (int64_t)i * e->d;
        for (int32_t j = 0; j < i; j++)
            gsl_matrix_set(s->k, (size_t)i, (size_t)j, correlation(e, length, a, e->x + (int64_t)j * e->d));
        gsl_matrix_set(s->k, (size_t)i, (size_t)i, 1.0 + nugget);
        gsl_matrix_set(s->h, (size_t)i, 0, 1.0);
        for (int32_t k = 0; k < e->d; k++)
            gsl_matrix_set(s->h, (size_t)i, (size_t)k + 1, a[k]);
        gsl_vector_set(s->z, (size_t)i, s->y[i]);
    }
}

static double log_diagonal(const gsl_matrix *factor)
{
    double sum = 0.0;

    for (size_t i = 0; i < factor->size1; i++)
        sum += wks_math_log(gsl_matrix_get(factor, i, i));
    return sum;
}

/* Factors K and H' K^-1 H and solves for b. @return false where they are not positive definite (the caller takes another length or a larger nugget). */
static bool factorise(solver *s, const double *length, double nugget, double *s2, double *minus_log)
{
    const size_t n = s->k->size1, p = s->g->size1;

    fill(s, length, nugget);
    if (gsl_linalg_cholesky_decomp1(s->k) != GSL_SUCCESS) return false;
    gsl_blas_dtrsm(CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, 1.0, s->k, s->h);
    gsl_blas_dtrsv(CblasLower, CblasNoTrans, CblasNonUnit, s->k, s->z);
    gsl_blas_dgemm(CblasTrans, CblasNoTrans, 1.0, s->h, s->h, 0.0, s->g);
    gsl_blas_dgemv(CblasTrans, 1.0, s->h, s->z, 0.0, s->b);
    if (gsl_linalg_cholesky_decomp1(s->g) != GSL_SUCCESS || gsl_linalg_cholesky_svx(s->g, s->b) != GSL_SUCCESS) return false;
    gsl_blas_dgemv(CblasNoTrans, -1.0, s->h, s->b, 1.0, s->z);
    double squares = 0.0;
    gsl_blas_ddot(s->z, s->z, &squares);
    *s2 = squares / (double)(n - p);
    if (!(*s2 > 1e-300)) *s2 = 1e-300; /* values on a plane: the trend explains all */
    *minus_log = 0.5 * (double)(n - p) * wks_math_log(*s2) + log_diagonal(s->k) + log_diagonal(s->g);
    return isfinite(*minus_log);
}

static double between(double unit, double low, double high)
{
    return wks_math_exp(wks_math_log(low) + unit * (wks_math_log(high) - wks_math_log(low)));
}

/* From the search's cube to lengths (d) and nugget (the last). */
static void unpack(const double *u, int32_t d, double *length, double *nugget)
{
    for (int32_t k = 0; k < d; k++)
        length[k] = between(u[k], LENGTH_LOW, LENGTH_HIGH);
    *nugget = between(u[d], NUGGET_LOW, NUGGET_HIGH);
}

static wks_status minus_likelihood(const double *u, double *value, void *context, wks_err *err)
{
    solver *s = context;
    double nugget, s2, minus_log, *length = s->e->length;

    (void)err;
    unpack(u, s->e->d, length, &nugget);
    if (!factorise(s, length, nugget, &s2, &minus_log)) {
        *value = 1e9;
        return WKS_OK;
    }
    for (int32_t k = 0; k < s->e->d; k++) {
        const double off = wks_math_log(length[k] / LENGTH_PRIOR) / LENGTH_PRIOR_SD;
        minus_log += 0.5 * off * off;
    }
    *value = minus_log;
    return WKS_OK;
}

/* Two starts: smooth with little noise, and rougher with much. */
static wks_status choose(solver *s, wks_emulator *e, wks_err *err)
{
    wks_status rc = WKS_OK;
    const double start[2][2] = {{0.55, 0.25}, {0.35, 0.7}};
    const wks_search_options options = {
        .method = WKS_SEARCH_BOBYQA, .dimension = e->d + 1, .evaluations = 25 * (e->d + 2), .tolerance = 1e-3, .value_tolerance = 1e-3};
    double *u = wks_mem_array((size_t)e->d + 1, sizeof *u), *best = wks_mem_array((size_t)e->d + 1, sizeof *best), best_value = HUGE_VAL;

    if (u == NULL || best == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for an emulator");
    for (int k = 0; k < 2; k++) {
        wks_search_result result;
        for (int32_t i = 0; i < e->d; i++)
            u[i] = start[k][0];
        u[e->d] = start[k][1];
        WKS_TRY(wks_search_minimise(minus_likelihood, s, &options, u, &result, err));
        if (result.value >= best_value) continue;
        best_value = result.value;
        memcpy(best, u, ((size_t)e->d + 1) * sizeof *u);
    }
    unpack(best, e->d, e->length, &e->nugget);
out:
    free(u);
    free(best);
    return rc;
}

/* What prediction needs, from the factors: K^-1, K^-1 (y - H b), K^-1 H, (H' K^-1 H)^-1, b. */
static void keep(solver *s, wks_emulator *e)
{
    const int32_t n = e->n, p = e->d + 1;

    gsl_blas_dtrsv(CblasLower, CblasTrans, CblasNonUnit, s->k, s->z);
    gsl_blas_dtrsm(CblasLeft, CblasLower, CblasTrans, CblasNonUnit, 1.0, s->k, s->h);
    (void)gsl_linalg_cholesky_invert(s->k);
    (void)gsl_linalg_cholesky_invert(s->g);
    for (int32_t i = 0; i < n; i++) {
        e->weight[i] = gsl_vector_get(s->z, (size_t)i);
        for (int32_t j = 0; j < n; j++)
            e->inverse[(int64_t)i * n + j] = gsl_matrix_get(s->k, (size_t)i, (size_t)j);
        for (int32_t j = 0; j < p; j++)
            e->solved[i * p + j] = gsl_matrix_get(s->h, (size_t)i, (size_t)j);
    }
    for (int32_t i = 0; i < p; i++) {
        e->trend[i] = gsl_vector_get(s->b, (size_t)i);
        for (int32_t j = 0; j < p; j++)
            e->gram[i * p + j] = gsl_matrix_get(s->g, (size_t)i, (size_t)j);
    }
}

/* v' (H' K^-1 H)^-1 v */
static double by_gram(const wks_emulator *e, const double *v)
{
    const int32_t p = e->d + 1;
    double sum = 0.0;

    for (int32_t i = 0; i < p; i++)
        for (int32_t j = 0; j < p; j++)
            sum += v[i] * e->gram[i * p + j] * v[j];
    return sum;
}

/* With Q = K^-1 - K^-1 H (H' K^-1 H)^-1 H' K^-1 the error at a left-out point is (Q y)_i / Q_ii and its variance s2 / Q_ii (Dubrule 1983); Q y is the
 * vector of weights. */
static void leave_one_out(wks_emulator *e, const double *y)
{
    double errors = 0.0, squares = 0.0, standardised = 0.0;
    int32_t n_within = 0;

    for (int32_t i = 0; i < e->n; i++) {
        const double q = e->inverse[(int64_t)i * e->n + i] - by_gram(e, e->solved + i * (e->d + 1));
        const double error = e->weight[i] / q, z = e->weight[i] / sqrt(e->s2 * q);
        errors += error * error;
        squares += y[i] * y[i];
        standardised += z * z;
        n_within += fabs(z) <= 2.0;
    }
    e->q2 = 1.0 - errors / squares;
    e->rms = sqrt(standardised / (double)e->n);
    e->within = (double)n_within / (double)e->n;
}

static bool reserve(wks_emulator *e)
{
    const size_t n = (size_t)e->n, d = (size_t)e->d, p = d + 1;

    e->x = wks_mem_array(n * d, sizeof *e->x);
    e->length = wks_mem_array(d, sizeof *e->length);
    e->inverse = wks_mem_array(n * n, sizeof *e->inverse);
    e->weight = wks_mem_array(n, sizeof *e->weight);
    e->trend = wks_mem_array(p, sizeof *e->trend);
    e->solved = wks_mem_array(n * p, sizeof *e->solved);
    e->gram = wks_mem_array(p * p, sizeof *e->gram);
    return e->x && e->length && e->inverse && e->weight && e->trend && e->solved && e->gram;
}

static bool reserve_solver(solver *s, const wks_emulator *e, const double *y)
{
    const size_t n = (size_t)e->n, p = (size_t)e->d + 1;

    *s = (solver){.e = e, .y = y};
    s->k = gsl_matrix_alloc(n, n);
    s->h = gsl_matrix_alloc(n, p);
    s->g = gsl_matrix_alloc(p, p);
    s->z = gsl_vector_alloc(n);
    s->b = gsl_vector_alloc(p);
    return s->k && s->h && s->g && s->z && s->b;
}

static void free_solver(solver *s)
{
    gsl_matrix_free(s->k);
    gsl_matrix_free(s->h);
    gsl_matrix_free(s->g);
    gsl_vector_free(s->z);
    gsl_vector_free(s->b);
}

/* y to mean 0 and sd 1. */
static void standardise(wks_emulator *e, const double *y, double *out)
{
    double sum = 0.0, squares = 0.0;

    for (int32_t i = 0; i < e->n; i++)
        sum += y[i] - y[0];
    e->offset = y[0] + sum / (double)e->n;
    for (int32_t i = 0; i < e->n; i++)
        squares += (y[i] - e->offset) * (y[i] - e->offset);
    e->unit = sqrt(squares / (double)e->n);
    if (!(e->unit > 1e-12 * fabs(e->offset))) e->unit = 0.0;
    for (int32_t i = 0; i < e->n; i++)
        out[i] = e->unit > 0.0 ? (y[i] - e->offset) / e->unit : 0.0;
}

wks_status wks_emulator_fit(const double *x, const double *y, int32_t n, int32_t d, wks_emulator *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    double *z = NULL, minus_log;
    solver s = {0};

    *out = (wks_emulator){.n = n, .d = d};
    if (d > MOST_DIMENSIONS || n < d + 4 || n > WKS_EMULATOR_MOST) {
        WKS_FAIL(err, WKS_ERR_USAGE, "%d points for an emulator of %d parameters; expected %d to %d points, at most %d parameters", (int)n,
                 (int)d, (int)d + 4, (int)WKS_EMULATOR_MOST, (int)MOST_DIMENSIONS);
    }
    wks_quiet_gsl(); /* statuses are tested */
    z = wks_mem_array((size_t)n, sizeof *z);
    if (z == NULL || !reserve(out) || !reserve_solver(&s, out, z))
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for an emulator of %d points", (int)n);
    memcpy(out->x, x, (size_t)n * (size_t)d * sizeof *x);
    standardise(out, y, z);
    out->q2 = 1.0;
    if (out->unit > 0.0) {
        WKS_TRY(choose(&s, out, err));
        while (!factorise(&s, out->length, out->nugget, &out->s2, &minus_log)) {
            out->nugget = 10.0 * out->nugget; /* only where the search met nothing that can be factored */
            if (!(out->nugget < 1e12)) WKS_FAIL(err, WKS_ERR_DATA, "an emulator of values that are not finite");
        }
        keep(&s, out);
        leave_one_out(out, z);
    }
out:
    free_solver(&s);
    free(z);
    return rc;
}

void wks_emulator_free(wks_emulator *emulator)
{
    free(emulator->x);
    free(emulator->length);
    free(emulator->inverse);
    free(emulator->weight);
    free(emulator->trend);
    free(emulator->solved);
    free(emulator->gram);
    *emulator = (wks_emulator){0};
}

void wks_emulator_predict(const wks_emulator *emulator, const double *x, double *mean, double *variance)
{
    const wks_emulator *e = emulator;
    const int32_t p = e->d + 1;
    double k[WKS_EMULATOR_MOST], rest[MOST_DIMENSIONS + 1], value = 0.0, explained = 0.0;

    if (!(e->unit > 0.0)) {
        *mean = e->offset;
        *variance = 0.0;
        return;
    }
    for (int32_t j = 0; j < p; j++) {
        rest[j] = j == 0 ? 1.0 : x[j - 1];
        value += e->trend[j] * rest[j];
    }
    for (int32_t i = 0; i < e->n; i++) {
        k[i] = correlation(e, e->length, x, e->x + (int64_t)i * e->d);
        value += k[i] * e->weight[i];
        for (int32_t j = 0; j < p; j++)
            rest[j] -= k[i] * e->solved[i * p + j];
    }
    for (int32_t i = 0; i < e->n; i++) {
        const double *row = e->inverse + (int64_t)i * e->n;
        double sum = 0.0;
        for (int32_t j = 0; j < i; j++)
            sum += row[j] * k[j];
        explained += k[i] * (2.0 * sum + row[i] * k[i]);
    }
    const double left = 1.0 - explained, widened = e->rms > 1.0 ? e->rms * e->rms : 1.0;
    *mean = e->offset + e->unit * value;
    *variance = e->unit * e->unit * e->s2 * widened * ((left > 0.0 ? left : 0.0) + by_gram(e, rest));
}
