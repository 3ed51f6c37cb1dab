/* Part of section 1: what differs between the rules of the scenarios, from the lines of differences.<lang>.txt. */
#ifndef WKS_REPORT_SECTION_DIFFERENCES_H
#define WKS_REPORT_SECTION_DIFFERENCES_H

#include "report/page.h"

/** Nothing when the folder tells no differences. */
void wks_section_differences_write(wks_page *page);

#endif
