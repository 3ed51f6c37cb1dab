/* Section 2, Scenario's naast elkaar: differences with intervals, lines over time, all city outcomes. */
#ifndef WKS_REPORT_SECTION_SCENARIOS_H
#define WKS_REPORT_SECTION_SCENARIOS_H

#include "report/page.h"

/** Line charts are numbered in the order of the dossier's main series; payload.h uses the same order. */
wks_status wks_section_scenarios_write(wks_page *page, wks_err *err);

/** Rows of the difference table for one series, one a scenario; nothing when it has no contrasts. Used by other sections too. */
void wks_section_scenarios_rows(wks_page *page, const wks_dossier_series *series);
/** Opens that table (head included). */
void wks_section_scenarios_table(wks_page *page, const char *caption);

#endif
