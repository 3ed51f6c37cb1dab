/* Many points of parameter space, each in several replications: run side by side, kept in a journal of whole jobs, given back as numbers. */
#ifndef WKS_STUDY_TRIALS_H
#define WKS_STUDY_TRIALS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/stop.h"
#include "base/text.h"

/** Outcomes at one point in one replication.
 *  @param point  n_parameters values in their own units
 *  @param out    n_outcomes values; NaN where not defined
 *  Called from several threads at once; a pure function of (point, replication). */
typedef wks_status wks_trials_evaluate(const double *point, int32_t replication, double *out, void *context, wks_err *err);

/** What has been done, after each job; called one at a time. */
typedef void wks_trials_report(int64_t n_done, int64_t n_failed, int64_t n_jobs, void *context);

typedef struct wks_trials_plan {
    const double *point; /* n_points x n_parameters, row-major; finite */
    int32_t n_points, n_parameters, n_outcomes;
    int32_t first_replication, n_replications;
    wks_trials_evaluate *evaluate;
    void *context;
    int32_t part, n_parts; /* 1 of 1 (or 0 of 0): everything; else block `part` of the jobs (point by point, replication by replication) */
    const char *identity;  /* what decides the outcomes beside point and replication (a hash of scenarios and settings); NULL: "" */
} wks_trials_plan;

/** How long trials may run. Of several calls after another: what one learns of the length of a trial holds for the next. */
typedef struct wks_trials_clock {
    double deadline; /* on the clock of wks_machine_seconds; 0: none */
    double trial_s;  /* the longest trial of late, that is about the last twenty; 0: not known yet */
} wks_trials_clock;

typedef struct wks_trials_options {
    const char
        *journal; /* file of whole jobs, extended as they end; jobs in it are not run again when point (bit-equal) and replication are
                          * there, whatever row the point has now; NULL: none */
    int threads;
    wks_stop *stop; /* may be NULL */
    wks_trials_clock
        *clock; /* no trial is begun that would end after its deadline; one that is under way is the business of `evaluate`. NULL: none */
    wks_trials_report *report; /* may be NULL */
    void *report_context;
} wks_trials_options;

/** What came of it beside the outcomes. */
typedef struct wks_trials_count {
    int64_t n_jobs, n_found, n_run, n_failed,
        n_left;    /* of this part: all; in the journal; run and whole; failed; not run (stopped, or late) */
    bool *is_done; /* to be given: n_points x n_replications, whether the outcomes are there; or NULL */
} wks_trials_count;

/** Runs the jobs that the journal does not hold. Outcomes that are not finite become NaN. A failed job is not kept: another call tries it again.
 *  @param out     n_points x n_replications x n_outcomes; NaN where a job failed or belongs to another part (unless the journal has it)
 *  @param count   may be NULL
 *  @return WKS_OK, WKS_ERR_STOPPED, WKS_ERR_PARTIAL (some failed: their outcomes are NaN, the first message in err), the status of the first failure
 *  when every job failed, WKS_ERR_IO/NOMEM (no further job is begun), WKS_ERR_DATA (a journal of another study, or damaged). The same values for any
 *  number of threads, parts and resumes. */
wks_status wks_trials_run(const wks_trials_plan *plan, const wks_trials_options *options, double *out, wks_trials_count *count,
                          wks_err *err);
/** Adds what other journals of the same plan hold to `journal` (made when it is not there). WKS_ERR_DATA when one is of another study, WKS_ERR_IO, WKS_ERR_NOMEM. */
wks_status wks_trials_join(const wks_trials_plan *plan, const char *journal, const char *const *other, int32_t n, wks_err *err);
/** The first line of the plan's journal, and what the line of a trial begins with: "replication,parameters", all digits; behind it ";" and the outcomes. */
void wks_trials_header(const wks_trials_plan *plan, wks_text *out);
void wks_trials_key(const double *point, int32_t n_parameters, int32_t replication, wks_text *out);
/** The outcomes of such a line: all digits, empty where not defined. */
void wks_trials_numbers(const double *value, int32_t n, wks_text *out);
/** Puts a journal that is complete into an order that does not depend on threads or sessions: the same bytes for the same jobs. */
wks_status wks_trials_tidy(const wks_trials_plan *plan, const char *journal, wks_err *err);

#endif
