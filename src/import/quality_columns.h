/* The part of quality.md about columns: which of the input each figure was read from, or derived from. */
#ifndef WKS_IMPORT_QUALITY_COLUMNS_H
#define WKS_IMPORT_QUALITY_COLUMNS_H

#include "base/text.h"
#include "import/draft.h"

/** "Columns read": one row per column of buurten.csv and name in the input (sheets differ by year), with numbers of areas and the note. */
void wks_quality_columns_read(const wks_draft *draft, wks_text *out);

#endif
