/* What stands in the cells of Dutch exports: dates, amounts with decimal comma, codes of buurten, postcodes. */
#ifndef WKS_IMPORT_OWN_VALUE_H
#define WKS_IMPORT_OWN_VALUE_H

#include <stdbool.h>
#include <stdint.h>

/** A day: 31-12-2023, 31/12/2023, 31.12.2023, 2023-12-31, 20231231, 31 dec 2023, the serial number of Excel (45291), each with or without a
 *  time behind it. Years 1900 to 2100, written in full. *out_month: year * 12 + month - 1; *out_day: 1 to 31. False for anything else. */
bool wks_own_value_date(const char *cell, int32_t *out_month, int32_t *out_day);

/** A year alone, 1900 to 2100. */
bool wks_own_value_year(const char *cell, int32_t *out_year);

/** An amount or number: blanks, a euro sign, EUR and ",-" are left out; the decimal sign is a comma or a point, the other one divides
 *  thousands. A single point with three digits behind it divides thousands unless `is_point_decimal` (workbooks). Finite, or false. */
bool wks_own_value_number(const char *cell, bool is_point_decimal, double *out);

/** "BU03440112" out of itself, 03440112, or 3440112 (a zero that a workbook dropped). `out` needs 11 bytes. False for anything else. */
bool wks_own_value_buurt(const char *cell, char *out);

/** "1234AB" or "1234" out of 1234 ab, 1234AB, 1234. `out` needs 7 bytes. */
bool wks_own_value_postcode(const char *cell, char *out);

/** Nine digits that pass the check of BSN numbers (one in eleven of all numbers does). */
bool wks_own_value_is_bsn(const char *cell);

#endif
