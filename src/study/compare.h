/* Paired comparison of scenarios: the same replication numbers under each, differences with intervals. */
#ifndef WKS_STUDY_COMPARE_H
#define WKS_STUDY_COMPARE_H

#include "num/stat.h"
#include "output/matrix.h"
#include "scenario/scenario.h"

extern const char wks_compare_header[];

/** Scenarios held against a reference: all under one theory. */
typedef struct wks_compare_set {
    const wks_matrix *reference;
    const wks_matrix *const *scenario;
    size_t n_scenarios;
} wks_compare_set;

/** Writes contrasts.csv: set by set every row of the reference that a scenario has too, paired over equal replication numbers (t interval; GSL).
 *  Holm's adjustment runs over the declared outcomes (indicators with `declared`, city level, last tick) of all scenarios of a set together, so a
 *  theory says the same alone and beside others; p_adjusted is empty elsewhere. `verdict` says in words whether the interval excludes zero.
 *  @param declared  names of indicators; n_declared = 0: median wait, slaagkans, share of starters, refusals and leefbaarheid of everybody */
wks_status wks_compare_write(const char *path, const wks_compare_set *set, size_t n_sets, const char *const *declared, size_t n_declared,
                             wks_err *err);

/** In words whether the interval of a paired difference excludes zero. */
const char *wks_compare_verdict(const wks_stat_paired *paired);

#endif
