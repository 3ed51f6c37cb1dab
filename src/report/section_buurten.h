/* Sections 5 and 6: buurten in order of code with leefbaarheid, and the waterbed: where a group's share rises or falls. */
#ifndef WKS_REPORT_SECTION_BUURTEN_H
#define WKS_REPORT_SECTION_BUURTEN_H

#include "report/page.h"

wks_status wks_section_buurten_write(wks_page *page, wks_err *err);
wks_status wks_section_buurten_waterbed(wks_page *page, wks_err *err);

#endif
