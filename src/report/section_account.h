/* Section 10, Verantwoording: the manifest, inputs with checksums, how to rerun, data sources, licences. */
#ifndef WKS_REPORT_SECTION_ACCOUNT_H
#define WKS_REPORT_SECTION_ACCOUNT_H

#include "report/page.h"

void wks_section_account_write(wks_page *page);

#endif
