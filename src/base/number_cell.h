/* One cell of a table as a number, and in words what is wrong with it. */
#ifndef WKS_BASE_NUMBER_CELL_H
#define WKS_BASE_NUMBER_CELL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/** Text of n bytes without blanks around it as a finite number: digits, a point, an exponent. Exact where a double can be, else the nearest.
 *  False: no number. */
bool wks_number_cell_read(const char *text, size_t n, double *out);
/** Why wks_number_cell_read said no (or why low .. high does): "is empty", "is too large for a number", ... */
const char *wks_number_cell_wrong(const char *text, size_t n, double low, double high);

#endif
