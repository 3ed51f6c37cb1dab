#include "design/design.h"

#include <gsl/gsl_qrng.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "num/quiet.h"

enum { MOST_POINTS = 10000000, KIND_BITS = 24 };

/* What a draw is for: the upper bits of its tick. */
enum { FOR_SLICE = 1, FOR_PLACE, FOR_SHIFT, FOR_TRAJECTORY };

static wks_rng draw_of(uint64_t seed, uint64_t entity, uint32_t kind, uint32_t number)
{
    const wks_rng_seed made = wks_rng_seed_make(seed, 0);
    return wks_rng_open(&made, entity, kind << KIND_BITS | number, WKS_RNG_DESIGN);
}

/* The largest double below 1. */
static double below_one(double u)
{
    return u < 1 ? u : 1 - 0x1p-53;
}

/* ---- Latin hypercube ---- */

typedef struct wks_design_slice {
    uint64_t key;
    int32_t row;
} slice;

static int by_key(const void *a, const void *b)
{
    const slice *x = a, *y = b;
    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

wks_status wks_design_lhs(int32_t n, int32_t dimension, uint64_t seed, double *out, wks_err *err)
{
    slice *order = wks_mem_array((size_t)n, sizeof *order);

    if (order == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for %d points", n);
    for (int32_t j = 0; j < dimension; j++) {
        for (int32_t i = 0; i < n; i++) {
            wks_rng rng = draw_of(seed, (uint64_t)i, FOR_SLICE, (uint32_t)j);
            order[i] = (slice){wks_rng_u64(&rng), i};
        }
        qsort(order, (size_t)n, sizeof *order, by_key); /* a random order: slice i goes to row order[i].row */
        for (int32_t i = 0; i < n; i++) {
            wks_rng rng = draw_of(seed, (uint64_t)order[i].row, FOR_PLACE, (uint32_t)j);
            const double place = wks_rng_u01(&rng);
            out[(size_t)order[i].row * (size_t)dimension + (size_t)j] = below_one((i + place) / n);
        }
    }
    free(order);
    return WKS_OK;
}

/* ---- Sobol ---- */

wks_status wks_design_sobol(int32_t n, int32_t dimension, uint64_t seed, double *out, wks_err *err)
{
    double shift[WKS_DESIGN_SOBOL_MAX] = {0};
    gsl_qrng *sequence;

    if (dimension < 1 || dimension > WKS_DESIGN_SOBOL_MAX)
        return wks_err_set(err, WKS_ERR_USAGE, "Sobol's sequence has 1 to %d dimensions, not %d", WKS_DESIGN_SOBOL_MAX, dimension);
    wks_quiet_gsl(); /* too little memory is a NULL */
    sequence = gsl_qrng_alloc(gsl_qrng_sobol, (unsigned)dimension);
    if (sequence == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for Sobol's sequence");
    for (int32_t j = 0; j < dimension && seed != 0; j++) {
        wks_rng rng = draw_of(seed, 0, FOR_SHIFT, (uint32_t)j);
        shift[j] = wks_rng_u01(&rng);
    }
    for (int32_t i = 0; i < n; i++) {
        double *point = out + (size_t)i * (size_t)dimension;
        (void)gsl_qrng_get(sequence, point);
        for (int32_t j = 0; j < dimension; j++) {
            point[j] += shift[j];
            point[j] = below_one(point[j] - floor(point[j]));
        }
    }
    gsl_qrng_free(sequence);
    return WKS_OK;
}

/* ---- grid ---- */

int32_t wks_design_grid_size(const int32_t *levels, int32_t dimension)
{
    int64_t n = 1;
    for (int32_t j = 0; j < dimension; j++) {
        n *= levels[j];
        if (n > MOST_POINTS) return -1;
    }
    return (int32_t)n;
}

void wks_design_grid(const int32_t *levels, int32_t dimension, int32_t *out)
{
    const int32_t n = wks_design_grid_size(levels, dimension);
    for (int32_t i = 0; i < n; i++) {
        int32_t rest = i;
        for (int32_t j = dimension - 1; j >= 0; j--) {
            out[(size_t)i * (size_t)dimension + (size_t)j] = rest % levels[j];
            rest /= levels[j];
        }
    }
}

/* ---- Morris ---- */

/* In steps of 1/(p - 1): starts on a lower level or, when it goes down, half the levels above one, so that every step stays inside. */
static void draw_trajectory(int32_t number, int32_t k, int32_t levels, uint64_t seed, int32_t *order, double *out)
{
    wks_rng rng = draw_of(seed, (uint64_t)number, FOR_TRAJECTORY, 0);
    const uint32_t half = (uint32_t)levels / 2;
    const size_t width = (size_t)k;

    for (int32_t j = 0; j < k; j++) {
        const uint32_t low = wks_rng_below(&rng, half);
        const bool is_down = wks_rng_below(&rng, 2) == 1;
        out[j] = is_down ? low + half : low;
        order[j] = j;
    }
    for (int32_t j = k - 1; j > 0; j--) { /* Fisher and Yates */
        const uint32_t other = wks_rng_below(&rng, (uint32_t)j + 1);
        const int32_t kept = order[j];
        order[j] = order[other];
        order[other] = kept;
    }
    for (int32_t i = 0; i < k; i++) {
        double *from = out + (size_t)i * width, *to = from + width;
        memcpy(to, from, width * sizeof *to);
        to[order[i]] += to[order[i]] < half ? (double)half : -(double)half;
    }
    for (size_t i = 0; i < width * (width + 1); i++)
        out[i] /= levels - 1;
}

/* Sum over all pairs of points of two trajectories of their distance. */
static double distance_of(const double *a, const double *b, int32_t k)
{
    double sum = 0;
    for (int32_t i = 0; i <= k; i++) {
        for (int32_t j = 0; j <= k; j++) {
            double squares = 0;
            for (int32_t c = 0; c < k; c++) {
                const double d = a[i * k + c] - b[j * k + c];
                squares += d * d;
            }
            sum += sqrt(squares);
        }
    }
    return sum;
}

/* Chooses n of the candidates: first the two furthest apart, then always the one whose sum of squared distances to the chosen is largest. */
static wks_status choose(const double *all, int32_t n_all, int32_t n, int32_t k, int32_t *chosen, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t size = (size_t)(k + 1) * (size_t)k;
    double *sum = wks_mem_array((size_t)n_all, sizeof *sum), furthest = -1;
    bool *is_in = wks_mem_array((size_t)n_all, sizeof *is_in);

    if (sum == NULL || is_in == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d trajectories", n_all);
    for (int32_t a = 0; a < n_all; a++) {
        for (int32_t b = a + 1; b < n_all; b++) {
            const double d = distance_of(all + (size_t)a * size, all + (size_t)b * size, k);
            if (d <= furthest) continue;
            furthest = d;
            chosen[0] = a;
            if (n > 1) chosen[1] = b;
        }
    }
    for (int32_t m = 0; m < n; m++) {
        if (m >= 2) {
            int32_t best = -1;
            for (int32_t a = 0; a < n_all; a++)
                if (!is_in[a] && (best < 0 || sum[a] > sum[best])) best = a;
            chosen[m] = best;
        }
        is_in[chosen[m]] = true;
        if (m == 0 && n > 1) is_in[chosen[1]] = true;
        for (int32_t a = 0; a < n_all; a++) {
            const double d = distance_of(all + (size_t)a * size, all + (size_t)chosen[m] * size, k);
            sum[a] += d * d;
        }
    }
out:
    free(sum);
    free(is_in);
    return rc;
}

wks_status wks_design_morris(int32_t n_trajectories, int32_t dimension, int32_t levels, int32_t candidates, uint64_t seed, double *out,
                             wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t size = (size_t)(dimension + 1) * (size_t)dimension;
    const bool must_choose = candidates > n_trajectories;
    const int32_t n = must_choose ? candidates : n_trajectories;
    double *all = must_choose ? wks_mem_array((size_t)n * size, sizeof *all) : out;
    int32_t *chosen = wks_mem_array((size_t)n, sizeof *chosen), *order = wks_mem_array((size_t)dimension, sizeof *order);

    if (all == NULL || chosen == NULL || order == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d trajectories", n);
    for (int32_t t = 0; t < n; t++)
        draw_trajectory(t, dimension, levels, seed, order, all + (size_t)t * size);
    if (!must_choose) goto out;
    WKS_TRY(choose(all, n, n_trajectories, dimension, chosen, err));
    for (int32_t t = 0; t < n_trajectories; t++)
        memcpy(out + (size_t)t * size, all + (size_t)chosen[t] * size, size * sizeof *out);
out:
    if (must_choose) free(all);
    free(chosen);
    free(order);
    return rc;
}

/* ---- Saltelli ---- */

wks_status wks_design_saltelli(int32_t n, int32_t dimension, bool second_order, uint64_t seed, double *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t k = (size_t)dimension, width = k * sizeof *out;
    double *base = NULL, *at = out;

    if (dimension > WKS_DESIGN_SOBOL_MAX / 2)
        WKS_FAIL(err, WKS_ERR_USAGE, "saltelli takes up to %d parameters, not %d; screen them with morris first", WKS_DESIGN_SOBOL_MAX / 2,
                 dimension);
    base = wks_mem_array((size_t)n * 2 * k, sizeof *base);
    if (base == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d base samples", n);
    WKS_TRY(wks_design_sobol(n, 2 * dimension, seed, base, err));
    for (int32_t i = 0; i < n; i++) {
        const double *a = base + (size_t)i * 2 * k, *b = a + k;
        memcpy(at, a, width);
        at += k;
        for (size_t j = 0; j < k; j++, at += k) {
            memcpy(at, a, width);
            at[j] = b[j];
        }
        for (size_t j = 0; j < k && second_order; j++, at += k) {
            memcpy(at, b, width);
            at[j] = a[j];
        }
        memcpy(at, b, width);
        at += k;
    }
out:
    free(base);
    return rc;
}
