/* Points in a plane: who lies within a distance of whom (square cells), and which are nearest (a tree). A point whose x or y is not finite takes no part. */
#ifndef WKS_NUM_POINTS_H
#define WKS_NUM_POINTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/** Points in order of the square cell they lie in, cells by line and column, within a cell by row: of any point, all within `reach` lie in at most
 *  three runs. Cells without points take no memory, however far apart the points lie. */
typedef struct wks_points {
    size_t n;              /* points that take part */
    double *x, *y;         /* n, in order of cell */
    double *line, *column; /* n: the cell (whole numbers) */
    int32_t *row;          /* n: which of the given points */
} wks_points;

/** Runs of positions [begin, end) in the order of cells. */
typedef struct wks_points_runs {
    size_t begin[3], end[3];
} wks_points_runs;

/** Sorts n points by cells for one reach (>= 0; infinite: one cell). O(n log n). WKS_ERR_NOMEM. */
wks_status wks_points_create(const double *x, const double *y, size_t n, double reach, wks_points *out, wks_err *err);
void wks_points_free(wks_points *points);
/** Where all points within reach of the one at position `at` lie (itself and some farther ones too). O(log n); the same for all of a cell. */
void wks_points_around(const wks_points *points, size_t at, wks_points_runs *out);

/** The k nearest others of each point, nearest first, of equal distances the lower row first; all there are when fewer; none of a point that takes no
 *  part. Compressed rows: those of i are to[start[i] .. start[i+1]-1].
 *  @param start  n + 1
 *  @param to     n * k
 *  A tree of halves (k-d tree): O(n log n) unless very many points tie at one distance (all in one point: O(n^2)). The same for any number of threads.
 *  WKS_ERR_NOMEM. */
wks_status wks_points_nearest(const double *x, const double *y, size_t n, int32_t k, int threads, int64_t *start, int32_t *to,
                              wks_err *err);

#endif
