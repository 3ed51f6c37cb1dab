/* How often a buurt ends in another class of leefbaarheid than it began in: rows leefbaarheid_class of buurt.csv of every run folder. */
#ifndef WKS_REPORT_CLASSES_H
#define WKS_REPORT_CLASSES_H

#include "report/dossier.h"

typedef struct wks_classes {
    size_t n_scenarios, n_areas; /* n_areas: as in the dossier; 0 when the reference has no classes at two ticks */
    double *replications;        /* [scenario][area]: with a class at the first and at the last tick */
    double *higher, *lower;      /* [scenario][area]: of them, in a higher or a lower class at the last */
} wks_classes;

wks_status wks_classes_read(const wks_dossier *dossier, wks_classes *out, wks_err *err);
void wks_classes_free(wks_classes *classes);
/** Index of (scenario, area). */
size_t wks_classes_at(const wks_classes *classes, size_t scenario, size_t area);

#endif
