#include "num/points.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/par.h"

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

/* A tree in an array: the node of positions [low, high) is the middle one, before it lie those not beyond it along its axis, behind it the others. */
typedef struct wks_points_search {
    const double *x, *y; /* given */
    int32_t *tree;       /* rows of the points that take part */
    bool *by_y;          /* axis of each node */
    int64_t n_tree;
    int32_t k;
    double *squared; /* n * k: squared distances, with `to` */
    int32_t *to;     /* n * k */
    int32_t *found;  /* n */
} search;

enum { LEAF = 8 };

static double along(const search *self, bool by_y, int32_t row)
{
    return by_y ? self->y[row] : self->x[row];
}

static bool comes_before(const search *self, bool by_y, int32_t a, int32_t b)
{
    const double of_a = along(self, by_y, a), of_b = along(self, by_y, b);
    return of_a < of_b || (of_a == of_b && a < b);
}

static void swap(int32_t *a, int32_t *b)
{
    const int32_t kept = *a;
    *a = *b;
    *b = kept;
}

/* Puts at `middle` of [low, high) what sorting would put there, smaller before it (Hoare's selection). */
static void select_middle(const search *self, bool by_y, int64_t low, int64_t high, int64_t middle)
{
    int32_t *tree = self->tree;
    for (int64_t last = high - 1; low < last;) {
        const int32_t pivot = tree[low + (last - low) / 2];
        int64_t i = low, j = last;
        while (i <= j) {
            while (comes_before(self, by_y, tree[i], pivot))
                i++;
            while (comes_before(self, by_y, pivot, tree[j]))
                j--;
            if (i <= j) swap(&tree[i++], &tree[j--]);
        }
        if (middle <= j)
            last = j;
        else if (middle >= i)
            low = i;
        else
            return;
    }
}

static bool is_taller(const search *self, int64_t low, int64_t high)
{
    double least[2] = {(double)INFINITY, (double)INFINITY}, most[2] = {-(double)INFINITY, -(double)INFINITY};
    for (int64_t k = low; k < high; k++) {
        for (int axis = 0; axis < 2; axis++) {
            const double value = along(self, axis == 1, self->tree[k]);
            if (value < least[axis]) least[axis] = value;
            if (value > most[axis]) most[axis] = value;
        }
    }
    return most[1] - least[1] > most[0] - least[0];
}

/* As deep as the logarithm of the number of points. */
static void plant(const search *self, int64_t low, int64_t high)
{
    while (high - low > LEAF) {
        const int64_t middle = low + (high - low) / 2;
        self->by_y[middle] = is_taller(self, low, high);
        select_middle(self, self->by_y[middle], low, high, middle);
        plant(self, low, middle);
        low = middle + 1;
    }
}

/* Among the k found so far, by distance, then row. */
static void offer(const search *self, int32_t row, int32_t other)
{
    double *squared = self->squared + (size_t)row * (size_t)self->k;
    int32_t *to = self->to + (size_t)row * (size_t)self->k;
    const double dx = self->x[other] - self->x[row], dy = self->y[other] - self->y[row], value = dx * dx + dy * dy;
    int32_t at = self->found[row];

    if (other == row) return;
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

/* Nobody this far along an axis can come in any more; one at the same distance still can, by its row. */
static bool is_past(const search *self, int32_t row, double distance)
{
    return self->found[row] == self->k && distance * distance > self->squared[(size_t)(row + 1) * (size_t)self->k - 1];
}

static void look(const search *self, int32_t row, int64_t low, int64_t high)
{
    while (high - low > LEAF) {
        const int64_t middle = low + (high - low) / 2;
        const bool by_y = self->by_y[middle];
        const double distance = along(self, by_y, row) - along(self, by_y, self->tree[middle]);
        if (distance <= 0.0) {
            look(self, row, low, middle);
            low = middle + 1;
        } else {
            look(self, row, middle + 1, high);
            high = middle;
        }
        offer(self, row, self->tree[middle]);
        if (is_past(self, row, distance)) return;
    }
    for (int64_t k = low; k < high; k++)
        offer(self, row, self->tree[k]);
}

static void nearest_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    const search *self = context;
    (void)block;
    for (int64_t k = begin; k < end; k++)
        look(self, self->tree[k], 0, self->n_tree);
}

wks_status wks_points_nearest(const double *x, const double *y, size_t n, int32_t k, int threads, int64_t *start, int32_t *to, wks_err *err)
{
    wks_status rc = WKS_OK;
    search self = {.x = x, .y = y, .k = k, .to = to};

    WKS_BUG_IF(k < 1 || n > INT32_MAX);
    self.tree = wks_mem_array(n, sizeof *self.tree);
    self.by_y = wks_mem_array(n, sizeof *self.by_y);
    self.squared = wks_mem_array(n, (size_t)k * sizeof *self.squared);
    self.found = wks_mem_array(n, sizeof *self.found);
    if (self.tree == NULL || self.by_y == NULL || self.squared == NULL || self.found == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the neighbours of %zu areas", n);
    for (size_t i = 0; i < n; i++) {
        if (takes_part(x, y, i)) self.tree[self.n_tree++] = (int32_t)i;
    }
    plant(&self, 0, self.n_tree);
    wks_par_for(self.n_tree, NEAREST_BLOCK, threads, nearest_block, &self);
    start[0] = 0;
    for (size_t i = 0; i < n; i++) {
        for (int32_t q = 0; q < self.found[i]; q++) /* rows only move forward */
            to[start[i] + q] = to[i * (size_t)k + (size_t)q];
        start[i + 1] = start[i] + self.found[i];
    }
out:
    free(self.tree);
    free(self.by_y);
    free(self.squared);
    free(self.found);
    return rc;
}
