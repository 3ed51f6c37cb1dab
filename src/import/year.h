/* Of which year a table is: by a column, by the country's own row, as the user says, by its name. */
#ifndef WKS_IMPORT_YEAR_H
#define WKS_IMPORT_YEAR_H

#include <stdint.h>

#include "base/problems.h"
#include "import/sheet.h"

/** A year 2013..2099 in a text, 0 if none: of several the first after "kwb", "buurten" or "kerncijfers", else the first. Dates (11-12-2025,
 *  2025_12_11) and longer numbers are passed over. */
int32_t wks_year_in(const char *text);

/** Latest year of a column of periods, 0 if there is none (column -1). */
int32_t wks_year_latest(const wks_sheet *sheet, int column);

/** Year of a sheet and in *out_from what told it: "column" (periods), "inhabitants of the country" (CBS, 1 January 2013 to 2025), "--year"
 *  (`asked`, 0: not given), "file name", "sheet name", or "" with 0. `persons`, `area`: columns of inhabitants and of code or name (-1: none).
 *  Problems: what the user says, or (a warning) the name, that differs from the row of the country. O(rows). */
int32_t wks_year_of(const wks_sheet *sheet, int32_t asked, int period, int persons, int area, const char **out_from,
                    wks_problems *problems);

#endif
