/* segregation/centralization: ACE and RCE by hand, against the formulas over every pair, and as laws. */
#include "segregation/centralization.h"

#include "base/mem.h"
#include "places.h"

static const double NOT_DEFINED = (double)NAN;

typedef struct two {
    double ace, rce;
} two;

static two measure(const double *group, const double *x, const double *y, const double *t, const double *size, size_t n)
{
    wks_err err = WKS_ERR_INIT;
    wks_centralization_order order;
    assert_ok(wks_centralization_order_make(x, y, t, n, &order, &err), &err);
    const two out = {wks_centralization_absolute(group, size, &order), wks_centralization_relative(group, t, &order)};
    wks_centralization_order_free(&order);
    return out;
}

static bool takes_part(const double *x, const double *y, const double *t, size_t i)
{
    return isfinite(x[i]) && isfinite(y[i]) && t[i] > 0.0;
}

/* The same sums another way: over pairs of areas, u_i v_j where i is nearer than j, less where it is farther (of sums by parts). */
static two measure_slowly(const double *group, const double *x, const double *y, const double *t, const double *size, size_t n,
                          long double same)
{
    long double at_x = 0, at_y = 0, kept = 0, sum_x = 0, sum_y = 0, sum_x_land = 0, land = 0, ace = 0, rce = 0;
    static long double d[PLACES_MOST];
    for (size_t i = 0; i < n; i++) {
        if (!takes_part(x, y, t, i)) continue;
        at_x += x[i];
        at_y += y[i];
        kept += 1;
        sum_x += group[i];
        sum_y += t[i] - group[i];
        sum_x_land += size[i] >= 0.0 ? group[i] : 0.0;
        land += size[i] >= 0.0 ? size[i] : 0.0;
    }
    for (size_t i = 0; i < n; i++)
        d[i] = hypotl(x[i] - at_x / kept, y[i] - at_y / kept);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            if (!takes_part(x, y, t, i) || !takes_part(x, y, t, j)) continue;
            const int sign = fabsl(d[i] - d[j]) < same ? 0 : d[i] < d[j] ? 1 : -1;
            rce += sign * group[i] * (t[j] - group[j]);
            if (size[i] >= 0.0 && size[j] >= 0.0) ace += sign * (long double)group[i] * size[j];
        }
    }
    return (two){(double)(ace / sum_x_land / land), (double)(rce / sum_x / sum_y)};
}

static void assert_same(two a, two b, double rel)
{
    assert_close(a.ace, b.ace, rel, 1e-13);
    assert_close(a.rce, b.rce, rel, 1e-13);
}

static void row_of_five_by_hand(void **unused)
{
    (void)unused;
    /* centre at the third; its two neighbours tie, so do the ends. X up to each ring 1/4, 3/4, 1; A 1/5, 3/5, 1 */
    const double x[] = {-2, -1, 0, 1, 2}, y[] = {7, 7, 7, 7, 7}, t[] = {10, 10, 10, 10, 10}, size[] = {1, 1, 1, 1, 1},
                 g[] = {1, 3, 2, 1, 1};
    const two a = measure(g, x, y, t, size, 5);
    assert_close(a.ace, (0.25 * 0.6 + 0.75 * 1.0) - (0.75 * 0.2 + 1.0 * 0.6), 1e-15, 0.0);
    /* Y 8/42, 24/42, 1 */
    assert_close(a.rce, (0.25 * 24 + 0.75 * 42 - 0.75 * 8 - 24) / 42.0, 1e-14, 0.0);
}

static void centre_and_edge_at_the_ends(void **unused)
{
    (void)unused;
    const double x[] = {0, 1, -1, 0, 0}, y[] = {0, 0, 0, 1, -1}, t[] = {10, 10, 10, 10, 10}, size[] = {1e-9, 5, 5, 5, 5};
    const double centre[] = {10, 0, 0, 0, 0}, edge[] = {0, 10, 10, 10, 10}, as_land[] = {1, 1, 1, 1, 1};
    assert_same(measure(centre, x, y, t, size, 5), (two){1.0, 1.0}, 1e-9);
    assert_close(measure(edge, x, y, t, size, 5).rce, -1.0, 1e-15, 0.0);
    assert_close(measure(edge, x, y, t, size, 5).ace, -0.0, 0.0, 1e-9); /* nearly all land lies there */
    assert_close(measure(as_land, x, y, t, size, 5).rce, 0.0, 0.0, 1e-15);
}

/* Mirror images stay tied although 0.1, 0.7 and their mean round: every order of rows gives the same. */
static void ties_hold_after_rounding(void **unused)
{
    enum { SIDE = 7, N = SIDE * SIDE };
    static const double at[] = {0.0, 155000.1, -4e6, 52.1};
    (void)unused;
    for (int k = 0; k < 4; k++) {
        double x[N], y[N], t[N], g[N], size[N];
        for (int i = 0; i < N; i++) {
            const int from = (i * 10 + k) % N; /* another order of rows each time */
            x[i] = at[k] + 0.1 * (from % SIDE);
            y[i] = -at[k] + 0.1 * (from / SIDE); /* NOLINT(bugprone-integer-division) */
            t[i] = 100 + from;
            g[i] = (from * 31) % 97;
            size[i] = 1.0 + 0.25 * (from % 4);
        }
        wks_err err = WKS_ERR_INIT;
        wks_centralization_order order;
        assert_ok(wks_centralization_order_make(x, y, t, N, &order, &err), &err);
        assert_int_equal(order.ring[N - 1], 9); /* a^2 + b^2 with a, b in 0..3: 0 1 2 4 5 8 9 10 13 18 */
        wks_centralization_order_free(&order);
        assert_same(measure(g, x, y, t, size, N), measure_slowly(g, x, y, t, size, N, 1e-6L), 1e-11);
    }
}

static void random_tables_equal_the_pairs(void **unused)
{
    static places p;
    static const double at[] = {0.0, -155000.0, 1e9};
    (void)unused;
    for (uint64_t k = 0; k < 30; k++) {
        places_random(&p, k, 2 + 9 * k, 3, at[k % 3], k % 2 == 1);
        for (size_t g = 0; g < 3; g++) {
            const double *x = wks_table_group(&p.table, g);
            const two a = measure(x, p.x, p.y, p.table.total, p.size, p.table.n_areas);
            assert_same(a, measure_slowly(x, p.x, p.y, p.table.total, p.size, p.table.n_areas, 1e-12L), 1e-9);
            assert_true(fabs(a.ace) <= 1.0 && fabs(a.rce) <= 1.0);
        }
        places_close(&p);
    }
}

/* Scale, shift, a quarter turn, the order of rows, areas left out: nothing changes. The others mirror the group. */
static void where_and_how_large_does_not_matter(void **unused)
{
    static places p;
    double x[60], y[60], t[60], size[60], g[60], others[60];
    (void)unused;
    for (uint64_t k = 0; k < 20; k++) {
        places_random(&p, 200 + k, 50, 2, 0.0, false);
        const two a = measure(wks_table_group(&p.table, 0), p.x, p.y, p.table.total, p.size, 50);
        for (size_t i = 0; i < 60; i++) {
            const size_t from = (i * 7) % 60;
            x[i] = from < 50 ? 5.0 - 1000.0 * p.y[from] : from < 55 ? 1e7 : NOT_DEFINED;
            y[i] = from < 50 ? -8.0 + 1000.0 * p.x[from] : from < 55 ? 1e7 : 0.0;
            g[i] = from < 50 ? p.table.count[from] : from < 55 ? 0.0 : 3.0;
            t[i] = from < 50 ? p.table.total[from] : from < 55 ? 0.0 : 9.0;
            size[i] = from < 50 ? 0.01 * p.size[from] : 4.0;
            others[i] = t[i] - g[i];
        }
        const two b = measure(g, x, y, t, size, 60);
        assert_same(a, b, 1e-9);
        assert_close(measure(others, x, y, t, size, 60).rce, -b.rce, 1e-12, 1e-15);
        places_close(&p);
    }
}

static void errors_not_defined_nan(void **unused)
{
    (void)unused;
    const double x[] = {0, 1, 5}, y[] = {0, 0, 0}, same[] = {2, 2, 2}, t[] = {10, 20, 30}, g[] = {1, 2, 3}, none[] = {0, 0, 0},
                 size[] = {1, 1, 1};
    const double nowhere[] = {NOT_DEFINED, NOT_DEFINED, NOT_DEFINED};
    two a = measure(none, x, y, t, size, 3); /* an absent group */
    assert_true(isnan(a.ace) && isnan(a.rce));
    a = measure(t, x, y, t, size, 3); /* nobody else */
    assert_true(!isnan(a.ace) && isnan(a.rce));
    a = measure(g, x, y, t, none, 3); /* no land */
    assert_true(isnan(a.ace) && !isnan(a.rce));
    a = measure(g, x, y, t, nowhere, 3);
    assert_true(isnan(a.ace) && !isnan(a.rce));
    a = measure(g, nowhere, y, t, size, 3);
    assert_true(isnan(a.ace) && isnan(a.rce));
    a = measure(g, same, same, t, size, 3); /* all in one point */
    assert_true(a.ace == 0.0 && a.rce == 0.0);
    a = measure(g, x, y, t, size, 1);
    assert_true(a.ace == 0.0 && a.rce == 0.0);
    a = measure(g, x, y, none, size, 3);
    assert_true(isnan(a.ace) && isnan(a.rce));
    a = measure(g, x, y, t, size, 0);
    assert_true(isnan(a.ace) && isnan(a.rce));
    wks_centralization_order order;
    for (int64_t k = 1; k <= 4; k++) {
        wks_err err = WKS_ERR_INIT;
        wks_mem_fail_after(k);
        assert_status(wks_centralization_order_make(x, y, t, 3, &order, &err), WKS_ERR_NOMEM, &err);
        wks_centralization_order_free(&order);
    }
    wks_mem_fail_after(0);
}

static void published_tables_equal_the_pairs(void **unused)
{
    static places p;
    (void)unused;
    for (size_t k = 0; k < N_PLACES_PATTERNS; k++) {
        places_shared(&p, places_patterns[k]);
        const double *g = wks_table_group(&p.table, 0);
        assert_same(measure(g, p.x, p.y, p.table.total, p.size, 100), measure_slowly(g, p.x, p.y, p.table.total, p.size, 100, 1e-9L),
                    1e-11);
        places_close(&p);
    }
    places_shared(&p, "r02_sacramento_hisp");
    const double *g = wks_table_group(&p.table, 0);
    const two a = measure(g, p.x, p.y, p.table.total, p.size, p.table.n_areas);
    assert_same(a, measure_slowly(g, p.x, p.y, p.table.total, p.size, p.table.n_areas, 1e-9L), 1e-11);
    /* PySAL's tests have 0.6891422 and -0.1119418, where a degree east counts as much as a degree north; ours are kilometres: near, not equal */
    assert_close(a.ace, 0.6891422368736286, 0.005, 0.0);
    assert_close(a.rce, -0.11194177550430595, 0.0, 0.01);
    places_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(row_of_five_by_hand),
        cmocka_unit_test(centre_and_edge_at_the_ends),
        cmocka_unit_test(ties_hold_after_rounding),
        cmocka_unit_test(random_tables_equal_the_pairs),
        cmocka_unit_test(errors_not_defined_nan),
        cmocka_unit_test(where_and_how_large_does_not_matter),
        cmocka_unit_test(published_tables_equal_the_pairs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
