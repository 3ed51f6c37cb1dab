/* Leefbaarometer (BZK): the dimension contributions of version 3.0 by buurt, wijk or gemeente, and those of version 2.0 by wijk. */
#ifndef WKS_IMPORT_LEEFBAAROMETER_H
#define WKS_IMPORT_LEEFBAAROMETER_H

#include "import/draft.h"
#include "import/sheet.h"

typedef struct wks_leefbaarometer_report {
    int32_t n_rows, n_matched; /* rows of the file; areas of the city with a score */
    int32_t version;           /* 2 or 3 */
    wks_area_level level;      /* of the areas matched last */
    char year[8];              /* of the measurement taken; "" when not told */
} wks_leefbaarometer_report;

/** True for a table of scores: a code and won, fys, vrz, soc, onv (3.0), or GBD and RLBWON, RLBVRZ, RLBVEI, RLBFYS (2.0). */
bool wks_leefbaarometer_recognises(const wks_sheet *sheet);

/** Scores into the draft's areas by their codes. Version 3.0 of buurten is `published`; scores of wijken and gemeenten are kept there for
 *  filling. Of a table with several years (year, jaar) the latest is taken. Version 2.0 is used for wijken without a score of 3.0 only: won, vrz, fys, and onv from
 *  veiligheid; its dimension bevolking has no counterpart, so soc stays missing.
 *  Problems: missing columns with the nearest name, text where a number should be, values outside [-2, 2], duplicate codes of this city,
 *  no row of this city (error). O(rows log buurten). */
wks_status wks_leefbaarometer_add(const wks_sheet *sheet, wks_draft *draft, wks_leefbaarometer_report *out, wks_problems *problems,
                                  wks_err *err);

/** The same from a file: csv, workbook, or a map whose attributes are scores. */
wks_status wks_leefbaarometer_read(const char *path, wks_draft *draft, wks_leefbaarometer_report *out, wks_problems *problems,
                                   wks_err *err);

/** One warning when buurten with households have no score of their own; returns the number of buurten without. `path` for the message. */
int32_t wks_leefbaarometer_check(const wks_draft *draft, const char *path, wks_problems *problems);

#endif
