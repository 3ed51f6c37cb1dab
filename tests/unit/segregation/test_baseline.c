/* segregation/baseline: the expected D of chance by hand, against plain sums over all outcomes, against simulation, and in its limits. */
#include "segregation/baseline.h"

#include "num/draw.h"
#include "segregation/evenness.h"
#include "tables.h"

static void binomial_small_areas_by_hand(void **unused)
{
    (void)unused;
    /* one person an area, P = 1/2: always wholly apart, D = 1 */
    const double x1[] = {1.0, 0.0}, t1[] = {1.0, 1.0};
    assert_close(wks_baseline_dissimilarity_binomial(x1, t1, 2), 1.0, 1e-14, 0.0);
    /* two persons an area, P = 1/2: E|B - 1| = 1/2 each; (1/2 + 1/2) / (2 * 4 * 1/4) = 1/2 */
    const double x2[] = {2.0, 0.0, 0.0}, t2[] = {2.0, 2.0, 0.0};
    assert_close(wks_baseline_dissimilarity_binomial(x2, t2, 3), 0.5, 1e-14, 0.0);
    /* areas of 3 and 1, P = 1/4. Area of 3: outcomes 0 to 3 with 27, 27, 9, 1 of 64, distances .75 .25 1.25 2.25: 40.5/64.
     * Area of 1: 3/4 * 1/4 + 1/4 * 3/4 = 3/8. Sum 1.0078125 over 2 * 4 * 3/16 = 1.5 */
    const double x3[] = {1.0, 0.0}, t3[] = {3.0, 1.0};
    assert_close(wks_baseline_dissimilarity_binomial(x3, t3, 2), 0.671875, 1e-14, 0.0);
    /* where the group lives does not matter, only how many they are */
    const double x4[] = {0.0, 1.0};
    assert_true(wks_baseline_dissimilarity_binomial(x4, t3, 2) == wks_baseline_dissimilarity_binomial(x3, t3, 2));
}

static void binomial_errors_not_defined_nan(void **unused)
{
    (void)unused;
    const double none[] = {0.0, 0.0}, t[] = {5.0, 7.0};
    assert_true(isnan(wks_baseline_dissimilarity_binomial(none, t, 2)));
    assert_true(isnan(wks_baseline_dissimilarity_binomial(t, t, 2)));
    assert_true(isnan(wks_baseline_dissimilarity_binomial(none, none, 2)));
    assert_true(isnan(wks_baseline_dissimilarity_binomial(none, t, 0)));
}

/* E|B - n p| as a sum over outcomes in 80 bits, from the mode outwards until terms no longer count. */
static long double mean_deviation_slowly(long double n, long double p)
{
    const long double mode = floorl((n + 1.0L) * p), start = mode > n ? n : mode;
    const long double log_start =
        lgammal(n + 1.0L) - lgammal(start + 1.0L) - lgammal(n - start + 1.0L) + start * logl(p) + (n - start) * log1pl(-p);
    long double sum = expl(log_start) * fabsl(start - n * p);
    long double probability = expl(log_start);
    for (long double k = start; k < n && probability > 1e-30L; k += 1.0L) {
        probability *= (n - k) / (k + 1.0L) * p / (1.0L - p);
        sum += probability * fabsl(k + 1.0L - n * p);
    }
    probability = expl(log_start);
    for (long double k = start; k > 0.0L && probability > 1e-30L; k -= 1.0L) {
        probability *= k / (n - k + 1.0L) * (1.0L - p) / p;
        sum += probability * fabsl(k - 1.0L - n * p);
    }
    return sum;
}

static double binomial_slowly(const counts *c)
{
    long double sum_x = 0.0L, sum_t = 0.0L, sum = 0.0L;
    for (size_t i = 0; i < c->n; i++) {
        sum_x += c->x[i];
        sum_t += c->t[i];
    }
    const long double p = sum_x / sum_t;
    for (size_t i = 0; i < c->n; i++) {
        if (c->t[i] > 0.0) sum += mean_deviation_slowly(c->t[i], p);
    }
    return (double)(sum / (2.0L * sum_t * p * (1.0L - p)));
}

static double worst;

static void compare_with_slow(const counts *c, const char *name)
{
    (void)name;
    const double fast = wks_baseline_dissimilarity_binomial(c->x, c->t, c->n), slow = binomial_slowly(c);
    if (fabs(fast / slow - 1.0) > worst) worst = fabs(fast / slow - 1.0);
    assert_close(fast, slow, 2e-13, 0.0);
    assert_true(fast > 0.0 && fast <= 1.0 + 1e-14);
}

static void binomial_published_tables_equal_plain_sums(void **unused)
{
    (void)unused;
    worst = 0.0;
    each_shared_table(compare_with_slow);
    print_message("published tables: largest relative difference %.1e\n", worst);
}

static void binomial_random_tables_equal_plain_sums(void **unused)
{
    (void)unused;
    static counts c;
    worst = 0.0;
    for (uint64_t k = 0; k < 200; k++) {
        random_counts(&c, k);
        if (k % 3 == 0) {
            for (size_t i = 0; i < c.n; i++)
                c.t[i] = floor(c.t[i] / 20.0); /* complexes: a few people each */
            c.t[0] = 4.0;
            for (size_t i = 0; i < c.n; i++)
                c.x[i] = floor(c.t[i] / 2.0);
        }
        if (k % 3 == 1) {
            for (size_t i = 0; i < c.n; i++)
                c.x[i] = 0.0;
            c.x[0] = 1.0; /* the smallest group there is */
        }
        compare_with_slow(&c, "random");
    }
    print_message("random tables: largest relative difference %.1e\n", worst);
}

/* The mean D of tables in which everybody draws membership, with the totals that the formula holds: within 4 standard errors. */
static void binomial_simulated_dealing_same_mean(void **unused)
{
    (void)unused;
    const double t[] = {3.0, 8.0, 1.0, 20.0, 5.0, 13.0}, x[] = {3.0, 5.0, 1.0, 4.0, 0.0, 2.0};
    const double sum_t = 50.0, p = 15.0 / 50.0;
    const wks_rng_seed seed = wks_rng_seed_make(6, 1);
    double sum = 0.0, squares = 0.0;
    enum { N = 40000 };
    for (uint64_t k = 0; k < N; k++) {
        wks_rng rng = wks_rng_open(&seed, k, 0, WKS_RNG_TEST);
        double d = 0.0;
        for (int i = 0; i < 6; i++) {
            const double drawn = (double)wks_draw_binomial(&rng, (uint32_t)t[i], p);
            d += fabs(drawn - t[i] * p) / (2.0 * sum_t * p * (1.0 - p));
        }
        sum += d;
        squares += d * d;
    }
    const double mean = sum / N, error = sqrt((squares / N - mean * mean) / N);
    assert_close(wks_baseline_dissimilarity_binomial(x, t, 6), mean, 0.0, 4.0 * error);
    assert_true(4.0 * error < 0.005);
}

static void binomial_large_areas_normal_limit(void **unused)
{
    (void)unused;
    /* E|B - n p| -> sqrt(2 n p q / pi) with a relative error of order 1/(12 n p q) */
    const double pi = 3.14159265358979323846, t[] = {4e9, 6e9}, x[] = {1e9, 2e9}, p = 0.3;
    const double want = (sqrt(2.0 * 4e9 * p * 0.7 / pi) + sqrt(2.0 * 6e9 * p * 0.7 / pi)) / (2.0 * 1e10 * p * 0.7);
    assert_close(wks_baseline_dissimilarity_binomial(x, t, 2), want, 1e-9, 0.0);
    const double even_x[] = {1e15, 1.0}, even_t[] = {2e15, 2e15};
    assert_true(wks_baseline_dissimilarity_binomial(even_x, even_t, 2) > 0.0);
}

static void binomial_larger_units_less_chance(void **unused)
{
    (void)unused;
    static counts c;
    for (uint64_t k = 0; k < 100; k++) {
        random_counts(&c, k);
        const double before = wks_baseline_dissimilarity_binomial(c.x, c.t, c.n);
        for (size_t i = 0; i < c.n; i++) {
            c.x[i] *= 4.0;
            c.t[i] *= 4.0;
        }
        assert_true(wks_baseline_dissimilarity_binomial(c.x, c.t, c.n) < before);
    }
}

static void binomial_fractional_counts_between_whole_ones(void **unused)
{
    (void)unused;
    /* t 3 -> 3.25 of the same P = 1/4: a quarter of the way from the sum of area 3 (40.5/64) to that of area 4
     * (81 108 54 12 1 of 256 at distances 1 0 1 2 3: 162/256) */
    const double x[] = {1.0625, 0.0}, t[] = {3.25, 1.0};
    const double sum = 0.75 * 40.5 / 64.0 + 0.25 * 162.0 / 256.0 + 0.375;
    assert_close(wks_baseline_dissimilarity_binomial(x, t, 2), sum / (2.0 * 4.25 * 0.1875), 1e-14, 0.0);
}

static void binomial_dealt_tables_have_d_near_it(void **unused)
{
    (void)unused;
    /* D itself (with the totals of the drawn table) of 500 areas of 40: its mean over 200 draws lies within 2 % of the expectation */
    static counts c;
    const wks_rng_seed seed = wks_rng_seed_make(9, 1);
    double sum = 0.0;
    c.n = 500;
    for (size_t i = 0; i < c.n; i++)
        c.t[i] = 40.0;
    for (uint64_t k = 0; k < 200; k++) {
        wks_rng rng = wks_rng_open(&seed, k, 0, WKS_RNG_TEST);
        for (size_t i = 0; i < c.n; i++)
            c.x[i] = (double)wks_draw_binomial(&rng, 40, 0.2);
        sum += wks_evenness_dissimilarity(c.x, c.t, c.n);
    }
    for (size_t i = 0; i < c.n; i++)
        c.x[i] = 8.0;
    assert_close(wks_baseline_dissimilarity_binomial(c.x, c.t, c.n), sum / 200.0, 0.02, 0.0);
}

static void modified_above_at_below_chance(void **unused)
{
    (void)unused;
    assert_close(wks_baseline_modified(0.6, 0.2), 0.5, 1e-15, 0.0);
    assert_close(wks_baseline_modified(0.1, 0.2), -0.5, 1e-15, 0.0);
    assert_true(wks_baseline_modified(0.2, 0.2) == 0.0);
    assert_close(wks_baseline_modified(1.0, 0.2), 1.0, 1e-15, 0.0);
    assert_close(wks_baseline_modified(0.0, 0.2), -1.0, 1e-15, 0.0);
}

static void modified_errors_not_defined_nan(void **unused)
{
    (void)unused;
    assert_true(isnan(wks_baseline_modified(0.5, 1e-13)));
    assert_true(isnan(wks_baseline_modified(0.5, 1.0 - 1e-13)));
    assert_true(isnan(wks_baseline_modified(0.5, (double)NAN)));
    assert_true(isnan(wks_baseline_modified((double)NAN, 0.5)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(binomial_small_areas_by_hand),
        cmocka_unit_test(binomial_errors_not_defined_nan),
        cmocka_unit_test(binomial_published_tables_equal_plain_sums),
        cmocka_unit_test(binomial_random_tables_equal_plain_sums),
        cmocka_unit_test(binomial_simulated_dealing_same_mean),
        cmocka_unit_test(binomial_large_areas_normal_limit),
        cmocka_unit_test(binomial_larger_units_less_chance),
        cmocka_unit_test(binomial_fractional_counts_between_whole_ones),
        cmocka_unit_test(binomial_dealt_tables_have_d_near_it),
        cmocka_unit_test(modified_above_at_below_chance),
        cmocka_unit_test(modified_errors_not_defined_nan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
