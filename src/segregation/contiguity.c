#include "segregation/contiguity.h"

#include <math.h>

#include "base/mem.h"

/* ---- Moran ---- */

/* Mean of `value` less `origin` over the neighbours of i that have a value, and their number; false if there are none. */
static bool neighbour_mean(const double *value, const int64_t *start, const int32_t *to, size_t i, double origin, double *out_mean,
                           double *out_n)
{
    double sum = 0.0;
    int64_t n = 0;
    for (int64_t k = start[i]; k < start[i + 1]; k++) {
        const size_t j = (size_t)to[k];
        if (j == i || !isfinite(value[j])) continue;
        sum += value[j] - origin;
        n++;
    }
    *out_n = (double)n;
    *out_mean = n > 0 ? sum / (double)n : 0.0;
    return n > 0;
}

double wks_contiguity_moran(const double *value, size_t n, const int64_t *start, const int32_t *to, wks_contiguity_form form,
                            size_t *out_left_out)
{
    double origin = 0.0, sum = 0.0, lag, links, cross = 0.0, squares = 0.0, weights = 0.0;
    size_t kept = 0;
    /* values are measured from the first kept one: where nothing varies the sum of squares is then exactly 0 */
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(value[i]) || !neighbour_mean(value, start, to, i, 0.0, &lag, &links)) continue;
        if (kept++ == 0) origin = value[i];
        sum += value[i] - origin;
    }
    if (out_left_out != NULL) *out_left_out = n - kept;
    if (kept < 2) return (double)NAN;
    const double mean = sum / (double)kept;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(value[i]) || !neighbour_mean(value, start, to, i, origin, &lag, &links)) continue;
        const double z = (value[i] - origin) - mean;
        const double row = form == WKS_CONTIGUITY_ROWS ? 1.0 : links;
        cross += z * (lag - mean) * row;
        squares += z * z;
        weights += row;
    }
    /* rows that sum to 1: n/S0 = 1 exactly */
    return squares > 0.0 ? (double)kept / weights * (cross / squares) : (double)NAN;
}

void wks_contiguity_shares(const double *x, const double *t, size_t n, double *out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = t[i] > 0.0 ? x[i] / t[i] : (double)NAN;
}

bool wks_contiguity_takes_part(const double *t, const int64_t *start, const int32_t *to, size_t i)
{
    for (int64_t k = start[i]; t[i] > 0.0 && k < start[i + 1]; k++) {
        const size_t j = (size_t)to[k];
        if (j != i && t[j] > 0.0) return true;
    }
    return false;
}

/* ---- Morrill, Wong ---- */

/* Sum of w|p_i - p_j| over the neighbours of i with residents; *out_weight gets the sum of w. */
static double contrast_of(const double *x, const double *t, const int64_t *start, const int32_t *to, const double *weight, size_t i,
                          double *out_weight)
{
    double sum = 0.0;
    *out_weight = 0.0;
    if (!(t[i] > 0.0)) return 0.0;
    for (int64_t k = start[i]; k < start[i + 1]; k++) {
        const size_t j = (size_t)to[k];
        const double w = weight == NULL ? 1.0 : weight[k];
        if (j == i || !(t[j] > 0.0)) continue;
        sum += w * fabs(x[i] / t[i] - x[j] / t[j]);
        *out_weight += w;
    }
    return sum;
}

static double less_contrast(double d, const double *x, const double *t, size_t n, const int64_t *start, const int32_t *to,
                            const double *weight, wks_contiguity_form form)
{
    double sum = 0.0, weights = 0.0, row;
    for (size_t i = 0; i < n; i++) {
        const double contrast = contrast_of(x, t, start, to, weight, i, &row);
        if (!(row > 0.0)) continue;
        sum += form == WKS_CONTIGUITY_ROWS ? contrast / row : contrast;
        weights += form == WKS_CONTIGUITY_ROWS ? 1.0 : row;
    }
    return weights > 0.0 ? d - sum / weights : (double)NAN;
}

double wks_contiguity_morrill(double d, const double *x, const double *t, size_t n, const int64_t *start, const int32_t *to,
                              wks_contiguity_form form)
{
    return less_contrast(d, x, t, n, start, to, NULL, form);
}

double wks_contiguity_wong(double d, const double *x, const double *t, size_t n, const int64_t *start, const int32_t *to,
                           const double *weight)
{
    return less_contrast(d, x, t, n, start, to, weight, WKS_CONTIGUITY_BINARY);
}

wks_status wks_contiguity_widen(const int32_t *start, size_t n, int64_t **out, wks_err *err)
{
    wks_status rc = WKS_OK;
    *out = wks_mem_array(n + 1, sizeof **out);
    if (*out == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the neighbours of %zu areas", n);
    for (size_t i = 0; i <= n; i++)
        (*out)[i] = start[i];
out:
    return rc;
}
