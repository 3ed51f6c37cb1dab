#include "segregation/concentration.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"
#include "num/math.h"
#include "num/rank.h"

static bool takes_part(const double *t, const double *size, size_t i)
{
    return t[i] > 0.0 && isfinite(size[i]) && size[i] >= 0.0;
}

double wks_concentration_delta(const double *x, const double *t, const double *size, size_t n)
{
    double sum_x = 0.0, sum_size = 0.0, sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        if (!takes_part(t, size, i)) continue;
        sum_x += x[i];
        sum_size += size[i];
    }
    if (!(sum_x > 0.0 && sum_size > 0.0)) return (double)NAN;
    for (size_t i = 0; i < n; i++) {
        if (takes_part(t, size, i)) sum += fabs(x[i] / sum_x - size[i] / sum_size);
    }
    return wks_math_clamp(0.5 * sum, 0.0, 1.0); /* rounding only */
}

wks_status wks_concentration_rank(const double *t, const double *size, size_t n, int32_t *row, size_t *out_n, wks_err *err)
{
    wks_status rc = WKS_OK;
    double *kept = wks_mem_array(n, sizeof *kept);
    int32_t *most_first = wks_mem_array(n, sizeof *most_first);
    size_t n_kept = 0;

    if (kept == NULL || most_first == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the sizes of %zu areas", n);
    for (size_t i = 0; i < n; i++)
        kept[i] = takes_part(t, size, i) ? -t[i] : (double)NAN;
    WKS_TRY(wks_rank_rows(kept, n, most_first, &n_kept, err));
    for (size_t k = 0; k < n_kept; k++)
        kept[k] = size[most_first[k]];
    WKS_TRY(wks_rank_rows(kept, n_kept, row, out_n, err)); /* equals keep their order */
    for (size_t k = 0; k < n_kept; k++)
        row[k] = most_first[row[k]];
out:
    free(kept);
    free(most_first);
    return rc;
}

/* Sums over the areas from one end on until their residents reach X. */
typedef struct wks_concentration_end {
    double residents, size; /* T, sum t_i a_i */
    size_t n;               /* areas taken */
} end;

/* Whole counts reach X exactly; fractional ones may miss it by rounding of their sum. */
static double enough(double sum_x)
{
    return sum_x - fmin(0.25, 1e-12 * sum_x);
}

static end take(const double *t, const double *size, const int32_t *row, size_t n_rows, bool from_largest, double least)
{
    end out = {0.0, 0.0, 0};
    while (out.n < n_rows && out.residents < least) {
        const int32_t i = row[from_largest ? n_rows - 1 - out.n : out.n];
        out.residents += t[i];
        out.size += t[i] * size[i];
        out.n++;
    }
    return out;
}

typedef struct wks_concentration_means {
    double group, others, small, large; /* mean size that a member, another, and the residents at both ends live in */
} means;

/* False if not defined. */
static bool find_means(const double *x, const double *t, const double *size, const int32_t *row, size_t n_rows, means *out)
{
    double sum_x = 0.0, sum_y = 0.0, size_x = 0.0, size_y = 0.0;
    for (size_t k = 0; k < n_rows; k++) {
        const int32_t i = row[k];
        sum_x += x[i];
        sum_y += t[i] - x[i];
        size_x += x[i] * size[i];
        size_y += (t[i] - x[i]) * size[i];
    }
    if (!(sum_x > 0.0 && sum_y > 0.0) || !(size[row[0]] < size[row[n_rows - 1]])) return false;
    const end small = take(t, size, row, n_rows, false, enough(sum_x)), large = take(t, size, row, n_rows, true, enough(sum_x));
    *out = (means){size_x / sum_x, size_y / sum_y, small.size / small.residents, large.size / large.residents};
    return small.n < n_rows || large.n < n_rows;
}

double wks_concentration_absolute(const double *x, const double *t, const double *size, const int32_t *row, size_t n_rows)
{
    means m;
    if (!find_means(x, t, size, row, n_rows, &m)) return (double)NAN;
    return 1.0 - (m.group - m.small) / (m.large - m.small);
}

double wks_concentration_relative(const double *x, const double *t, const double *size, const int32_t *row, size_t n_rows)
{
    means m;
    if (!find_means(x, t, size, row, n_rows, &m) || !(m.others > 0.0)) return (double)NAN;
    return (m.group / m.others - 1.0) / (m.small / m.large - 1.0);
}
