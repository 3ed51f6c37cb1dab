/* study/contrast: which interval an indicator has, and every verdict in words. */
#include "study/contrast.h"

#include "measure/observe.h"
#include "num/draw.h"
#include "support/check.h"

static wks_catalogue catalogue(void)
{
    return (wks_catalogue){.indicator = wks_observe_indicators, .n_indicators = wks_observe_indicators_count};
}

static void method_follows_the_kind_of_the_indicator(void **state)
{
    static const char *const redrawn[] = {"wait_p50_months", "wait_mean_months",    "success_rate",  "starters_share", "share",
                                          "lonely_share",    "wait_mean",           "wait_variance", "search_p50",     "moves_in_share",
                                          "chance",          "unhoused_months_p50", "turnover",      "wait_p90"};
    static const char *const student[] = {"leefbaarheid",         "D",    "H",          "households", "moves",
                                          "refusals_per_letting", "load", "queue_mean", "not_there"};
    const wks_catalogue all = catalogue();
    (void)state;
    for (size_t i = 0; i < sizeof redrawn / sizeof *redrawn; i++)
        assert_int_equal(wks_contrast_method_of(&all, redrawn[i]), WKS_CONTRAST_BOOTSTRAP);
    for (size_t i = 0; i < sizeof student / sizeof *student; i++)
        assert_int_equal(wks_contrast_method_of(&all, student[i]), WKS_CONTRAST_T);
    assert_int_equal(wks_contrast_method_of(NULL, "share"), WKS_CONTRAST_T);
}

/* No unit of the catalogue is a share or a time under another name that the rule does not know. */
static void method_knows_every_unit_of_shares_and_times(void **state)
{
    const wks_catalogue all = catalogue();
    (void)state;
    for (int32_t i = 0; i < all.n_indicators; i++) {
        const char *unit = all.indicator[i].unit;
        if (strncmp(unit, "share", 5) != 0 && strncmp(unit, "month", 5) != 0 && strncmp(unit, "tick", 4) != 0) continue;
        if (wks_contrast_method_of(&all, all.indicator[i].name) != WKS_CONTRAST_BOOTSTRAP)
            fail_msg("%s has unit %s and a t interval", all.indicator[i].name, unit);
    }
}

static wks_stat_paired pair_of(size_t n, double mean, double half, double inner)
{
    return (wks_stat_paired){.n_pairs = n,
                             .mean_difference = mean,
                             .ci_low = mean - half,
                             .ci_high = mean + half,
                             .inner_low = mean - inner,
                             .inner_high = mean + inner};
}

static void assert_verdict(double mean, double half, double inner, double threshold, const char *expected)
{
    const wks_stat_paired up = pair_of(30, mean, half, inner);
    assert_string_equal(wks_contrast_verdict(&up, threshold), expected);
}

static void verdict_without_threshold_says_what_the_interval_excludes(void **state)
{
    (void)state;
    assert_verdict(2, 1, 0.8, 0, "higher");
    assert_verdict(-2, 1, 0.8, 0, "lower");
    assert_verdict(0.5, 1, 0.8, 0, "within the noise");
    assert_verdict(0, 0, 0, 0, "exactly equal");
    assert_verdict(1, 1, 0.8, 0, "within the noise"); /* zero is in the interval */
}

static void verdict_with_threshold_says_what_surely_matters(void **state)
{
    (void)state;
    assert_verdict(2, 1, 0.8, 0.9, "higher by more than the threshold you set");
    assert_verdict(-2, 1, 0.8, 0.9, "lower by more than the threshold you set");
    assert_verdict(2, 1, 0.8, 1.5, "higher"); /* it may be less than 1.5, or more */
    assert_verdict(-2, 1, 0.8, 1.5, "lower");
    assert_verdict(2, 1, 0.8, 3, "higher but smaller than the threshold you set");
    assert_verdict(-2, 1, 0.8, 3, "lower but smaller than the threshold you set");
    assert_verdict(0.1, 1, 0.8, 0.95, "smaller than the threshold you set"); /* 90 % within, 95 % not: two one-sided tests */
    assert_verdict(0.1, 1, 0.8, 0.85, "within the noise");
    assert_verdict(0, 0, 0, 0.9, "exactly equal");
}

static void verdict_errors_few_or_no_pairs(void **state)
{
    const wks_stat_paired few = pair_of(9, 2, 1, 0.8), none = {.n_pairs = 0, .mean_difference = (double)NAN}, equal = pair_of(2, 0, 0, 0);
    (void)state;
    assert_string_equal(wks_contrast_verdict(&few, 0), "too few pairs");
    assert_string_equal(wks_contrast_verdict(&few, 3), "too few pairs");
    assert_string_equal(wks_contrast_verdict(&none, 3), "not defined");
    assert_string_equal(wks_contrast_verdict(&equal, 0), "exactly equal");
}

static void interval_takes_redraws_from_ten_pairs_on(void **state)
{
    double a[12] = {0}, b[12], scratch[12 + 2 * WKS_BOOTSTRAP_REDRAWS];
    wks_bootstrap table;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    assert_ok(wks_bootstrap_init(&table, 12, &err), &err);
    for (int i = 0; i < 12; i++)
        b[i] = i * i;
    const wks_stat_paired t = wks_stat_pair(a, b, 12);
    wks_contrast_method method = WKS_CONTRAST_BOOTSTRAP;
    wks_stat_paired pair = wks_contrast_interval(a, b, 12, &table, scratch, &method);
    assert_int_equal(method, WKS_CONTRAST_BOOTSTRAP);
    assert_true(pair.ci_low > t.ci_low && pair.ci_high > t.ci_high); /* skewed to the right */
    method = WKS_CONTRAST_T;
    pair = wks_contrast_interval(a, b, 12, &table, scratch, &method);
    assert_memory_equal(&pair, &t, sizeof t);
    b[3] = b[4] = b[5] = (double)NAN;
    method = WKS_CONTRAST_BOOTSTRAP;
    pair = wks_contrast_interval(a, b, 12, &table, scratch, &method);
    assert_int_equal(pair.n_pairs, 9);
    assert_int_equal(method, WKS_CONTRAST_T);
    wks_bootstrap_free(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(method_follows_the_kind_of_the_indicator),
        cmocka_unit_test(method_knows_every_unit_of_shares_and_times),
        cmocka_unit_test(verdict_without_threshold_says_what_the_interval_excludes),
        cmocka_unit_test(verdict_with_threshold_says_what_surely_matters),
        cmocka_unit_test(verdict_errors_few_or_no_pairs),
        cmocka_unit_test(interval_takes_redraws_from_ten_pairs_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
