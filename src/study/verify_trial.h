/* A trial of a study run again and held against its line in the journal; and the point of the study that the journal holds. */
#ifndef WKS_STUDY_VERIFY_TRIAL_H
#define WKS_STUDY_VERIFY_TRIAL_H

#include "base/journal.h"
#include "study/study_file.h"
#include "study/trials.h"
#include "study/verify_rows.h"

typedef struct wks_verify_trial {
    const wks_study *study;
    const wks_journal *journal; /* opened: its lines as they were appended */
    const char *path;           /* of the journal, for what is told */
    wks_trials_evaluate *evaluate;
    void *context;
} wks_verify_trial;

/** Row of the journal's lines that holds this trial; -1: none (it failed, or was not run). O(lines). */
wks_status wks_verify_trial_find(const wks_verify_trial *trial, const double *point, int32_t replication, int64_t *out_row, wks_err *err);
/** Runs the trial again. Every outcome that is not that of the line, to the last digit, goes to `list`; so does a trial that fails now.
 *  @param row  as found */
wks_status wks_verify_trial_rerun(const wks_verify_trial *trial, const double *point, int32_t replication, int64_t row,
                                  wks_verify_list *list, wks_err *err);

#endif
