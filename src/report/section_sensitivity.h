/* The page of a sweep: what was varied, which parameters matter and how sure that is, what it cannot say. */
#ifndef WKS_REPORT_SECTION_SENSITIVITY_H
#define WKS_REPORT_SECTION_SENSITIVITY_H

#include "base/config.h"
#include "report/page.h"

/** Adds the sections of the page from the tables in its folder; `settings` may be NULL. Missing and malformed tables are problems. */
wks_status wks_section_sensitivity_write(wks_page *page, const wks_config_node *settings, wks_problems *problems, wks_err *err);

#endif
