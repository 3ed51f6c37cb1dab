/* Replications batch by batch until the half-widths that outcomes ask are reached, or the most are run: what run and compare share. */
#ifndef WKS_CLI_UNTIL_PRECISE_H
#define WKS_CLI_UNTIL_PRECISE_H

#include "cli/load.h"
#include "study/batch.h"
#include "study/precision_file.h"

/** Members that run together. Each alternative is held against its reference: member i against member i - i % n_scenarios; of one scenario the mean counts. */
typedef struct wks_until_precise {
    wks_load *load;           /* n: their replications grow; outcomes and precision of load[0] count */
    wks_batch_member *member; /* n */
    int32_t n, n_scenarios;
    int32_t first_batch; /* `replications` as asked, before an existing folder made them more */
    bool is_fixed;       /* numbers were given as A-B: nothing is added */
} wks_until_precise;

/** After an existing folder made the range of replications longer than the first batch (--resume): on to the end of the batch that it reaches into. Before the
 *  stores are opened, so that what is kept of replications in the middle counts. */
void wks_until_precise_complete(wks_load *load, int32_t n, int32_t first_batch);

/** Whether a folder that is complete, and was asked the same, has what its tables over replications are made for: precision.csv and drift.csv where they are asked (of a comparison in
 *  `run[0..n_runs)`, its run folders; of a run NULL), and all the replications that half-widths ask.
 *  @param out_status  WKS_OK, or WKS_ERR_PRECISION when it has as many as are allowed without reaching them: the message is in err */
bool wks_until_precise_is_done(const wks_load *load, const char *folder, const char *const *run, int32_t n_runs, bool is_fixed,
                               wks_status *out_status, wks_err *err);

/** Runs and finishes the stores as wks_batch_run does; with a half-width asked in batches. Boundaries of batches depend on the scenario only, so the number of
 *  replications is the same for any number of threads and after a resume. Says after the first batch how many will be needed.
 *  @return as wks_batch_run, or WKS_ERR_PRECISION: all ran, but the half-widths were not reached. WKS_ERR_DATA when an outcome has no row. A part of a larger run only
 *  runs. */
wks_status wks_until_precise_run(wks_until_precise *self, const wks_batch_options *options, wks_err *err);

/** Prints what was reached, a line an outcome, to standard output; nothing when nothing was asked. */
void wks_until_precise_print(const wks_precision_line *line, size_t n);
/** Notes in the manifest how many half-widths are asked and how many reached. */
void wks_until_precise_note(const wks_precision_line *line, size_t n, wks_manifest *manifest);

#endif
