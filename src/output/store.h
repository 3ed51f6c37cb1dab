/* A run folder being written. Replications are complete or absent: each streams into its own part files under names of their own, is committed by
 * rename when whole, and the result tables are the parts joined in order of replication number. One in the middle can be kept for a later session by
 * a checkpoint: its state and how far its rows are. */
#ifndef WKS_OUTPUT_STORE_H
#define WKS_OUTPUT_STORE_H

#include <stdbool.h>

#include "base/lock.h"
#include "city/folder.h"
#include "output/checkpoint.h"
#include "output/manifest.h"
#include "output/resume.h"
#include "sim/replication.h"

typedef struct wks_store {
    char *folder, *parts; /* DIR and DIR/parts */
    const wks_scenario *scenario;
    const wks_city *city;
    wks_manifest manifest;
    double wall_before, opened; /* seconds of earlier sessions; clock when this one began */
    bool follow;                /* as the options say; false without a city */
    wks_checkpoint asked;       /* what every checkpoint of this run says of it; replication, tick, seconds and tables are 0 */
    wks_lock lock;              /* of the folder */
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
/** What --resume would find in a folder of this very run, which it leaves as it is: the replications in the middle (out: wks_resume_free) and how many are
 *  whole. Fine when the folder is not there. Errors as those of wks_store_open with resume. */
wks_status wks_store_preview(const char *folder, const wks_scenario *scenario, const wks_city *city, bool follow, wks_resume *out,
                             int32_t *out_whole, wks_err *err);

/** Removes the files of a run or comparison (ours only) and what an interrupted writer left of them, the report and the exports made of it; other
 *  sub-folders and files stay. */
wks_status wks_store_empty(const char *folder, wks_err *err);
/** Removes the report and the exports that were made of what the folder held (derived.h). */
wks_status wks_store_remove_derived(const char *folder, wks_err *err);
/** Removes only what a writer that was killed left under temporary names. */
wks_status wks_store_tidy(const char *folder, wks_err *err);
/** True when the folder holds this very run, complete, with every replication the scenario asks for and the same asked of them (outcomes, half-widths, run-in): nothing is
 *  left to do. */
bool wks_store_is_done(const char *folder, const wks_scenario *scenario, const wks_city *city);

/** True when nothing is in the folder but what a session leaves that was killed before it had said what it is: --resume begins there. */
bool wks_store_is_unbegun(const char *folder);

/** The scenario now asks for more replications than when the store was opened: manifest and scenario.cfg say so. */
wks_status wks_store_extend(wks_store *store, wks_err *err);
/** True when that replication is committed. */
bool wks_store_has(const wks_store *store, int32_t replication);

/** What the manifest of a run tells before anything is run: what it is of, the files it read, where the data come from (store_describe.c). */
wks_status wks_store_describe(wks_store *store, const wks_store_options *options, wks_err *err);

/** How a replication ended that is whole; seconds of all its sessions. */
typedef struct wks_store_whole {
    int32_t replication;
    uint64_t state_hash;
    double wall_s, simulation_s;
    int32_t resumed_from; /* tick; -1: made in one go */
} wks_store_whole;
/** Notes it in the manifest, on disk too; or that it failed (on disk with the next). From any thread. */
wks_status wks_store_note_whole(wks_store *store, const wks_store_whole *whole, wks_err *err);
void wks_store_note_failed(wks_store *store, int32_t replication, const char *reason);
/** Notes at which tick a replication turned off from that of the reference; on disk with the next. From any thread. */
void wks_store_note_branched(wks_store *store, int32_t tick);

/** The state of a replication after a tick, as wks_replication_save writes it. */
typedef struct wks_store_state {
    int32_t tick; /* -1: none */
    char *data;
    size_t length;
} wks_store_state;

/** One replication's files in the making (store_part.c); several may be open at once in different threads. This begins it. */
typedef struct wks_store_part wks_store_part;
wks_status wks_store_part_open(wks_store *store, int32_t replication, wks_store_part **out, wks_err *err);
/** Goes on from its checkpoint: rows behind that are cut off, out_state (data to be freed) is what to go on from. Without a checkpoint as open, with tick -1.
 *  Errors as wks_resume_find. */
wks_status wks_store_part_resume(wks_store *store, int32_t replication, wks_store_part **out, wks_store_state *out_state, wks_err *err);
/** The observer to hand to wks_replication_run with the part as context. */
wks_status wks_store_part_observe(const wks_replication_view *view, void *part, wks_err *err);
/** Writes a checkpoint, after the rows are safe on disk; seconds are those of this session. The one before stays until the new one is whole. `save` puts the state
 *  after tick `tick` (checkpoint.h). */
wks_status wks_store_part_checkpoint(wks_store_part *part, int32_t tick, wks_checkpoint_save *save, const void *context, double wall_s,
                                     double simulation_s, wks_err *err);
/** Whole: rename into place and note hash and seconds (of all, and of the tick loop) in the manifest, on disk too; its checkpoint goes. Closes the part,
 *  which is left as it was at its checkpoint (if any) when this fails. */
wks_status wks_store_part_commit(wks_store_part *part, uint64_t state_hash, double wall_s, double simulation_s, wks_err *err);
/** Not whole, and kept for a later session as it was at its last checkpoint; without one it is removed. */
void wks_store_part_leave(wks_store_part *part);
/** Not whole: remove, checkpoint and all. `reason` NULL: just stopped; else the replication is listed as failed. */
void wks_store_part_discard(wks_store_part *part, const char *reason);

/** Joins the parts into city.csv, buurt.csv, lettings.csv, queue.csv, writes summary.csv and the final manifest. `status`: complete, interrupted
 *  or failed. Parts and checkpoints are removed only when complete. When the tables cannot be written the manifest says failed, if it can. */
wks_status wks_store_finish(wks_store *store, const char *status, wks_err *err);
/** The same when the tables are joined already and the manifest lists what they hold. */
wks_status wks_store_finish_joined(wks_store *store, const char *status, wks_err *err);

#endif
