/* A sweep that is shown beside a run or comparison: read only when it is about the same scenario and city. */
#ifndef WKS_REPORT_SWEEP_FOLDER_H
#define WKS_REPORT_SWEEP_FOLDER_H

#include "base/json.h"
#include "report/sensitivity.h"

typedef struct wks_sweep_folder {
    wks_config_node *study;
    wks_json *manifest;
    wks_sensitivity tables;
    wks_text scenarios; /* titles of its scenarios, ", " between */
} wks_sweep_folder;

/** Reads the results folder of a sweep. Problems: it is none; its first scenario is not the reference of the dossier, or it has other files of the city. What may
 *  differ: words, ticks, replications, seeds, declared outcomes, and the parameters that the study varies. `out` is to be freed in all cases. */
wks_status wks_sweep_folder_read(const wks_dossier *dossier, const char *dir, wks_sweep_folder *out, wks_problems *problems, wks_err *err);
void wks_sweep_folder_free(wks_sweep_folder *sweep);

#endif
