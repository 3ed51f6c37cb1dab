/* Section 2, Scenario's naast elkaar: differences with intervals, lines over time, all city outcomes. */
#ifndef WKS_REPORT_SECTION_SCENARIOS_H
#define WKS_REPORT_SECTION_SCENARIOS_H

#include "report/page.h"

/** Line charts are numbered in the order of the dossier's main series; payload.h uses the same order. */
wks_status wks_section_scenarios_write(wks_page *page, wks_err *err);

/** Opens a table of differences, head included; close with wks_page_table_end. Other sections use it too. `by_group`: its headings are groups. */
void wks_section_scenarios_table(wks_page *page, const char *caption, bool by_group);
/** All rows of one series, one a scenario; nothing when it has no contrasts. `by_group`: the heading is the group alone. */
void wks_section_scenarios_rows(wks_page *page, const wks_dossier_series *series, bool by_group);

/** Whether a difference lacks a value in some pairs where other outcomes have one: it is about a few households. */
bool wks_section_scenarios_is_scarce(const wks_page *page, const wks_dossier_contrast *row);

/** A difference as the table shows it. */
typedef struct wks_section_scenarios_difference {
    wks_notation_format level, difference;
    double reference, scenario, mean, low, high;
    double largest; /* half the range of the drawing */
    bool few;
} wks_section_scenarios_difference;

/** The pieces of wks_section_scenarios_rows: open, the outcome's name as markup, opened, a row a scenario, then "</tbody>". */
void wks_section_scenarios_open(wks_page *page);
void wks_section_scenarios_opened(wks_page *page);
void wks_section_scenarios_row(wks_page *page, size_t scenario, const wks_section_scenarios_difference *one);

#endif
