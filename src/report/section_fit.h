/* The page of a calibration: what fits, what is missed, what stays open. */
#ifndef WKS_REPORT_SECTION_FIT_H
#define WKS_REPORT_SECTION_FIT_H

#include "base/config.h"
#include "report/page.h"

/** Adds the sections of the page from the tables in its folder; `settings` may be NULL. Missing and malformed tables are problems. */
wks_status wks_section_fit_write(wks_page *page, const wks_config_node *settings, wks_problems *problems, wks_err *err);

#endif
