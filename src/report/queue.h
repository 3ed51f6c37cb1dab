/* Seekers by group from queue.csv of every run folder: means over replications at the last tick, and paired differences. */
#ifndef WKS_REPORT_QUEUE_H
#define WKS_REPORT_QUEUE_H

#include "num/stat.h"
#include "report/dossier.h"

enum { WKS_QUEUE_N_FIELDS = 7 };
extern const char *const wks_queue_field[WKS_QUEUE_N_FIELDS]; /* column names: success_rate, wait_p50, search_p50, ... */

typedef struct wks_queue {
    char **group; /* n_groups, in order of the first file; "" is everybody */
    size_t n_groups, n_scenarios;
    wks_stat_summary *level;   /* [scenario][group][field] */
    wks_stat_paired *contrast; /* [scenario][group][field]; of scenario 0 unused */
} wks_queue;

/** Reads the files that are there; n_groups = 0 when the reference has none. Columns that are missing are problems. */
wks_status wks_queue_read(const wks_dossier *dossier, wks_queue *out, wks_problems *problems, wks_err *err);
void wks_queue_free(wks_queue *queue);

/** Index of (scenario, group, field) in level and contrast. */
size_t wks_queue_at(const wks_queue *queue, size_t scenario, size_t group, size_t field);

#endif
