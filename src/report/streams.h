/* Streams between wijken from flows.csv of every run folder: households a year, means over replications and paired differences. */
#ifndef WKS_REPORT_STREAMS_H
#define WKS_REPORT_STREAMS_H

#include "num/stat.h"
#include "report/dossier.h"

/** From wijk to wijk (or outside, shelter) of a group. */
typedef struct wks_streams_pair {
    int32_t from, to, group; /* numbers of names; group 0: everybody */
} wks_streams_pair;

typedef struct wks_streams {
    wks_names names;
    wks_streams_pair *pair; /* n_pairs, by group, from, to */
    size_t n_pairs, n_scenarios;
    double *mean;              /* [pair][scenario]: households a year; NaN for a scenario without flows.csv */
    wks_stat_paired *contrast; /* [pair][scenario]; of scenario 0 unused */
} wks_streams;

/** Reads the files that are there; n_pairs = 0 when the reference has none or the run has no months. A pair without a row has no moves in that
 *  replication; with real people it is not known (small numbers are not in the file). Columns that are missing and numbers that are none are problems. */
wks_status wks_streams_read(const wks_dossier *dossier, wks_streams *out, wks_problems *problems, wks_err *err);
void wks_streams_free(wks_streams *streams);

/** Index of (pair, scenario) in mean and contrast. */
size_t wks_streams_at(const wks_streams *streams, size_t pair, size_t scenario);

#endif
