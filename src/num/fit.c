#include "num/fit.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#include "base/mem.h"
#include "num/exchange.h"

enum { MAX_ROUNDS = 1000 };

static const double TOLERANCE = 1e-9;
static const double TOTALS_TOLERANCE = 1e-6;

int64_t wks_fit_cells(const wks_fit_shape *shape)
{
    int64_t n = 1;
    for (int32_t d = 0; d < shape->n_dims; d++)
        n *= shape->size[d];
    return n;
}

/* One dimension as three nested loops over the row-major table: outer * size * inner cells. */
typedef struct axis {
    int64_t outer, inner;
    int32_t size;
} axis;

static axis axis_of(const wks_fit_shape *shape, int32_t dim)
{
    axis a = {1, 1, shape->size[dim]};
    for (int32_t d = 0; d < dim; d++)
        a.outer *= shape->size[d];
    for (int32_t d = dim + 1; d < shape->n_dims; d++)
        a.inner *= shape->size[d];
    return a;
}

static int64_t total_size(const wks_fit_shape *shape)
{
    int64_t n = 0;
    for (int32_t d = 0; d < shape->n_dims; d++)
        n += shape->size[d];
    return n;
}

static wks_status check_shape(const wks_fit_shape *shape, wks_err *err)
{
    wks_status rc = WKS_OK;
    if (shape->n_dims < 1 || shape->n_dims > WKS_FIT_MAX_DIMS) {
        WKS_FAIL(err, WKS_ERR_DATA, "a table of %d dimensions; expected 1 to %d", (int)shape->n_dims, (int)WKS_FIT_MAX_DIMS);
    }
    for (int32_t d = 0; d < shape->n_dims; d++) {
        if (shape->size[d] < 1) WKS_FAIL(err, WKS_ERR_DATA, "dimension %d has size %d; expected at least 1", (int)d, (int)shape->size[d]);
    }
out:
    return rc;
}

/* ---- iterative proportional fitting ---- */

static void sum_axis(const double *cell, axis a, double *sum)
{
    for (int32_t i = 0; i < a.size; i++)
        sum[i] = 0.0;
    const double *c = cell;
    for (int64_t o = 0; o < a.outer; o++) {
        for (int32_t i = 0; i < a.size; i++) {
            double s = sum[i];
            for (int64_t k = 0; k < a.inner; k++)
                s += *c++;
            sum[i] = s;
        }
    }
}

static void scale_axis(double *cell, axis a, const double *factor)
{
    double *c = cell;
    for (int64_t o = 0; o < a.outer; o++) {
        for (int32_t i = 0; i < a.size; i++) {
            for (int64_t k = 0; k < a.inner; k++)
                *c++ *= factor[i];
        }
    }
}

static wks_status check_seed(const double *cell, int64_t n, wks_err *err)
{
    for (int64_t c = 0; c < n; c++) {
        if (!(cell[c] >= 0.0) || !isfinite(cell[c])) {
            return wks_err_set(err, WKS_ERR_DATA, "seed cell %lld is %g; expected a finite number >= 0", (long long)c, cell[c]);
        }
    }
    return WKS_OK;
}

/* Total of every margin; they must agree. out_total[d] > 0 unless all are 0. */
static wks_status check_margins(const wks_fit_shape *shape, const double *const *margin, double *out_total, wks_err *err)
{
    wks_status rc = WKS_OK;
    for (int32_t d = 0; d < shape->n_dims; d++) {
        out_total[d] = 0.0;
        for (int32_t i = 0; i < shape->size[d]; i++) {
            const double m = margin[d][i];
            if (!(m >= 0.0) || !isfinite(m)) {
                WKS_FAIL(err, WKS_ERR_DATA, "target %d of margin %d is %g; expected a finite number >= 0", (int)i, (int)d, m);
            }
            out_total[d] += m;
        }
        if (fabs(out_total[d] - out_total[0]) > TOTALS_TOLERANCE * out_total[0]) {
            WKS_FAIL(err, WKS_ERR_DATA, "margin %d adds up to %.10g, margin 0 to %.10g; expected equal totals", (int)d, out_total[d],
                     out_total[0]);
        }
    }
out:
    return rc;
}

/* Factors that bring the sums of one margin to its targets. out_change: the largest relative change. */
static wks_status factors_of(const double *target, double scale, const double *sum, int32_t n, int32_t dim, double *factor,
                             double *out_change, wks_err *err)
{
    for (int32_t i = 0; i < n; i++) {
        const double wanted = target[i] * scale;
        if (wanted > 0.0 && !(sum[i] > 0.0)) {
            return wks_err_set(err, WKS_ERR_DATA, "target %d of margin %d is %.10g but none of its cells can be positive", (int)i, (int)dim,
                               target[i]);
        }
        factor[i] = wanted > 0.0 ? wanted / sum[i] : 0.0;
        const double change = wanted > 0.0 ? fabs(factor[i] - 1.0) : (sum[i] > 0.0 ? 1.0 : 0.0);
        if (change > *out_change) *out_change = change;
    }
    return WKS_OK;
}

static double largest_error(const wks_fit_shape *shape, const double *cell, const double *const *margin, double *sum)
{
    double largest = 0.0;
    for (int32_t d = 0; d < shape->n_dims; d++) {
        sum_axis(cell, axis_of(shape, d), sum);
        for (int32_t i = 0; i < shape->size[d]; i++) {
            const double error = fabs(sum[i] - margin[d][i]);
            if (error > largest) largest = error;
        }
    }
    return largest;
}

wks_status wks_fit_ipf(const wks_fit_shape *shape, double *cell, const double *const *margin, double *out_max_error, wks_err *err)
{
    wks_status rc = WKS_OK;
    double *work = NULL; /* sums and factors of one margin */
    double total[WKS_FIT_MAX_DIMS];

    WKS_TRY(check_shape(shape, err));
    const int64_t n = wks_fit_cells(shape), n_work = total_size(shape);
    WKS_TRY(check_seed(cell, n, err));
    WKS_TRY(check_margins(shape, margin, total, err));
    work = wks_mem_array((size_t)(2 * n_work), sizeof *work);
    if (work == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for margins of %lld targets", (long long)n_work);
    double *sum = work, *factor = work + n_work;

    for (int round = 0; round < MAX_ROUNDS; round++) {
        double change = 0.0;
        for (int32_t d = 0; d < shape->n_dims; d++) {
            const axis a = axis_of(shape, d);
            const double scale = total[d] > 0.0 ? total[0] / total[d] : 0.0; /* totals that differ by rounding must not keep us going */
            sum_axis(cell, a, sum);
            WKS_TRY(factors_of(margin[d], scale, sum, a.size, d, factor, &change, err));
            scale_axis(cell, a, factor);
        }
        if (change <= TOLERANCE) break;
    }
    *out_max_error = largest_error(shape, cell, margin, sum);
out:
    free(work);
    return rc;
}

/* ---- whole numbers that keep the margins ---- */

typedef struct candidate {
    int64_t remainder; /* in 2^-30: rounding noise must not decide between equal cells */
    uint32_t lot;
    int32_t cell;
} candidate;

typedef struct rounding {
    const wks_fit_shape *shape;
    const double *cell;
    int64_t n_cells, n_slots;
    int32_t *slot;    /* n_cells x n_dims: which deficits a cell belongs to */
    int64_t *deficit; /* n_slots: what the margins still lack */
    candidate *candidate;
    uint32_t *lot;
    uint8_t *allowed;
    int32_t *out;
    void *work;
} rounding;

static const int64_t MAX_CELLS = INT64_C(1) << 22; /* the words of one stream */

static bool all_lack(const rounding *r, int64_t c)
{
    const int32_t n_dims = r->shape->n_dims, *slot = r->slot + c * n_dims;
    for (int32_t d = 0; d < n_dims; d++) {
        if (r->deficit[slot[d]] <= 0) return false;
    }
    return true;
}

static void add_units(rounding *r, int64_t c, int32_t units)
{
    const int32_t n_dims = r->shape->n_dims, *slot = r->slot + c * n_dims;
    r->out[c] += units;
    for (int32_t d = 0; d < n_dims; d++)
        r->deficit[slot[d]] -= units;
}

static int64_t remainder_of(const rounding *r, int64_t c)
{
    return (int64_t)floor((r->cell[c] - (double)r->out[c]) * 0x1p30 + 0.5);
}

static int compare_candidates(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    if (x->remainder != y->remainder) return x->remainder > y->remainder ? -1 : 1;
    if (x->lot != y->lot) return x->lot < y->lot ? -1 : 1;
    return (x->cell > y->cell) - (x->cell < y->cell);
}

static wks_status check_whole_margins(const wks_fit_shape *shape, const int32_t *const *margin, wks_err *err)
{
    wks_status rc = WKS_OK;
    int64_t first = 0;
    for (int32_t d = 0; d < shape->n_dims; d++) {
        int64_t total = 0;
        for (int32_t i = 0; i < shape->size[d]; i++) {
            if (margin[d][i] < 0)
                WKS_FAIL(err, WKS_ERR_DATA, "target %d of margin %d is %d; expected >= 0", (int)i, (int)d, (int)margin[d][i]);
            total += margin[d][i];
        }
        if (d == 0) first = total;
        if (total != first || total > INT32_MAX) {
            WKS_FAIL(err, WKS_ERR_DATA, "margin %d adds up to %lld, margin 0 to %lld; expected equal totals below 2^31", (int)d,
                     (long long)total, (long long)first);
        }
    }
out:
    return rc;
}

static wks_status check_cells(const double *cell, int64_t n, wks_err *err)
{
    if (n > MAX_CELLS)
        return wks_err_set(err, WKS_ERR_DATA, "a table of %lld cells; expected at most %lld", (long long)n, (long long)MAX_CELLS);
    for (int64_t c = 0; c < n; c++) {
        if (!(cell[c] >= 0.0 && cell[c] < 2147483647.0)) {
            return wks_err_set(err, WKS_ERR_DATA, "cell %lld is %g; expected a number from 0 to 2^31", (long long)c, cell[c]);
        }
    }
    return WKS_OK;
}

static wks_status rounding_init(rounding *r, const wks_fit_shape *shape, const double *cell, const int32_t *const *margin,
                                int32_t *out_cell, wks_err *err)
{
    const size_t n = (size_t)wks_fit_cells(shape), n_slots = (size_t)total_size(shape), n_dims = (size_t)shape->n_dims;
    const size_t bytes = n_slots * sizeof(int64_t) + n * (sizeof(candidate) + sizeof(int32_t) * n_dims + sizeof(uint32_t) + 1);
    *r = (rounding){.shape = shape, .cell = cell, .n_cells = (int64_t)n, .n_slots = (int64_t)n_slots, .out = out_cell};
    r->work = wks_mem_array(bytes, 1);
    if (r->work == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for a table of %zu cells", n);
    r->deficit = r->work; /* widest type first: all parts are aligned */
    r->candidate = (void *)(r->deficit + n_slots);
    r->slot = (void *)(r->candidate + n);
    r->lot = (void *)(r->slot + n * n_dims);
    r->allowed = (void *)(r->lot + n);

    int32_t first = 0;
    for (int32_t d = 0; d < shape->n_dims; d++) {
        const axis a = axis_of(shape, d);
        int32_t *slot = r->slot + d;
        for (int64_t o = 0; o < a.outer; o++) {
            for (int32_t i = 0; i < a.size; i++) {
                for (int64_t k = 0; k < a.inner; k++, slot += n_dims)
                    *slot = first + i;
            }
        }
        for (int32_t i = 0; i < a.size; i++)
            r->deficit[first + i] = margin[d][i];
        first += a.size;
    }
    return WKS_OK;
}

/* Takes units away where the floors alone exceed a margin (cells that do not fit their margins well): least remainder first. */
static void remove_excess(rounding *r)
{
    const int32_t n_dims = r->shape->n_dims;
    for (int64_t s = 0; s < r->n_slots; s++) {
        while (r->deficit[s] < 0) {
            int64_t best = -1;
            int32_t best_gain = 0;
            for (int64_t c = 0; c < r->n_cells; c++) {
                if (r->out[c] == 0) continue;
                const int32_t *slot = r->slot + c * n_dims;
                int32_t gain = 0;
                bool in_slice = false;
                for (int32_t d = 0; d < n_dims; d++) {
                    gain += r->deficit[slot[d]] < 0;
                    in_slice = in_slice || slot[d] == s;
                }
                if (!in_slice || gain < best_gain) continue;
                if (best < 0 || gain > best_gain || remainder_of(r, c) < remainder_of(r, best)) best = c;
                best_gain = gain;
            }
            add_units(r, best, -1);
        }
    }
}

/* Gives units to positive cells all of whose margins lack, largest remainder first, until no such cell is left. */
static void fill_by_remainder(rounding *r)
{
    for (bool changed = true; changed;) {
        int64_t n = 0;
        for (int64_t c = 0; c < r->n_cells; c++) {
            if (r->allowed[c] && all_lack(r, c)) r->candidate[n++] = (candidate){remainder_of(r, c), r->lot[c], (int32_t)c};
        }
        if (n > 1) qsort(r->candidate, (size_t)n, sizeof *r->candidate, compare_candidates);
        changed = n > 0; /* the first candidate always gets its unit */
        for (int64_t i = 0; i < n; i++) {
            if (all_lack(r, r->candidate[i].cell)) add_units(r, r->candidate[i].cell, 1);
        }
    }
}

/* What is left goes to the cell of the first lacking category of every dimension, positive or not: the deficits of all dimensions have the
 * same total, so there is one as long as anything lacks. */
static void fill_anywhere(rounding *r)
{
    for (;;) {
        int64_t c = 0;
        int32_t first = 0;
        for (int32_t d = 0; d < r->shape->n_dims; d++) {
            int32_t i = 0;
            while (i < r->shape->size[d] && r->deficit[first + i] <= 0)
                i++;
            if (i == r->shape->size[d]) return;
            c = c * r->shape->size[d] + i;
            first += r->shape->size[d];
        }
        add_units(r, c, 1);
    }
}

wks_status wks_fit_integerise(const wks_fit_shape *shape, const double *cell, const int32_t *const *margin, const wks_rng_seed *seed,
                              uint64_t entity_key, int32_t *out_cell, wks_err *err)
{
    wks_status rc = WKS_OK;
    rounding r = {.work = NULL};

    WKS_TRY(check_shape(shape, err));
    WKS_TRY(check_cells(cell, wks_fit_cells(shape), err));
    WKS_TRY(check_whole_margins(shape, margin, err));
    WKS_TRY(rounding_init(&r, shape, cell, margin, out_cell, err));

    wks_rng rng = wks_rng_open(seed, entity_key, 0, WKS_RNG_SYNTH_FIT);
    for (int64_t c = 0; c < r.n_cells; c++) {
        r.lot[c] = wks_rng_u32(&rng);
        r.allowed[c] = cell[c] > 0.0;
        r.out[c] = 0;
        add_units(&r, c, (int32_t)floor(cell[c] + TOLERANCE));
    }
    remove_excess(&r);
    fill_by_remainder(&r);
    fill_anywhere(&r);
    int64_t n_left;
    WKS_TRY(wks_exchange_clear(shape, r.allowed, out_cell, &n_left, err));
out:
    free(r.work);
    return rc;
}

/* ---- largest remainders of a vector ---- */

/* Quotas of a vector: value scaled to the total; equal shares where all values are 0. */
typedef struct quotas {
    const double *value;
    int32_t n;
    double scale, equal;
} quotas;

static double whole_part(const quotas *q, int32_t i, int64_t *out_remainder)
{
    const double quota = q->value[i] * q->scale + q->equal, whole = floor(quota);
    *out_remainder = (int64_t)floor((quota - whole) * 0x1p30 + 0.5); /* in 2^-30, so that rounding noise does not break ties */
    return whole;
}

static int64_t count_from(const quotas *q, int64_t remainder)
{
    int64_t n = 0, r;
    for (int32_t i = 0; i < q->n; i++) {
        whole_part(q, i, &r);
        n += r >= remainder;
    }
    return n;
}

/* One unit more for the `left` (<= n) largest remainders; bisection instead of sorting needs no memory. */
static void add_largest(const quotas *q, int64_t left, int64_t *out)
{
    int64_t low = 0, high = (INT64_C(1) << 30) + 1, r; /* at least `left` remainders from low on, fewer from high on */
    while (high - low > 1) {
        const int64_t middle = low + (high - low) / 2;
        if (count_from(q, middle) >= left) {
            low = middle;
        } else {
            high = middle;
        }
    }
    int64_t ties = left - count_from(q, high);
    for (int32_t i = 0; i < q->n; i++) {
        whole_part(q, i, &r);
        if (r >= high || (r == low && ties-- > 0)) out[i]++;
    }
}

void wks_fit_round_to_total(const double *value, int32_t n, int64_t total, int64_t *out)
{
    double sum = 0.0;
    for (int32_t i = 0; i < n; i++) {
        WKS_BUG_IF(!(value[i] >= 0.0));
        sum += value[i];
    }
    WKS_BUG_IF(total < 0 || (total > 0 && n < 1) || !isfinite(sum));
    const quotas q = {value, n, sum > 0.0 ? (double)total / sum : 0.0, sum > 0.0 || n == 0 ? 0.0 : (double)total / n};
    int64_t left = total, r;
    for (int32_t i = 0; i < n; i++) {
        out[i] = (int64_t)whole_part(&q, i, &r);
        left -= out[i];
    }
    for (int32_t i = 0; i < n && left < 0; i++) { /* totals beyond 2^52 only */
        const int64_t back = out[i] < -left ? out[i] : -left;
        out[i] -= back;
        left += back;
    }
    if (n > 0 && left > n) {
        for (int32_t i = 0; i < n; i++)
            out[i] += left / n;
        left %= n;
    }
    if (left > 0) add_largest(&q, left, out);
}
