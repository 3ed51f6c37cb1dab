/* Words that the first section uses: who belongs to which group, and what D is. */
#ifndef WKS_REPORT_SECTION_TERMS_H
#define WKS_REPORT_SECTION_TERMS_H

#include "report/page.h"

/** A predicate of a group in words: "age_years < 28" is "jonger dan 28 jaar"; NULL for one without words. */
const char *wks_section_terms_predicate(wks_notation_lang lang, const char *where);

/** Notes under the verdicts: what D says where the results have it, and the groups of the scenarios in words. */
void wks_section_terms_write(wks_page *page);

#endif
