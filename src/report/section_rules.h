/* Section 7, Regels nageleefd: compliance.csv of every run folder. */
#ifndef WKS_REPORT_SECTION_RULES_H
#define WKS_REPORT_SECTION_RULES_H

#include "report/page.h"

/** Writes nothing when no scenario has a compliance.csv. */
wks_status wks_section_rules_write(wks_page *page, wks_problems *problems, wks_err *err);

#endif
