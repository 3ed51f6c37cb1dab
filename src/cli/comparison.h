/* Scenarios, under one or more theories, that run the same replications: what `compare` and `demo` work on.
 * A run of the comparison is one scenario under one theory. Run t * n_scenarios + s is scenario s (0: the reference) under theory t. */
#ifndef WKS_CLI_COMPARISON_H
#define WKS_CLI_COMPARISON_H

#include "cli/load.h"
#include "output/store.h"
#include "study/batch.h"

typedef struct wks_comparison {
    int32_t n_scenarios, n_theories, n; /* n: runs */
    char **part;                        /* n: folder of a run inside DIR: <scenario>, or <theory>/<scenario> */
    wks_load *load;
    wks_world *population;  /* one per distinct city and population seed */
    int32_t *population_of; /* run -> population */
    wks_store *store;
    wks_batch_member *member;
    int32_t first_batch; /* replications as asked, before an existing folder makes them more */
    wks_manifest manifest;
    bool is_mute;               /* merge -q: the table of half-widths is not printed */
    wks_lock lock;              /* of the folder */
    double wall_before, opened; /* seconds of earlier sessions; clock when this one began */
} wks_comparison;

/** Room for so many scenarios under so many theories; nothing in it yet. */
wks_status wks_comparison_make(wks_comparison *all, int32_t n_scenarios, int32_t n_theories, wks_err *err);
/** Reads every scenario under every theory of the options (none: as written). All problems go to standard error, each once; WKS_ERR_DATA when
 *  there are errors, WKS_ERR_USAGE when the scenarios cannot be compared (equal names, other months, seeds or replications, no city for a theory). */
wks_status wks_comparison_load(wks_comparison *all, const wks_options *options, const char *const *path, int32_t n, wks_err *err);
/** Makes the populations, one for all runs of the same city and population seed, and what the batch runs. */
wks_status wks_comparison_populate(wks_comparison *all, const wks_options *options, wks_err *err);
void wks_comparison_free(wks_comparison *all);

#endif
