/* Sections 8 and 9: how sure this is, and what the model cannot say. */
#ifndef WKS_REPORT_SECTION_CERTAINTY_H
#define WKS_REPORT_SECTION_CERTAINTY_H

#include "report/page.h"

void wks_section_certainty_write(wks_page *page);
void wks_section_certainty_limits(wks_page *page);

#endif
