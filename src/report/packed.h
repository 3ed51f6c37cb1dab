/* Numbers of the page's data as text that is shorter than JSON's: page.js reads it back (unfold). */
#ifndef WKS_REPORT_PACKED_H
#define WKS_REPORT_PACKED_H

#include <stddef.h>

#include "base/text.h"

/** Adds n values, rounded to whole numbers of 1/power, as one quoted string: the change from the last known value `width` places back. What is not finite says
 *  so. `last` is room for `width` numbers. */
void wks_packed_add(wks_text *out, const double *value, size_t n, size_t width, double power, double *last);

#endif
