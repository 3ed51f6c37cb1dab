/* segregation/exposure: isolation by hand, on published tables against another way of computing, and as laws. */
#include "segregation/exposure.h"

#include "made_tables.h"

static void isolation_two_areas_by_hand(void **unused)
{
    (void)unused;
    /* x 10 30 of t 40 60: (10/40)(10/40) + (30/40)(30/60) = 0.0625 + 0.375 */
    const double x[] = {10.0, 30.0, 0.0}, t[] = {40.0, 60.0, 0.0};
    assert_close(wks_exposure_isolation(x, t, 3), 0.4375, 1e-15, 0.0);
}

static void isolation_extremes_share_and_one(void **unused)
{
    (void)unused;
    const double apart_x[] = {30.0, 0.0}, apart_t[] = {30.0, 50.0}, even_x[] = {1.0, 3.0}, even_t[] = {10.0, 30.0};
    assert_close(wks_exposure_isolation(apart_x, apart_t, 2), 1.0, 1e-15, 0.0);
    assert_close(wks_exposure_isolation(even_x, even_t, 2), 0.1, 1e-15, 0.0);
    assert_close(wks_exposure_isolation(even_t, even_t, 2), 1.0, 1e-15, 0.0); /* everybody: defined, unlike D */
}

static void isolation_errors_not_defined_nan(void **unused)
{
    (void)unused;
    const double none[] = {0.0, 0.0}, t[] = {5.0, 7.0};
    assert_true(isnan(wks_exposure_isolation(none, t, 2)));
    assert_true(isnan(wks_exposure_isolation(none, none, 2)));
    assert_true(isnan(wks_exposure_isolation(none, none, 0)));
}

/* Isolation another way: P + (1 - P) eta^2, eta^2 the share of the variance of membership that lies between areas. */
static double isolation_slowly(const counts *c, double *out_p)
{
    long double sum_x = 0.0L, sum_t = 0.0L, between = 0.0L;
    for (size_t i = 0; i < c->n; i++) {
        sum_x += c->x[i];
        sum_t += c->t[i];
    }
    const long double p = sum_x / sum_t;
    for (size_t i = 0; i < c->n; i++) {
        if (!(c->t[i] > 0.0)) continue;
        const long double deviation = c->x[i] / (long double)c->t[i] - p;
        between += c->t[i] * deviation * deviation;
    }
    *out_p = (double)p;
    return (double)(p + (1.0L - p) * (between / (sum_t * p * (1.0L - p))));
}

static void compare_with_slow(const counts *c, const char *name)
{
    (void)name;
    double p;
    const double isolation = wks_exposure_isolation(c->x, c->t, c->n);
    assert_close(isolation, isolation_slowly(c, &p), 1e-12, 0.0);
    assert_true(isolation >= p * (1.0 - 1e-14) && isolation <= 1.0 + 1e-14);
}

static void isolation_published_tables_equal_other_computation(void **unused)
{
    (void)unused;
    each_shared_table(compare_with_slow);
}

static void isolation_random_tables_bounded_and_merge_proof(void **unused)
{
    (void)unused;
    static counts c, split;
    for (uint64_t k = 0; k < 500; k++) {
        random_counts(&c, k);
        compare_with_slow(&c, "random");
        split = c;
        for (size_t i = 0; i < c.n; i++) {
            split.x[i] = split.x[c.n + i] = 0.5 * c.x[i];
            split.t[i] = split.t[c.n + i] = 0.5 * c.t[i];
        }
        assert_close(wks_exposure_isolation(split.x, split.t, 2 * c.n), wks_exposure_isolation(c.x, c.t, c.n), 1e-13, 0.0);
    }
}

static void exposure_by_hand(void **unused)
{
    (void)unused;
    /* x 3 1 0, y 1 3 2, z 0 0 2 of t 4 4 4: xPy = 3/4 1/4 + 1/4 3/4 = 3/8, zPy = 1/2; exact: (3 2/3 + 0)/4 = 1/2 */
    const double count[] = {3.0, 1.0, 0.0, 1.0, 3.0, 2.0, 0.0, 0.0, 2.0};
    double to[3];
    wks_exposure of;
    wks_table table;
    table_of(&table, 3, 3, count);
    wks_exposure_of(&table, 0, 2, &of, to);
    assert_close(of.isolation, 0.625, 1e-15, 0.0);
    assert_close(of.isolation_exact, 0.5, 1e-15, 0.0);
    assert_true(to[0] == of.isolation && to[1] == 0.375 && to[2] == 0.0);
    wks_exposure_of(&table, 2, 2, &of, to);
    assert_true(to[1] == 0.5 && to[2] == 0.5 && to[0] == 0.0);
    wks_table_free(&table);
}

static void exposure_errors_absent_group_nan(void **unused)
{
    (void)unused;
    const double count[] = {0.0, 0.0, 1.0, 4.0};
    double to[2];
    wks_exposure of;
    wks_table table;
    table_of(&table, 2, 2, count);
    wks_exposure_of(&table, 0, 1, &of, to);
    assert_true(isnan(of.isolation) && isnan(of.isolation_exact) && isnan(to[0]) && isnan(to[1]));
    wks_exposure_of(&table, 1, 1, &of, to);
    assert_true(of.isolation == 1.0 && to[0] == 0.0 && to[1] == 1.0);
    assert_close(of.isolation_exact, 0.8, 1e-15, 0.0); /* the one who lives alone meets nobody of the group */
    wks_table_free(&table);
}

static void isolation_exact_lives_alone_nobody_met(void **unused)
{
    (void)unused;
    const double x[] = {1.0, 0.0, 1.0}, t[] = {1.0, 0.0, 1.0}, two[] = {2.0};
    assert_true(isnan(wks_exposure_isolation_exact(x, t, 3, 1))); /* nobody has anybody to meet */
    assert_true(wks_exposure_isolation_exact(two, two, 1, 1) == 1.0);
}

/* sum over i of x_i/X times what is met there, in 80 bits. */
static void check_exposure(const wks_table *table)
{
    double to[TABLES_MAX_GROUPS], again[TABLES_MAX_GROUPS];
    for (size_t g = 0; g < table->n_groups; g++) {
        const double *x = wks_table_group(table, g);
        const slow_margins m = margins_slowly(table, g);
        long double exact = 0.0L, sum = 0.0L;
        wks_exposure of, other;
        wks_exposure_of(table, g, 1, &of, to);
        wks_exposure_of(table, g, 7, &other, again);
        assert_memory_equal(&of, &other, sizeof of);
        assert_memory_equal(to, again, table->n_groups * sizeof *to);
        if (!(m.x > 0.0L)) continue;
        for (size_t h = 0; h < table->n_groups; h++) {
            const double *y = wks_table_group(table, h);
            long double slow = 0.0L;
            for (size_t i = 0; i < table->n_areas; i++)
                slow += x[i] > 0.0 ? x[i] / m.x * (y[i] / area_slowly(table, i)) : 0.0L;
            assert_close(to[h], (double)slow, 1e-12, 0.0);
            assert_true(to[h] == wks_exposure_to(x, y, table->total, table->n_areas, 2));
            sum += to[h];
            /* members of g meet as many of h as those of h meet of g: X xPy = Y yPx */
            if (table->group_total[h] > 0.0)
                assert_close((double)m.x * to[h], table->group_total[h] * wks_exposure_to(y, x, table->total, table->n_areas, 1), 1e-12,
                             0.0);
        }
        assert_close((double)sum, 1.0, 1e-12, 0.0);
        assert_true(to[g] == of.isolation && of.isolation == wks_exposure_isolation(x, table->total, table->n_areas));
        for (size_t i = 0; i < table->n_areas; i++) {
            const long double t = area_slowly(table, i);
            if (t > 1.0L) exact += x[i] / m.x * ((x[i] - 1.0L) / (t - 1.0L));
        }
        assert_close(of.isolation_exact, (double)exact, 1e-12, 1e-15);
        if (wks_table_is_whole(table)) assert_true(of.isolation_exact >= 0.0 && of.isolation_exact <= of.isolation);
    }
}

static void exposure_made_and_shared_tables_equal_slow_formulas(void **unused)
{
    (void)unused;
    each_made_table(check_exposure);
}

/* More groups than one pass takes. */
static void exposure_twenty_groups_same_as_one_by_one(void **unused)
{
    (void)unused;
    double count[60], to[20];
    wks_exposure of;
    wks_table table;
    for (int i = 0; i < 60; i++)
        count[i] = (double)((i * 7) % 11);
    table_of(&table, 3, 20, count);
    wks_exposure_of(&table, 11, 2, &of, to);
    for (size_t h = 0; h < 20; h++)
        assert_true(to[h] == wks_exposure_to(wks_table_group(&table, 11), wks_table_group(&table, h), table.total, 3, 1));
    wks_table_free(&table);
}

/* pysal/segregation, segregation/tests: test_isolation, test_interaction (HISP of TOT_POP, 403 tracts of Sacramento). */
static void exposure_sacramento_equal_to_pysal(void **unused)
{
    (void)unused;
    double to[2];
    wks_exposure of;
    wks_table table;
    shared_table(&table, "r02_sacramento_hisp");
    wks_exposure_of(&table, 0, 2, &of, to);
    assert_close(of.isolation, 0.2319615486459151, 1e-13, 0.0);
    assert_close(to[1], 0.7680384513540848, 1e-13, 0.0);
    wks_table_free(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(isolation_two_areas_by_hand),
        cmocka_unit_test(isolation_extremes_share_and_one),
        cmocka_unit_test(isolation_errors_not_defined_nan),
        cmocka_unit_test(isolation_published_tables_equal_other_computation),
        cmocka_unit_test(isolation_random_tables_bounded_and_merge_proof),
        cmocka_unit_test(exposure_by_hand),
        cmocka_unit_test(exposure_errors_absent_group_nan),
        cmocka_unit_test(isolation_exact_lives_alone_nobody_met),
        cmocka_unit_test(exposure_made_and_shared_tables_equal_slow_formulas),
        cmocka_unit_test(exposure_twenty_groups_same_as_one_by_one),
        cmocka_unit_test(exposure_sacramento_equal_to_pysal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
