#include "study/contrast.h"

#include <math.h>
#include <string.h>

static bool is_one_of(const char *text, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(list[i], text) == 0) return true;
    }
    return false;
}

wks_contrast_method wks_contrast_method_of(const wks_catalogue *catalogue, const char *indicator)
{
    static const char *const units[] = {"share", "share/yr", "months", "ticks", "ticks^2"};
    static const char *const quantiles[] = {"_p10", "_p50", "_p90"};

    for (size_t i = 0; i < sizeof quantiles / sizeof *quantiles; i++) {
        if (strstr(indicator, quantiles[i]) != NULL) return WKS_CONTRAST_BOOTSTRAP;
    }
    for (int32_t i = 0; catalogue != NULL && i < catalogue->n_indicators; i++) {
        if (strcmp(catalogue->indicator[i].name, indicator) != 0) continue;
        return is_one_of(catalogue->indicator[i].unit, units, sizeof units / sizeof *units) ? WKS_CONTRAST_BOOTSTRAP : WKS_CONTRAST_T;
    }
    return WKS_CONTRAST_T;
}

const char *wks_contrast_method_words(wks_contrast_method method)
{
    return method == WKS_CONTRAST_BOOTSTRAP ? "bootstrap (BCa)" : "paired t";
}

wks_stat_paired wks_contrast_interval(const double *reference, const double *scenario, size_t n, const wks_bootstrap *table,
                                      double *scratch, wks_contrast_method *method)
{
    wks_stat_paired pair = wks_stat_pair(reference, scenario, n);

    if (table == NULL) *method = WKS_CONTRAST_T;
    if (*method == WKS_CONTRAST_T || pair.n_pairs < WKS_CONTRAST_LEAST_PAIRS) {
        *method = WKS_CONTRAST_T;
        return pair;
    }
    for (size_t i = 0; i < n; i++)
        scratch[i] = isfinite(reference[i]) && isfinite(scenario[i]) ? scenario[i] - reference[i] : (double)NAN;
    wks_bootstrap_interval(table, scratch, scratch + n, &pair);
    return pair;
}

const char *wks_contrast_verdict(const wks_stat_paired *paired, double threshold)
{
    if (paired->n_pairs == 0 || isnan(paired->mean_difference)) return "not defined";
    if (paired->mean_difference == 0 && paired->ci_low == 0 && paired->ci_high == 0) return "exactly equal";
    if (paired->n_pairs < WKS_CONTRAST_LEAST_PAIRS) return "too few pairs";
    const bool is_small = threshold > 0 && paired->inner_low > -threshold && paired->inner_high < threshold;
    if (paired->ci_low > 0) {
        if (is_small) return "higher but smaller than the threshold you set";
        return threshold > 0 && paired->ci_low > threshold ? "higher by more than the threshold you set" : "higher";
    }
    if (paired->ci_high < 0) {
        if (is_small) return "lower but smaller than the threshold you set";
        return threshold > 0 && paired->ci_high < -threshold ? "lower by more than the threshold you set" : "lower";
    }
    return is_small ? "smaller than the threshold you set" : "within the noise";
}
