/* Names and places of areas: a wijk by its buurten, codes in a text, and the order in which the page lists buurten. */
#ifndef WKS_REPORT_AREAS_H
#define WKS_REPORT_AREAS_H

#include "report/dossier.h"
#include "report/notation.h"
#include "report/page.h"

/** Name of a buurt (its code when it has none), or of a wijk; of a wijk without one by its first buurten: "Grote Markt e.a."; "" for other codes. Not escaped. */
void wks_areas_name(const wks_dossier *dossier, wks_notation_lang lang, const char *code, wks_text *out);
/** Copies a line and puts the name behind every code of a wijk or buurt that the results know: "WK990101 (Grote Markt e.a.)". Not escaped. */
void wks_areas_name_codes(const wks_dossier *dossier, wks_notation_lang lang, const char *line, wks_text *out);

/** The head of a buurt's row in a table: its name, with the code as its title. */
void wks_areas_head(wks_page *page, size_t area);
/** "Welgelegen (BU03440111)" in a sentence; the code alone where the results have no name. */
void wks_areas_name_and_code(wks_page *page, size_t area);

/** Rows of dossier->area in the order of the page (malloc'ed, n_areas): wijk by wijk from west to east, and so within a wijk. By code where the
 *  results have no map, or a buurt has no polygon. */
wks_status wks_areas_order(const wks_dossier *dossier, size_t **out, bool *out_is_by_place, wks_err *err);

#endif
