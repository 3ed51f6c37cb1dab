#include "design/estimate.h"

#include <math.h>
#include <string.h>

static const double NOT_DEFINED = (double)NAN;

/* ---- names ---- */

static size_t add_row(wks_sensitivity_row *row, size_t at, const char *index, int32_t parameter, int32_t second)
{
    if (row != NULL) row[at] = (wks_sensitivity_row){.index = index, .parameter = parameter, .second = second};
    return at + 1;
}

static size_t add_each(wks_sensitivity_row *row, size_t at, const char *index, int32_t k)
{
    for (int32_t j = 0; j < k; j++)
        at = add_row(row, at, index, j, -1);
    return at;
}

size_t wks_estimate_rows(const wks_sensitivity_plan *plan, bool has_noise, wks_sensitivity_row *row)
{
    const int32_t k = plan->n_parameters;
    size_t n = 0;

    switch (plan->method) {
    case WKS_SENSITIVITY_MORRIS:
        n = add_each(row, n, "mu", k);
        n = add_each(row, n, "mu_star", k);
        return add_each(row, n, "sigma", k);
    case WKS_SENSITIVITY_SALTELLI:
        n = add_each(row, n, "S1", k);
        n = add_each(row, n, "ST", k);
        for (int32_t i = 0; i < k && plan->second_order; i++) {
            for (int32_t j = i + 1; j < k; j++)
                n = add_row(row, n, "S2", i, j);
        }
        if (!has_noise) return n;
        n = add_each(row, n, "S1_parameters", k);
        return add_each(row, n, "ST_parameters", k);
    default:
        n = add_each(row, n, "SRC", k);
        n = add_row(row, n, "R2", -1, -1);
        n = add_each(row, n, "PRCC", k);
        return add_row(row, n, "R2_rank", -1, -1);
    }
}

size_t wks_estimate_work(const wks_sensitivity_plan *plan)
{
    const size_t k = (size_t)plan->n_parameters;
    return plan->method == WKS_SENSITIVITY_REGRESSION ? 2 * k * k + 4 * k + 4 : k;
}

/* ---- Morris ---- */

static void fill(double *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        out[i] = NOT_DEFINED;
}

/* The elementary effect of the step behind point i of a trajectory, and which parameter it moves; that one is -1 when nothing moves. */
static double effect_of(const wks_sensitivity_plan *plan, const double *y, size_t at, int32_t *out_parameter)
{
    const size_t k = (size_t)plan->n_parameters;
    const double *from = plan->x + at * k, *to = from + k;

    *out_parameter = -1;
    for (size_t j = 0; j < k; j++) {
        const double step = to[j] - from[j];
        if (step == 0) continue; /* exact: unmoved parameters are copied */
        *out_parameter = (int32_t)j;
        return (y[at + 1] - y[at]) / step;
    }
    return 0;
}

/* A step that cannot move (whole numbers of a narrow range) is no elementary effect: it is in no mean, no square and no count. */
static void morris(const wks_estimate_sample *sample, const int32_t *unit, int32_t n, double *count, double *out)
{
    const wks_sensitivity_plan *plan = sample->plan;
    const size_t k = (size_t)plan->n_parameters;
    double *mu = out, *mu_star = out + k, *sigma = out + 2 * k;

    memset(out, 0, 3 * k * sizeof *out);
    memset(count, 0, k * sizeof *count);
    for (int pass = 0; pass < 2; pass++) { /* sums, then squares around the mean */
        for (int32_t u = 0; u < n; u++) {
            for (size_t i = 0; i < k; i++) {
                int32_t j;
                const double effect = effect_of(plan, sample->y, (size_t)unit[u] * (k + 1) + i, &j);
                if (j < 0) continue;
                if (pass == 0) {
                    mu[j] += effect;
                    mu_star[j] += fabs(effect);
                    count[j] += 1;
                } else {
                    sigma[j] += (effect - mu[j]) * (effect - mu[j]);
                }
            }
        }
        for (size_t j = 0; j < k && pass == 0; j++) {
            mu[j] = count[j] > 0 ? mu[j] / count[j] : NOT_DEFINED;
            mu_star[j] = count[j] > 0 ? mu_star[j] / count[j] : NOT_DEFINED;
        }
    }
    for (size_t j = 0; j < k; j++)
        sigma[j] = count[j] > 1 ? sqrt(sigma[j] / (count[j] - 1)) : NOT_DEFINED;
}

int32_t wks_estimate_count(const wks_sensitivity_plan *plan, const int32_t *unit, int32_t n, int32_t parameter)
{
    const size_t k = (size_t)plan->n_parameters;
    int32_t count = 0;

    if (plan->method != WKS_SENSITIVITY_MORRIS) return n;
    for (int32_t u = 0; u < n; u++) {
        const double *at = plan->x + (size_t)unit[u] * (k + 1) * k + (size_t)parameter;
        bool moves = false;
        for (size_t i = 0; i < k; i++)
            moves = moves || at[i * k] != at[(i + 1) * k]; /* bit-equal copies or not */
        count += moves;
    }
    return count;
}

/* ---- Saltelli ---- */

static void saltelli(const wks_estimate_sample *sample, const int32_t *unit, int32_t n, double *out)
{
    const wks_sensitivity_plan *plan = sample->plan;
    const size_t k = (size_t)plan->n_parameters, size = (size_t)wks_sensitivity_unit(plan);
    const size_t n_pairs = plan->second_order ? k * (k - 1) / 2 : 0;
    double *first = out, *total = out + k, *pair = out + 2 * k, *first_own = pair + n_pairs, *total_own = first_own + k;
    const bool has_noise = sample->noise != NULL;
    const double origin = sample->y[(size_t)unit[0] * size];
    double mean = origin, variance = 0, noise = 0;

    for (int32_t u = 0; u < n; u++) { /* from the first: equal values have exactly variance 0 */
        const double *block = sample->y + (size_t)unit[u] * size;
        mean += ((block[0] - origin) + (block[size - 1] - origin)) / (2.0 * n);
    }
    for (int32_t u = 0; u < n; u++) {
        const double *block = sample->y + (size_t)unit[u] * size;
        const double a = block[0] - mean, b = block[size - 1] - mean;
        variance += (a * a + b * b) / (2.0 * n);
        if (has_noise) noise += (sample->noise[(size_t)unit[u] * size] + sample->noise[(size_t)unit[u] * size + size - 1]) / (2.0 * n);
    }
    if (!(variance > 0)) {
        fill(out, wks_estimate_rows(plan, has_noise, NULL));
        return;
    }
    for (size_t j = 0; j < k; j++) {
        double with = 0, without = 0, own = 0;
        for (int32_t u = 0; u < n; u++) {
            const double *block = sample->y + (size_t)unit[u] * size;
            const double a = block[0] - mean, b = block[size - 1] - mean, ab = block[1 + j] - mean;
            with += b * (ab - a) / n;
            without += (a - ab) * (a - ab) / (2.0 * n);
            if (has_noise) own += sample->pair[(size_t)unit[u] * k + j] / (2.0 * n);
        }
        first[j] = with / variance;
        total[j] = without / variance;
        if (!has_noise) continue;
        first_own[j] = variance > noise ? with / (variance - noise) : NOT_DEFINED;
        total_own[j] = variance > noise ? (without - own) / (variance - noise) : NOT_DEFINED;
    }
    size_t at = 0;
    for (size_t i = 0; i < k && n_pairs > 0; i++) {
        for (size_t j = i + 1; j < k; j++, at++) {
            double both = 0;
            for (int32_t u = 0; u < n; u++) {
                const double *block = sample->y + (size_t)unit[u] * size;
                const double a = block[0] - mean, b = block[size - 1] - mean;
                both += ((block[1 + k + i] - mean) * (block[1 + j] - mean) - a * b) / n;
            }
            pair[at] = both / variance - first[i] - first[j];
        }
    }
}

/* ---- regression ---- */

/* Inverse of a correlation matrix by Gauss and Jordan with the largest pivot; false when it has none (parameters move together). */
static bool invert(double *matrix, double *inverse, size_t k)
{
    for (size_t i = 0; i < k * k; i++)
        inverse[i] = i / k == i % k ? 1 : 0;
    for (size_t c = 0; c < k; c++) {
        size_t best = c;
        for (size_t r = c + 1; r < k; r++)
            if (fabs(matrix[r * k + c]) > fabs(matrix[best * k + c])) best = r;
        if (!(fabs(matrix[best * k + c]) > 1e-10)) return false;
        for (size_t i = 0; i < k; i++) {
            const double one = matrix[c * k + i], other = inverse[c * k + i];
            matrix[c * k + i] = matrix[best * k + i];
            matrix[best * k + i] = one;
            inverse[c * k + i] = inverse[best * k + i];
            inverse[best * k + i] = other;
        }
        const double pivot = matrix[c * k + c];
        for (size_t i = 0; i < k; i++) {
            matrix[c * k + i] /= pivot;
            inverse[c * k + i] /= pivot;
        }
        for (size_t r = 0; r < k; r++) {
            const double factor = matrix[r * k + c];
            for (size_t i = 0; r != c && i < k; i++) {
                matrix[r * k + i] -= factor * matrix[c * k + i];
                inverse[r * k + i] -= factor * inverse[c * k + i];
            }
        }
    }
    return true;
}

/* Correlations among the parameters (k x k) and with y (k); false when something does not vary. work: k means, k + 1 deviations. */
static bool correlate(const double *x, const double *y, size_t k, const int32_t *unit, int32_t n, double *among, double *with, double *work)
{
    double *mean = work, *sd = work + k, mean_y = y[unit[0]], sd_y = 0;
    const double *first = x + (size_t)unit[0] * k; /* means from the first: equal values have exactly variance 0 */

    memcpy(mean, first, k * sizeof *mean);
    memset(among, 0, k * k * sizeof *among);
    memset(with, 0, k * sizeof *with);
    for (int32_t u = 0; u < n; u++) {
        mean_y += (y[unit[u]] - y[unit[0]]) / n;
        for (size_t j = 0; j < k; j++)
            mean[j] += (x[(size_t)unit[u] * k + j] - first[j]) / n;
    }
    for (int32_t u = 0; u < n; u++) {
        const double *point = x + (size_t)unit[u] * k, d = y[unit[u]] - mean_y;
        sd_y += d * d;
        for (size_t i = 0; i < k; i++) {
            const double e = point[i] - mean[i];
            with[i] += d * e;
            for (size_t j = i; j < k; j++)
                among[i * k + j] += e * (point[j] - mean[j]);
        }
    }
    bool varies = sd_y > 0;
    for (size_t i = 0; i < k; i++) {
        sd[i] = sqrt(among[i * k + i]);
        varies = varies && sd[i] > 0;
    }
    for (size_t i = 0; i < k && varies; i++) {
        with[i] /= sd[i] * sqrt(sd_y);
        for (size_t j = i; j < k; j++)
            among[i * k + j] = among[j * k + i] = i == j ? 1 : among[i * k + j] / (sd[i] * sd[j]);
    }
    return varies;
}

/* Standardised coefficients b = C^-1 r and R2 = r'b; as partial correlations b_j / sqrt(b_j^2 + (1 - R2) C^-1_jj). */
static void regress(const double *x, const double *y, size_t k, const int32_t *unit, int32_t n, bool is_partial, double *work, double *out)
{
    double *among = work, *inverse = among + k * k, *with = inverse + k * k, *rest = with + k, r2 = 0;

    fill(out, k + 1);
    if ((size_t)n < k + 2 || !correlate(x, y, k, unit, n, among, with, rest) || !invert(among, inverse, k)) return;
    for (size_t i = 0; i < k; i++) {
        double b = 0;
        for (size_t j = 0; j < k; j++)
            b += inverse[i * k + j] * with[j];
        out[i] = b;
        r2 += b * with[i];
    }
    if (r2 > 1) r2 = 1; /* rounding */
    out[k] = r2;
    for (size_t i = 0; i < k && is_partial; i++) {
        const double b = out[i], size = sqrt(b * b + (1 - r2) * inverse[i * k + i]);
        out[i] = size > 0 ? b / size : 0;
    }
}

/* ---- the choice ---- */

void wks_estimate_values(const wks_estimate_sample *sample, const int32_t *unit, int32_t n, double *work, double *out)
{
    const wks_sensitivity_plan *plan = sample->plan;
    const size_t k = (size_t)plan->n_parameters;

    if (n < 2) {
        fill(out, wks_estimate_rows(plan, sample->noise != NULL, NULL));
        return;
    }
    switch (plan->method) {
    case WKS_SENSITIVITY_MORRIS: morris(sample, unit, n, work, out); break;
    case WKS_SENSITIVITY_SALTELLI: saltelli(sample, unit, n, out); break;
    default:
        regress(plan->x, sample->y, k, unit, n, false, work, out);
        regress(sample->x_rank, sample->rank, k, unit, n, true, work, out + k + 1);
        break;
    }
}
