/* Leefbaarheid of scenarios in order: only with the three theories and the value at which an order turns. A part of section 1. */
#ifndef WKS_REPORT_SECTION_THEORIES_H
#define WKS_REPORT_SECTION_THEORIES_H

#include "report/page.h"

/** The table of pairs of scenarios out of breakeven.csv; without that file a line that says that no order is given, and how to get one. Nothing when the results have
 *  no leefbaarheid. */
void wks_section_theories_write(wks_page *page);
/** Behind the name of an outcome that depends on the theory: which one the figure is of, and that it is no order. Nothing for other outcomes. */
void wks_section_theories_caution(wks_page *page, const wks_dossier_series *series);

#endif
