/* A run folder being written. Replications are complete or absent: each streams into its own part files under temporary names, is committed by
 * rename when whole, and the result tables are the parts joined in order of replication number. */
#ifndef WKS_OUTPUT_STORE_H
#define WKS_OUTPUT_STORE_H

#include <stdbool.h>

#include "city/folder.h"
#include "output/manifest.h"
#include "sim/replication.h"

typedef struct wks_store {
    char *folder, *parts;            /* DIR and DIR/parts */
    const wks_scenario *scenario;
    const wks_city *city;
    wks_manifest manifest;
} wks_store;

typedef struct wks_store_options {
    bool resume;                     /* keep committed replications of the same run (same scenario hash and seeds) */
    bool force;                      /* an existing folder is emptied of our files first */
    const char *command;             /* as typed, for the manifest */
    int threads;
} wks_store_options;

/** Creates the folder (WKS_ERR_USAGE if it exists with content and neither resume nor force), writes scenario.cfg, codebook.csv, map.gpkg and a
 *  manifest with status running. With resume: WKS_ERR_USAGE when the folder holds another run. */
wks_status wks_store_open(const char *folder, const wks_scenario *scenario, const wks_city *city, const wks_store_options *options, wks_store *out,
                          wks_err *err);
void wks_store_close(wks_store *store);

/** True when that replication is committed. */
bool wks_store_has(const wks_store *store, int32_t replication);

/** One replication's files in the making; several may be open at once in different threads. */
typedef struct wks_store_part wks_store_part;
wks_status wks_store_part_open(wks_store *store, int32_t replication, wks_store_part **out, wks_err *err);
/** The observer to hand to wks_replication_run with the part as context. */
wks_status wks_store_part_observe(const wks_replication_view *view, void *part, wks_err *err);
/** Whole: rename into place and note hash and seconds in the manifest (written to disk too). Closes the part. */
wks_status wks_store_part_commit(wks_store_part *part, uint64_t state_hash, double wall_s, wks_err *err);
/** Not whole: remove. `reason` NULL: just stopped; else the replication is listed as failed. */
void wks_store_part_discard(wks_store_part *part, const char *reason);

/** Joins the parts into city.csv, buurt.csv, lettings.csv, queue.csv, writes summary.csv and the final manifest. `status`: complete, interrupted
 *  or failed. Parts are removed only when complete. */
wks_status wks_store_finish(wks_store *store, const char *status, wks_err *err);

#endif
