/* segregation/baseline: the expected D of chance by hand, against plain sums over all outcomes, against simulation, and in its limits. */
#include "segregation/baseline.h"

#include "made_tables.h"
#include "num/draw.h"
#include "segregation/evenness.h"

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

static void fixed_small_areas_by_hand(void **unused)
{
    (void)unused;
    /* 2 of 4 people in two areas of 2: 0, 1, 2 of them with chances 1/6, 4/6, 1/6: E|Z - 1| = 1/3 each, 2/3 over 2 T P Q = 2: 1/3 */
    const double x1[] = {2.0, 0.0}, t1[] = {2.0, 2.0};
    assert_close(wks_baseline_dissimilarity_fixed(x1, t1, 2), 1.0 / 3.0, 1e-14, 0.0);
    /* one person an area: always wholly apart */
    const double x2[] = {1.0, 0.0, 0.0, 0.0, 0.0}, t2[] = {1.0, 1.0, 1.0, 0.0, 1.0};
    assert_close(wks_baseline_dissimilarity_fixed(x2, t2, 5), 1.0, 1e-14, 0.0);
    /* one member among areas of 1 and 3: in the first with chance 1/4: 2 1/4 3/4 in each, 3/4 over 2 4 3/16 = 3/2: 1/2 */
    const double x3[] = {0.0, 1.0}, t3[] = {1.0, 3.0};
    assert_close(wks_baseline_dissimilarity_fixed(x3, t3, 2), 0.5, 1e-14, 0.0);
    /* everybody in one area: there is one deal */
    const double x4[] = {0.0, 3.0}, t4[] = {0.0, 8.0};
    assert_true(wks_baseline_dissimilarity_fixed(x4, t4, 2) == 0.0);
}

static void fixed_errors_not_defined_nan(void **unused)
{
    (void)unused;
    const double none[] = {0.0, 0.0}, t[] = {5.0, 7.0}, x[] = {1.0, 2.5}, half[] = {5.0, 7.5}, whole[] = {1.0, 2.0};
    assert_true(isnan(wks_baseline_dissimilarity_fixed(none, t, 2)));
    assert_true(isnan(wks_baseline_dissimilarity_fixed(t, t, 2)));
    assert_true(isnan(wks_baseline_dissimilarity_fixed(none, none, 2)));
    assert_true(isnan(wks_baseline_dissimilarity_fixed(none, t, 0)));
    assert_true(isnan(wks_baseline_dissimilarity_fixed(x, t, 2)));
    assert_true(isnan(wks_baseline_dissimilarity_fixed(whole, half, 2)));
}

static uint64_t choose(uint64_t n, uint64_t k)
{
    uint64_t c = 1;
    for (uint64_t j = 1; j <= k; j++)
        c = c * (n - k + j) / j; /* whole after every step */
    return c;
}

/* All tables of up to 24 people: sums of whole numbers, C(X,z) C(Y,n-z) |z T - n X| over T C(T,n), rounded once at the end. */
static void fixed_all_small_margins_equal_exact_fractions(void **unused)
{
    (void)unused;
    for (uint64_t total = 2; total <= 24; total++) {
        for (uint64_t members = 1; members < total; members++) {
            for (uint64_t n = 1; n < total; n++) {
                const uint64_t others = total - members;
                uint64_t sum = 0;
                for (uint64_t z = n > others ? n - others : 0; z <= n && z <= members; z++) {
                    const uint64_t far = z * total > n * members ? z * total - n * members : n * members - z * total;
                    sum += choose(members, z) * choose(others, n - z) * far;
                }
                /* the two areas n and T - n deviate by the same: 2 E / (2 T P Q) */
                const long double p = (long double)members / total,
                                  want = (long double)sum / (total * (long double)choose(total, n)) / (total * p * (1.0L - p));
                const double x[] = {(double)members, 0.0}, t[] = {(double)n + 0.0, (double)(total - n)};
                assert_close(wks_baseline_dissimilarity_fixed(x, t, 2), (double)want, 1e-13, 0.0);
            }
        }
    }
}

/* E|Z - n X/T| as a sum over all outcomes that count, in 80 bits, weights by their ratios outwards from the mode and over their own sum. */
static long double fixed_deviation_slowly(long double n, long double x, long double t)
{
    const long double mean = n * x / t, lowest = n + x > t ? n + x - t : 0.0L, highest = n < x ? n : x;
    long double mode = floorl((n + 1.0L) * (x + 1.0L) / (t + 2.0L));
    if (mode > highest) mode = highest;
    if (mode < lowest) mode = lowest;
    long double weight = 1.0L, all = 1.0L, sum = fabsl(mode - mean);
    for (long double z = mode; z < highest && weight > 1e-25L; z += 1.0L) {
        weight *= (x - z) * (n - z) / ((z + 1.0L) * (t - x - n + z + 1.0L));
        all += weight;
        sum += weight * fabsl(z + 1.0L - mean);
    }
    weight = 1.0L;
    for (long double z = mode; z > lowest && weight > 1e-25L; z -= 1.0L) {
        weight *= z * (t - x - n + z) / ((x - z + 1.0L) * (n - z + 1.0L));
        all += weight;
        sum += weight * fabsl(z - 1.0L - mean);
    }
    return sum / all;
}

static void check_fixed(const wks_table *table)
{
    for (size_t g = 0; g < table->n_groups; g++) {
        const slow_margins m = margins_slowly(table, g);
        const double fast = wks_baseline_dissimilarity_fixed(wks_table_group(table, g), table->total, table->n_areas);
        const double binomial = wks_baseline_dissimilarity_binomial(wks_table_group(table, g), table->total, table->n_areas);
        long double sum = 0.0L;
        if (!(m.x > 0.0L && m.y > 0.0L) || !wks_table_is_whole(table)) {
            assert_true(isnan(fast));
            continue;
        }
        assert_true(fast <= binomial * (1.0 + 1e-13)); /* fixed margins leave less to chance */
        if (m.t > 1e9L) continue;                      /* too many outcomes to add */
        for (size_t i = 0; i < table->n_areas; i++)
            sum += table->total[i] > 0.0 ? fixed_deviation_slowly(table->total[i], m.x, m.t) : 0.0L;
        const double slow = (double)(sum / (2.0L * m.t * m.p * m.q));
        if (slow > 0.0 && fabs(fast / slow - 1.0) > worst) worst = fabs(fast / slow - 1.0);
        assert_close(fast, slow, 1e-12, 0.0);
    }
}

static void fixed_made_and_shared_tables_equal_plain_sums(void **unused)
{
    (void)unused;
    worst = 0.0;
    each_made_table(check_fixed);
    print_message("fixed margins: largest relative difference %.1e\n", worst);
}

/* Everybody dealt over six areas: the mean D of 40000 deals is within 4 standard errors. */
static void fixed_simulated_dealing_same_mean(void **unused)
{
    (void)unused;
    const double t[] = {3.0, 8.0, 1.0, 20.0, 5.0, 13.0}, first[] = {3.0, 5.0, 1.0, 4.0, 0.0, 2.0};
    const wks_rng_seed seed = wks_rng_seed_make(6, 2);
    double sum = 0.0, squares = 0.0;
    enum { N = 40000 };
    for (uint64_t k = 0; k < N; k++) {
        wks_rng rng = wks_rng_open(&seed, k, 0, WKS_RNG_TEST);
        int32_t person[50], next = 0;
        double x[6];
        for (int32_t i = 0; i < 50; i++)
            person[i] = i < 15;
        wks_draw_shuffle(&rng, person, 50);
        for (int i = 0; i < 6; i++) {
            x[i] = 0.0;
            for (int j = 0; j < (int)t[i]; j++)
                x[i] += person[next++];
        }
        const double d = wks_evenness_dissimilarity(x, t, 6);
        sum += d;
        squares += d * d;
    }
    const double mean = sum / N, error = sqrt((squares / N - mean * mean) / N);
    assert_close(wks_baseline_dissimilarity_fixed(first, t, 6), mean, 0.0, 4.0 * error);
    assert_true(4.0 * error < 0.005);
}

static void fixed_large_areas_normal_limit(void **unused)
{
    (void)unused;
    /* variance n P Q (T - n)/(T - 1); E|.| -> sqrt(2 variance / pi) with a relative error of order 1/variance */
    const double pi = 3.14159265358979323846, t[] = {4e9, 6e9}, x[] = {1e9, 2e9}, p = 0.3;
    const double want = 2.0 * sqrt(2.0 * 4e9 * p * 0.7 * 6e9 / (1e10 - 1.0) / pi) / (2.0 * 1e10 * p * 0.7);
    assert_close(wks_baseline_dissimilarity_fixed(x, t, 2), want, 1e-9, 0.0);
    /* one person of the rest, in an area of 1e9 among two: |Z - mean| is 1/2 both ways, in both */
    const double nearly[] = {1e9, 1e9 - 1.0}, all[] = {1e9, 1e9};
    assert_close(wks_baseline_dissimilarity_fixed(nearly, all, 2), 0.5 / (2e9 * (1.0 - 0.5e-9) * 0.5e-9), 1e-12, 0.0);
}

static void baseline_all_at_once_same_as_single(void **unused)
{
    (void)unused;
    wks_table table;
    made_table(&table, MADE_PLAIN);
    const double *x = wks_table_group(&table, 0);
    const double d = wks_evenness_dissimilarity(x, table.total, table.n_areas);
    const int threads[] = {1, 2, 7};
    for (int k = 0; k < 3; k++) {
        wks_baseline of;
        wks_baseline_of(&table, 0, d, WKS_BASELINE_BOTH, threads[k], &of);
        assert_true(of.ed_fixed == wks_baseline_dissimilarity_fixed(x, table.total, table.n_areas));
        assert_true(of.ed_binom == wks_baseline_dissimilarity_binomial(x, table.total, table.n_areas));
        assert_true(of.dmod_fixed == wks_baseline_modified(d, of.ed_fixed) && of.dmod_binom == wks_baseline_modified(d, of.ed_binom));
        wks_baseline_of(&table, 0, d, WKS_BASELINE_FIXED, threads[k], &of);
        assert_true(!isnan(of.dmod_fixed) && isnan(of.ed_binom) && isnan(of.dmod_binom));
    }
    wks_table_free(&table);
}

/* pysal/segregation, segregation/tests/test_modified_dissimilarity.py: 0.31075891 by 500 simulated tables with binomial draws. */
static void baseline_sacramento_near_pysal_simulation(void **unused)
{
    (void)unused;
    wks_table table;
    wks_baseline of;
    shared_table(&table, "r02_sacramento_hisp");
    const double d = wks_evenness_dissimilarity(table.count, table.total, table.n_areas);
    wks_baseline_of(&table, 0, d, WKS_BASELINE_BOTH, 2, &of);
    assert_close(of.dmod_binom, 0.31075891224250635, 0.0, 1e-4);
    wks_table_free(&table);
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
        cmocka_unit_test(fixed_small_areas_by_hand),
        cmocka_unit_test(fixed_errors_not_defined_nan),
        cmocka_unit_test(fixed_all_small_margins_equal_exact_fractions),
        cmocka_unit_test(fixed_made_and_shared_tables_equal_plain_sums),
        cmocka_unit_test(fixed_simulated_dealing_same_mean),
        cmocka_unit_test(fixed_large_areas_normal_limit),
        cmocka_unit_test(baseline_all_at_once_same_as_single),
        cmocka_unit_test(baseline_sacramento_near_pysal_simulation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
