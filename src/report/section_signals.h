/* Section "early signals": monitor.csv. */
#ifndef WKS_REPORT_SECTION_SIGNALS_H
#define WKS_REPORT_SECTION_SIGNALS_H

#include "report/alarms.h"
#include "report/page.h"

/** How many buurten have a warning at the end of each quarter, by scenario; which have one at the end in half of the replications or more, in order of code, and what is
 *  followed there. Nothing without monitor.csv. */
wks_status wks_section_signals_write(wks_page *page, const wks_alarms *alarms, wks_err *err);

#endif
