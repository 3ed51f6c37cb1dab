/* Of section 8: what precision was asked and reached (precision.csv), and whether outcomes still drifted at the end of the run-in (drift.csv). */
#ifndef WKS_REPORT_SECTION_PRECISION_H
#define WKS_REPORT_SECTION_PRECISION_H

#include "report/page.h"

/** A row an outcome and scenario; nothing without precision.csv. */
void wks_section_precision_write(wks_page *page);
/** A row an outcome and scenario; nothing without drift.csv (a run-in was not asked). */
void wks_section_precision_drift(wks_page *page);

#endif
