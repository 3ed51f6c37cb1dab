/* Section "what does it cost, what does it bring": effects.csv. */
#ifndef WKS_REPORT_SECTION_COSTS_H
#define WKS_REPORT_SECTION_COSTS_H

#include "report/page.h"

/** Whether there is anything to say: a comparison with effects.csv. */
bool wks_section_costs_has(const wks_dossier *dossier);
/** What each scenario spends more on social programmes, and what a million euros and 1,000 hours go with in the target areas and the city; nothing without effects.csv. No row by
 *  buurt, and of the target areas none of a private group. */
void wks_section_costs_write(wks_page *page);

#endif
