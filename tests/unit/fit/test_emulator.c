/* fit/emulator: against a slow kriging written out here, leave-one-out by really leaving out, and what it must do on known functions. */
#include "fit/emulator.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>

#include "base/rng.h"
#include "num/draw.h"
#include "num/math.h"
#include "support/check.h"

enum { N = 30, D = 2, P = D + 1, M = N + P };

static void points(uint64_t seed, int32_t n, int32_t d, double *x)
{
    const wks_rng_seed key = wks_rng_seed_make(seed, 0);
    wks_rng rng = wks_rng_open(&key, 1, 0, WKS_RNG_TEST);

    for (int32_t i = 0; i < n * d; i++)
        x[i] = wks_rng_u01(&rng);
}

static double bent(const double *x)
{
    return 5.0 + 3.0 * x[0] - 2.0 * x[1] + 2.0 * wks_math_exp(-8.0 * ((x[0] - 0.4) * (x[0] - 0.4) + (x[1] - 0.7) * (x[1] - 0.7)));
}

static void noisy_values(const double *x, int32_t n, double sd, double *y)
{
    const wks_rng_seed key = wks_rng_seed_make(77, 0);
    wks_rng rng = wks_rng_open(&key, 2, 0, WKS_RNG_TEST);

    for (int32_t i = 0; i < n; i++)
        y[i] = bent(x + i * D) + sd * wks_draw_normal(&rng);
}

static double matern(const wks_emulator *e, const double *a, const double *b)
{
    double product = 1.0;

    for (int k = 0; k < D; k++) {
        const double r = sqrt(5.0) * fabs(a[k] - b[k]) / e->length[k];
        product *= (1.0 + r + r * r / 3.0) * exp(-r);
    }
    return product;
}

/* Gauss with pivots on [K H; H' 0], m x m, one right-hand side. */
static void solve(int m, double a[M][M], double *b)
{
    for (int c = 0; c < m; c++) {
        int pivot = c;
        for (int r = c + 1; r < m; r++)
            if (fabs(a[r][c]) > fabs(a[pivot][c])) pivot = r;
        for (int k = 0; k < m; k++) {
            const double t = a[c][k];
            a[c][k] = a[pivot][k];
            a[pivot][k] = t;
        }
        const double t = b[c];
        b[c] = b[pivot];
        b[pivot] = t;
        for (int r = 0; r < m; r++) {
            const double f = r == c ? 0.0 : a[r][c] / a[c][c];
            for (int k = c; f != 0.0 && k < m; k++)
                a[r][k] -= f * a[c][k];
            b[r] -= f * b[c];
        }
    }
    for (int c = 0; c < m; c++)
        b[c] /= a[c][c];
}

/* Universal kriging at x from all points but `left_out`: mean, and variance over s2 (without the nugget). */
static void krige(const wks_emulator *e, const double *y, int left_out, const double *x, double *mean, double *variance)
{
    static double a[M][M];
    double b[M] = {0.0}, right[M] = {0.0};
    int at[N], n = 0;

    memset(a, 0, sizeof a);
    for (int i = 0; i < N; i++)
        if (i != left_out) at[n++] = i;
    for (int i = 0; i < n; i++) {
        const double *xi = e->x + at[i] * D;
        for (int j = 0; j < n; j++)
            a[i][j] = matern(e, xi, e->x + at[j] * D) + (i == j ? e->nugget : 0.0);
        for (int j = 0; j < P; j++)
            a[i][n + j] = a[n + j][i] = j == 0 ? 1.0 : xi[j - 1];
        b[i] = right[i] = matern(e, x, xi);
    }
    for (int j = 0; j < P; j++)
        b[n + j] = right[n + j] = j == 0 ? 1.0 : x[j - 1];
    solve(n + P, a, b);
    *mean = 0.0;
    *variance = 1.0;
    for (int i = 0; i < n; i++)
        *mean += b[i] * (y[at[i]] - e->offset) / e->unit;
    for (int i = 0; i < n + P; i++)
        *variance -= b[i] * right[i];
    *mean = e->offset + e->unit * *mean;
}

static void emulator_equals_slow_kriging(void **unused)
{
    (void)unused;
    wks_err err = WKS_ERR_INIT;
    wks_emulator e;
    double x[N * D], y[N], other[10 * D];

    points(1, N, D, x);
    points(2, 10, D, other);
    noisy_values(x, N, 0.05, y);
    assert_ok(wks_emulator_fit(x, y, N, D, &e, &err), &err);
    const double widened = e.rms > 1.0 ? e.rms * e.rms : 1.0;
    for (int i = 0; i < 10; i++) {
        double mean, variance, slow_mean, slow_variance;
        wks_emulator_predict(&e, other + i * D, &mean, &variance);
        krige(&e, y, -1, other + i * D, &slow_mean, &slow_variance);
        assert_close(mean, slow_mean, 1e-7, 0.0);
        assert_close(variance, slow_variance * e.unit * e.unit * e.s2 * widened, 1e-5, 1e-10);
    }
    wks_emulator_free(&e);
}

static void leave_one_out_equals_leaving_out(void **unused)
{
    (void)unused;
    wks_err err = WKS_ERR_INIT;
    wks_emulator e;
    double x[N * D], y[N], errors = 0.0, total = 0.0, standardised = 0.0;
    int n_within = 0;

    points(1, N, D, x);
    noisy_values(x, N, 0.2, y);
    assert_ok(wks_emulator_fit(x, y, N, D, &e, &err), &err);
    for (int i = 0; i < N; i++) {
        double mean, variance;
        krige(&e, y, i, x + i * D, &mean, &variance);
        const double sd = e.unit * sqrt(e.s2 * (variance + e.nugget));
        errors += (y[i] - mean) * (y[i] - mean);
        total += (y[i] - e.offset) * (y[i] - e.offset);
        standardised += (y[i] - mean) * (y[i] - mean) / (sd * sd);
        n_within += fabs(y[i] - mean) <= 2.0 * sd;
    }
    assert_close(e.q2, 1.0 - errors / total, 1e-7, 1e-9);
    assert_close(e.rms, sqrt(standardised / N), 1e-6, 0.0);
    assert_close(e.within, (double)n_within / N, 1e-12, 0.0);
    wks_emulator_free(&e);
}

static void smooth_function_predicted_within_its_error(void **unused)
{
    (void)unused;
    wks_err err = WKS_ERR_INIT;
    wks_emulator e;
    enum { MANY = 60 };
    double x[MANY * D], y[MANY], other[200 * D], squares = 0.0;
    int n_within = 0;

    points(3, MANY, D, x);
    points(4, 200, D, other);
    noisy_values(x, MANY, 0.0, y);
    assert_ok(wks_emulator_fit(x, y, MANY, D, &e, &err), &err);
    assert_true(e.q2 > 0.99);
    for (int i = 0; i < 200; i++) {
        double mean, variance;
        wks_emulator_predict(&e, other + i * D, &mean, &variance);
        const double error = mean - bent(other + i * D);
        squares += error * error;
        n_within += fabs(error) <= 3.0 * sqrt(variance);
    }
    assert_true(sqrt(squares / 200.0) < 0.05); /* the function ranges over 5 */
    assert_true(n_within >= 190);
    wks_emulator_free(&e);
}

static void noise_is_told_from_signal(void **unused)
{
    (void)unused;
    wks_err err = WKS_ERR_INIT;
    wks_emulator e;
    enum { MANY = 120 };
    double x[MANY * D], y[MANY];

    points(5, MANY, D, x);
    noisy_values(x, MANY, 0.3, y);
    assert_ok(wks_emulator_fit(x, y, MANY, D, &e, &err), &err);
    assert_close(e.unit * sqrt(e.s2 * e.nugget), 0.3, 0.2, 0.0);
    assert_close(e.rms, 1.0, 0.15, 0.0);
    assert_true(e.within > 0.88);
    wks_emulator_free(&e);
}

static void equal_values_no_variance(void **unused)
{
    (void)unused;
    wks_err err = WKS_ERR_INIT;
    wks_emulator e;
    double x[N * D], y[N], mean, variance;

    points(1, N, D, x);
    for (int i = 0; i < N; i++)
        y[i] = 0.1;
    assert_ok(wks_emulator_fit(x, y, N, D, &e, &err), &err);
    wks_emulator_predict(&e, x, &mean, &variance);
    assert_close(mean, 0.1, 1e-15, 0.0);
    assert_true(variance == 0.0);
    wks_emulator_free(&e);
}

static void plane_and_repeated_points_are_no_trouble(void **unused)
{
    (void)unused;
    wks_err err = WKS_ERR_INIT;
    wks_emulator e;
    double x[N * D], y[N], mean, variance;
    const double at[D] = {0.31, 0.62};

    points(1, N, D, x);
    memcpy(x + 5 * D, x, 5 * D * sizeof *x);
    for (int i = 0; i < N; i++)
        y[i] = 100.0 + x[i * D] - 4.0 * x[i * D + 1];
    assert_ok(wks_emulator_fit(x, y, N, D, &e, &err), &err);
    wks_emulator_predict(&e, at, &mean, &variance);
    assert_close(mean, 100.0 + 0.31 - 4.0 * 0.62, 1e-5, 0.0);
    assert_true(variance >= 0.0 && variance < 1e-4);
    wks_emulator_free(&e);
}

static void emulator_errors_too_few_points(void **unused)
{
    (void)unused;
    wks_err err = WKS_ERR_INIT;
    wks_emulator e;
    const double x[10] = {0.0}, y[5] = {0.0};

    assert_status(wks_emulator_fit(x, y, 5, D, &e, &err), WKS_ERR_USAGE, &err);
    assert_contains(err.message, "expected 6 to 400 points");
    wks_emulator_free(&e);
}

/* A fit never gives the process back a handler that stops it: another thread may just then be testing a status. */
static void errors_of_gsl_stop_nothing(void **unused)
{
    (void)unused;
    wks_err err = WKS_ERR_INIT;
    wks_emulator e;
    double x[N * D], y[N], bad[4] = {1.0, 2.0, 2.0, 1.0}; /* not positive definite */

    points(2, N, D, x);
    noisy_values(x, N, 0.1, y);
    assert_ok(wks_emulator_fit(x, y, N, D, &e, &err), &err);
    gsl_matrix_view view = gsl_matrix_view_array(bad, 2, 2);
    assert_int_equal(gsl_linalg_cholesky_decomp1(&view.matrix), GSL_EDOM);
    wks_emulator_free(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(emulator_equals_slow_kriging),
        cmocka_unit_test(leave_one_out_equals_leaving_out),
        cmocka_unit_test(smooth_function_predicted_within_its_error),
        cmocka_unit_test(noise_is_told_from_signal),
        cmocka_unit_test(equal_values_no_variance),
        cmocka_unit_test(plane_and_repeated_points_are_no_trouble),
        cmocka_unit_test(emulator_errors_too_few_points),
        cmocka_unit_test(errors_of_gsl_stop_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
