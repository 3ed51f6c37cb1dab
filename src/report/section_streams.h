/* Of section 6: the largest streams between wijken, into and out of the city, and by group, with differences from the reference. */
#ifndef WKS_REPORT_SECTION_STREAMS_H
#define WKS_REPORT_SECTION_STREAMS_H

#include "report/page.h"
#include "report/streams.h"

/** Nothing without streams. */
void wks_section_streams_write(wks_page *page, const wks_streams *streams);

#endif
