/* The folder of a study (sweep, calibrate): what was there before, study.cfg, the journal of trials, its manifest. */
#ifndef WKS_CLI_STUDY_FOLDER_H
#define WKS_CLI_STUDY_FOLDER_H

#include "cli/options.h"
#include "output/manifest.h"
#include "study/evaluate.h"

typedef struct wks_study_folder {
    const char *path;  /* borrowed */
    char *journal;     /* DIR/trials.journal */
    char identity[65]; /* of the trials: what decides them beside point and replication */
    bool is_done;      /* the same study is there, complete */
    wks_manifest manifest;
    double opened, wall_before;
} wks_study_folder;

/** Opens the folder of a study: new or empty; with --force after the files of an earlier one are removed (`files`, ended by NULL, and study.cfg, manifest.json,
 *  trials.journal: nothing else); with --resume the study that was begun there, which finds its trials in the journal. Writes study.cfg (with the scenarios' full
 *  paths, so that it can be run again from anywhere) and a manifest of `kind` that says running.
 *  @param evaluate  NULL for a test function
 *  @return WKS_ERR_USAGE: the folder is not empty, or holds something else or a study of other scenarios or another program. To be closed in all cases. */
wks_status wks_study_folder_open(const wks_study *study, const wks_evaluate *evaluate, const wks_options *options, const char *kind,
                                 const char *const *files, const char *path, wks_study_folder *out, wks_err *err);
/** Writes the manifest with that status. */
wks_status wks_study_folder_save(wks_study_folder *folder, const char *status, wks_err *err);
void wks_study_folder_close(wks_study_folder *folder);

#endif
