/* Folders that hold parts of one run or comparison (--part i/n, or -r A-B in several folders), joined into what one process would have written. */
#ifndef WKS_OUTPUT_MERGE_H
#define WKS_OUTPUT_MERGE_H

#include "base/problems.h"
#include "output/store.h"

/** One of the folders, with its manifests. */
typedef struct wks_merge_piece {
    const char *folder; /* borrowed */
    wks_manifest manifest;
    char **run_folder; /* by run: of a run the folder itself, of a comparison those inside it */
    wks_manifest *run; /* by run: their manifests */
    int32_t n_runs;
    int32_t first, last; /* replications; last < first: none */
} wks_merge_piece;

typedef struct wks_merge {
    wks_merge_piece *piece; /* in order of replication when checked; parts without replications last */
    int32_t n;
    int32_t n_runs; /* 1, or as many as the comparison has */
    bool is_comparison;
    int32_t first, last; /* of the whole */
} wks_merge;

/** Reads the manifests. What is no folder of a run or comparison, or not a finished one, goes to `problems`. `folder` is borrowed. */
wks_status wks_merge_read(const char *const *folder, int32_t n, wks_merge *out, wks_problems *problems, wks_err *err);
void wks_merge_free(wks_merge *merge);

/** Fills a new, opened store with run `run` of every piece: tables, followed households (shared, not copied, on the same disk) and the list of
 *  replications. The store then is to be ended by wks_store_finish_joined. O(bytes); memory does not grow with the tables. */
wks_status wks_merge_fill(const wks_merge *merge, int32_t run, wks_store *store, wks_err *err);
/** Puts inputs and origin of the pieces into a manifest, of run `run` or (-1) of the comparison, and adds up their seconds. */
wks_status wks_merge_describe(const wks_merge *merge, int32_t run, wks_manifest *out, double *out_wall_s, wks_err *err);

#endif
