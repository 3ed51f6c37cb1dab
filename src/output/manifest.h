/* manifest.json: what was run, from what, by which program, and how each replication ended. */
#ifndef WKS_OUTPUT_MANIFEST_H
#define WKS_OUTPUT_MANIFEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

typedef struct wks_manifest_input {
    char *path;
    char sha256[65];
} wks_manifest_input;

typedef struct wks_manifest_replication {
    int32_t number;
    char status[12];     /* complete, failed */
    char state_hash[17]; /* "" when failed */
    char *reason;        /* when failed, else NULL */
    double wall_s;
    int32_t resumed_from;      /* tick of the checkpoint that its last session went on from; -1: it was made in one go */
    int32_t member;            /* of the accepted set of T1 (column member of its file); 0: none */
    int32_t calibrated_member; /* of the set that key members names; 0: none */
} wks_manifest_replication;

/* A block of the replications of a larger run (--part i/n). */
typedef struct wks_manifest_block {
    int32_t number, of;            /* i of n; of 0: this is the whole */
    int32_t first, n_replications; /* of the whole */
} wks_manifest_block;

/* A result table as it was when the run ended. */
typedef struct wks_manifest_table {
    char name[272], sha256[65]; /* name: path within the folder */
} wks_manifest_table;

/* Where the Leefbaarometer scores of inhabited buurten at the begin come from ("scores"): of how many they are of the wijk, of the gemeente, national, or estimated
 *  from the stock. n_buurten 0: not told, not written. */
typedef struct wks_manifest_scores {
    int32_t n_buurten, wijk, gemeente, national, estimated;
} wks_manifest_scores;

/* A folder that merge joined into this one. */
typedef struct wks_manifest_merged {
    char *folder, *command;
    int32_t number, of;  /* as in its block */
    int32_t first, last; /* replications; last < first: none */
} wks_manifest_merged;

typedef struct wks_manifest {
    char status[12]; /* running, complete, interrupted, failed */
    char *kind;      /* run or compare */
    char *command, *scenario, *title, *city;
    bool has_real_people; /* "people": "imported"; else "synthetic" */
    wks_manifest_scores scores;
    char scenario_hash[65];
    wks_manifest_input *input;
    size_t n_inputs;
    wks_manifest_replication *replication;
    size_t n_replications; /* sorted by number */
    char **part;
    size_t n_parts; /* compare: scenario folders, the reference first */
    char **source;
    wks_manifest_block block;
    wks_manifest_table *table;
    size_t n_tables; /* of a run that ended: what merge holds the tables against */
    wks_manifest_merged *merged;
    size_t n_merged;
    size_t n_sources;                  /* where the data of the city come from, with licence; for the report */
    char *version, *commit, *compiler; /* of the program that wrote it; set by reading only */
    uint64_t seed_population, seed_dynamics;
    int32_t replications_asked, ticks;
    int32_t precision_asked, precision_reached; /* half-widths asked of outcomes, and how many hold; 0 asked: none, not written */
    char *start;                                /* month of tick 0 */
    int threads, at_once, threads_inside;       /* of the last session: in all, replications side by side, threads in each */
    char threads_why[160];                      /* what decided that; "" when nothing was run */
    char *started, *ended;                      /* UTC, ISO 8601 */
    int64_t trials_failed;                      /* of a study: 0 is not written */
    double wall_s;                              /* of all sessions that worked on it (--resume adds) */
    double simulation_s; /* inside the tick loop, summed over replications: more than wall_s when they ran side by side */
    double peak_rss_mib;
    int32_t branched_at; /* tick at which it turned off from the run of the reference, whose past it shares; 0: it ran all itself */
} wks_manifest;

void wks_manifest_free(wks_manifest *manifest);
/** Notes a file or folder that was read, with its SHA-256 (of a city folder: the hash the reader made). */
wks_status wks_manifest_add_input(wks_manifest *manifest, const char *path, const char *sha256, wks_err *err);
/** Adds or replaces the entry of a replication. `state_hash` counts when the status is complete, `reason` (may be NULL) when it is not. */
wks_status wks_manifest_set_replication(wks_manifest *manifest, int32_t number, const char *status, uint64_t state_hash, double wall_s,
                                        const char *reason, wks_err *err);
/** Notes which member of the accepted set of T1, and of the calibrated set, a listed replication ran under; 0: none. */
void wks_manifest_set_member(wks_manifest *manifest, int32_t number, int32_t member, int32_t calibrated_member);
/** How the threads are used: replications side by side, threads in each, and what decided it. */
void wks_manifest_set_plan(wks_manifest *manifest, int at_once, int threads_inside, const char *why);
/** Replications of a block: the first, and how many (0 when there are more parts than replications). Block i of n is floor((i-1) N / n) up to floor(i N / n). */
void wks_manifest_block_range(const wks_manifest_block *block, int32_t *out_first, int32_t *out_n);
/** Notes from which tick the last session of a listed replication went on; -1: it began there. */
void wks_manifest_set_resumed(wks_manifest *manifest, int32_t number, int32_t tick);
/** running, complete, interrupted or failed. */
void wks_manifest_set_status(wks_manifest *manifest, const char *status);
/** Notes a line on the origin of the data. */
wks_status wks_manifest_add_source(wks_manifest *manifest, const char *text, wks_err *err);
/** Notes the hash of a result table, in the place of an earlier one. */
wks_status wks_manifest_set_table(wks_manifest *manifest, const char *name, const char *sha256, wks_err *err);
/** Notes a folder that merge joined, with its command, and in `range` its part and replications (texts of `range` are not read). */
wks_status wks_manifest_add_merged(wks_manifest *manifest, const char *folder, const char *command, const wks_manifest_merged *range,
                                   wks_err *err);
/** NULL when that replication is not listed. O(log n). */
const wks_manifest_replication *wks_manifest_find(const wks_manifest *manifest, int32_t number);
/** Writes manifest.json, with what is known of this program and this machine (atomic). */
wks_status wks_manifest_write(const wks_manifest *manifest, const char *folder, wks_err *err);
/** @return WKS_ERR_IO when it cannot be read, WKS_ERR_DATA when it is no manifest; `out` is to be freed in all cases. */
wks_status wks_manifest_read(const char *folder, wks_manifest *out, wks_err *err);
/** True when every number first .. first + n - 1 is listed as complete. */
bool wks_manifest_has_all(const wks_manifest *manifest, int32_t first, int32_t n);
/** Smallest and largest number listed as complete; false when there is none. */
bool wks_manifest_range(const wks_manifest *manifest, int32_t *out_first, int32_t *out_last);
/** Time now, for started and ended only: never part of a result. malloc'ed. */
char *wks_manifest_now(void);

#endif
