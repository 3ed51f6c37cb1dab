/* Of section 4: winners and losers, from losers.csv: the same households under reference and scenario. */
#ifndef WKS_REPORT_SECTION_LOSERS_H
#define WKS_REPORT_SECTION_LOSERS_H

#include "report/page.h"

/** A heading a scenario, a row an outcome; groups under headings of their own, folded away when there are many. Nothing without losers.csv. */
void wks_section_losers_write(wks_page *page);

#endif
