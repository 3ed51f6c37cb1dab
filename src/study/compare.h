/* Paired comparison of scenarios: the same replication numbers under each, differences with intervals. */
#ifndef WKS_STUDY_COMPARE_H
#define WKS_STUDY_COMPARE_H

#include "output/matrix.h"
#include "study/declared.h"

extern const char wks_compare_header[];

/** Scenarios held against a reference: all under one theory. */
typedef struct wks_compare_set {
    const wks_matrix *reference;
    const wks_matrix *const *scenario;
    size_t n_scenarios;
} wks_compare_set;

typedef struct wks_compare_options {
    wks_declared declared;
    const wks_catalogue *catalogue; /* for the rule of contrast.h; NULL: paired t everywhere but for quantiles */
    int threads;                    /* never changes a byte */
} wks_compare_options;

/** Writes contrasts.csv: set by set every row of the reference that a scenario has too, paired over equal replication numbers, with the interval that the
 *  indicator's kind asks (contrast.h). Holm's adjustment runs over the declared outcomes at the last tick of all scenarios of a set together, so a theory says
 *  the same alone and beside others; p_adjusted (of the paired t test) is empty elsewhere. `verdict` in words, against the threshold of the outcome where
 *  it has one, at every tick. How long it takes: tests/bench/bench_contrasts.c. */
wks_status wks_compare_write(const char *path, const wks_compare_set *set, size_t n_sets, const wks_compare_options *options, wks_err *err);

/** Values of two rows at equal replication numbers, reference->n_replications of each into a and b in order of number: b is NaN where the scenario lacks one. */
void wks_compare_pair_up(const wks_matrix *reference, size_t row_a, const wks_matrix *scenario, size_t row_b, double *a, double *b);

#endif
