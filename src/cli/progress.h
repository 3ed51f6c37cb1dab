/* Progress on standard error (bar, lines, JSON) and the signals that stop a run in good order. */
#ifndef WKS_CLI_PROGRESS_H
#define WKS_CLI_PROGRESS_H

#include "cli/options.h"
#include "study/batch.h"

typedef struct wks_progress {
    wks_options_progress how;
    double started, last_shown;
    double began;   /* the batch under way: time left is foreseen from that moment */
    bool has_plan;  /* it was told how threads are used */
    bool has_shown; /* something of this batch: the bar's line is to be ended */
} wks_progress;

/** Resolves `auto` (bar on a terminal, lines elsewhere), installs handlers for SIGINT, SIGTERM and SIGUSR1. */
void wks_progress_start(wks_progress *progress, const wks_options *options);
/** The flag the handlers set; also set when --max-time is nearly over. */
wks_stop *wks_progress_stop_flag(void);
/** When the options want replications kept, and until when they may run. */
wks_pausing_rules wks_progress_rules(const wks_progress *progress, const wks_options *options);
/** A wks_batch_report with a wks_progress as context. */
void wks_progress_report(const wks_batch_progress *state, void *progress);
/** Ends the bar's line. */
void wks_progress_end(wks_progress *progress);
/** Ends what `start` began, with how the command ended: the last line of NDJSON. Once, whatever happened. */
void wks_progress_tell_end(wks_progress *progress, wks_status rc);

#endif
