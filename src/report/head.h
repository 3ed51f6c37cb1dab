/* The head of every page of the report: what the browser may do, style, title. */
#ifndef WKS_REPORT_HEAD_H
#define WKS_REPORT_HEAD_H

#include "report/page.h"

/** Opens the document up to the title, and closes the head after it; the title is written between the two. */
void wks_head_open(wks_page *page);
void wks_head_close(wks_page *page);
/** Opens the body: link to section `first`, the name of the program, the heading (closed by wks_head_close_banner). */
void wks_head_banner(wks_page *page, const char *first);
/** Closes the heading; warns of a result that is not complete and of real people. */
void wks_head_close_banner(wks_page *page);

#endif
