#include "segregation/centralization.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"
#include "num/math.h"
#include "num/rank.h"

static const double SAME_DISTANCE = 1e-10, SAME_DIGITS = 4.0 * DBL_EPSILON;

static bool takes_part(const double *x, const double *y, const double *t, size_t i)
{
    return t[i] > 0.0 && isfinite(x[i]) && isfinite(y[i]);
}

/* Distances to the mean of the coordinates, NaN for who takes no part; about the first one, which keeps digits. */
static void distances(const double *x, const double *y, const double *t, size_t n, double *out)
{
    double origin_x = 0.0, origin_y = 0.0, mean_x = 0.0, mean_y = 0.0;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (!takes_part(x, y, t, i)) continue;
        if (kept++ == 0) {
            origin_x = x[i];
            origin_y = y[i];
        }
        mean_x += x[i] - origin_x;
        mean_y += y[i] - origin_y;
    }
    mean_x /= (double)kept;
    mean_y /= (double)kept;
    for (size_t i = 0; i < n; i++) {
        const double dx = (x[i] - origin_x) - mean_x, dy = (y[i] - origin_y) - mean_y;
        out[i] = takes_part(x, y, t, i) ? sqrt(dx * dx + dy * dy) : (double)NAN;
    }
}

wks_status wks_centralization_order_make(const double *x, const double *y, const double *t, size_t n, wks_centralization_order *out,
                                         wks_err *err)
{
    wks_status rc = WKS_OK;
    double *distance = wks_mem_array(n, sizeof *distance);

    *out = (wks_centralization_order){0, wks_mem_array(n, sizeof *out->row), wks_mem_array(n, sizeof *out->ring)};
    if (distance == NULL || out->row == NULL || out->ring == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the distances of %zu areas", n);
    distances(x, y, t, n, distance);
    WKS_TRY(wks_rank_rows(distance, n, out->row, &out->n, err));
    double same = out->n > 0 ? SAME_DISTANCE * distance[out->row[out->n - 1]] : 0.0;
    for (size_t k = 0; k < out->n; k++)
        same = fmax(same, SAME_DIGITS * fmax(fabs(x[out->row[k]]), fabs(y[out->row[k]])));
    int32_t ring = 0;
    for (size_t k = 0, first = 0; k < out->n; k++) {
        if (distance[out->row[k]] - distance[out->row[first]] > same) {
            first = k;
            ring++;
        }
        out->ring[k] = ring;
    }
out:
    free(distance);
    return rc;
}

void wks_centralization_order_free(wks_centralization_order *order)
{
    free(order->row);
    free(order->ring);
    *order = (wks_centralization_order){0, NULL, NULL};
}

/* sum_i U_{i-1} v_i - u_i V_{i-1} over rings (u, v of ring i; U, V up to it), which is the sum of the header; by group x and the size or the others. */
static double lead(const double *x, const double *other, bool other_is_all, const wks_centralization_order *order)
{
    double sum_x = 0.0, sum_other = 0.0, sum = 0.0;
    for (size_t k = 0; k < order->n;) {
        const int32_t ring = order->ring[k];
        double ring_x = 0.0, ring_other = 0.0;
        for (; k < order->n && order->ring[k] == ring; k++) {
            const int32_t i = order->row[k];
            if (!isfinite(other[i]) || other[i] < 0.0) continue;
            ring_x += x[i];
            ring_other += other_is_all ? other[i] - x[i] : other[i];
        }
        sum += sum_x * ring_other - ring_x * sum_other;
        sum_x += ring_x;
        sum_other += ring_other;
    }
    if (!(sum_x > 0.0 && sum_other > 0.0)) return (double)NAN;
    return wks_math_clamp(sum / sum_x / sum_other, -1.0, 1.0); /* rounding only */
}

double wks_centralization_absolute(const double *x, const double *size, const wks_centralization_order *order)
{
    return lead(x, size, false, order);
}

double wks_centralization_relative(const double *x, const double *t, const wks_centralization_order *order)
{
    return lead(x, t, true, order);
}
