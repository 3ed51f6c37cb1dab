/* The page of a city folder, or of a population made of one: where the figures come from, how well the population fits. */
#ifndef WKS_REPORT_SECTION_CITY_H
#define WKS_REPORT_SECTION_CITY_H

#include "base/config.h"
#include "report/page.h"

/** Adds the sections of the page from the tables in its folder; `settings` may be NULL. Missing and malformed tables are problems. */
wks_status wks_section_city_write(wks_page *page, const wks_config_node *settings, wks_problems *problems, wks_err *err);

#endif
