/* num/pmf: against products in 80 bits, and against the sum of all probabilities. */
#include "num/pmf.h"

#include "support/check.h"

/* C(n, k) p^k (1-p)^(n-k) as one product of factors in 80 bits. */
static long double slow_binomial(int k, int n, long double p)
{
    long double product = 1.0L;
    for (int i = 1; i <= k; i++)
        product *= (long double)(n - k + i) / (long double)i * p;
    for (int i = 0; i < n - k; i++)
        product *= 1.0L - p;
    return product;
}

static long double slow_hypergeometric(int k, int white, int black, int sample)
{
    long double product = 1.0L;
    int drawn = 0;
    for (int i = 0; i < k; i++, drawn++)
        product *= (long double)(white - i) / (long double)(white + black - drawn) * (long double)(sample - i) / (long double)(i + 1);
    for (int i = 0; i < sample - k; i++, drawn++)
        product *= (long double)(black - i) / (long double)(white + black - drawn);
    return product;
}

static void binomial_probabilities_are_the_products(void **unused)
{
    (void)unused;
    const double p[] = {1e-6, 0.03, 0.3, 0.5, 0.77, 0.999};
    for (int n = 0; n <= 300; n += n < 20 ? 1 : 56) {
        for (size_t j = 0; j < sizeof p / sizeof *p; j++) {
            for (int k = 0; k <= n; k++) {
                const double expected = (double)slow_binomial(k, n, (long double)p[j]);
                const double error = 1e-13 + 1e-15 * fabs(log(expected));
                if (expected > 1e-290) assert_close(exp(wks_pmf_log_binomial(k, n, p[j])), expected, error, 0.0);
            }
        }
    }
}

static void hypergeometric_probabilities_are_the_products(void **unused)
{
    (void)unused;
    const int margin[][3] = {{1, 1, 1}, {5, 7, 6}, {3, 40, 39}, {40, 3, 41}, {120, 90, 80}, {30, 30, 60}, {1, 300, 150}};
    for (size_t j = 0; j < sizeof margin / sizeof *margin; j++) {
        const int white = margin[j][0], black = margin[j][1], sample = margin[j][2];
        double sum = 0.0;
        for (int k = 0; k <= sample; k++) {
            const bool can_be = k <= white && sample - k <= black;
            const double p = exp(wks_pmf_log_hypergeometric(k, white, black, sample));
            if (can_be) assert_close(p, (double)slow_hypergeometric(k, white, black, sample), 1e-12, 0.0);
            if (!can_be) assert_true(p == 0.0);
            sum += p;
        }
        assert_close(sum, 1.0, 1e-13, 0.0);
    }
}

/* Counts of 1e12 to 1e15, where log Gamma has no digits left: probabilities over 12 standard deviations add up to 1. */
static void probabilities_of_huge_counts_add_up(void **unused)
{
    (void)unused;
    const double n = 4e12, p = 1e-6, sd = sqrt(n * p); /* mean 4e6 */
    double sum = 0.0;
    for (double k = floor(n * p - 12 * sd); k < n * p + 12 * sd; k += 1.0)
        sum += exp(wks_pmf_log_binomial(k, n, p));
    assert_close(sum, 1.0, 1e-11, 0.0);
    const double white = 1e15, black = 3e15, sample = 2e6, centre = sample / 4.0, spread = sqrt(sample * 3.0 / 16.0);
    sum = 0.0;
    for (double k = floor(centre - 12 * spread); k < centre + 12 * spread; k += 1.0)
        sum += exp(wks_pmf_log_hypergeometric(k, white, black, sample));
    assert_close(sum, 1.0, 1e-11, 0.0);
}

static void certain_and_impossible(void **unused)
{
    (void)unused;
    assert_true(wks_pmf_log_binomial(0, 0, 0.3) == 0.0);
    assert_true(wks_pmf_log_binomial(0, 5, 0.0) == 0.0);
    assert_true(wks_pmf_log_binomial(5, 5, 1.0) == 0.0);
    assert_true(wks_pmf_log_binomial(1, 5, 0.0) == -(double)INFINITY);
    assert_true(wks_pmf_log_binomial(6, 5, 0.5) == -(double)INFINITY);
    assert_true(wks_pmf_log_binomial(-1, 5, 0.5) == -(double)INFINITY);
    assert_true(wks_pmf_log_hypergeometric(0, 0, 0, 0) == 0.0);
    assert_true(wks_pmf_log_hypergeometric(2, 2, 3, 5) == 0.0);
    assert_true(wks_pmf_log_hypergeometric(0, 2, 3, 4) == -(double)INFINITY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(binomial_probabilities_are_the_products),
        cmocka_unit_test(hypergeometric_probabilities_are_the_products),
        cmocka_unit_test(probabilities_of_huge_counts_add_up),
        cmocka_unit_test(certain_and_impossible),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
