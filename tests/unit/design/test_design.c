#include "design/design.h"

#include "base/mem.h"
#include "support/chaos.h"
#include "support/check.h"

static double *make(size_t n)
{
    double *out = wks_mem_array(n, sizeof *out);
    assert_non_null(out);
    return out;
}

static void lhs_has_one_point_in_every_slice(void **state)
{
    enum { N = 97, K = 5 };
    double *x = make(N * K), *other = make(N * K);
    wks_err err = WKS_ERR_INIT;
    (void)state;
    assert_ok(wks_design_lhs(N, K, 3, x, &err), &err);
    for (int j = 0; j < K; j++) {
        int seen[N] = {0};
        for (int i = 0; i < N; i++) {
            assert_true(x[i * K + j] >= 0 && x[i * K + j] < 1);
            seen[(int)(x[i * K + j] * N)]++;
        }
        for (int i = 0; i < N; i++)
            assert_int_equal(seen[i], 1);
    }
    assert_ok(wks_design_lhs(N, K, 3, other, &err), &err);
    assert_memory_equal(x, other, N * K * sizeof *x);
    assert_ok(wks_design_lhs(N, K, 4, other, &err), &err);
    assert_memory_not_equal(x, other, N * K * sizeof *x);
    free(x);
    free(other);
}

/* Order of slices: every slice is equally likely for the first point. Chi-squared over 2000 seeds, 20 slices: 19 degrees, 99.9 % at 43.8. */
static void lhs_slices_come_in_random_order(void **state)
{
    enum { N = 20, SEEDS = 2000 };
    double x[N * 2], chi = 0;
    int count[N] = {0};
    wks_err err = WKS_ERR_INIT;
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        assert_ok(wks_design_lhs(N, 2, seed, x, &err), &err);
        count[(int)(x[0] * N)]++;
    }
    for (int i = 0; i < N; i++)
        chi += (count[i] - SEEDS / N) * (count[i] - SEEDS / N) / (double)(SEEDS / N);
    assert_true(chi < 43.8);
}

/* The first points of Sobol's sequence in two dimensions (Bratley and Fox 1988, as GSL gives them: without the origin). */
static void sobol_is_the_known_sequence(void **state)
{
    static const double known[] = {0.5, 0.5, 0.75, 0.25, 0.25, 0.75, 0.375, 0.375, 0.875, 0.875};
    double x[10];
    wks_err err = WKS_ERR_INIT;
    (void)state;
    assert_ok(wks_design_sobol(5, 2, 0, x, &err), &err);
    assert_memory_equal(x, known, sizeof x);
}

static void sobol_shifted_keeps_its_differences(void **state)
{
    enum { N = 64, K = 3 };
    double plain[N * K], moved[N * K], other[N * K];
    wks_err err = WKS_ERR_INIT;
    (void)state;
    assert_ok(wks_design_sobol(N, K, 0, plain, &err), &err);
    assert_ok(wks_design_sobol(N, K, 5, moved, &err), &err);
    assert_ok(wks_design_sobol(N, K, 6, other, &err), &err);
    for (int j = 0; j < K; j++) {
        const double shift = moved[j] - plain[j];
        assert_true(fabs(shift - (other[j] - plain[j])) > 1e-6);
        for (int i = 0; i < N; i++) {
            const double d = moved[i * K + j] - plain[i * K + j] - shift;
            assert_close(d - rint(d), 0, 0, 1e-12);
            assert_true(moved[i * K + j] >= 0 && moved[i * K + j] < 1);
        }
    }
}

static void sobol_errors(void **state)
{
    double x[41];
    wks_err err = WKS_ERR_INIT;
    (void)state;
    assert_status(wks_design_sobol(1, 41, 0, x, &err), WKS_ERR_USAGE, &err);
    assert_contains(err.message, "1 to 40 dimensions, not 41");
}

static void grid_has_every_combination_once(void **state)
{
    static const int32_t levels[] = {2, 3, 4};
    int32_t out[24 * 3], seen[24] = {0};
    (void)state;
    assert_int_equal(wks_design_grid_size(levels, 3), 24);
    wks_design_grid(levels, 3, out);
    for (int i = 0; i < 24; i++)
        seen[(out[i * 3] * 3 + out[i * 3 + 1]) * 4 + out[i * 3 + 2]]++;
    for (int i = 0; i < 24; i++)
        assert_int_equal(seen[i], 1);
    assert_int_equal(out[3 + 2], 1); /* the last is the fastest */
    static const int32_t many[] = {1000, 1000, 1000};
    assert_int_equal(wks_design_grid_size(many, 3), -1);
}

static void assert_trajectories(const double *x, int r, int k, int p)
{
    const double step = p / (2.0 * (p - 1));
    for (int t = 0; t < r; t++) {
        int moves[8] = {0};
        for (int i = 0; i <= k; i++) {
            const double *point = x + (t * (k + 1) + i) * k;
            for (int j = 0; j < k; j++) {
                const double level = point[j] * (p - 1);
                assert_close(level, rint(level), 0, 1e-12);
                assert_true(point[j] >= 0 && point[j] <= 1);
                if (i == k) continue;
                const double d = point[k + j] - point[j];
                if (fabs(d) > 1e-9) {
                    assert_close(fabs(d), step, 1e-12, 0);
                    moves[j]++;
                }
            }
        }
        for (int j = 0; j < k; j++)
            assert_int_equal(moves[j], 1);
    }
}

static void morris_moves_every_parameter_once_by_delta(void **state)
{
    enum { R = 50, K = 5 };
    double *x = make(R * (K + 1) * K);
    wks_err err = WKS_ERR_INIT;
    (void)state;
    for (int p = 2; p <= 10; p += 2) {
        assert_ok(wks_design_morris(R, K, p, 0, 7, x, &err), &err);
        assert_trajectories(x, R, K, p);
    }
    free(x);
}

/* Starts are spread evenly over levels and directions: of 4 levels and 4,000 starts each level has 1,000, give or take 4 sd of 27. */
static void morris_starts_are_even(void **state)
{
    enum { R = 4000, K = 1 };
    double *x = make(R * 2);
    int level[4] = {0};
    wks_err err = WKS_ERR_INIT;
    (void)state;
    assert_ok(wks_design_morris(R, K, 4, 0, 1, x, &err), &err);
    for (int t = 0; t < R; t++)
        level[(int)rint(x[2 * t] * 3)]++;
    for (int i = 0; i < 4; i++)
        assert_in_range(level[i], 890, 1110);
    free(x);
}

static double spread_of(const double *x, int r, int k)
{
    double sum = 0;
    for (int a = 0; a < r; a++) {
        for (int b = 0; b < a; b++) {
            double d = 0;
            for (int i = 0; i <= k; i++) {
                for (int j = 0; j <= k; j++) {
                    double squares = 0;
                    for (int c = 0; c < k; c++)
                        squares += pow(x[(a * (k + 1) + i) * k + c] - x[(b * (k + 1) + j) * k + c], 2);
                    d += sqrt(squares);
                }
            }
            sum += d * d;
        }
    }
    return sum;
}

static void morris_chosen_trajectories_are_more_spread(void **state)
{
    enum { R = 6, K = 4 };
    double plain[R * (K + 1) * K], chosen[R * (K + 1) * K];
    wks_err err = WKS_ERR_INIT;
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        assert_ok(wks_design_morris(R, K, 4, 0, seed, plain, &err), &err);
        assert_ok(wks_design_morris(R, K, 4, 60, seed, chosen, &err), &err);
        assert_trajectories(chosen, R, K, 4);
        assert_true(spread_of(chosen, R, K) > spread_of(plain, R, K));
    }
}

static void saltelli_rows_are_a_ab_ba_b(void **state)
{
    enum { N = 8, K = 3, SIZE = 2 * K + 2 };
    double x[N * SIZE * K], first[N * (K + 2) * K], base[N * 2 * K];
    wks_err err = WKS_ERR_INIT;
    (void)state;
    assert_ok(wks_design_sobol(N, 2 * K, 9, base, &err), &err);
    assert_ok(wks_design_saltelli(N, K, true, 9, x, &err), &err);
    assert_ok(wks_design_saltelli(N, K, false, 9, first, &err), &err);
    for (int i = 0; i < N; i++) {
        const double *a = base + i * 2 * K, *b = a + K, *block = x + i * SIZE * K, *small = first + i * (K + 2) * K;
        assert_memory_equal(block, a, K * sizeof *a);
        assert_memory_equal(block + (SIZE - 1) * K, b, K * sizeof *a);
        assert_memory_equal(small, block, (K + 1) * K * sizeof *a);
        assert_memory_equal(small + (K + 1) * K, b, K * sizeof *a);
        for (int j = 0; j < K; j++) {
            for (int c = 0; c < K; c++) {
                assert_close(block[(1 + j) * K + c], c == j ? b[c] : a[c], 0, 0);
                assert_close(block[(1 + K + j) * K + c], c == j ? a[c] : b[c], 0, 0);
            }
        }
    }
}

static void saltelli_errors(void **state)
{
    double x[1];
    wks_err err = WKS_ERR_INIT;
    (void)state;
    assert_status(wks_design_saltelli(2, 21, false, 1, x, &err), WKS_ERR_USAGE, &err);
    assert_contains(err.message, "up to 20 parameters");
}

static wks_status everything(void *context, wks_err *err)
{
    double x[8 * 8];
    (void)context;
    wks_status rc = wks_design_lhs(4, 2, 1, x, err);
    if (rc == WKS_OK) rc = wks_design_morris(2, 2, 4, 5, 1, x, err);
    if (rc == WKS_OK) rc = wks_design_saltelli(2, 2, false, 1, x, err);
    return rc;
}

static void designs_without_memory_say_so(void **state)
{
    (void)state;
    wks_chaos_run(everything, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lhs_has_one_point_in_every_slice),
        cmocka_unit_test(lhs_slices_come_in_random_order),
        cmocka_unit_test(sobol_is_the_known_sequence),
        cmocka_unit_test(sobol_shifted_keeps_its_differences),
        cmocka_unit_test(sobol_errors),
        cmocka_unit_test(grid_has_every_combination_once),
        cmocka_unit_test(morris_moves_every_parameter_once_by_delta),
        cmocka_unit_test(morris_starts_are_even),
        cmocka_unit_test(morris_chosen_trajectories_are_more_spread),
        cmocka_unit_test(saltelli_rows_are_a_ab_ba_b),
        cmocka_unit_test(saltelli_errors),
        cmocka_unit_test(designs_without_memory_say_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
