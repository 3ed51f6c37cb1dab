/* num/bootstrap: redraws, the BCa interval against a slow version, its coverage, and what does not depend on order. */
#include "num/bootstrap.h"

#include <gsl/gsl_cdf.h>

#include "base/mem.h"
#include "num/draw.h"
#include "num/math.h"
#include "support/check.h"

static const double NOT_DEFINED = (double)NAN;
enum { MOST = 64 };

static wks_stat_paired interval_of(const wks_bootstrap *table, const double *difference, size_t n)
{
    static const double zero[MOST];
    static double scratch[2 * WKS_BOOTSTRAP_REDRAWS];
    wks_stat_paired pair = wks_stat_pair(zero, difference, n);

    wks_bootstrap_interval(table, difference, scratch, &pair);
    return pair;
}

static void redraw_has_as_many_as_there_are(void **unused)
{
    wks_bootstrap table;
    wks_err err = WKS_ERR_INIT;
    double of_first = 0.0;
    (void)unused;
    assert_ok(wks_bootstrap_init(&table, 30, &err), &err);
    for (int b = 0; b < WKS_BOOTSTRAP_REDRAWS; b++) {
        double sum = 0.0;
        for (size_t i = 0; i < 30; i++)
            sum += wks_bootstrap_times(&table, (size_t)b, i);
        assert_true(sum == 30.0);
        of_first += wks_bootstrap_times(&table, (size_t)b, 0);
    }
    assert_close(of_first / WKS_BOOTSTRAP_REDRAWS, 1.0, 0.0, 0.09); /* 4 standard errors of a mean of 2,000 of variance 29/30 */
    wks_bootstrap_free(&table);
}

static int ascending(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Everything again in the plainest way. */
static void slowly(const wks_bootstrap *table, const double *d, size_t n, double tail, double *out)
{
    static double mean_of[WKS_BOOTSTRAP_REDRAWS];
    double mean = 0.0, two = 0.0, three = 0.0, below = 0.0;
    for (size_t i = 0; i < n; i++)
        mean += d[i] / (double)n;
    for (size_t i = 0; i < n; i++) {
        two += (d[i] - mean) * (d[i] - mean);
        three += (d[i] - mean) * (d[i] - mean) * (d[i] - mean);
    }
    for (int b = 0; b < WKS_BOOTSTRAP_REDRAWS; b++) {
        mean_of[b] = 0.0;
        for (size_t i = 0; i < n; i++)
            mean_of[b] += wks_bootstrap_times(table, (size_t)b, i) * d[i] / (double)n;
        below += mean_of[b] < mean;
    }
    qsort(mean_of, WKS_BOOTSTRAP_REDRAWS, sizeof *mean_of, ascending);
    const double z0 = gsl_cdf_ugaussian_Pinv(below / WKS_BOOTSTRAP_REDRAWS), a = three / (6.0 * sqrt(two * two * two));
    const double z = sqrt((double)n / (double)(n - 1)) * gsl_cdf_tdist_Pinv(tail, (double)(n - 1));
    *out = wks_stat_quantile_sorted(mean_of, WKS_BOOTSTRAP_REDRAWS, gsl_cdf_ugaussian_P(z0 + (z0 + z) / (1.0 - a * (z0 + z))));
}

static double skewed(wks_rng *rng)
{
    const double u = wks_rng_u01(rng);
    return -wks_math_log(u);
}

static void interval_equals_slow_version(void **unused)
{
    const wks_rng_seed seed = wks_rng_seed_make(5, 1);
    wks_err err = WKS_ERR_INIT;
    (void)unused;
    for (size_t n = 10; n <= 50; n += 20) {
        wks_bootstrap table;
        assert_ok(wks_bootstrap_init(&table, n, &err), &err);
        for (int k = 0; k < 20; k++) {
            wks_rng rng = wks_rng_open(&seed, (uint64_t)k, (uint32_t)n, WKS_RNG_TEST);
            double d[MOST], expected;
            for (size_t i = 0; i < n; i++)
                d[i] = 100.0 + skewed(&rng);
            const wks_stat_paired pair = interval_of(&table, d, n);
            const double got[] = {pair.ci_low, pair.ci_high, pair.inner_low, pair.inner_high};
            static const double tail[] = {0.025, 0.975, 0.05, 0.95};
            for (int i = 0; i < 4; i++) {
                slowly(&table, d, n, tail[i], &expected);
                assert_close(got[i], expected, 1e-10, 0.0);
            }
            assert_true(pair.ci_low < pair.inner_low && pair.inner_low < pair.mean_difference);
            assert_true(pair.mean_difference < pair.inner_high && pair.inner_high < pair.ci_high);
        }
        wks_bootstrap_free(&table);
    }
}

static void differences_in_another_unit_give_the_interval_in_that_unit(void **unused)
{
    const wks_rng_seed seed = wks_rng_seed_make(6, 1);
    wks_rng rng = wks_rng_open(&seed, 1, 0, WKS_RNG_TEST);
    wks_bootstrap table;
    wks_err err = WKS_ERR_INIT;
    double d[30], turned[30];
    (void)unused;
    assert_ok(wks_bootstrap_init(&table, 30, &err), &err);
    for (int i = 0; i < 30; i++) {
        d[i] = skewed(&rng);
        turned[i] = 7.0 + 12.0 * d[i];
    }
    const wks_stat_paired a = interval_of(&table, d, 30), b = interval_of(&table, turned, 30);
    assert_close(b.ci_low, 7.0 + 12.0 * a.ci_low, 1e-10, 0.0);
    assert_close(b.ci_high, 7.0 + 12.0 * a.ci_high, 1e-10, 0.0);
    wks_bootstrap_free(&table);
}

static void equal_differences_keep_no_width(void **unused)
{
    wks_bootstrap table;
    wks_err err = WKS_ERR_INIT;
    double d[30];
    (void)unused;
    assert_ok(wks_bootstrap_init(&table, 30, &err), &err);
    for (int i = 0; i < 30; i++)
        d[i] = 0.5;
    const wks_stat_paired pair = interval_of(&table, d, 30);
    assert_true(pair.ci_low == 0.5 && pair.ci_high == 0.5 && pair.inner_low == 0.5 && pair.inner_high == 0.5);
    wks_bootstrap_free(&table);
}

/* A pair that is not defined is as if it had not been drawn: without any of them the same, with some the interval of the others, nearly. */
static void missing_pairs_are_left_out(void **unused)
{
    const wks_rng_seed seed = wks_rng_seed_make(7, 1);
    wks_rng rng = wks_rng_open(&seed, 1, 0, WKS_RNG_TEST);
    wks_bootstrap table, small;
    wks_err err = WKS_ERR_INIT;
    double d[40], kept[30];
    (void)unused;
    assert_ok(wks_bootstrap_init(&table, 40, &err), &err);
    assert_ok(wks_bootstrap_init(&small, 30, &err), &err);
    for (int i = 0, k = 0; i < 40; i++) {
        d[i] = i % 4 == 3 ? NOT_DEFINED : wks_draw_normal(&rng);
        if (i % 4 != 3) kept[k++] = d[i];
    }
    const wks_stat_paired a = interval_of(&table, d, 40), b = interval_of(&small, kept, 30);
    assert_int_equal(a.n_pairs, 30);
    assert_close(a.mean_difference, b.mean_difference, 1e-12, 0.0);
    assert_close(a.ci_high - a.ci_low, b.ci_high - b.ci_low, 0.12, 0.0);
    wks_bootstrap_free(&table);
    wks_bootstrap_free(&small);
}

/* Of 4,000 intervals of 30 values each, normal and skewed (exponential): near 95 %. Normal: within 4 standard errors of it (0.0138). Exponential: no interval
 * from 30 values is exact; not below the t interval of the same values. */
static void interval_covers_as_it_says(void **unused)
{
    const wks_rng_seed seed = wks_rng_seed_make(8, 1);
    wks_bootstrap table;
    wks_err err = WKS_ERR_INIT;
    int normal = 0, exponential = 0, student = 0;
    (void)unused;
    assert_ok(wks_bootstrap_init(&table, 30, &err), &err);
    for (int k = 0; k < 4000; k++) {
        static const double zero[30];
        wks_rng rng = wks_rng_open(&seed, (uint64_t)k, 0, WKS_RNG_TEST);
        double a[30], b[30];
        for (int i = 0; i < 30; i++) {
            a[i] = wks_draw_normal(&rng);
            b[i] = skewed(&rng);
        }
        const wks_stat_paired first = interval_of(&table, a, 30), second = interval_of(&table, b, 30), t = wks_stat_pair(zero, b, 30);
        normal += first.ci_low <= 0.0 && 0.0 <= first.ci_high;
        exponential += second.ci_low <= 1.0 && 1.0 <= second.ci_high;
        student += t.ci_low <= 1.0 && 1.0 <= t.ci_high;
    }
    assert_close(normal / 4000.0, 0.95, 0.0, 0.0138);
    assert_true(exponential >= student);
    assert_true(exponential / 4000.0 > 0.92);
    wks_bootstrap_free(&table);
}

static void init_errors_no_memory(void **unused)
{
    wks_bootstrap table;
    wks_err err = WKS_ERR_INIT;
    (void)unused;
    wks_mem_fail_after(1);
    const wks_status rc = wks_bootstrap_init(&table, 30, &err);
    wks_mem_fail_after(0);
    assert_status(rc, WKS_ERR_NOMEM, &err);
    wks_bootstrap_free(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(redraw_has_as_many_as_there_are),
        cmocka_unit_test(interval_equals_slow_version),
        cmocka_unit_test(differences_in_another_unit_give_the_interval_in_that_unit),
        cmocka_unit_test(equal_differences_keep_no_width),
        cmocka_unit_test(missing_pairs_are_left_out),
        cmocka_unit_test(interval_covers_as_it_says),
        cmocka_unit_test(init_errors_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
