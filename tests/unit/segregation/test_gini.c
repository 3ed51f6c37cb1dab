/* segregation/gini: against the double sum over pairs of areas, with many areas, equal shares and both ends. */
#include "segregation/gini.h"

#include "tables.h"

static wks_gini_area scratch[2 * TABLES_MAX_AREAS];

static double gini(const counts *c)
{
    return wks_gini_coefficient(c->x, c->t, c->n, scratch);
}

/* sum_ij t_i t_j |p_i - p_j| / (2 T^2 P (1 - P)) = sum_ij |x_i t_j - x_j t_i| / (2 X Y) */
static double gini_slowly(const counts *c)
{
    long double sum_x = 0.0L, sum_y = 0.0L, sum = 0.0L;
    for (size_t i = 0; i < c->n; i++) {
        sum_x += c->x[i];
        sum_y += (long double)c->t[i] - c->x[i];
        for (size_t j = 0; j < i; j++)
            sum += fabsl((long double)c->x[i] * c->t[j] - (long double)c->x[j] * c->t[i]);
    }
    return (double)(sum / (sum_x * sum_y));
}

static void gini_three_areas_by_hand(void **unused)
{
    (void)unused;
    /* x 10 0 30 of t 20 40 40: pairs 400 + 200 + 1200 = 1800, X Y = 2400 */
    const double x[] = {10.0, 0.0, 30.0}, t[] = {20.0, 40.0, 40.0};
    assert_close(wks_gini_coefficient(x, t, 3, scratch), 0.75, 1e-15, 0.0);
}

static void gini_extremes_exactly_zero_and_one(void **unused)
{
    (void)unused;
    const double apart[] = {5.0, 0.0, 1e9, 0.0}, t[] = {5.0, 3.0, 1e9, 0.0}, even[] = {2.5, 1.5, 5e8, 0.0};
    assert_true(wks_gini_coefficient(apart, t, 4, scratch) == 1.0);
    assert_true(wks_gini_coefficient(even, t, 4, scratch) == 0.0);
    assert_true(wks_gini_coefficient(even, t, 1, scratch) == 0.0);
}

static void gini_errors_not_defined_nan(void **unused)
{
    (void)unused;
    const double none[] = {0.0, 0.0}, t[] = {5.0, 7.0};
    assert_true(isnan(wks_gini_coefficient(none, t, 2, scratch)));
    assert_true(isnan(wks_gini_coefficient(t, t, 2, scratch)));
    assert_true(isnan(wks_gini_coefficient(none, none, 2, scratch)));
    assert_true(isnan(wks_gini_coefficient(t, t, 0, scratch)));
}

static void gini_random_tables_equal_pairs(void **unused)
{
    (void)unused;
    static counts c;
    for (uint64_t k = 0; k < 300; k++) {
        random_counts(&c, k);
        assert_close(gini(&c), gini_slowly(&c), 1e-12, 1e-15);
    }
}

/* 2200 areas sort by radix, with few different shares, with shares of every size down to 1e-300, and with the group in the majority. */
static void gini_many_areas_equal_pairs(void **unused)
{
    (void)unused;
    static counts c;
    const wks_rng_seed seed = wks_rng_seed_make(3, 1);
    for (uint64_t k = 0; k < 4; k++) {
        c.n = TABLES_MAX_AREAS;
        for (size_t i = 0; i < c.n; i++) {
            wks_rng rng = wks_rng_open(&seed, i, (uint32_t)k, WKS_RNG_TEST);
            const double u = wks_rng_u01(&rng);
            const double few = (double)wks_rng_below(&rng, 5) / 8.0;
            c.t[i] = (double)wks_rng_below(&rng, 1000);
            c.x[i] = c.t[i] * (k == 0 ? few : k == 1 ? ldexp(u, -(int)(i % 900)) : k == 2 ? 1.0 - 0.001 * u : 0.3 + 1e-6 * u);
        }
        assert_close(gini(&c), gini_slowly(&c), 1e-11, 1e-15);
    }
}

static void gini_order_of_areas_nothing(void **unused)
{
    (void)unused;
    static counts c, other;
    for (uint64_t k = 0; k < 300; k++) {
        random_counts(&c, k);
        other.n = c.n;
        for (size_t i = 0; i < c.n; i++) { /* from the other end, and the rest instead of the group */
            other.t[i] = c.t[c.n - 1 - i];
            other.x[i] = other.t[i] - c.x[c.n - 1 - i];
        }
        assert_close(gini(&other), gini(&c), 1e-12, 1e-15);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gini_three_areas_by_hand),    cmocka_unit_test(gini_extremes_exactly_zero_and_one),
        cmocka_unit_test(gini_errors_not_defined_nan), cmocka_unit_test(gini_random_tables_equal_pairs),
        cmocka_unit_test(gini_many_areas_equal_pairs), cmocka_unit_test(gini_order_of_areas_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
