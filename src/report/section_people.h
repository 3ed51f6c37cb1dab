/* Section 4, Wie merkt dit: waiting, chances, refusals by group; winners and losers. */
#ifndef WKS_REPORT_SECTION_PEOPLE_H
#define WKS_REPORT_SECTION_PEOPLE_H

#include "report/page.h"
#include "report/queue.h"

void wks_section_people_write(wks_page *page, const wks_queue *queue);

#endif
