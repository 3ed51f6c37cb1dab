/* segregation/exposure: isolation by hand, on published tables against another way of computing, and as laws. */
#include "segregation/exposure.h"

#include "tables.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(isolation_two_areas_by_hand),
        cmocka_unit_test(isolation_extremes_share_and_one),
        cmocka_unit_test(isolation_errors_not_defined_nan),
        cmocka_unit_test(isolation_published_tables_equal_other_computation),
        cmocka_unit_test(isolation_random_tables_bounded_and_merge_proof),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
