/* The hashes of a run's result tables, in its manifest: so that who joins folders later sees a table that was cut, changed or taken from elsewhere. */
#ifndef WKS_OUTPUT_SEAL_H
#define WKS_OUTPUT_SEAL_H

#include "base/problems.h"
#include "output/manifest.h"

/** Notes the hash of every result table that is in the folder. O(bytes), about 0.4 GB a second. */
wks_status wks_seal_make(const char *folder, wks_manifest *manifest, wks_err *err);
/** Holds the tables of a folder against its manifest; what is missing or changed goes to `problems`. */
wks_status wks_seal_check(const char *folder, const wks_manifest *manifest, wks_problems *problems, wks_err *err);

#endif
