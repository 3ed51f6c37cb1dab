/* Months as whole numbers: year*12 + (month-1). Printing and reading: text.h. */
#ifndef WKS_BASE_MONTH_H
#define WKS_BASE_MONTH_H

#include <stdint.h>

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
