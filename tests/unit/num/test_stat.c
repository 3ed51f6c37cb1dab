/* num/stat: summaries, paired differences, Holm, quantiles: values worked out by hand, slow versions, and the coverage of the interval. */
#include "num/stat.h"

#include "base/mem.h"
#include "num/draw.h"
#include "support/check.h"

static const double NOT_DEFINED = (double)NAN;

static void summary_five_values_by_hand(void **unused)
{
    (void)unused;
    /* mean 3, squares 4+1+0+1+4 = 10, variance 10/4; t(0.975; 4) = 2.7764451052 (any table); half width t * sqrt(2.5/5) */
    const double value[] = {5.0, 1.0, 4.0, 2.0, 3.0};
    const wks_stat_summary s = wks_stat_summarise(value, 5);
    assert_int_equal(s.n, 5);
    assert_close(s.mean, 3.0, 1e-15, 0.0);
    assert_close(s.sd, 1.5811388300841896660, 1e-15, 0.0);
    assert_close(s.ci_low, 3.0 - 2.7764451051977987 * 0.70710678118654752, 1e-10, 0.0);
    assert_close(s.ci_high, 3.0 + 2.7764451051977987 * 0.70710678118654752, 1e-10, 0.0);
    /* type 7: position q (n - 1) = 0.4, 2, 3.6 */
    assert_close(s.p10, 1.4, 1e-15, 0.0);
    assert_close(s.p50, 3.0, 1e-15, 0.0);
    assert_close(s.p90, 4.6, 1e-15, 0.0);
}

static void summary_missing_values_left_out(void **unused)
{
    (void)unused;
    const double with[] = {NOT_DEFINED, 2.0, (double)INFINITY, 4.0, NOT_DEFINED, 9.0}, without[] = {2.0, 4.0, 9.0};
    const wks_stat_summary a = wks_stat_summarise(with, 6), b = wks_stat_summarise(without, 3);
    assert_int_equal(a.n, 3);
    assert_memory_equal(&a, &b, sizeof a);
}

static void summary_errors_too_few_values_nan(void **unused)
{
    (void)unused;
    const double one[] = {7.0, NOT_DEFINED};
    wks_stat_summary s = wks_stat_summarise(one, 2);
    assert_int_equal(s.n, 1);
    assert_true(s.mean == 7.0 && s.p10 == 7.0 && s.p50 == 7.0 && s.p90 == 7.0);
    assert_true(isnan(s.sd) && isnan(s.ci_low) && isnan(s.ci_high));
    s = wks_stat_summarise(one, 0);
    assert_int_equal(s.n, 0);
    assert_true(isnan(s.mean) && isnan(s.sd) && isnan(s.ci_low) && isnan(s.ci_high) && isnan(s.p10) && isnan(s.p50) && isnan(s.p90));
}

static void summary_equal_values_no_spread(void **unused)
{
    (void)unused;
    double value[37];
    for (int i = 0; i < 37; i++)
        value[i] = 0.1;
    const wks_stat_summary s = wks_stat_summarise(value, 37);
    assert_true(s.mean == 0.1 && s.sd == 0.0 && s.ci_low == 0.1 && s.ci_high == 0.1 && s.p10 == 0.1 && s.p90 == 0.1);
}

static void summary_order_irrelevant(void **unused)
{
    (void)unused;
    const wks_rng_seed seed = wks_rng_seed_make(1, 1);
    wks_rng rng = wks_rng_open(&seed, 1, 0, WKS_RNG_TEST);
    double value[300], shuffled[300]; /* more than fits on the stack of the function */
    int32_t order[300];
    for (int32_t i = 0; i < 300; i++) {
        value[i] = 1e6 + wks_draw_normal(&rng);
        order[i] = i;
    }
    wks_draw_shuffle(&rng, order, 300);
    for (int i = 0; i < 300; i++)
        shuffled[i] = value[order[i]];
    const wks_stat_summary a = wks_stat_summarise(value, 300), b = wks_stat_summarise(shuffled, 300);
    assert_memory_equal(&a, &b, sizeof a);
    assert_close(a.mean, 1e6, 0.0, 0.2);
    assert_close(a.sd, 1.0, 0.0, 0.15);
}

static void summary_errors_no_memory_nothing_known(void **unused)
{
    (void)unused;
    double value[300];
    for (int i = 0; i < 300; i++)
        value[i] = i;
    wks_mem_fail_after(1);
    const wks_stat_summary s = wks_stat_summarise(value, 300);
    wks_mem_fail_after(0);
    assert_int_equal(s.n, 0);
    assert_true(isnan(s.mean) && isnan(s.p50));
}

/* Of 4000 intervals of 8 normal values each, 95 % hold the true mean: within 4 standard errors (0.0138), and not with a 90 % interval. */
static void summary_interval_covers_95_percent(void **unused)
{
    (void)unused;
    const wks_rng_seed seed = wks_rng_seed_make(2, 1);
    int covered = 0;
    for (int k = 0; k < 4000; k++) {
        wks_rng rng = wks_rng_open(&seed, (uint64_t)k, 0, WKS_RNG_TEST);
        double value[8];
        for (int i = 0; i < 8; i++)
            value[i] = 10.0 + 3.0 * wks_draw_normal(&rng);
        const wks_stat_summary s = wks_stat_summarise(value, 8);
        covered += s.ci_low <= 10.0 && 10.0 <= s.ci_high;
    }
    assert_close((double)covered / 4000.0, 0.95, 0.0, 0.0138);
}

static void pair_four_pairs_by_hand(void **unused)
{
    (void)unused;
    /* differences 1, 2, 3, 2: mean 2, squares 1+0+1+0 = 2, variance 2/3, standard error sqrt(1/6); t(0.975; 3) = 3.1824463053
     * t = 2 / 0.408248 = 4.898979, two-sided p with 3 degrees = 1 - (2/pi)(atan(a) + a/(1 + a^2)), a = t/sqrt(3) = 2.828427
     * variances: reference (1,2,4,3) 5/3, scenario (2,4,7,5): mean 4.5, squares 6.25+.25+6.25+.25 = 13, 13/3; reduction 6 / (2/3) = 9 */
    const double reference[] = {1.0, 2.0, 4.0, 3.0}, scenario[] = {2.0, 4.0, 7.0, 5.0};
    const wks_stat_paired p = wks_stat_pair(reference, scenario, 4);
    assert_int_equal(p.n_pairs, 4);
    assert_close(p.mean_reference, 2.5, 1e-15, 0.0);
    assert_close(p.mean_scenario, 4.5, 1e-15, 0.0);
    assert_close(p.mean_difference, 2.0, 1e-15, 0.0);
    assert_close(p.ci_low, 2.0 - 3.1824463052842638 * 0.40824829046386302, 1e-10, 0.0);
    assert_close(p.ci_high, 2.0 + 3.1824463052842638 * 0.40824829046386302, 1e-10, 0.0);
    const double a = 2.8284271247461903;
    assert_close(p.p_value, 1.0 - 2.0 / 3.14159265358979323846 * (atan(a) + a / (1.0 + a * a)), 1e-10, 0.0);
    assert_close(p.variance_reduction, 9.0, 1e-13, 0.0);
}

static void pair_all_differences_zero_interval_zero(void **unused)
{
    (void)unused;
    const double value[] = {0.1, 0.7, 1e9, -3.0};
    const wks_stat_paired p = wks_stat_pair(value, value, 4);
    assert_int_equal(p.n_pairs, 4);
    assert_true(p.mean_difference == 0.0 && p.ci_low == 0.0 && p.ci_high == 0.0 && p.p_value == 1.0);
    assert_true(p.mean_reference == p.mean_scenario);
    assert_true(isnan(p.variance_reduction));
}

static void pair_constant_difference_no_width(void **unused)
{
    (void)unused;
    const double reference[] = {1.0, 2.0, 5.0}, scenario[] = {1.5, 2.5, 5.5};
    const wks_stat_paired p = wks_stat_pair(reference, scenario, 3);
    assert_true(p.mean_difference == 0.5 && p.ci_low == 0.5 && p.ci_high == 0.5 && p.p_value == 0.0);
    assert_true(isnan(p.variance_reduction));
}

static void pair_missing_in_one_leaves_pair_out(void **unused)
{
    (void)unused;
    const double reference[] = {1.0, NOT_DEFINED, 4.0, 3.0, 8.0}, scenario[] = {2.0, 4.0, 7.0, NOT_DEFINED, 5.0};
    const double kept_reference[] = {1.0, 4.0, 8.0}, kept_scenario[] = {2.0, 7.0, 5.0};
    const wks_stat_paired a = wks_stat_pair(reference, scenario, 5), b = wks_stat_pair(kept_reference, kept_scenario, 3);
    assert_int_equal(a.n_pairs, 3);
    assert_memory_equal(&a, &b, sizeof a);
}

static void pair_errors_too_few_nan(void **unused)
{
    (void)unused;
    const double reference[] = {1.0}, scenario[] = {1.0};
    wks_stat_paired p = wks_stat_pair(reference, scenario, 1);
    assert_int_equal(p.n_pairs, 1);
    assert_true(p.mean_difference == 0.0 && isnan(p.ci_low) && isnan(p.ci_high) && isnan(p.p_value) && isnan(p.variance_reduction));
    p = wks_stat_pair(reference, scenario, 0);
    assert_int_equal(p.n_pairs, 0);
    assert_true(isnan(p.mean_reference) && isnan(p.mean_difference) && isnan(p.p_value));
}

static void pair_exchanged_signs_turn(void **unused)
{
    (void)unused;
    const double a[] = {1.0, 2.5, 4.0, 3.0}, b[] = {2.0, 4.0, 7.25, 5.0};
    const wks_stat_paired p = wks_stat_pair(a, b, 4), q = wks_stat_pair(b, a, 4);
    assert_close(p.mean_difference, -q.mean_difference, 1e-14, 0.0);
    assert_close(p.ci_low, -q.ci_high, 1e-13, 0.0);
    assert_close(p.p_value, q.p_value, 1e-12, 0.0);
    assert_close(p.variance_reduction, q.variance_reduction, 1e-12, 0.0);
}

static void holm_known_values_adjusted(void **unused)
{
    (void)unused;
    /* sorted 0.005 x4 = 0.02, 0.01 x3 = 0.03, 0.03 x2 = 0.06, 0.04 x1 = 0.04 -> 0.06 (not below the one before) */
    double p[] = {0.01, 0.04, 0.03, 0.005};
    wks_stat_holm(p, 4);
    assert_close(p[0], 0.03, 1e-15, 0.0);
    assert_close(p[1], 0.06, 1e-15, 0.0);
    assert_close(p[2], 0.06, 1e-15, 0.0);
    assert_close(p[3], 0.02, 1e-15, 0.0);
}

static void holm_missing_do_not_count(void **unused)
{
    (void)unused;
    double p[] = {NOT_DEFINED, 0.01, 0.9, NOT_DEFINED, 0.6};
    wks_stat_holm(p, 5);
    assert_true(isnan(p[0]) && isnan(p[3]));
    assert_close(p[1], 0.03, 1e-15, 0.0);
    assert_true(p[2] == 1.0 && p[4] == 1.0);
    wks_stat_holm(p, 0);
    double none[] = {NOT_DEFINED};
    wks_stat_holm(none, 1);
    assert_true(isnan(none[0]));
}

/* The definition: the largest of min(1, (m - rank) p) over all p not above this one. */
static double holm_slowly(const double *p, int n, double x)
{
    double largest = 0.0;
    for (int j = 0; j < n; j++) {
        if (!(p[j] <= x)) continue;
        int below = 0, all = 0;
        for (int k = 0; k < n; k++) {
            all += !isnan(p[k]);
            below += p[k] < p[j];
        }
        const double scaled = (double)(all - below) * p[j];
        if (scaled > largest) largest = scaled;
    }
    return largest < 1.0 ? largest : 1.0;
}

static void holm_random_with_ties_equals_definition(void **unused)
{
    (void)unused;
    const wks_rng_seed seed = wks_rng_seed_make(3, 1);
    for (int k = 0; k < 300; k++) {
        wks_rng rng = wks_rng_open(&seed, (uint64_t)k, 0, WKS_RNG_TEST);
        double p[40], before[40];
        const int n = 1 + (int)wks_rng_below(&rng, 40);
        for (int i = 0; i < n; i++) {
            const uint32_t kind = wks_rng_below(&rng, 10);
            const double u = wks_rng_u01(&rng);
            p[i] = kind == 0 ? NOT_DEFINED : kind < 5 ? floor(u * 20.0) / 400.0 : u * 0.1; /* many ties */
            before[i] = p[i];
        }
        wks_stat_holm(p, (size_t)n);
        for (int i = 0; i < n; i++) {
            if (isnan(before[i])) {
                assert_true(isnan(p[i]));
            } else {
                assert_close(p[i], holm_slowly(before, n, before[i]), 1e-14, 0.0);
                assert_true(p[i] >= before[i]);
            }
        }
    }
}

static void holm_errors_no_memory_nothing_known(void **unused)
{
    (void)unused;
    double p[] = {0.01, 0.04};
    wks_mem_fail_after(1);
    wks_stat_holm(p, 2);
    wks_mem_fail_after(0);
    assert_true(isnan(p[0]) && isnan(p[1]));
}

/* With sd 1 and half-width 0.2: z gives (1.96 / 0.2)^2 = 96.04; with t 98.9 is needed: t(0.975; 98) = 1.98447, 1.98447 / sqrt(99) = 0.19945 and for 98
 * 1.98472 / sqrt(98) = 0.20049. To show 0.5: (1.96 + 0.8416)^2 * 4 = 31.4; with t: 33.4, so 34 (any table of power of the paired t test). */
static void n_for_half_width_known_values(void **unused)
{
    (void)unused;
    assert_int_equal(wks_stat_n_for_half_width(1.0, 0.2), 99);
    assert_int_equal(wks_stat_n_for_half_width(10.0, 2.0), 99);
    assert_int_equal(wks_stat_n_for_half_width(0.0, 0.2), 10);
    assert_int_equal(wks_stat_n_for_half_width(0.01, 0.2), 10);
    assert_int_equal(wks_stat_n_to_show(1.0, 0.5), 34);
    assert_true(wks_stat_n_for_half_width(1.0, 1e-3) > 3841000 && wks_stat_n_for_half_width(1.0, 1e-3) < 3842000);
}

static void n_for_half_width_errors_not_known(void **unused)
{
    (void)unused;
    assert_int_equal(wks_stat_n_for_half_width(NOT_DEFINED, 0.2), 0);
    assert_int_equal(wks_stat_n_for_half_width(1.0, 0.0), 0);
    assert_int_equal(wks_stat_n_for_half_width(1.0, NOT_DEFINED), 0);
    assert_int_equal(wks_stat_n_for_half_width(1.0, 1e-9), 0);
}

static void quantile_ends_and_between_type_7(void **unused)
{
    (void)unused;
    const double sorted[] = {1.0, 2.0, 4.0, 8.0};
    assert_true(wks_stat_quantile_sorted(sorted, 4, 0.0) == 1.0);
    assert_true(wks_stat_quantile_sorted(sorted, 4, 1.0) == 8.0);
    assert_close(wks_stat_quantile_sorted(sorted, 4, 0.5), 3.0, 1e-15, 0.0);   /* position 1.5 */
    assert_close(wks_stat_quantile_sorted(sorted, 4, 0.25), 1.75, 1e-15, 0.0); /* position 0.75 */
    assert_close(wks_stat_quantile_sorted(sorted, 4, 0.9), 6.8, 1e-14, 0.0);   /* position 2.7 */
    assert_true(wks_stat_quantile_sorted(sorted, 1, 0.3) == 1.0);
}

static void quantile_errors_undefined_nan(void **unused)
{
    (void)unused;
    const double sorted[] = {1.0, 2.0};
    assert_true(isnan(wks_stat_quantile_sorted(sorted, 0, 0.5)));
    assert_true(isnan(wks_stat_quantile_sorted(sorted, 2, -0.1)));
    assert_true(isnan(wks_stat_quantile_sorted(sorted, 2, 1.1)));
    assert_true(isnan(wks_stat_quantile_sorted(sorted, 2, NOT_DEFINED)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(summary_five_values_by_hand),
        cmocka_unit_test(summary_missing_values_left_out),
        cmocka_unit_test(summary_errors_too_few_values_nan),
        cmocka_unit_test(summary_equal_values_no_spread),
        cmocka_unit_test(summary_order_irrelevant),
        cmocka_unit_test(summary_errors_no_memory_nothing_known),
        cmocka_unit_test(summary_interval_covers_95_percent),
        cmocka_unit_test(pair_four_pairs_by_hand),
        cmocka_unit_test(pair_all_differences_zero_interval_zero),
        cmocka_unit_test(pair_constant_difference_no_width),
        cmocka_unit_test(pair_missing_in_one_leaves_pair_out),
        cmocka_unit_test(pair_errors_too_few_nan),
        cmocka_unit_test(pair_exchanged_signs_turn),
        cmocka_unit_test(holm_known_values_adjusted),
        cmocka_unit_test(holm_missing_do_not_count),
        cmocka_unit_test(holm_random_with_ties_equals_definition),
        cmocka_unit_test(holm_errors_no_memory_nothing_known),
        cmocka_unit_test(n_for_half_width_known_values),
        cmocka_unit_test(n_for_half_width_errors_not_known),
        cmocka_unit_test(quantile_ends_and_between_type_7),
        cmocka_unit_test(quantile_errors_undefined_nan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
