/* Section 1, In het kort: what was compared, three sentences, the verdict table, what differs between the rules. */
#ifndef WKS_REPORT_SECTION_BRIEF_H
#define WKS_REPORT_SECTION_BRIEF_H

#include "report/page.h"

void wks_section_brief_write(wks_page *page);

#endif
