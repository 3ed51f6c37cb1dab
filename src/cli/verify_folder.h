/* What of a run folder can be held against its manifest without running anything: the program, scenario.cfg, inputs, tables. */
#ifndef WKS_CLI_VERIFY_FOLDER_H
#define WKS_CLI_VERIFY_FOLDER_H

#include "cli/load.h"
#include "study/verify.h"

/** A run folder being verified. */
typedef struct wks_verify_folder {
    char *path;
    wks_manifest manifest;
    wks_load load;
    bool can_run; /* the scenario and the city are those of the run, so running it again tells something */
    int32_t *replication;
    size_t n_replications; /* run again */
} wks_verify_folder;

/** Reads the manifest of `path` (taken over) and its scenario, and holds against it what is there. What differs goes to `list`; what could not be compared, a
 *  line each, to `notes`. WKS_ERR_DATA when it is no folder of a run. */
wks_status wks_verify_folder_open(char *path, const wks_options *options, wks_verify_folder *out, wks_verify_list *list, wks_text *notes,
                                  wks_err *err);
void wks_verify_folder_free(wks_verify_folder *folder);

/** The joint manifest of a comparison against those of its runs, and the joint tables against it. */
wks_status wks_verify_folder_joint(const char *dir, const wks_manifest *joint, const wks_verify_folder *run, size_t n,
                                   wks_verify_list *list, wks_text *notes, wks_err *err);

#endif
