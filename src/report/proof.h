/* Where a number on the page comes from, for machines: <td class="n" data-of="cell|contrasts.csv|n_pairs|24|plafond|..." data-v="11">.
 * tests/report/numbers.py finds the row, or counts anew what the page counted, and holds it against the value and the text. */
#ifndef WKS_REPORT_PROOF_H
#define WKS_REPORT_PROOF_H

#include "report/page.h"

/** Opens an element ("td class=\"n\"", "span") that shows `value`; who writes the text closes it. Behind kind come the parts that tell it apart, ended by
 *  NULL. A value that is not finite shows no number and gets no reference. @param is_percent  the text has the value times 100 */
void wks_proof_open(wks_page *page, const char *element, bool is_percent, double value, const char *kind, ...)
#if defined(__GNUC__)
    __attribute__((sentinel))
#endif
    ;

/** The same of a column of the row of summary.csv or contrasts.csv with that key: month, scenario, theory, indicator, group, scale, level, area. */
void wks_proof_open_row(wks_page *page, const char *element, bool is_percent, double value, const char *kind, const char *file,
                        const char *column, const wks_dossier_key *key);

/** The value alone, of a cell that its row and column tell apart (tests/report/rows.py). */
void wks_proof_open_value(wks_page *page, const char *element, bool is_percent, double value);

/** A whole number in a sentence, with what it counts; `of` may be NULL. */
void wks_proof_count(wks_page *page, size_t n, const char *kind, const char *of);

#endif
