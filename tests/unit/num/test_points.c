/* num/points: cells hold everybody within reach, and the nearest are those of the full search, also with ties, outliers and missing places. */
#include "num/points.h"

#include "base/mem.h"
#include "base/rng.h"
#include "support/check.h"

enum { MOST = 400, MOST_K = 8 };

typedef struct cloud {
    size_t n;
    double x[MOST], y[MOST];
} cloud;

/* Clouds of many kinds: even, on a lattice (ties), one line, one point, with outliers; some points without a place. */
static void make(cloud *out, uint64_t k)
{
    const wks_rng_seed seed = wks_rng_seed_make(41, 1);
    wks_rng rng = wks_rng_open(&seed, k, 0, WKS_RNG_TEST);
    out->n = k < 3 ? (size_t)k : 1 + wks_rng_below(&rng, MOST);
    for (size_t i = 0; i < out->n; i++) {
        const double u = wks_rng_u01(&rng), v = wks_rng_u01(&rng);
        const uint32_t gap = wks_rng_below(&rng, 30);
        out->x[i] = k % 5 == 1 ? floor(12.0 * u) - 6.0 : 20.0 * u - 1e5;
        out->y[i] = k % 5 == 1 ? floor(12.0 * v) : 9.0 * v;
        if (k % 5 == 2) out->x[i] = -3.25;
        if (k % 5 == 3) out->x[i] = out->y[i] = 8e9;
        if (k % 5 == 4 && gap < 2) out->x[i] = gap == 0 ? -1e15 : 1e200;
        if (k % 2 == 0 && gap == 5) out->x[i] = (double)NAN;
        if (k % 2 == 0 && gap == 6) out->y[i] = (double)INFINITY;
    }
}

static bool takes_part(const cloud *c, size_t i)
{
    return isfinite(c->x[i]) && isfinite(c->y[i]);
}

static double squared(const cloud *c, size_t i, size_t j)
{
    const double dx = c->x[j] - c->x[i], dy = c->y[j] - c->y[i];
    return dx * dx + dy * dy;
}

/* The q-th nearest of i: the one that exactly q others come before. */
static void assert_nearest(const cloud *c, size_t i, int32_t other, int64_t q)
{
    int64_t before = 0;
    assert_true((size_t)other != i && takes_part(c, (size_t)other));
    for (size_t j = 0; j < c->n; j++) {
        const double d = takes_part(c, j) ? squared(c, i, j) : 0.0, mine = squared(c, i, (size_t)other);
        if (j == i || !takes_part(c, j)) continue;
        before += d < mine || (d == mine && j < (size_t)other);
    }
    assert_int_equal(before, q);
}

static void nearest_equal_the_full_search(void **unused)
{
    static cloud c;
    static int32_t to[MOST * MOST_K], again[MOST * MOST_K];
    int64_t start[MOST + 1], start_again[MOST + 1];
    wks_err err = WKS_ERR_INIT;
    (void)unused;
    for (uint64_t k = 0; k < 60; k++) {
        const int32_t n_near = 1 + (int32_t)(k % MOST_K);
        make(&c, k);
        int64_t others = -1;
        for (size_t i = 0; i < c.n; i++)
            others += takes_part(&c, i);
        assert_ok(wks_points_nearest(c.x, c.y, c.n, n_near, 1, start, to, &err), &err);
        for (size_t i = 0; i < c.n; i++) {
            const int64_t expected = !takes_part(&c, i) ? 0 : others < n_near ? others : n_near;
            assert_int_equal(start[i + 1] - start[i], expected);
            for (int64_t q = 0; q < expected; q++)
                assert_nearest(&c, i, to[start[i] + q], q);
        }
        for (int threads = 2; threads <= 7; threads += 5) {
            assert_ok(wks_points_nearest(c.x, c.y, c.n, n_near, threads, start_again, again, &err), &err);
            assert_memory_equal(start, start_again, (c.n + 1) * sizeof *start);
            assert_memory_equal(to, again, (size_t)start[c.n] * sizeof *to);
        }
    }
}

static void lattice_ties_take_the_lower_row(void **unused)
{
    /* 3 x 3, rows numbered line by line: of the middle (4) all four sides tie, then the four corners */
    static const int32_t of_4[] = {1, 3, 5, 7, 0, 2}, of_0[] = {1, 3, 4, 2, 6, 5};
    double x[9], y[9];
    int64_t start[10];
    int32_t to[54];
    wks_err err = WKS_ERR_INIT;
    (void)unused;
    for (int i = 0; i < 9; i++) {
        x[i] = 0.25 * (i % 3);
        y[i] = -0.25 * (i / 3); /* NOLINT(bugprone-integer-division) */
    }
    assert_ok(wks_points_nearest(x, y, 9, 6, 1, start, to, &err), &err);
    assert_memory_equal(to + start[4], of_4, sizeof of_4);
    assert_memory_equal(to, of_0, sizeof of_0);
}

static void all_within_reach_are_in_the_runs(void **unused)
{
    static cloud c;
    static const double reaches[] = {0.0, 1e-12, 0.01, 0.7, 1.0, 3.0, 50.0, 1e16, (double)INFINITY};
    wks_err err = WKS_ERR_INIT;
    (void)unused;
    for (uint64_t k = 0; k < 40; k++) {
        make(&c, k);
        for (size_t r = 0; r < sizeof reaches / sizeof *reaches; r++) {
            wks_points points;
            wks_points_runs runs;
            bool seen[MOST];
            assert_ok(wks_points_create(c.x, c.y, c.n, reaches[r], &points, &err), &err);
            for (size_t at = 0; at < points.n; at++) {
                memset(seen, 0, sizeof seen);
                wks_points_around(&points, at, &runs);
                for (int q = 0; q < 3; q++) {
                    for (size_t p = runs.begin[q]; p < runs.end[q]; p++) {
                        assert_false(seen[points.row[p]]); /* never twice */
                        seen[points.row[p]] = true;
                    }
                }
                const size_t i = (size_t)points.row[at];
                assert_true(points.x[at] == c.x[i] && points.y[at] == c.y[i]);
                for (size_t j = 0; j < c.n; j++)
                    assert_true(seen[j] || !takes_part(&c, j) || sqrt(squared(&c, i, j)) > reaches[r]);
            }
            wks_points_free(&points);
        }
    }
}

/* Cells a little larger than the reach: of a lattice at most two lines of points in each of the three. */
static void runs_are_short(void **unused)
{
    static cloud c;
    wks_points points;
    wks_points_runs runs;
    wks_err err = WKS_ERR_INIT;
    (void)unused;
    for (c.n = 0; c.n < MOST; c.n++) {
        c.x[c.n] = (double)(c.n % 20);
        c.y[c.n] = (double)(c.n / 20);
    }
    assert_ok(wks_points_create(c.x, c.y, c.n, 1.0, &points, &err), &err);
    for (size_t at = 0; at < points.n; at++) {
        wks_points_around(&points, at, &runs);
        assert_true(runs.end[0] + runs.end[1] + runs.end[2] - runs.begin[0] - runs.begin[1] - runs.begin[2] <= 16);
    }
    wks_points_free(&points);
}

static void no_memory_errors_leave_nothing(void **unused)
{
    static cloud c;
    static int32_t to[MOST * MOST_K];
    int64_t start[MOST + 1];
    wks_points points;
    (void)unused;
    make(&c, 7);
    for (int64_t k = 1; k <= 6; k++) {
        wks_err err = WKS_ERR_INIT;
        wks_mem_fail_after(k);
        assert_status(wks_points_create(c.x, c.y, c.n, 1.0, &points, &err), WKS_ERR_NOMEM, &err);
        wks_points_free(&points);
    }
    for (int64_t k = 1; k <= 4; k++) {
        wks_err err = WKS_ERR_INIT;
        wks_mem_fail_after(k);
        assert_status(wks_points_nearest(c.x, c.y, c.n, 6, 1, start, to, &err), WKS_ERR_NOMEM, &err);
    }
    wks_mem_fail_after(0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nearest_equal_the_full_search),    cmocka_unit_test(lattice_ties_take_the_lower_row),
        cmocka_unit_test(all_within_reach_are_in_the_runs), cmocka_unit_test(runs_are_short),
        cmocka_unit_test(no_memory_errors_leave_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
