/* Months as whole numbers: year*12 + (month-1). Printing and reading: text.h. */
#ifndef WKS_BASE_MONTH_H
#define WKS_BASE_MONTH_H

#include <stdint.h>

#include "base/err.h"

/* Tables keep months in 16 bits: up to the year 2730. A scenario may not begin before WKS_MONTH_FIRST nor end after WKS_MONTH_LAST, which leaves 28 years for
 * dates ahead of it. */
enum { WKS_MONTH_FIRST = 1900 * 12, WKS_MONTH_LAST = 2700 * 12 + 11 };

/** A month as tables keep it. One that does not fit is a mistake of ours: it is never cut off. O(1). */
static inline int16_t wks_month_cell(int32_t month)
{
    WKS_BUG_IF(month < INT16_MIN || month > INT16_MAX);
    return (int16_t)month;
}

/** Year of a month number, and month within it (0 = January). */
static inline int32_t wks_month_year(int32_t month)
{
    return month / 12;
}
static inline int32_t wks_month_of_year(int32_t month)
{
    return month % 12;
}
/** Whole years between birth and now. */
static inline int32_t wks_month_age(int32_t birth_month, int32_t now)
{
    return (now - birth_month) / 12;
}

#endif
