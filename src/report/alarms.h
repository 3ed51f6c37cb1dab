/* Early warnings from monitor.csv of every run folder: how many buurten at the end of each quarter, and what is followed in each buurt at the end. */
#ifndef WKS_REPORT_ALARMS_H
#define WKS_REPORT_ALARMS_H

#include "measure/monitor.h"
#include "report/dossier.h"

/* What a buurt can have at once: falling through a class bound, weak and falling, load far above the city's. */
typedef enum wks_alarms_kind { WKS_ALARMS_EARLY, WKS_ALARMS_WEAK, WKS_ALARMS_LOAD, WKS_ALARMS_N_KINDS } wks_alarms_kind;

typedef struct wks_alarms {
    int32_t n_quarters; /* 0: no scenario has a monitor.csv with rows */
    size_t n_scenarios, n_areas;
    int32_t first_month; /* last month of quarter 0, year * 12 + month - 1 */
    int32_t *last;       /* n_scenarios: the last quarter with rows, -1 without */
    int32_t *n_replications;
    double *
        buurten; /* [scenario][quarter][kind]: buurten that have it, mean over replications; NaN where nothing was judged (the first year) */
    double *times; /* [scenario][area][kind]: replications in which the buurt has it at the last quarter; NaN where not judged */
    double *value; /* [scenario][area][signal]: mean over the replications at the last quarter; NaN unless each of them tells it */
    double *trend; /* likewise, per year */
} wks_alarms;

/** Reads the files that are there, a part at a time. Columns that are missing, rows that are none and words that are no alarm are problems; areas that the dossier does not
 *  know are passed. O(rows). */
wks_status wks_alarms_read(const wks_dossier *dossier, wks_alarms *out, wks_problems *problems, wks_err *err);
void wks_alarms_free(wks_alarms *alarms);

/** Indices into buurten, times, value and trend. */
size_t wks_alarms_at_quarter(const wks_alarms *alarms, size_t scenario, int32_t quarter, wks_alarms_kind kind);
size_t wks_alarms_at_area(const wks_alarms *alarms, size_t scenario, size_t area, wks_alarms_kind kind);
size_t wks_alarms_at_signal(const wks_alarms *alarms, size_t scenario, size_t area, wks_monitor_signal signal);

#endif
