/* All tables of one import: which file is what, found from content; tables without codes joined to their twin or resolved by name. */
#ifndef WKS_IMPORT_SOURCES_H
#define WKS_IMPORT_SOURCES_H

#include "base/text.h"
#include "import/source.h"

typedef struct wks_sources {
    wks_source *source; /* in the order given */
    int32_t n;
    size_t capacity;
} wks_sources;

void wks_sources_free(wks_sources *sources);

/** Reads a table that is there as a sheet and adds it. Problems as in wks_source_read. */
wks_status wks_sources_add(wks_sources *sources, const wks_sheet *sheet, int32_t year, wks_problems *problems, wks_err *err);

/** After the last table was added: gives codes to the rows of tables that have none.
 *  Tables of wijken and buurten: from the table of the same download (as many rows, on every line the same name, gemeente and, where both
 *  have it, number of inhabitants), joined by line. Tables of gemeenten: by name ("Groningen (gemeente)", "Utrecht"); rows of other regions
 *  (provinces, COROP areas, the Netherlands aside) stay without a code. Years that are not known: that of the twin, else of the first
 *  table that has buurten. `report` gets a line for each join.
 *  Problems: no twin, a line that differs, no year known at all. */
wks_status wks_sources_link(wks_sources *sources, wks_text *report, wks_problems *problems, wks_err *err);

/** The table that decides on edition and areas: the first that has inhabitants of buurten; if none the first of gemeenten; NULL if empty. */
const wks_source *wks_sources_base(const wks_sources *sources);

/** A line about what the table was understood to be. */
void wks_sources_describe(const wks_source *source, wks_text *report);

#endif
