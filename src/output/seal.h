/* The hashes of a run's result tables, in its manifest: so that who joins folders later sees a table that was cut, changed or taken from elsewhere. */
#ifndef WKS_OUTPUT_SEAL_H
#define WKS_OUTPUT_SEAL_H

#include "base/problems.h"
#include "output/manifest.h"

/** Notes the hash of every result table that is in the folder, of scenario.cfg, codebook.csv and summary.csv. O(bytes), about 0.4 GB a second. */
wks_status wks_seal_make(const char *folder, wks_manifest *manifest, wks_err *err);
/** The same of other files that are in the folder; names end with NULL. */
wks_status wks_seal_files(const char *folder, const char *const *name, wks_manifest *manifest, wks_err *err);
/** Notes the hashes of further files beside those that are noted; names end with NULL. */
wks_status wks_seal_more(const char *folder, const char *const *name, wks_manifest *manifest, wks_err *err);
/** True when every file that the manifest has a hash of is there. */
bool wks_seal_has_all(const char *folder, const wks_manifest *manifest);
/** True when that file of the folder holds these bytes. */
bool wks_seal_holds(const char *folder, const char *name, const char *bytes, size_t n);
/** Holds the tables of a folder against its manifest; what is missing or changed goes to `problems`. */
wks_status wks_seal_check(const char *folder, const wks_manifest *manifest, wks_problems *problems, wks_err *err);

#endif
