/* The part of quality.md about estimates: which columns were estimated per buurt, what error to expect of them, by which formulas. */
#ifndef WKS_IMPORT_QUALITY_ESTIMATES_H
#define WKS_IMPORT_QUALITY_ESTIMATES_H

#include "base/text.h"
#include "import/draft.h"

/** "Estimated per buurt": the columns that no buurt has itself, how far the estimates are from the figures of wijken and gemeenten
 *  (measured on this draft) and the error measured where the truth is known. Nothing when there are none. O(buurten times columns). */
void wks_quality_estimates_error(const wks_draft *draft, wks_text *out);

/** "Formulas and national figures used": coefficients with range and source, and the country's figures that a value depends on. */
void wks_quality_estimates_formulas(const wks_draft *draft, wks_text *out);

#endif
