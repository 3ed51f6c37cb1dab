/* Rows of a corporatie's dwellings as records: checked, coarsened, with pseudonyms for numbers. */
#ifndef WKS_IMPORT_OWN_DWELLINGS_H
#define WKS_IMPORT_OWN_DWELLINGS_H

#include "import/own_rows.h"

/** Takes the dwellings of a sheet into `rows`, sorted by key: those in a buurt of the city that are dwellings; rooms, other things and what lies
 *  outside are counted. Rents in euro a month, whole; surface in m2. All problems are collected.
 *  @return WKS_ERR_DATA when there are any, WKS_ERR_NOMEM. O(rows log rows). */
wks_status wks_own_dwellings_read(const wks_own_rows_source *source, const wks_sheet *sheet, wks_own_rows *rows, wks_err *err);

#endif
