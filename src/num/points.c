#include "num/points.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/par.h"
#include "num/rank.h"

/* ---- cells ---- */

enum { NEAREST_BLOCK = 256 };

typedef struct wks_points_item {
    double line, column;
    int32_t row;
} item;

static int by_cell(const void *left, const void *right)
{
    const item *a = left, *b = right;
    if (a->line != b->line) return a->line < b->line ? -1 : 1;
    if (a->column != b->column) return a->column < b->column ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

static bool takes_part(const double *x, const double *y, size_t i)
{
    return isfinite(x[i]) && isfinite(y[i]);
}

/* Side of a cell: a little over the reach, so that rounding never puts two points within reach two cells apart (x/side is below 1e10 and rounds
 * to 1e-6 of a cell). */
static double cell_side(const double *x, const double *y, size_t n, double reach)
{
    double most = 0.0;
    for (size_t i = 0; i < n; i++) {
        if (!takes_part(x, y, i)) continue;
        most = fmax(most, fmax(fabs(x[i]), fabs(y[i])));
    }
    const double side = fmax(1.001 * reach, 1e-10 * most);
    return side > 0.0 ? side : 1.0;
}

wks_status wks_points_create(const double *x, const double *y, size_t n, double reach, wks_points *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const double side = cell_side(x, y, n, reach);
    item *list = wks_mem_array(n, sizeof *list);

    WKS_BUG_IF(n > INT32_MAX || !(reach >= 0.0));
    *out = (wks_points){.n = 0,
                        .x = wks_mem_array(n, sizeof *out->x),
                        .y = wks_mem_array(n, sizeof *out->y),
                        .line = wks_mem_array(n, sizeof *out->line),
                        .column = wks_mem_array(n, sizeof *out->column),
                        .row = wks_mem_array(n, sizeof *out->row)};
    if (list == NULL || out->x == NULL || out->y == NULL || out->line == NULL || out->column == NULL || out->row == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for places of %zu areas", n);
    for (size_t i = 0; i < n; i++) {
        if (takes_part(x, y, i)) list[out->n++] = (item){floor(y[i] / side), floor(x[i] / side), (int32_t)i};
    }
    qsort(list, out->n, sizeof *list, by_cell);
    for (size_t k = 0; k < out->n; k++) {
        out->x[k] = x[list[k].row];
        out->y[k] = y[list[k].row];
        out->line[k] = list[k].line;
        out->column[k] = list[k].column;
        out->row[k] = list[k].row;
    }
out:
    free(list);
    return rc;
}

void wks_points_free(wks_points *points)
{
    free(points->x);
    free(points->y);
    free(points->line);
    free(points->column);
    free(points->row);
    *points = (wks_points){.n = 0};
}

/* First position whose cell does not come before (line, column). */
static size_t first_from(const wks_points *points, double line, double column)
{
    size_t low = 0, high = points->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const bool before = points->line[middle] < line || (points->line[middle] == line && points->column[middle] < column);
        if (before)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void wks_points_around(const wks_points *points, size_t at, wks_points_runs *out)
{
    const double line = points->line[at], column = points->column[at];
    for (int k = 0; k < 3; k++) {
        out->begin[k] = first_from(points, line + (k - 1), column - 1.0);
        out->end[k] = first_from(points, line + (k - 1), column + 2.0);
    }
}

/* ---- nearest ---- */

typedef struct wks_points_search {
    const double *x, *y;   /* given */
    const double *along;   /* x or y: the axis of the sweep */
    const int32_t *sorted; /* rows of the points that take part, by `along` */
    size_t n_sorted;
    int32_t k;
    double *squared;     /* n * k: squared distances, with `to` */
    int32_t *to, *found; /* n * k; n */
} search;

/* Among the k found so far, by distance, then row. */
static void offer(const search *self, int32_t row, int32_t other)
{
    double *squared = self->squared + (size_t)row * (size_t)self->k;
    int32_t *to = self->to + (size_t)row * (size_t)self->k;
    const double dx = self->x[other] - self->x[row], dy = self->y[other] - self->y[row], value = dx * dx + dy * dy;
    int32_t at = self->found[row];

    if (at == self->k) {
        at--;
        if (value > squared[at] || (value == squared[at] && other > to[at])) return;
    } else {
        self->found[row]++;
    }
    for (; at > 0 && (value < squared[at - 1] || (value == squared[at - 1] && other < to[at - 1])); at--) {
        squared[at] = squared[at - 1];
        to[at] = to[at - 1];
    }
    squared[at] = value;
    to[at] = other;
}

/* No point this far along the axis or farther can come in any more. */
static bool is_past(const search *self, int32_t row, int32_t other)
{
    const double along = self->along[other] - self->along[row];
    return self->found[row] == self->k && along * along > self->squared[(size_t)(row + 1) * (size_t)self->k - 1];
}

static void nearest_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    const search *self = context;
    (void)block;
    for (int64_t at = begin; at < end; at++) {
        const int32_t row = self->sorted[at];
        int64_t left = at - 1, right = at + 1;
        while (left >= 0 || right < (int64_t)self->n_sorted) {
            if (left >= 0 && is_past(self, row, self->sorted[left])) left = -1;
            if (right < (int64_t)self->n_sorted && is_past(self, row, self->sorted[right])) right = (int64_t)self->n_sorted;
            if (left >= 0) offer(self, row, self->sorted[left--]);
            if (right < (int64_t)self->n_sorted) offer(self, row, self->sorted[right++]);
        }
    }
}

static double extent(const double *value, const double *x, const double *y, size_t n)
{
    double low = (double)INFINITY, high = -(double)INFINITY;
    for (size_t i = 0; i < n; i++) {
        if (!takes_part(x, y, i)) continue;
        low = fmin(low, value[i]);
        high = fmax(high, value[i]);
    }
    return high - low;
}

wks_status wks_points_nearest(const double *x, const double *y, size_t n, int32_t k, int threads, int64_t *start, int32_t *to, wks_err *err)
{
    wks_status rc = WKS_OK;
    const bool by_y = extent(y, x, y, n) > extent(x, x, y, n);
    double *along = wks_mem_array(n, sizeof *along), *squared = wks_mem_array(n, (size_t)k * sizeof *squared);
    int32_t *sorted = wks_mem_array(n, sizeof *sorted), *found = wks_mem_array(n, sizeof *found);
    search self = {.x = x, .y = y, .along = along, .sorted = sorted, .k = k, .squared = squared, .to = to, .found = found};

    WKS_BUG_IF(k < 1);
    if (along == NULL || squared == NULL || sorted == NULL || found == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the neighbours of %zu areas", n);
    for (size_t i = 0; i < n; i++)
        along[i] = !takes_part(x, y, i) ? (double)NAN : by_y ? y[i] : x[i];
    WKS_TRY(wks_rank_rows(along, n, sorted, &self.n_sorted, err));
    wks_par_for((int64_t)self.n_sorted, NEAREST_BLOCK, threads, nearest_block, &self);
    start[0] = 0;
    for (size_t i = 0; i < n; i++) {
        for (int32_t q = 0; q < found[i]; q++) /* rows only move forward */
            to[start[i] + q] = to[i * (size_t)k + (size_t)q];
        start[i + 1] = start[i] + found[i];
    }
out:
    free(along);
    free(squared);
    free(sorted);
    free(found);
    return rc;
}
