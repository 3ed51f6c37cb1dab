/* Which assumptions matter, in the part on certainty of a run or comparison: the sweep that is shown beside it. */
#ifndef WKS_REPORT_SECTION_SWEEP_H
#define WKS_REPORT_SECTION_SWEEP_H

#include "report/page.h"

/** Adds what was varied, and for each outcome the ranking, the bars and the parameters whose effect cannot be told from none. Nothing without page->sweep. */
void wks_section_sweep_write(wks_page *page);

#endif
