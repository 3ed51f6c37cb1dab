/* Marked rows: a byte a row, made by loops of which the compiler takes many rows at once, then walked through eight rows at a time. */
#ifndef WKS_BASE_MARKS_H
#define WKS_BASE_MARKS_H

#include <stdint.h>
#include <string.h>

enum { WKS_MARKS_BEHIND = 8 };

/** The next row from `row` on whose mark is not 0; n if there is none. @param mark  n marks, and WKS_MARKS_BEHIND bytes behind them that may be read */
static inline int64_t wks_marks_next(const uint8_t *mark, int64_t n, int64_t row)
{
    uint64_t eight;

    for (; row < n; row += WKS_MARKS_BEHIND) {
        memcpy(&eight, mark + row, sizeof eight);
        if (eight == 0) continue;
        while (mark[row] == 0)
            row++;
        break;
    }
    return row < n ? row : n;
}

#endif
