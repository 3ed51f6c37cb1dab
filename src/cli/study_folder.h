/* The results folder of a study: what was asked (study.cfg, scenarios/), the journal of trials, manifest.json, codebook.csv. */
#ifndef WKS_CLI_STUDY_FOLDER_H
#define WKS_CLI_STUDY_FOLDER_H

#include "cli/options.h"
#include "output/manifest.h"
#include "study/evaluate.h"

typedef struct wks_study_folder {
    const char *kind;     /* sweep, or what a command sets behind wks_study_folder_init: calibrate */
    char *path, *journal; /* DIR and DIR/journal */
    wks_manifest manifest;
    double opened, wall_before;
} wks_study_folder;

/** Where results go: --output, else results/<name>. WKS_ERR_USAGE when it holds anything and neither --resume nor --force is given. */
wks_status wks_study_folder_init(wks_study_folder *folder, const wks_options *options, const wks_study *study, wks_err *err);
/** Makes the folder and writes what was asked; with --force removes our files first. With --resume the folder has to hold the same study (its journal decides).
 *  @param table  names of result files, NULL at the end: removed before anything is run, so that none is older than the rest */
wks_status wks_study_folder_open(wks_study_folder *folder, const wks_options *options, const wks_study *study, const wks_evaluate *evaluate,
                                 const char *const *table, wks_err *err);
/** codebook.csv: the columns of those tables and, of a sweep, those that the study makes (its parameters and outcomes). */
wks_status wks_study_folder_codebook(const wks_study_folder *folder, const wks_study *study, const char *const *table, wks_err *err);
/** Writes how it ended into the manifest, if the folder was opened, with the hashes of those tables that are there. */
void wks_study_folder_close(wks_study_folder *folder, const char *const *table, wks_status how);
/** Whether --resume finds this very study whole: asked the same, no trial failed, every table there. Says so and prints the folder.
 *  @param design  design.csv as it would be written; NULL: the study decides it */
bool wks_study_folder_is_done(const wks_study_folder *folder, const wks_options *options, const wks_study *study,
                              const wks_evaluate *evaluate, const wks_text *design);
void wks_study_folder_free(wks_study_folder *folder);

#endif
