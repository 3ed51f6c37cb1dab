/* What `check` says of memory and time: of a run of one scenario, of a comparison of several; and --dry-run of the trials of a study. */
#ifndef WKS_CLI_CHECK_ESTIMATE_H
#define WKS_CLI_CHECK_ESTIMATE_H

#include "base/json.h"
#include "base/machine.h"
#include "cli/load.h"
#include "study/estimate.h"
#include "study/evaluate.h"
#include "study/thread_plan.h"

typedef struct wks_check_estimate {
    wks_estimate cost;
    wks_thread_plan plan;    /* as the batch will make it */
    wks_machine_limit there; /* memory before anything is made */
    double memory_mib;       /* at its largest */
    int threads;
} wks_check_estimate;

/** Of one scenario: a run. Of several: a comparison of them. */
wks_check_estimate wks_check_estimate_make(const wks_load *load, int32_t n, int threads);
void wks_check_estimate_print(const wks_check_estimate *estimate);
void wks_check_estimate_json(const wks_check_estimate *estimate, wks_json *root);
/** Says so in a warning when what is asked is more memory than there is. Nothing is refused: the estimate may be off. */
void wks_check_estimate_warn(const wks_check_estimate *estimate);

/** Prints the same of the trials of a study; nothing when it is of a function. */
void wks_check_estimate_study(const wks_evaluate *evaluate, int64_t n_trials, int threads);

#endif
