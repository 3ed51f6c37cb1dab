/* What the rows of summary.csv are about: series and areas. For dossier.c. */
#ifndef WKS_REPORT_DOSSIER_SERIES_H
#define WKS_REPORT_DOSSIER_SERIES_H

#include "report/dossier.h"

/** Fills dossier->series from its sorted rows, in the order of topic.h. O(rows + series^2). */
wks_status wks_dossier_series_collect(wks_dossier *d, wks_err *err);
/** Fills dossier->area: buurten with rows, by code. */
wks_status wks_dossier_series_areas(wks_dossier *d, wks_err *err);
/** Their names from the map; else the codes. */
wks_status wks_dossier_series_name_areas(wks_dossier *d, wks_err *err);

#endif
