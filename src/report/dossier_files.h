/* The small files of a results folder: manifest, codebook, tables about few, map. For dossier.c. */
#ifndef WKS_REPORT_DOSSIER_FILES_H
#define WKS_REPORT_DOSSIER_FILES_H

#include "report/dossier.h"

/** "folder/name", malloc'ed; WKS_ERR_NOMEM. */
wks_status wks_dossier_files_join(const char *folder, const char *name, char **out, wks_err *err);
/** Malformed tables are problems, collected; only what is no problem of the input ends the reading. */
wks_status wks_dossier_files_lenient(wks_status rc, wks_err *err);

/** Reads manifest.json: a folder without one, or one that is no JSON, is a problem. */
wks_status wks_dossier_files_manifest(wks_dossier *d, wks_problems *problems, wks_err *err);
/** Reads what may be missing: tables of the comparison and of each scenario's folder, differences, map. Needs the scenarios. */
wks_status wks_dossier_files_tables(wks_dossier *d, wks_problems *problems, wks_err *err);

#endif
