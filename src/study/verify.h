/* A replication run again and held against what a results folder has of it: the state hash and the rows of every table. */
#ifndef WKS_STUDY_VERIFY_H
#define WKS_STUDY_VERIFY_H

#include "city/folder.h"
#include "output/manifest.h"
#include "scenario/scenario.h"
#include "study/verify_rows.h"
#include "world/world.h"

typedef struct wks_verify_options {
    const char *folder; /* of the run */
    const wks_manifest *manifest;
    int32_t replication; /* listed as complete */
    int threads;         /* never changes what is found */
} wks_verify_options;

/** Reruns the replication on a copy of `population` (NULL without a city). Differences go to `list`, at most one a table: its first row that differs.
 *  @return as wks_replication_run; differences are no error. Cost: that of the run, and one reading of its tables. */
wks_status wks_verify_replication(const wks_scenario *scenario, const wks_city *city, const wks_world *population,
                                  const wks_verify_options *options, wks_verify_list *list, wks_err *err);

#endif
