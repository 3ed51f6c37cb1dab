/* Still charts as SVG text: lines with bands, whiskers around a zero line, strips of whiskers. They need no script. */
#ifndef WKS_REPORT_CHART_H
#define WKS_REPORT_CHART_H

#include <stddef.h>

#include "report/notation.h"

/** One line with an optional band (NULL: none). NaN breaks the line. */
typedef struct wks_chart_line {
    const double *x, *y, *low, *high;
    size_t n;
    int style; /* css class s<style>: colour and dash */
} wks_chart_line;

/** A round step (1, 2 or 5 times a power of ten) so that `range` has about n steps. O(1). */
double wks_chart_step(double range, int n);

/** Which of n points in a row are drawn so that there are about `most` at most: the first, and every stride-th counted back from the last. Long
 *  runs so stay small on the page; every drawn point is one of the table. */
size_t wks_chart_stride(size_t n, size_t most);
bool wks_chart_keeps(size_t i, size_t n, size_t stride);

/** What the axes of a line chart say. */
typedef struct wks_chart_axes {
    wks_notation_lang lang;
    wks_notation_format format;
    const char *title;   /* for the ear: aria-label */
    bool zero_line;      /* differences: signed numbers and a line at zero, always in sight */
    int32_t first_month; /* month of x = 0 (year*12 + month-1); -1: x is a step */
    int32_t warmup;      /* the run-in ends at this x: grey behind the bands up to there; 0: none */
} wks_chart_axes;

/** x counts months or steps from 0. Of more than 41 points some are drawn (wks_chart_keeps). The axis spans some steps of the format's last
 *  decimal, so that what looks like a slope is one. */
void wks_chart_lines(wks_text *out, const wks_chart_axes *axes, const wks_chart_line *line, size_t n_lines);

/** A dot with its interval on an axis from -half_range to half_range. Without finite bounds only the dot,
 *  without a finite mean the zero line only. */
void wks_chart_whisker(wks_text *out, double low, double mean, double high, double half_range, int style);

/** Whiskers side by side (areas in their order), n of each array; `few` greys a cell and keeps it from stretching
 *  the axis (it is cut at the edge). The text of a cell is its tooltip. */
typedef struct wks_chart_strip {
    const double *low, *mean, *high;
    const bool *few;
    const char *const *name;
    size_t n;
    int style;
} wks_chart_strip;
void wks_chart_strip_draw(wks_text *out, const wks_chart_axes *axes, const wks_chart_strip *strip);

/** A bar of shares that add up to about 1, in the css classes given, with no text of its own. */
void wks_chart_shares(wks_text *out, const double *share, const char *const *css_class, size_t n);

#endif
