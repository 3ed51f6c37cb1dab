/* What a row of fit.csv is about, in words: level, area, margin and category. */
#ifndef WKS_REPORT_MARGIN_WORDS_H
#define WKS_REPORT_MARGIN_WORDS_H

#include "report/page.h"

/** A margin or a category ("single_family", "65_plus") in words of the page; itself where it has none. */
const char *wks_margin_words(const wks_page *page, const char *name);
/** The first four cells of a row of fit.csv. */
void wks_margin_words_cells(wks_page *page, const wks_csv *fit, size_t row);

#endif
