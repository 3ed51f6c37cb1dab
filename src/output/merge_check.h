/* May these folders be joined? */
#ifndef WKS_OUTPUT_MERGE_CHECK_H
#define WKS_OUTPUT_MERGE_CHECK_H

#include "output/merge.h"

/** The first of those manifests that most are like (kind, scenario, program): what differs from it is the foreign one, wherever it stands. n from 1. */
int32_t wks_merge_check_common(const wks_manifest *const *manifest, int32_t n);

/** Puts the pieces in order of replication, sets the range of the whole, and tells all that stands in the way, each as a problem of one folder: another run (with what
 *  differs: settings, seeds, ticks, files, program), not ended, replications twice or missing, tables or followed households missing or changed. Reads every table once.
 *  The pieces were read without problems. */
wks_status wks_merge_check_all(wks_merge *merge, wks_problems *problems, wks_err *err);

#endif
