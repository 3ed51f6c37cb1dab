/* A run folder being written. Replications are complete or absent: each streams into its own part files under temporary names, is committed by
 * rename when whole, and the result tables are the parts joined in order of replication number. */
#ifndef WKS_OUTPUT_STORE_H
#define WKS_OUTPUT_STORE_H

#include <stdbool.h>

#include "city/folder.h"
#include "output/manifest.h"
#include "sim/replication.h"

typedef struct wks_store {
    char *folder, *parts; /* DIR and DIR/parts */
    const wks_scenario *scenario;
    const wks_city *city;
    wks_manifest manifest;
    double wall_before, opened; /* seconds of earlier sessions; clock when this one began */
    bool follow;                /* as the options say; false without a city */
} wks_store;

typedef struct wks_store_options {
    bool resume;         /* keep the committed replications of the same run (scenario, seeds, ticks, output, city files and program) */
    bool force;          /* our files in an existing folder are removed first */
    const char *command; /* as typed, for the manifest */
    int threads;
    bool follow;              /* keep what becomes of each household (fates.h); a replication without it counts as not done */
    wks_manifest_block block; /* the replications are a block of a larger run; of 0: they are the whole */
} wks_store_options;

/** Creates the folder (WKS_ERR_USAGE if it exists with content and neither resume nor force), writes scenario.cfg, codebook.csv, map.gpkg and a
 *  manifest with status running. Without a city (model.h) `city` is an empty one. With resume: WKS_ERR_USAGE when the folder holds something else, and says what differs. */
wks_status wks_store_open(const char *folder, const wks_scenario *scenario, const wks_city *city, const wks_store_options *options,
                          wks_store *out, wks_err *err);
void wks_store_close(wks_store *store);

/** File in the folder of a part that says which part it is: made before anything else (cli/part.h), never removed by this. */
extern const char wks_store_mark[];
/** True when the folder holds anything but that mark. */
bool wks_store_is_used(const char *folder);
/** Removes the files of a run or comparison (ours only) and what an interrupted writer left of them; sub-folders and other files stay. */
wks_status wks_store_empty(const char *folder, wks_err *err);
/** True when the folder holds this very run, complete, with every replication the scenario asks for: nothing is left to do. */
bool wks_store_is_done(const char *folder, const wks_scenario *scenario, const wks_city *city);

/** True when that replication is committed. */
bool wks_store_has(const wks_store *store, int32_t replication);

/** One replication's files in the making; several may be open at once in different threads. */
typedef struct wks_store_part wks_store_part;
wks_status wks_store_part_open(wks_store *store, int32_t replication, wks_store_part **out, wks_err *err);
/** The observer to hand to wks_replication_run with the part as context. */
wks_status wks_store_part_observe(const wks_replication_view *view, void *part, wks_err *err);
/** Whole: rename into place and note hash and seconds (of all, and of the tick loop) in the manifest, on disk too. Closes the part. */
wks_status wks_store_part_commit(wks_store_part *part, uint64_t state_hash, double wall_s, double simulation_s, wks_err *err);
/** Not whole: remove. `reason` NULL: just stopped; else the replication is listed as failed. */
void wks_store_part_discard(wks_store_part *part, const char *reason);

/** Joins the parts into city.csv, buurt.csv, lettings.csv, queue.csv, writes summary.csv and the final manifest. `status`: complete, interrupted
 *  or failed. Parts are removed only when complete. When the tables cannot be written the manifest says failed, if it can. */
wks_status wks_store_finish(wks_store *store, const char *status, wks_err *err);
/** The same when the tables are joined already and the manifest lists what they hold. */
wks_status wks_store_finish_joined(wks_store *store, const char *status, wks_err *err);

#endif
