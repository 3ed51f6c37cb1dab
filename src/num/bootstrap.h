/* Bootstrap interval of a mean over replications: BCa with levels widened for few pairs. The redraws are common to all rows of a study: they depend on
 * the number of replications only, so neither the order of rows nor threads matter, and equal data have equal intervals. */
#ifndef WKS_NUM_BOOTSTRAP_H
#define WKS_NUM_BOOTSTRAP_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "num/stat.h"

enum { WKS_BOOTSTRAP_REDRAWS = 2000 };
/** With more replications than this the t interval is as good (the mean is as normal as it gets) and is taken instead. */
enum { WKS_BOOTSTRAP_MOST = 1000 };

/** How often each replication is in each redraw. */
typedef struct wks_bootstrap {
    size_t n;     /* replications */
    float *times; /* eight redraws at a time: [redraw / 8][replication][redraw % 8], so that means of eight are taken in one stream */
    double z[4];  /* quantiles for 2.5, 97.5, 5 and 95 % with all n pairs */
} wks_bootstrap;

/** How often redraw b has replication i. */
static inline double wks_bootstrap_times(const wks_bootstrap *table, size_t b, size_t i)
{
    return (double)table->times[(b / 8 * table->n + i) * 8 + b % 8];
}

/** Draws n replications with replacement WKS_BOOTSTRAP_REDRAWS times. Redraw b is keyed by (b, n), purpose BOOTSTRAP, of a fixed seed: the same for
 *  every study of n replications. 8 kB and about 10 us a replication. WKS_ERR_NOMEM. */
wks_status wks_bootstrap_init(wks_bootstrap *out, size_t n, wks_err *err);
void wks_bootstrap_free(wks_bootstrap *table);

/**
 * Puts the BCa intervals of the mean of the differences into a paired result: ci_low, ci_high (95 %), inner_low, inner_high (90 %). The percentiles taken are
 * corrected for bias and skewness (Efron 1987, BCa; acceleration of a mean: sum d^3 / (6 (sum d^2)^1.5)), and the normal quantile in them is
 * sqrt(n / (n - 1)) t(n - 1) instead of z, which is what percentile intervals are too narrow by with few pairs (Hesterberg 2015, expanded percentiles).
 * @param difference  n of the table, NaN where a pair is not defined: in a redraw those count as not drawn
 * @param scratch     WKS_BOOTSTRAP_REDRAWS * 2 doubles
 * @param pair        as wks_stat_pair made it of these differences; unchanged with fewer than 3 pairs or when they are all equal
 * O(n redraws). Last bits: only the choice of percentiles uses the normal distribution of GSL.
 */
void wks_bootstrap_interval(const wks_bootstrap *table, const double *difference, double *scratch, wks_stat_paired *pair);

#endif
