/* Where the scores of leefbaarheid at the begin come from, for section 5. */
#ifndef WKS_REPORT_SECTION_ORIGIN_H
#define WKS_REPORT_SECTION_ORIGIN_H

#include "report/page.h"

/** Says of how many buurten the score at the begin is that of the wijk or gemeente, the national one, or estimated (manifest.json, "scores"); nothing where all
 *  are published, or the manifest does not tell. */
void wks_section_origin_write(wks_page *page);

#endif
