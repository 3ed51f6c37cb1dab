/* Sections 5 and 6: buurten from west to east with leefbaarheid, and the waterbed: where a group's share rises or falls. */
#ifndef WKS_REPORT_SECTION_BUURTEN_H
#define WKS_REPORT_SECTION_BUURTEN_H

#include "report/classes.h"
#include "report/page.h"
#include "report/streams.h"

wks_status wks_section_buurten_write(wks_page *page, const wks_classes *classes, wks_err *err);
wks_status wks_section_buurten_waterbed(wks_page *page, const wks_streams *streams, wks_err *err);

#endif
