/* segregation/evenness: D and H on tables worked out by hand, on published ones against another way of computing, and as laws. */
#include "segregation/evenness.h"

#include "tables.h"

static void dissimilarity_three_areas_by_hand(void **unused)
{
    (void)unused;
    /* x 10 20 70 of X = 100, y 40 40 20 of Y = 100: |.1-.4| + |.2-.4| + |.7-.2| = 1.0, half 0.5 */
    const double x[] = {10.0, 20.0, 70.0}, t[] = {50.0, 60.0, 90.0};
    assert_close(wks_evenness_dissimilarity(x, t, 3), 0.5, 1e-15, 0.0);
}

static void dissimilarity_extremes_zero_and_one(void **unused)
{
    (void)unused;
    const double apart_x[] = {30.0, 0.0, 12.0}, apart_t[] = {30.0, 50.0, 12.0};
    assert_close(wks_evenness_dissimilarity(apart_x, apart_t, 3), 1.0, 1e-15, 0.0);
    const double even_x[] = {1.0, 3.0, 0.5}, even_t[] = {10.0, 30.0, 5.0}; /* fractional counts are fine */
    assert_close(wks_evenness_dissimilarity(even_x, even_t, 3), 0.0, 0.0, 1e-15);
}

static void dissimilarity_errors_not_defined_nan(void **unused)
{
    (void)unused;
    const double none[] = {0.0, 0.0}, all[] = {5.0, 7.0}, t[] = {5.0, 7.0};
    assert_true(isnan(wks_evenness_dissimilarity(none, t, 2)));
    assert_true(isnan(wks_evenness_dissimilarity(all, t, 2)));
    assert_true(isnan(wks_evenness_dissimilarity(none, none, 2)));
    assert_true(isnan(wks_evenness_dissimilarity(none, t, 0)));
}

static void theil_two_areas_by_hand(void **unused)
{
    (void)unused;
    /* t 40 60; x 10 30; P = .4: E = -.4 ln .4 - .6 ln .6 = .673011667; shares 1/4 and 1/2: E_1 = .562335145, E_2 = ln 2 = .693147181;
     * H = 1 - (40 * .562335145 + 60 * .693147181) / (100 * .673011667) */
    const double x[] = {10.0, 30.0}, t[] = {40.0, 60.0};
    const double e = 0.67301166700925640, e1 = 0.56233514461880830, e2 = 0.69314718055994531;
    assert_close(wks_evenness_theil(x, t, 2), 1.0 - (40.0 * e1 + 60.0 * e2) / (100.0 * e), 1e-13, 0.0);
}

static void theil_extremes_zero_and_one(void **unused)
{
    (void)unused;
    const double apart_x[] = {30.0, 0.0, 12.0, 0.0}, apart_t[] = {30.0, 50.0, 12.0, 0.0};
    assert_true(wks_evenness_theil(apart_x, apart_t, 4) == 1.0);
    const double even_x[] = {1.0, 3.0, 0.5, 0.0}, even_t[] = {10.0, 30.0, 5.0, 0.0};
    const double h = wks_evenness_theil(even_x, even_t, 4);
    assert_true(h >= 0.0 && h < 1e-15);
}

static void theil_errors_not_defined_nan(void **unused)
{
    (void)unused;
    const double none[] = {0.0, 0.0}, all[] = {5.0, 7.0}, t[] = {5.0, 7.0};
    assert_true(isnan(wks_evenness_theil(none, t, 2)));
    assert_true(isnan(wks_evenness_theil(all, t, 2)));
    assert_true(isnan(wks_evenness_theil(none, none, 2)));
    assert_true(isnan(wks_evenness_theil(none, t, 0)));
}

/* D another way: the share of the group that must move is the largest difference between the two cumulative distributions once areas are
 * sorted by the group's share: D = max over s of sum over areas with share > s of (x_i/X - y_i/Y). */
static double dissimilarity_slowly(const counts *c)
{
    long double sum_x = 0.0L, sum_y = 0.0L, largest = 0.0L;
    for (size_t i = 0; i < c->n; i++) {
        sum_x += c->x[i];
        sum_y += c->t[i] - c->x[i];
    }
    for (size_t s = 0; s < c->n; s++) {
        if (!(c->t[s] > 0.0)) continue;
        long double ahead = 0.0L;
        for (size_t i = 0; i < c->n; i++) {
            if (c->x[i] * c->t[s] > c->x[s] * c->t[i]) ahead += c->x[i] / sum_x - (c->t[i] - c->x[i]) / sum_y;
        }
        if (ahead > largest) largest = ahead;
    }
    return (double)largest;
}

/* H another way: mutual information of area and membership over the entropy of membership, in 80 bits, with libm. */
static double theil_slowly(const counts *c)
{
    long double sum_x = 0.0L, sum_t = 0.0L, information = 0.0L;
    for (size_t i = 0; i < c->n; i++) {
        sum_x += c->x[i];
        sum_t += c->t[i];
    }
    const long double p[2] = {sum_x / sum_t, 1.0L - sum_x / sum_t};
    for (size_t i = 0; i < c->n; i++) {
        const long double part[2] = {c->x[i], (long double)c->t[i] - c->x[i]};
        for (int k = 0; k < 2; k++) {
            if (part[k] > 0.0L) information += part[k] / sum_t * logl(part[k] / c->t[i] / p[k]);
        }
    }
    return (double)(information / -(p[0] * logl(p[0]) + p[1] * logl(p[1])));
}

static void compare_with_slow(const counts *c, const char *name)
{
    (void)name;
    assert_close(wks_evenness_dissimilarity(c->x, c->t, c->n), dissimilarity_slowly(c), 1e-12, 1e-15);
    assert_close(wks_evenness_theil(c->x, c->t, c->n), theil_slowly(c), 1e-11, 1e-14);
}

static void evenness_published_tables_equal_other_computation(void **unused)
{
    (void)unused;
    each_shared_table(compare_with_slow);
}

static void evenness_random_tables_equal_other_computation(void **unused)
{
    (void)unused;
    static counts c;
    for (uint64_t k = 0; k < 500; k++) {
        random_counts(&c, k);
        compare_with_slow(&c, "random");
    }
}

static double both(const counts *c, double *out_h)
{
    *out_h = wks_evenness_theil(c->x, c->t, c->n);
    return wks_evenness_dissimilarity(c->x, c->t, c->n);
}

static void evenness_random_tables_bounded_scale_free_and_symmetric(void **unused)
{
    (void)unused;
    static counts c, other;
    for (uint64_t k = 0; k < 500; k++) {
        random_counts(&c, k);
        double h, h2;
        const double d = both(&c, &h);
        assert_true(d >= 0.0 && d <= 1.0 && h >= 0.0 && h <= 1.0);
        other = c;
        for (size_t i = 0; i < c.n; i++) { /* seven times the city */
            other.x[i] *= 7.0;
            other.t[i] *= 7.0;
        }
        assert_close(both(&other, &h2), d, 1e-13, 1e-15);
        assert_close(h2, h, 1e-12, 1e-14);
        for (size_t i = 0; i < c.n; i++) { /* the rest as the group, areas from the other end */
            other.x[i] = c.t[c.n - 1 - i] - c.x[c.n - 1 - i];
            other.t[i] = c.t[c.n - 1 - i];
        }
        assert_close(both(&other, &h2), d, 1e-13, 1e-15);
        assert_close(h2, h, 1e-12, 1e-14);
        for (size_t i = 0; i < c.n; i++) { /* D alone: the group twice as large, the rest as it was */
            other.x[i] = 2.0 * c.x[i];
            other.t[i] = c.t[i] + c.x[i];
        }
        assert_close(wks_evenness_dissimilarity(other.x, other.t, c.n), d, 1e-12, 1e-15);
    }
}

static void evenness_proportional_areas_merged_same(void **unused)
{
    (void)unused;
    static counts c, split;
    for (uint64_t k = 0; k < 300; k++) {
        random_counts(&c, k);
        split = c;
        for (size_t i = 0; i < c.n; i++) { /* every area as a quarter and three quarters, and an empty area behind */
            split.x[i] = 0.25 * c.x[i];
            split.t[i] = 0.25 * c.t[i];
            split.x[c.n + i] = 0.75 * c.x[i];
            split.t[c.n + i] = 0.75 * c.t[i];
        }
        split.n = 2 * c.n + 1;
        split.x[2 * c.n] = split.t[2 * c.n] = 0.0;
        double h, h2;
        const double d = both(&c, &h);
        assert_close(both(&split, &h2), d, 1e-13, 1e-15);
        assert_close(h2, h, 1e-12, 1e-14);
    }
}

/* A member of the group moves from an area with a larger share to one with a smaller share, one of the others back: never more segregation,
 * and less H always; less D when the areas lie on both sides of the city's share before and after. */
static void evenness_transfer_to_less_share_lowers(void **unused)
{
    (void)unused;
    static counts c;
    int moved = 0, across = 0;
    for (uint64_t k = 0; k < 2000; k++) {
        random_counts(&c, k);
        double sum_x = 0.0, sum_t = 0.0;
        for (size_t i = 0; i < c.n; i++) {
            sum_x += c.x[i];
            sum_t += c.t[i];
        }
        const double p = sum_x / sum_t;
        const size_t a = (size_t)(k % c.n), b = (size_t)((k / 7) % c.n);
        if (a == b || c.x[a] < 1.0 || c.t[b] - c.x[b] < 1.0) continue;
        if (!((c.x[a] - 1.0) / c.t[a] >= (c.x[b] + 1.0) / c.t[b])) continue; /* a keeps the larger share */
        double h, h2;
        const double d = both(&c, &h);
        c.x[a] -= 1.0;
        c.x[b] += 1.0;
        const double d2 = both(&c, &h2);
        moved++;
        assert_true(d2 <= d + 1e-14);
        assert_true(h2 < h);
        if (c.x[a] / c.t[a] >= p && c.x[b] / c.t[b] <= p) {
            across++;
            /* x_a falls by one and y_a rises by one, the same at b: D falls by 1/X + 1/Y */
            assert_close(d - d2, 1.0 / sum_x + 1.0 / (sum_t - sum_x), 1e-9, 1e-13);
        }
    }
    assert_true(moved > 300 && across > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dissimilarity_three_areas_by_hand),
        cmocka_unit_test(dissimilarity_extremes_zero_and_one),
        cmocka_unit_test(dissimilarity_errors_not_defined_nan),
        cmocka_unit_test(theil_two_areas_by_hand),
        cmocka_unit_test(theil_extremes_zero_and_one),
        cmocka_unit_test(theil_errors_not_defined_nan),
        cmocka_unit_test(evenness_published_tables_equal_other_computation),
        cmocka_unit_test(evenness_random_tables_equal_other_computation),
        cmocka_unit_test(evenness_random_tables_bounded_scale_free_and_symmetric),
        cmocka_unit_test(evenness_proportional_areas_merged_same),
        cmocka_unit_test(evenness_transfer_to_less_share_lowers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
