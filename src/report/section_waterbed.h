/* Of section 6: effects by distance from the areas that a scenario aims at, and where those end up who had to leave a home or were kept from one. */
#ifndef WKS_REPORT_SECTION_WATERBED_H
#define WKS_REPORT_SECTION_WATERBED_H

#include "report/page.h"

/** A table a scenario, from waterbed.csv: differences at the last month by band. Nothing without rows. */
void wks_section_waterbed_bands(wks_page *page);
/** A table a cause, from destinations.csv of every scenario: households a replication by destination and distance. Nothing without rows. */
void wks_section_waterbed_streams(wks_page *page);

#endif
