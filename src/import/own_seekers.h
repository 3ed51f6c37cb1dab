/* Rows of a corporatie's registered seekers as records without a name: checked, coarsened, with pseudonyms for numbers. No value of a cell is ever
 * put into a message. */
#ifndef WKS_IMPORT_OWN_SEEKERS_H
#define WKS_IMPORT_OWN_SEEKERS_H

#include "import/own_rows.h"

/** Takes the seekers of a sheet into `rows`, sorted by key: those in the city or of whom the place is not told. The day of the data is the last
 *  day that anything happened, unless it was given. Months of registration, age in years, income in euro a year to hundreds (NaN: not told).
 *  All problems are collected. @return WKS_ERR_DATA when there are any, WKS_ERR_NOMEM. O(rows log rows). */
wks_status wks_own_seekers_read(const wks_own_rows_source *source, const wks_sheet *sheet, wks_own_rows *rows, wks_err *err);

#endif
