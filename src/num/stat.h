/* Statistics over replications: means, quantiles, t intervals (GSL; last bits may differ between processors, allowed in summaries only). */
#ifndef WKS_NUM_STAT_H
#define WKS_NUM_STAT_H

#include <stddef.h>
#include <stdint.h>

typedef struct wks_stat_summary {
    size_t n;                                        /* finite values */
    double mean, sd, ci_low, ci_high, p10, p50, p90; /* NaN where not defined (sd, ci: n < 2) */
} wks_stat_summary;

/** Summary of n values; values that are not finite are left out. 95 % interval of the mean by Student's t. The order of the values does not
 *  matter. Equal values have sd exactly 0. Without memory (n > 256 only): n = 0 and all NaN. O(n log n). */
wks_stat_summary wks_stat_summarise(const double *value, size_t n);

typedef struct wks_stat_paired {
    size_t n_pairs;
    double mean_reference, mean_scenario, mean_difference, ci_low, ci_high, p_value;
    double inner_low, inner_high; /* 90 % interval: two one-sided tests at 5 % of being within a threshold (Schuirmann 1987) */
    double variance_reduction;    /* (var a + var b) / var(b - a); NaN if the difference never varies */
} wks_stat_paired;

/** Paired t over pairs where both are finite. All differences zero: interval [0, 0], p = 1; all equal but not zero: interval of width 0, p = 0.
 *  Fewer than 2 pairs: interval and p are NaN, even if the one difference is zero. O(n). */
wks_stat_paired wks_stat_pair(const double *reference, const double *scenario, size_t n);

/** Planning, from the standard deviation of a pilot: the smallest n, at least 10, whose t interval has this half-width (t(0.975; n - 1) sd / sqrt(n)).
 *  0 when it is not known (sd or width NaN, width 0 or below) or above 10^9. O(log n). */
int64_t wks_stat_n_for_half_width(double sd, double half_width);
/** The smallest n, at least 10, at which a difference of this size is shown four times out of five: (t(0.975) + t(0.8)) sd / sqrt(n) at most the difference. */
int64_t wks_stat_n_to_show(double sd, double difference);

/** Holm's step-down adjustment in place (NaN stays NaN and does not count). Without memory all become NaN (not known). O(n log n).
 *  Source: Holm (1979). */
void wks_stat_holm(double *p, size_t n);

/** Linear-interpolated quantile (type 7 of Hyndman & Fan 1996) of a sorted array; NaN for n = 0 or q outside [0, 1]. */
double wks_stat_quantile_sorted(const double *sorted, size_t n, double q);

#endif
