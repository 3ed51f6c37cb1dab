/* The folder of a sweep or a calibration verified: its files against the manifest, its tables made again from the journal of trials, trials run again. */
#ifndef WKS_CLI_VERIFY_STUDY_H
#define WKS_CLI_VERIFY_STUDY_H

#include "base/journal.h"
#include "cli/options.h"
#include "output/manifest.h"
#include "study/calibrate.h"
#include "study/evaluate.h"
#include "study/sweep.h"
#include "study/verify_rows.h"

typedef struct wks_verify_study {
    const char *path;
    const wks_manifest *manifest;
    wks_study study;
    wks_evaluate *evaluate; /* NULL: the study cannot be read any more */
    wks_sweep sweep;        /* of a sweep */
    wks_calibrate fit;      /* of a calibration */
    wks_journal journal;    /* of a copy of it */
    bool has_journal;
    char *scratch, *journal_path; /* folder in which tables are made again; DIR/journal */
    const double *point;          /* n_points x parameters: rows of the sweep, or evaluations */
    double *found;                /* the same of a calibration that has not ended: points of the journal, in its order; else NULL */
    int32_t n_points;
    int32_t chosen; /* the point whose trials are run again, from 1 */
    int32_t *replication;
    int64_t *row; /* their lines in the journal */
    size_t n_replications;
} wks_verify_study;

/** True for the kinds of folder that this file is about. */
bool wks_verify_study_is(const wks_manifest *manifest);
/** Reads the study again from its folder and holds against it and `manifest` what is there; makes every table again from the journal. What differs goes to
 *  `list`; what could not be compared, a line each, to `notes`. `out` is to be freed in all cases. */
wks_status wks_verify_study_open(const char *path, const wks_manifest *manifest, const wks_options *options, wks_verify_study *out,
                                 wks_verify_list *list, wks_text *notes, wks_err *err);
/** Which trials are run again: --point, --replication, -r. WKS_ERR_USAGE when there are none, unless differences tell why. */
wks_status wks_verify_study_choose(wks_verify_study *self, const wks_options *options, bool has_differences, wks_err *err);
wks_status wks_verify_study_rerun(const wks_verify_study *self, wks_verify_list *list, wks_err *err);
void wks_verify_study_free(wks_verify_study *self);

#endif
