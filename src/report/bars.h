/* Bars with intervals as still SVG: sizes of parameters under each other, means along one parameter. They need no script. */
#ifndef WKS_REPORT_BARS_H
#define WKS_REPORT_BARS_H

#include <stddef.h>

#include "report/notation.h"

/** A bar from 0 to value; two intervals: of the sample of points (thick) and of the luck of the runs (thin). NaN: none. */
typedef struct wks_bars_item {
    const char *name, *title; /* title: shown when pointed at; NULL: none */
    double value, low, high, luck_low, luck_high;
} wks_bars_item;

/** Horizontal bars on one axis that holds zero, every value and every interval, each below its name. Names are cut where they do not fit. */
void wks_bars_draw(wks_text *out, wks_notation_lang lang, const char *title, const wks_bars_item *item, size_t n);

/** A range (low to high) with the part of it that is left (from to to; NaN: nothing) and a mark at best, as a strip beside a row of a table. */
void wks_bars_range(wks_text *out, double low, double high, double from, double to, double best);

/** A line through the means y[0..n) at equal steps, on the scale y_low to y_high. */
void wks_bars_course(wks_text *out, const double *y, size_t n, double y_low, double y_high);

/** Decimals for about three significant digits of a value as large as this, at most 9. */
int wks_bars_decimals(double largest);

#endif
