/* One contrast: the differences of one outcome over paired replications, its interval and the verdict in words. */
#ifndef WKS_STUDY_CONTRAST_H
#define WKS_STUDY_CONTRAST_H

#include "num/bootstrap.h"
#include "num/stat.h"
#include "scenario/catalogue.h"

/** Fewer pairs give an interval in name only: no verdict. */
enum { WKS_CONTRAST_LEAST_PAIRS = 10 };

typedef enum wks_contrast_method { WKS_CONTRAST_T, WKS_CONTRAST_BOOTSTRAP } wks_contrast_method;

/** Which interval an indicator has: decided by its kind, never by its values. Bootstrap: shares (unit share, share/yr), waits (unit months, ticks, ticks^2) and
 *  quantiles (name with _p10, _p50 or _p90); paired t: everything else, and indicators that are not in the catalogue. */
wks_contrast_method wks_contrast_method_of(const wks_catalogue *catalogue, const char *indicator);
/** As in the column `method`: "paired t", "bootstrap (BCa)". */
const char *wks_contrast_method_words(wks_contrast_method method);

/** Pairs of n replications, NaN where a value is not defined.
 *  @param table    redraws of n replications; NULL: the t interval whatever the method
 *  @param scratch  n + 2 * WKS_BOOTSTRAP_REDRAWS doubles; may be NULL without table
 *  @param method   in: by the rule; out: what was taken (t without a table) */
wks_stat_paired wks_contrast_interval(const double *reference, const double *scenario, size_t n, const wks_bootstrap *table,
                                      double *scratch, wks_contrast_method *method);

/** In words: higher or lower (the 95 % interval excludes zero), and beside a threshold above 0 whether it is by more than that (the whole interval beyond it)
 *  or smaller (the 90 % interval within -threshold .. threshold: two one-sided tests at 5 %); "within the noise" when nothing is shown, "exactly equal"
 *  when no pair differs, "too few pairs" under 10, "not defined" without pairs. docs/statistics.md lists them. */
const char *wks_contrast_verdict(const wks_stat_paired *paired, double threshold);

#endif
