#include "fit/posterior.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

typedef struct weighted {
    double value, weight;
} weighted;

static int by_value(const void *a, const void *b)
{
    const weighted *x = a, *y = b;

    if (x->value != y->value) return x->value < y->value ? -1 : 1;
    return (x->weight > y->weight) - (x->weight < y->weight);
}

/* Linear between the middles of the steps of the weighted distribution. */
static double quantile(const weighted *sorted, int32_t n, double total, double p)
{
    double before = 0.0, last_middle = 0.0;

    for (int32_t i = 0; i < n; i++) {
        const double middle = (before + 0.5 * sorted[i].weight) / total;
        if (middle >= p) {
            if (i == 0 || middle <= last_middle) return sorted[i].value;
            return sorted[i - 1].value + (p - last_middle) / (middle - last_middle) * (sorted[i].value - sorted[i - 1].value);
        }
        before += sorted[i].weight;
        last_middle = middle;
    }
    return sorted[n - 1].value;
}

static void moments(const weighted *item, int32_t n, double total, wks_posterior_margin *out)
{
    double sum = 0.0, squares = 0.0;

    for (int32_t i = 0; i < n; i++)
        sum += item[i].weight * (item[i].value - item[0].value);
    out->mean = item[0].value + sum / total;
    for (int32_t i = 0; i < n; i++)
        squares += item[i].weight * (item[i].value - out->mean) * (item[i].value - out->mean);
    out->sd = sqrt(squares / total);
}

wks_status wks_posterior_summarise(const double *value, const double *weight, int32_t n, double from, double to, wks_posterior_margin *out,
                                   wks_err *err)
{
    wks_status rc = WKS_OK;
    double total = 0.0;
    int32_t n_items = 0;
    weighted *item = wks_mem_array((size_t)n, sizeof *item);

    *out = (wks_posterior_margin){0};
    if (item == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d points", (int)n);
    for (int32_t i = 0; i < n; i++) {
        const double w = weight == NULL ? 1.0 : weight[i];
        if (!(w > 0.0)) continue;
        item[n_items++] = (weighted){value[i], w};
        total += w;
    }
    WKS_BUG_IF(n_items == 0);
    qsort(item, (size_t)n_items, sizeof *item, by_value);
    moments(item, n_items, total, out);
    out->low = quantile(item, n_items, total, 0.025);
    out->high = quantile(item, n_items, total, 0.975);
    for (int32_t i = 0; i < n_items; i++) {
        if (item[i].value < from + 0.1 * (to - from)) out->first += item[i].weight / total;
        if (item[i].value > to - 0.1 * (to - from)) out->last += item[i].weight / total;
    }
out:
    free(item);
    return rc;
}

double wks_posterior_correlation(const double *a, const double *b, const double *weight, int32_t n)
{
    double total = 0.0, mean_a = 0.0, mean_b = 0.0, aa = 0.0, bb = 0.0, ab = 0.0;

    for (int32_t i = 0; i < n; i++) {
        total += weight[i];
        mean_a += weight[i] * a[i];
        mean_b += weight[i] * b[i];
    }
    mean_a /= total;
    mean_b /= total;
    for (int32_t i = 0; i < n; i++) {
        const double x = a[i] - mean_a, y = b[i] - mean_b;
        aa += weight[i] * x * x;
        bb += weight[i] * y * y;
        ab += weight[i] * x * y;
    }
    return aa > 0.0 && bb > 0.0 ? ab / sqrt(aa * bb) : (double)NAN;
}

double wks_posterior_effective(const double *weight, int32_t n)
{
    double sum = 0.0, squares = 0.0;

    for (int32_t i = 0; i < n; i++) {
        sum += weight[i];
        squares += weight[i] * weight[i];
    }
    return squares > 0.0 ? sum * sum / squares : 0.0;
}
