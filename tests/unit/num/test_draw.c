/* num/draw: distributions by chi-square against GSL's probabilities, on fixed seeds (so a test is never flaky), with controls that must fail. */
#include "num/draw.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

#include "support/check.h"

enum { N_DRAWS = 200000, N_BINS = 100 };

static wks_rng stream_of(uint64_t entity, uint32_t tick)
{
    const wks_rng_seed seed = wks_rng_seed_make(20250101, 3);
    return wks_rng_open(&seed, entity, tick, WKS_RNG_TEST);
}

/* Upper tail probability of the statistic for observed counts and expected ones; neighbouring cells are joined to at least 10 expected. */
static double chi_square_p(const double *observed, const double *expected, size_t n)
{
    double statistic = 0.0, o = 0.0, e = 0.0, joined_o = 0.0, joined_e = 0.0;
    int cells = 0;
    for (size_t i = 0; i < n; i++) {
        o += observed[i];
        e += expected[i];
        if (e < 10.0) continue;
        if (joined_e > 0.0) {
            statistic += (joined_o - joined_e) * (joined_o - joined_e) / joined_e;
            cells++;
        }
        joined_o = o;
        joined_e = e;
        o = 0.0;
        e = 0.0;
    }
    joined_o += o; /* the rest belongs to the last cell */
    joined_e += e;
    statistic += (joined_o - joined_e) * (joined_o - joined_e) / joined_e;
    return gsl_cdf_chisq_Q(statistic, (double)cells);
}

typedef struct discrete {
    double mean;    /* of the Poisson, or n p */
    unsigned int n; /* of the binomial; 0 = Poisson */
    double p;
} discrete;

static uint32_t draw_of(const discrete *d, wks_rng *rng)
{
    return d->n > 0 ? wks_draw_binomial(rng, d->n, d->p) : wks_draw_poisson(rng, d->mean);
}

static double probability_of(const discrete *d, unsigned int k)
{
    return d->n > 0 ? gsl_ran_binomial_pdf(k, d->p, d->n) : gsl_ran_poisson_pdf(k, d->mean);
}

/* Draws from `drawn`, compares with the probabilities of `stated`. */
static double discrete_p(const discrete *drawn, const discrete *stated, uint32_t tick)
{
    const double spread = 12.0 * sqrt(drawn->mean) + 30.0;
    const unsigned int low = drawn->mean > spread ? (unsigned int)(drawn->mean - spread) : 0;
    const size_t n = (size_t)(2.0 * spread) + 1;
    double *observed = calloc(n, sizeof *observed), *expected = calloc(n, sizeof *expected);
    assert_non_null(observed);
    assert_non_null(expected);
    for (int i = 0; i < N_DRAWS; i++) {
        wks_rng rng = stream_of((uint64_t)i, tick);
        const uint32_t k = draw_of(drawn, &rng);
        assert_true(k >= low && k - low < n); /* 12 standard deviations */
        observed[k - low] += 1.0;
    }
    for (size_t i = 0; i < n; i++)
        expected[i] = N_DRAWS * probability_of(stated, low + (unsigned int)i);
    const double p = chi_square_p(observed, expected, n);
    free(observed);
    free(expected);
    return p;
}

static void poisson_small_and_large_means_fit(void **unused)
{
    (void)unused;
    const double mean[] = {0.05, 1.0, 3.0, 12.5, 29.999, 30.0, 47.3, 300.0, 20000.0, 1e6};
    for (size_t i = 0; i < sizeof mean / sizeof *mean; i++) {
        const discrete d = {mean[i], 0, 0.0};
        const double p = discrete_p(&d, &d, (uint32_t)i);
        print_message("poisson %g: p = %.3f\n", mean[i], p);
        assert_true(p > 0.001);
    }
}

static void poisson_wrong_mean_is_found(void **unused)
{
    (void)unused;
    const discrete a = {3.0, 0, 0.0}, b = {3.03, 0, 0.0}, c = {300.0, 0, 0.0}, d = {300.5, 0, 0.0};
    assert_true(discrete_p(&a, &b, 20) < 1e-6);
    assert_true(discrete_p(&c, &d, 21) < 1e-6);
}

static void poisson_zero_mean_zero(void **unused)
{
    (void)unused;
    wks_rng rng = stream_of(1, 1);
    assert_int_equal(wks_draw_poisson(&rng, 0.0), 0);
    assert_int_equal(wks_draw_poisson(&rng, 1e-300), 0);
}

static void binomial_small_and_large_fit(void **unused)
{
    (void)unused;
    const discrete d[] = {{0.5, 1, 0.5},     {3.0, 10, 0.3},        {8.0, 10, 0.8},      {0.03, 300, 1e-4},
                          {499.0, 998, 0.5}, {1300.0, 26000, 0.05}, {1800.0, 2000, 0.9}, {2500.0, 5000, 0.5}};
    for (size_t i = 0; i < sizeof d / sizeof *d; i++) {
        const double p = discrete_p(&d[i], &d[i], (uint32_t)(40 + i));
        print_message("binomial %u, %g: p = %.3f\n", d[i].n, d[i].p, p);
        assert_true(p > 0.001);
    }
}

static void binomial_wrong_probability_is_found(void **unused)
{
    (void)unused;
    const discrete a = {3.0, 10, 0.3}, b = {3.03, 10, 0.303};
    assert_true(discrete_p(&a, &b, 60) < 1e-6);
}

static void binomial_extreme_probabilities_certain(void **unused)
{
    (void)unused;
    wks_rng rng = stream_of(2, 1);
    assert_int_equal(wks_draw_binomial(&rng, 1000, 0.0), 0);
    assert_int_equal(wks_draw_binomial(&rng, 1000, 1.0), 1000);
    assert_int_equal(wks_draw_binomial(&rng, 0, 0.5), 0);
    assert_int_equal(wks_draw_binomial(&rng, UINT32_MAX, 1e-300), 0);
    for (int i = 0; i < 1000; i++)
        assert_true(wks_draw_binomial(&rng, 7, 0.999) <= 7);
}

typedef double continuous_draw(wks_rng *rng);
typedef double distribution(double x);

static double draw_exponential(wks_rng *rng)
{
    return wks_draw_exponential(rng, 2.5);
}

static double exponential_below(double x)
{
    return -expm1(-x / 2.5);
}

static double normal_below(double x)
{
    return 0.5 * erfc(-x / sqrt(2.0));
}

static double draw_gumbel(wks_rng *rng)
{
    return wks_draw_gumbel(wks_rng_u32(rng));
}

static double gumbel_below(double x)
{
    return exp(-exp(-x));
}

static double shifted_normal_below(double x)
{
    return normal_below(x - 0.01);
}

/* Chi-square of F(x) in equal bins. */
static double continuous_p(continuous_draw *draw, distribution *below, uint32_t tick)
{
    double observed[N_BINS] = {0.0}, expected[N_BINS];
    for (int i = 0; i < N_DRAWS; i++) {
        wks_rng rng = stream_of((uint64_t)i, tick);
        const double u = below(draw(&rng));
        assert_true(u >= 0.0 && u <= 1.0);
        const int bin = (int)(u * N_BINS);
        observed[bin < N_BINS ? bin : N_BINS - 1] += 1.0;
    }
    for (int i = 0; i < N_BINS; i++)
        expected[i] = (double)N_DRAWS / N_BINS;
    return chi_square_p(observed, expected, N_BINS);
}

static void continuous_draws_fit(void **unused)
{
    (void)unused;
    assert_true(continuous_p(draw_exponential, exponential_below, 100) > 0.001);
    assert_true(continuous_p(wks_draw_normal, normal_below, 101) > 0.001);
    assert_true(continuous_p(draw_gumbel, gumbel_below, 103) > 0.001);
}

static void continuous_wrong_distribution_is_found(void **unused)
{
    (void)unused;
    assert_true(continuous_p(wks_draw_normal, gumbel_below, 104) < 1e-6);
    double sum = 0.0;
    for (int i = 0; i < N_DRAWS; i++) {
        wks_rng rng = stream_of((uint64_t)i, 101);
        sum += wks_draw_normal(&rng);
    }
    assert_true(fabs(sum / N_DRAWS) < 3.3 / sqrt(N_DRAWS)); /* 0.001 of all seeds would fail; this one does not */
    assert_true(continuous_p(wks_draw_normal, shifted_normal_below, 101) < continuous_p(wks_draw_normal, normal_below, 101));
}

static void extremes_always_finite(void **unused)
{
    (void)unused;
    assert_true(isfinite(wks_draw_gumbel(0)) && wks_draw_gumbel(0) > -3.14);
    assert_true(isfinite(wks_draw_gumbel(UINT32_MAX)) && wks_draw_gumbel(UINT32_MAX) < 22.9);
    for (int i = 0; i < 100000; i++) {
        wks_rng rng = stream_of((uint64_t)i, 200);
        const double x = wks_draw_exponential(&rng, 1e-3);
        assert_true(x > 0.0 && x < 0.037);
    }
}

/* Distance of z to the true quantile by a Newton step in 80 bits: (Phi(z) - u) / phi(z), u <= 1/2. */
static double quantile_error(double z, double u)
{
    const long double root_two = sqrtl(2.0L), density = expl(-0.5L * z * z) / sqrtl(8.0L * atanl(1.0L));
    return (double)fabsl((0.5L * erfcl(-z / root_two) - (long double)u) / density);
}

static void normal_quantile_whole_range_exact_to_1e_9(void **unused)
{
    (void)unused;
    double worst = 0.0, worst_relative = 0.0;
    for (int i = 0; i < 200000; i++) {
        /* half evenly spaced, half evenly in the logarithm down to the smallest double that a draw can meet, and far below it */
        const double u = (i & 1) != 0 ? 0.5 * ((double)i + 0.5) / 200000.0 : exp(-690.0 * ((double)i + 1.0) / 200000.0 - 0.7);
        const double z = wks_draw_normal_quantile(u), e = quantile_error(z, u);
        if (e > worst) worst = e;
        if (e / fabs(z) > worst_relative) worst_relative = e / fabs(z);
    }
    print_message("normal quantile: |error| <= %.2e, relative %.2e (u from 1e-300 to 1/2)\n", worst, worst_relative);
    assert_true(worst < 1e-9);
    assert_true(worst_relative < 1e-15);
}

static void normal_quantile_known_values_and_symmetry(void **unused)
{
    (void)unused;
    assert_close(wks_draw_normal_quantile(0.975), 1.9599639845400542355, 1e-15, 0.0);
    assert_close(wks_draw_normal_quantile(0.001), -3.0902323061678135415, 1e-15, 0.0);
    assert_true(wks_draw_normal_quantile(0.5) == 0.0);
    for (int i = 1; i < 1000; i++) {
        const double u = (double)i / 1024.0; /* 1 - u is exact */
        assert_true(wks_draw_normal_quantile(u) == -wks_draw_normal_quantile(1.0 - u));
        assert_true(wks_draw_normal_quantile(u) < wks_draw_normal_quantile(u + 1.0 / 1024.0));
    }
    const double near_one = 1.0 - 0x1p-53; /* the largest uniform there is */
    assert_true(isfinite(wks_draw_normal_quantile(near_one)) && wks_draw_normal_quantile(near_one) < 8.3);
}

static void normal_quantile_errors_outside(void **unused)
{
    (void)unused;
    assert_true(wks_draw_normal_quantile(0.0) == -(double)INFINITY);
    assert_true(wks_draw_normal_quantile(1.0) == (double)INFINITY);
    assert_true(isnan(wks_draw_normal_quantile(-0.1)));
    assert_true(isnan(wks_draw_normal_quantile(1.1)));
    assert_true(isnan(wks_draw_normal_quantile((double)NAN)));
}

static void weighted_draws_proportional_and_never_zero_weight(void **unused)
{
    (void)unused;
    const double weight[] = {0.0, 1.0, 0.0, 2.5, 0.5, 6.0, 0.0};
    double observed[7] = {0.0}, expected[4], seen[4];
    for (int i = 0; i < N_DRAWS; i++) {
        wks_rng rng = stream_of((uint64_t)i, 300);
        const int32_t k = wks_draw_weighted(&rng, weight, 7);
        assert_true(k >= 0 && k < 7);
        observed[k] += 1.0;
    }
    assert_true(observed[0] == 0.0 && observed[2] == 0.0 && observed[6] == 0.0);
    const int positive[] = {1, 3, 4, 5};
    for (int i = 0; i < 4; i++) {
        seen[i] = observed[positive[i]];
        expected[i] = N_DRAWS * weight[positive[i]] / 10.0;
    }
    assert_true(chi_square_p(seen, expected, 4) > 0.001);
}

static void weighted_errors_no_weight_none(void **unused)
{
    (void)unused;
    wks_rng rng = stream_of(3, 1);
    const double none[] = {0.0, 0.0}, nan[] = {(double)NAN, 1.0}, one[] = {0.0, 1e-300, 0.0};
    assert_int_equal(wks_draw_weighted(&rng, none, 2), -1);
    assert_int_equal(wks_draw_weighted(&rng, none, 0), -1);
    assert_int_equal(wks_draw_weighted(&rng, nan, 2), -1);
    assert_int_equal(wks_draw_weighted(&rng, one, 3), 1);
}

static void shuffle_all_orders_equally_often(void **unused)
{
    (void)unused;
    double observed[24] = {0.0}, expected[24];
    for (int i = 0; i < 120000; i++) {
        wks_rng rng = stream_of((uint64_t)i, 400);
        int32_t item[4] = {0, 1, 2, 3};
        wks_draw_shuffle(&rng, item, 4);
        int code = 0; /* rank of the permutation */
        for (int a = 0; a < 4; a++) {
            int smaller = 0;
            for (int b = a + 1; b < 4; b++)
                smaller += item[b] < item[a];
            code = code * (4 - a) + smaller;
        }
        observed[code] += 1.0;
    }
    for (int i = 0; i < 24; i++)
        expected[i] = 5000.0;
    assert_true(chi_square_p(observed, expected, 24) > 0.001);
}

static void shuffle_none_or_one_nothing(void **unused)
{
    (void)unused;
    wks_rng rng = stream_of(4, 1);
    int32_t item[1] = {7};
    wks_draw_shuffle(&rng, item, 1);
    wks_draw_shuffle(&rng, item, 0);
    assert_int_equal(item[0], 7);
}

/* Every word once in each byte: the mean and the variance of the sum of four bytes are exact. */
static void bell_over_all_bytes_has_mean_zero_and_variance_one(void **state)
{
    double sum = 0, square = 0;
    (void)state;
    for (uint32_t a = 0; a < 256; a++) {
        for (uint32_t b = 0; b < 256; b++) {
            const double x = wks_draw_bell(a | b << 8 | (255 - a) << 16 | (255 - b) << 24); /* opposite bytes cancel */
            sum += x;
            square += wks_draw_bell(a | b << 8) * wks_draw_bell(a | b << 8);
        }
    }
    assert_close(sum, 0, 0, 1e-9);
    /* Two bytes vary around 127.5 and two stand at 0: variance 1/2 about a mean of -255 / 147.80053. */
    assert_close(square / 65536, 0.5 + (255 / 147.80054127) * (255 / 147.80054127), 1e-6, 0);
    assert_close(wks_draw_bell(0), -510 / 147.80054127, 1e-6, 0);
    assert_close(wks_draw_bell(UINT32_MAX), 510 / 147.80054127, 1e-6, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bell_over_all_bytes_has_mean_zero_and_variance_one),
        cmocka_unit_test(poisson_small_and_large_means_fit),
        cmocka_unit_test(poisson_wrong_mean_is_found),
        cmocka_unit_test(poisson_zero_mean_zero),
        cmocka_unit_test(binomial_small_and_large_fit),
        cmocka_unit_test(binomial_wrong_probability_is_found),
        cmocka_unit_test(binomial_extreme_probabilities_certain),
        cmocka_unit_test(continuous_draws_fit),
        cmocka_unit_test(continuous_wrong_distribution_is_found),
        cmocka_unit_test(extremes_always_finite),
        cmocka_unit_test(normal_quantile_whole_range_exact_to_1e_9),
        cmocka_unit_test(normal_quantile_known_values_and_symmetry),
        cmocka_unit_test(normal_quantile_errors_outside),
        cmocka_unit_test(weighted_draws_proportional_and_never_zero_weight),
        cmocka_unit_test(weighted_errors_no_weight_none),
        cmocka_unit_test(shuffle_all_orders_equally_often),
        cmocka_unit_test(shuffle_none_or_one_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
