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
    char status[12];                 /* complete, failed */
    char state_hash[17];
    char *reason;                    /* when failed */
    double wall_s;
} wks_manifest_replication;

typedef struct wks_manifest {
    char status[12];                 /* running, complete, interrupted, failed */
    char *kind;                      /* run or compare */
    char *command, *scenario, *title, *city;
    char scenario_hash[65];
    wks_manifest_input *input;       size_t n_inputs;
    wks_manifest_replication *replication; size_t n_replications;   /* sorted by number */
    char **part;                     size_t n_parts;                 /* compare: scenario folders, the reference first */
    uint64_t seed_population, seed_dynamics;
    int32_t replications_asked, ticks;
    char *start;                     /* month of tick 0 */
    int threads;
    char *started, *ended;           /* UTC, ISO 8601 */
    double wall_s, simulation_s, peak_rss_mib;
} wks_manifest;

void wks_manifest_free(wks_manifest *manifest);
/** Notes a file or folder that was read, with its SHA-256 (of a city folder: the hash the reader made). */
wks_status wks_manifest_add_input(wks_manifest *manifest, const char *path, const char *sha256, wks_err *err);
/** Adds or replaces the entry of a replication. */
wks_status wks_manifest_set_replication(wks_manifest *manifest, int32_t number, const char *status, uint64_t state_hash, double wall_s, const char *reason,
                                        wks_err *err);
const wks_manifest_replication *wks_manifest_find(const wks_manifest *manifest, int32_t number);
wks_status wks_manifest_write(const wks_manifest *manifest, const char *folder, wks_err *err);
wks_status wks_manifest_read(const char *folder, wks_manifest *out, wks_err *err);
/** Time now, for started and ended only: never part of a result. malloc'ed. */
char *wks_manifest_now(void);
/** Seconds of a monotonic clock. */
double wks_manifest_seconds(void);

#endif
