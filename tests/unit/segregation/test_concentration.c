/* segregation/concentration: delta, ACO, RCO by hand, against the formulas written out, and as laws. */
#include "segregation/concentration.h"

#include "base/mem.h"
#include "places.h"

static const double NOT_DEFINED = (double)NAN;

typedef struct three {
    double delta, aco, rco;
} three;

static three measure(const double *x, const double *t, const double *size, size_t n)
{
    static int32_t row[PLACES_MOST];
    wks_err err = WKS_ERR_INIT;
    size_t n_rows = 0;
    assert_true(n <= PLACES_MOST);
    assert_ok(wks_concentration_rank(t, size, n, row, &n_rows, &err), &err);
    return (three){wks_concentration_delta(x, t, size, n), wks_concentration_absolute(x, t, size, row, n_rows),
                   wks_concentration_relative(x, t, size, row, n_rows)};
}

static bool takes_part(const double *t, const double *size, size_t i)
{
    return t[i] > 0.0 && size[i] >= 0.0;
}

/* Smaller, or of the same size with more residents, or the same in both and higher up: the order of areas. */
static bool stands_before(const double *t, const double *size, size_t i, size_t j)
{
    if (size[i] != size[j]) return size[i] < size[j];
    return t[i] != t[j] ? t[i] > t[j] : i < j;
}

/* Mean size over the residents of all areas up to (sign 1: from the smallest; -1: from the largest) the first at which they number `least`. An area is
 * among them when the residents of those before it number fewer than `least`. */
static long double mean_of_end(const double *t, const double *size, size_t n, int sign, double least)
{
    long double residents = 0, sum = 0;
    for (size_t i = 0; i < n; i++) {
        double before = 0.0;
        for (size_t j = 0; j < n; j++)
            before += takes_part(t, size, j) && i != j && stands_before(t, size, j, i) == (sign > 0) ? t[j] : 0.0;
        if (!takes_part(t, size, i) || before >= least) continue;
        residents += t[i];
        sum += (long double)t[i] * size[i];
    }
    return sum / residents;
}

static three measure_slowly(const double *x, const double *t, const double *size, size_t n)
{
    long double sum_x = 0, sum_y = 0, land = 0, size_x = 0, size_y = 0, delta = 0;
    for (size_t i = 0; i < n; i++) {
        if (!takes_part(t, size, i)) continue;
        sum_x += x[i];
        sum_y += t[i] - x[i];
        land += size[i];
        size_x += (long double)x[i] * size[i];
        size_y += (long double)(t[i] - x[i]) * size[i];
    }
    for (size_t i = 0; i < n; i++)
        delta += takes_part(t, size, i) ? fabsl(x[i] / sum_x - size[i] / land) / 2 : 0;
    const long double small = mean_of_end(t, size, n, 1, (double)sum_x), large = mean_of_end(t, size, n, -1, (double)sum_x);
    return (three){(double)delta, (double)(1 - (size_x / sum_x - small) / (large - small)),
                   (double)((size_x / sum_x / (size_y / sum_y) - 1) / (small / large - 1))};
}

static void assert_same(three a, three b, double rel)
{
    assert_close(a.delta, b.delta, rel, 1e-15);
    assert_close(a.aco, b.aco, rel, 1e-14);
    assert_close(a.rco, b.rco, rel, 1e-14);
}

static void four_areas_by_hand(void **unused)
{
    (void)unused;
    /* sizes 1 2 3 4, ten people each; the group (10 of 40): 6 in the first, 4 in the second */
    const double size[] = {1, 2, 3, 4}, t[] = {10, 10, 10, 10}, x[] = {6, 4, 0, 0};
    const three a = measure(x, t, size, 4);
    /* |.6 - .1| + |.4 - .2| + .3 + .4 = 1.4 */
    assert_close(a.delta, 0.7, 1e-15, 0.0);
    /* n1 is the first, n2 the last: means 1 and 4; the group's (6 + 8)/10 = 1.4 */
    assert_close(a.aco, 1.0 - 0.4 / 3.0, 1e-15, 0.0);
    /* the others' (4 + 12 + 30 + 40)/30 = 86/30; (1.4 * 30/86 - 1)/(1/4 - 1) */
    assert_close(a.rco, (1.4 * 30.0 / 86.0 - 1.0) / -0.75, 1e-14, 0.0);
}

static void cumulative_total_goes_over_x(void **unused)
{
    (void)unused;
    /* the group numbers 15: ten in the smallest area are too few, so n1 is the second (T1 = 20), n2 the third (T2 = 20) */
    const double size[] = {4, 1, 3, 2}, t[] = {10, 10, 10, 10}, x[] = {0, 8, 2, 5};
    const double group = (8.0 * 1 + 5 * 2 + 2 * 3) / 15.0, others = (2.0 * 1 + 5 * 2 + 8 * 3 + 10 * 4) / 25.0;
    const three a = measure(x, t, size, 4);
    assert_close(a.aco, 1.0 - (group - 1.5) / (3.5 - 1.5), 1e-15, 0.0);
    assert_close(a.rco, (group / others - 1.0) / (1.5 / 3.5 - 1.0), 1e-14, 0.0);
    /* exactly reached: 20 of 40 */
    const double half[] = {2, 8, 3, 7};
    assert_close(measure(half, t, size, 4).aco, 1.0 - ((8.0 + 14 + 9 + 8) / 20.0 - 1.5) / 2.0, 1e-15, 0.0);
}

static void most_and_least_concentrated(void **unused)
{
    (void)unused;
    const double size[] = {1, 2, 3, 4}, t[] = {10, 10, 10, 10}, small[] = {10, 0, 0, 0}, large[] = {0, 0, 0, 10};
    const three a = measure(small, t, size, 4), b = measure(large, t, size, 4);
    assert_close(a.aco, 1.0, 1e-15, 0.0);
    assert_close(a.rco, (10.0 / 30.0 - 1.0) / -0.75, 1e-14, 0.0); /* the others' mean is 3 */
    assert_close(b.aco, 0.0, 0.0, 1e-15);
    assert_close(b.rco, (4.0 / 2.0 - 1.0) / -0.75, 1e-14, 0.0); /* passes -1: the others do not fill the smallest area alone */
    const double as_land[] = {1, 2, 3, 4};
    assert_close(measure(as_land, t, size, 4).delta, 0.0, 0.0, 1e-15);
}

/* The second area is far larger than what is needed of it: the group stays below the mean of all who live up to n1. */
static void whole_areas_let_values_pass_one(void **unused)
{
    (void)unused;
    const double size[] = {1, 2, 3}, t[] = {10, 100, 50}, x[] = {10, 5, 0};
    const double small = 210.0 / 110.0, group = 20.0 / 15.0;
    const three a = measure(x, t, size, 3);
    assert_close(a.aco, 1.0 - (group - small) / (3.0 - small), 1e-14, 0.0);
    assert_true(a.aco > 1.5);
}

static void ties_of_size_most_residents_first_in_any_order(void **unused)
{
    (void)unused;
    /* two areas of size 1 with 5 and 20 people: the mean size is 1, whichever comes first */
    const double size[] = {1, 1, 2, 9}, t[] = {5, 20, 30, 40}, x[] = {3, 1, 0, 0};
    const double size_2[] = {9, 2, 1, 1}, t_2[] = {40, 30, 20, 5}, x_2[] = {0, 0, 1, 3};
    const three a = measure(x, t, size, 4), b = measure(x_2, t_2, size_2, 4);
    assert_close(a.aco, 1.0, 1e-15, 0.0);
    assert_same(a, b, 1e-14);
    /* a tie in between: size 1: 10; size 2: 20, then 5; size 9: 40; the group numbers 12: n1 takes in 30 */
    const double size_3[] = {1, 2, 2, 9}, t_3[] = {10, 5, 20, 40}, x_3[] = {4, 4, 4, 0};
    const double small = (10.0 + 2 * 20) / 30.0, group = (4.0 + 16.0) / 12.0;
    assert_close(measure(x_3, t_3, size_3, 4).aco, 1.0 - (group - small) / (9.0 - small), 1e-15, 0.0);
}

static void random_tables_equal_the_formulas(void **unused)
{
    static places p;
    (void)unused;
    for (uint64_t k = 0; k < 40; k++) {
        places_random(&p, k, 3 + 7 * k, 3, 0.0, k % 2 == 0);
        for (size_t g = 0; g < 3; g++) {
            const double *x = wks_table_group(&p.table, g);
            const three fast = measure(x, p.table.total, p.size, p.table.n_areas),
                        slow = measure_slowly(x, p.table.total, p.size, p.table.n_areas);
            if (isfinite(slow.aco)) assert_same(fast, slow, 1e-11);
            assert_close(fast.delta, slow.delta, 1e-12, 0.0);
            assert_true(fast.delta >= 0.0 && fast.delta <= 1.0);
        }
        places_close(&p);
    }
}

/* Any unit of size and any order of rows; areas left out change nothing. */
static void unit_order_and_empty_areas_do_not_matter(void **unused)
{
    static places p;
    double x[60], t[60], size[60];
    (void)unused;
    for (uint64_t k = 0; k < 20; k++) {
        places_random(&p, 100 + k, 50, 2, 0.0, false);
        const three a = measure(wks_table_group(&p.table, 0), p.table.total, p.size, 50);
        for (size_t i = 0; i < 60; i++) {
            const size_t from = (i * 7) % 60; /* 7 and 60 share no factor: every row once */
            x[i] = from < 50 ? p.table.count[from] : from < 55 ? 0.0 : 8.0;
            t[i] = from < 50 ? p.table.total[from] : from < 55 ? 0.0 : 20.0;
            size[i] = from < 50 ? 1e6 * p.size[from] : from < 55 ? 3e5 : from < 58 ? NOT_DEFINED : -1.0;
        }
        assert_same(a, measure(x, t, size, 60), 1e-11);
        places_close(&p);
    }
}

static void fractional_counts_reach_x_in_spite_of_rounding(void **unused)
{
    (void)unused;
    /* X = .1 + .2 = .30000000000000004, the residents of the three smallest areas .1 + .1 + .1: equal but for rounding */
    const double size[] = {1, 2, 3, 4, 5}, t[] = {0.1, 0.1, 0.1, 0.3, 0.3}, x[] = {0.0, 0.0, 0.0, 0.1, 0.2};
    const double group = (0.4 + 1.0) / 0.3;
    assert_close(measure(x, t, size, 5).aco, 1.0 - (group - 2.0) / (5.0 - 2.0), 1e-14, 0.0);
    /* whole counts never reach one too early, however many */
    const double many[] = {4e12 - 1, 1, 1e13, 1e13}, few[] = {4e12, 0, 0, 0}; /* the first area misses X by one */
    const double small = (many[0] + 2.0) / 4e12;
    const double moved[] = {4e12 - 1, 1, 0, 0};
    (void)few;
    assert_close(measure(moved, many, size, 4).aco, 1.0 - ((4e12 - 1 + 2) / 4e12 - small) / (4.0 - small), 1e-12, 0.0);
}

static void errors_not_defined_nan(void **unused)
{
    (void)unused;
    const double size[] = {1, 2, 3}, same[] = {0.1, 0.1, 0.1}, zero[] = {0, 0, 0}, t[] = {10, 20, 30}, x[] = {1, 2, 3}, none[] = {0, 0, 0};
    three a = measure(none, t, size, 3); /* an absent group */
    assert_true(isnan(a.delta) && isnan(a.aco) && isnan(a.rco));
    a = measure(t, t, size, 3); /* nobody else */
    assert_true(!isnan(a.delta) && isnan(a.aco) && isnan(a.rco));
    a = measure(x, t, same, 3); /* nowhere to concentrate */
    assert_true(!isnan(a.delta) && isnan(a.aco) && isnan(a.rco));
    a = measure(x, t, zero, 3); /* no land */
    assert_true(isnan(a.delta) && isnan(a.aco) && isnan(a.rco));
    a = measure(x, t, size, 1);
    assert_true(a.delta == 0.0 && isnan(a.aco) && isnan(a.rco));
    a = measure(none, none, size, 3);
    assert_true(isnan(a.delta) && isnan(a.aco) && isnan(a.rco));
    a = measure(x, t, size, 0);
    assert_true(isnan(a.delta) && isnan(a.aco) && isnan(a.rco));
    const double most[] = {9, 20, 30}; /* 59 of 60: both ends are everything */
    a = measure(most, t, size, 3);
    assert_true(isnan(a.aco) && isnan(a.rco));
    wks_err err = WKS_ERR_INIT;
    int32_t row[3];
    size_t n;
    for (int64_t k = 1; k <= 2; k++) {
        wks_mem_fail_after(k);
        err = WKS_ERR_INIT;
        assert_status(wks_concentration_rank(t, size, 3, row, &n, &err), WKS_ERR_NOMEM, &err);
    }
    wks_mem_fail_after(0);
}

/* Patterns of cells of one size: delta is the share of cells without the group, as counted in the figures; nothing is smaller than the rest. */
static void published_patterns(void **unused)
{
    static places p;
    (void)unused;
    for (size_t k = 0; k < N_PLACES_PATTERNS; k++) {
        places_shared(&p, places_patterns[k]);
        const three a = measure(wks_table_group(&p.table, 0), p.table.total, p.size, p.table.n_areas);
        if (k < 3) assert_close(a.delta, 0.75, 1e-13, 0.0); /* A, B, C: 25 of 100 cells */
        if (k > 4) assert_close(a.delta, 0.91, 1e-13, 0.0); /* F, G, H: 9 */
        assert_true(isnan(a.aco) && isnan(a.rco));
        places_close(&p);
    }
}

static void sacramento(void **unused)
{
    static places p;
    (void)unused;
    places_shared(&p, "r02_sacramento_hisp");
    const double *x = wks_table_group(&p.table, 0);
    const three a = measure(x, p.table.total, p.size, p.table.n_areas);
    assert_same(a, measure_slowly(x, p.table.total, p.size, p.table.n_areas), 1e-11);
    /* PySAL's tests have 0.8044969 and 0.8512825 and 0.1273382 of sizes in square degrees; ours are square kilometres: equal to 1 % */
    assert_close(a.delta, 0.8044969214141899, 0.001, 0.0);
    assert_close(a.aco, 0.8512824549657465, 0.01, 0.0);
    assert_close(a.rco, 0.12733820870675222, 0.03, 0.0);
    places_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_areas_by_hand),
        cmocka_unit_test(cumulative_total_goes_over_x),
        cmocka_unit_test(most_and_least_concentrated),
        cmocka_unit_test(whole_areas_let_values_pass_one),
        cmocka_unit_test(ties_of_size_most_residents_first_in_any_order),
        cmocka_unit_test(random_tables_equal_the_formulas),
        cmocka_unit_test(unit_order_and_empty_areas_do_not_matter),
        cmocka_unit_test(fractional_counts_reach_x_in_spite_of_rounding),
        cmocka_unit_test(errors_not_defined_nan),
        cmocka_unit_test(published_patterns),
        cmocka_unit_test(sacramento),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
