/* Leefbaarometer 3.0 (BZK): the five dimension contributions of buurten, by code. */
#ifndef WKS_IMPORT_LEEFBAAROMETER_H
#define WKS_IMPORT_LEEFBAAROMETER_H

#include "import/draft.h"
#include "import/sheet.h"

typedef struct wks_leefbaarometer_report {
    int32_t n_rows, n_matched, n_unscored; /* rows of the file; buurten of the city with a score; buurten without */
} wks_leefbaarometer_report;

/** Reads the scores (csv or xlsx with columns code, won, fys, vrz, soc, onv; year if there) into the draft's buurten.
 *  Problems: missing columns with the nearest name, text where a number should be, values outside [-2, 2], duplicate codes of this city,
 *  no row of this city (error); buurten with inhabitants but without a score (one warning). O(rows log buurten). */
wks_status wks_leefbaarometer_read(const char *path, wks_draft *draft, wks_leefbaarometer_report *out, wks_problems *problems,
                                   wks_err *err);

#endif
