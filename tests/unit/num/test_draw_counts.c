/* num/draw: binomial and hypergeometric draws of counts of any size, by chi-square against exact probabilities and by exact moments, on fixed
 * seeds, with controls that must fail. */
#include <gsl/gsl_cdf.h>

#include "num/draw.h"
#include "num/pmf.h"
#include "support/check.h"

enum { N_DRAWS = 100000, N_BINS = 60 };

/* Binomial where black < 0: `white` trials with probability p. */
typedef struct law {
    double white, black, sample, p;
} law;

static double draw_of(const law *l, uint64_t i, uint32_t tick)
{
    const wks_rng_seed seed = wks_rng_seed_make(20250102, 5);
    wks_rng rng = wks_rng_open(&seed, i, tick, WKS_RNG_TEST);
    if (l->black < 0.0) return (double)wks_draw_binomial_large(&rng, (uint64_t)l->white, l->p);
    return (double)wks_draw_hypergeometric(&rng, (uint64_t)l->white, (uint64_t)l->black, (uint64_t)l->sample);
}

static double log_probability(const law *l, double k)
{
    return l->black < 0.0 ? wks_pmf_log_binomial(k, l->white, l->p) : wks_pmf_log_hypergeometric(k, l->white, l->black, l->sample);
}

static double mean_of(const law *l)
{
    return l->black < 0.0 ? l->white * l->p : l->sample * (l->white / (l->white + l->black));
}

static double variance_of(const law *l)
{
    if (l->black < 0.0) return l->white * l->p * (1.0 - l->p);
    const double all = l->white + l->black;
    return all <= 1.0 ? 0.0 : l->sample * (l->white / all) * (l->black / all) * ((all - l->sample) / (all - 1.0));
}

/* Bins of equally many numbers around the mean, the tails in the outer ones; single numbers where the spread is small. */
static double bin_width(const law *l)
{
    return ceil((7.0 * sqrt(variance_of(l)) + 2.0) / (double)(N_BINS / 2));
}

static double bin_start(const law *l)
{
    return floor(mean_of(l)) - bin_width(l) * (double)(N_BINS / 2);
}

static void expect(const law *l, double *expected)
{
    const double width = bin_width(l), start = bin_start(l);
    for (int b = 0; b < N_BINS; b++) {
        expected[b] = 0.0;
        /* Far more numbers in a bin than its probability has digits for: Simpson's rule over the bin (the density is smooth there). */
        if (width > 2000.0) {
            const double low = start + b * width - 0.5;
            for (int s = 0; s <= 64; s++)
                expected[b] += exp(log_probability(l, floor(low + width * s / 64.0))) * (s == 0 || s == 64 ? 1.0 : s % 2 == 1 ? 4.0 : 2.0);
            expected[b] *= width / 64.0 / 3.0 * N_DRAWS;
            continue;
        }
        for (double k = start + b * width; k < start + (b + 1) * width; k += 1.0)
            expected[b] += N_DRAWS * exp(log_probability(l, k));
    }
}

/* Chi-square with neighbouring bins joined to 10 expected. */
static double fit_p(const law *drawn, const law *stated, uint32_t tick)
{
    double observed[N_BINS] = {0.0}, expected[N_BINS], statistic = 0.0, o = 0.0, e = 0.0, last_o = 0.0, last_e = 0.0;
    int cells = 0;
    for (uint64_t i = 0; i < N_DRAWS; i++) {
        const double bin = floor((draw_of(drawn, i, tick) - bin_start(stated)) / bin_width(stated));
        observed[bin < 0.0 ? 0 : bin >= N_BINS ? N_BINS - 1 : (int)bin] += 1.0;
    }
    expect(stated, expected);
    for (int b = 0; b < N_BINS; b++) {
        o += observed[b];
        e += expected[b];
        if (e < 10.0) continue;
        if (last_e > 0.0) {
            statistic += (last_o - last_e) * (last_o - last_e) / last_e;
            cells++;
        }
        last_o = o;
        last_e = e;
        o = e = 0.0;
    }
    last_o += o;
    last_e += e;
    statistic += (last_o - last_e) * (last_o - last_e) / last_e;
    return cells == 0 ? 1.0 : gsl_cdf_chisq_Q(statistic, (double)cells);
}

/* Mean and variance within 4.5 standard errors (the fourth moment taken as the normal's and Poisson's: 3 v^2 + v). */
static void check_moments(const law *l, uint32_t tick)
{
    const double mean = mean_of(l), variance = variance_of(l);
    double sum = 0.0, square = 0.0;
    for (uint64_t i = 0; i < N_DRAWS; i++) {
        const double d = draw_of(l, i, tick) - mean;
        sum += d;
        square += d * d;
    }
    assert_true(fabs(sum / N_DRAWS) <= 4.5 * sqrt(variance / N_DRAWS));
    assert_true(fabs(square / N_DRAWS - variance) <= 4.5 * sqrt((2.0 * variance * variance + variance) / N_DRAWS) + 1e-12);
}

static void check_laws(const law *laws, size_t n, uint32_t tick)
{
    for (size_t i = 0; i < n; i++) {
        const double p = fit_p(&laws[i], &laws[i], tick + (uint32_t)i);
        print_message("%.0f, %.0f, %.0f, %g: p = %.3f\n", laws[i].white, laws[i].black, laws[i].sample, laws[i].p, p);
        assert_true(p > 0.001);
        check_moments(&laws[i], tick + (uint32_t)i);
    }
}

static void binomial_of_any_size_fits(void **unused)
{
    (void)unused;
    const law laws[] = {{1, -1, 0, 0.3},          {10, -1, 0, 0.8},    {19, -1, 0, 0.5},     {20, -1, 0, 0.5},    {25, -1, 0, 0.41},
                        {100, -1, 0, 0.1},        {1e6, -1, 0, 9e-6},  {1e6, -1, 0, 1.1e-5}, {1000, -1, 0, 0.9},  {1e5, -1, 0, 0.25},
                        {4294967296, -1, 0, 0.5}, {1e9, -1, 0, 0.003}, {1e12, -1, 0, 1e-9},  {9e15, -1, 0, 0.37}, {9e15, -1, 0, 1e-15}};
    check_laws(laws, sizeof laws / sizeof *laws, 1);
}

static void hypergeometric_of_any_size_fits(void **unused)
{
    (void)unused;
    const law laws[] = {{1, 1, 1, 0},         {5, 7, 6, 0},        {30, 30, 32, 0},     {33, 40, 35, 0},       {40, 33, 35, 0},
                        {40, 33, 60, 0},      {100, 1e6, 1000, 0}, {1000, 1e5, 900, 0}, {5e5, 5e5, 40, 0},     {3000, 9000, 5000, 0},
                        {1e5, 1e5, 1e5, 0},   {1e9, 3e9, 1e6, 0},  {1e9, 1e9, 1e9, 0},  {4e12, 1e12, 3e12, 0}, {4e15, 4e15, 1e15, 0},
                        {4e15, 4e15, 100, 0}, {70, 4e15, 4e15, 0}, {2000, 100, 1900, 0}};
    check_laws(laws, sizeof laws / sizeof *laws, 100);
}

static void wrong_law_is_found(void **unused)
{
    (void)unused;
    const law a = {100, -1, 0, 0.1}, b = {101, -1, 0, 0.1}, c = {1e9, -1, 0, 0.5}, d = {1e9 + 2000, -1, 0, 0.5};
    const law e = {300, 300, 120, 0}, f = {600, -1, 0, 0.1}; /* with and without putting back */
    const law g = {1e9, 1e9, 1e9, 0}, h = {1e9, 1e9, 1e9 - 2000, 0};
    assert_true(fit_p(&a, &b, 201) < 1e-6);
    assert_true(fit_p(&c, &d, 202) < 1e-6);
    assert_true(fit_p(&e, &f, 203) < 1e-6);
    assert_true(fit_p(&g, &h, 204) < 1e-6);
}

static void extremes_certain(void **unused)
{
    (void)unused;
    const wks_rng_seed seed = wks_rng_seed_make(1, 1);
    for (uint64_t i = 0; i < 2000; i++) {
        wks_rng rng = wks_rng_open(&seed, i, 0, WKS_RNG_TEST);
        assert_true(wks_draw_binomial_large(&rng, i, 0.0) == 0);
        assert_true(wks_draw_binomial_large(&rng, i, 1.0) == i);
        assert_true(wks_draw_hypergeometric(&rng, i, 7, 0) == 0);
        assert_true(wks_draw_hypergeometric(&rng, i, 7, i + 7) == i);
        assert_true(wks_draw_hypergeometric(&rng, 0, i, i) == 0);
        assert_true(wks_draw_hypergeometric(&rng, i, 0, i / 2) == i / 2);
        const uint64_t k = wks_draw_hypergeometric(&rng, i + 10, 50, 60);
        assert_true(k <= i + 10 && k <= 60 && 60 - k <= 50);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(binomial_of_any_size_fits),
        cmocka_unit_test(hypergeometric_of_any_size_fits),
        cmocka_unit_test(wrong_law_is_found),
        cmocka_unit_test(extremes_certain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
