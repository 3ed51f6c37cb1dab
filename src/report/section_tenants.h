/* The last section, one screen for tenants and their organisations: what changes for who rents or seeks, who goes before, who loses. */
#ifndef WKS_REPORT_SECTION_TENANTS_H
#define WKS_REPORT_SECTION_TENANTS_H

#include "report/page.h"

/** Whether there is an outcome about tenants or seekers to tell. */
bool wks_section_tenants_has(const wks_page *page);
/** Values of summary.csv, contrasts.csv and losers.csv in plain words; nothing when wks_section_tenants_has is false. */
void wks_section_tenants_write(wks_page *page);

#endif
