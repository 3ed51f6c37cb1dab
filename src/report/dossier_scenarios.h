/* The scenarios of a results folder: their folders, and what their scenario.cfg tells. For dossier.c. */
#ifndef WKS_REPORT_DOSSIER_SCENARIOS_H
#define WKS_REPORT_DOSSIER_SCENARIOS_H

#include "report/dossier.h"

/** Fills dossier->scenario from names[0..n), the reference first, and dossier->group from their groups. A scenario.cfg that is damaged costs its
 *  title and the predicates of its groups only. */
wks_status wks_dossier_scenarios_set(wks_dossier *d, const int32_t *names, size_t n, int32_t reference, wks_err *err);

#endif
