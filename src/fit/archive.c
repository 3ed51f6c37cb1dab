#include "fit/archive.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const double FAR_OFF = (double)INFINITY;

wks_status wks_archive_init(wks_archive *archive, int32_t n_parameters, const wks_archive_target *target, int32_t n_targets,
                            wks_archive_evaluate_call *evaluate, void *context, wks_err *err)
{
    *archive =
        (wks_archive){.n_parameters = n_parameters, .n_targets = n_targets, .target = target, .evaluate = evaluate, .context = context};
    if (n_parameters < 1) return wks_err_set(err, WKS_ERR_USAGE, "nothing to fit: no parameter");
    if (wks_archive_fitted(archive) < 1) return wks_err_set(err, WKS_ERR_USAGE, "nothing to fit to: every target is held out");
    archive->pooled = wks_mem_array((size_t)n_targets, sizeof *archive->pooled);
    return archive->pooled != NULL ? WKS_OK : wks_err_set(err, WKS_ERR_NOMEM, "no memory for %d targets", (int)n_targets);
}

void wks_archive_free(wks_archive *archive)
{
    free(archive->point);
    free(archive->mean);
    free(archive->variance);
    free(archive->pooled);
    free(archive->distance);
    free(archive->stage);
    *archive = (wks_archive){0};
}

int32_t wks_archive_fitted(const wks_archive *archive)
{
    int32_t n = 0;

    for (int32_t t = 0; t < archive->n_targets; t++)
        n += !archive->target[t].is_held_out;
    return n;
}

double wks_archive_square(const wks_archive_target *target, double mean, double mc_variance, double extra)
{
    const double off = mean - target->value;
    return off * off / (target->variance + mc_variance + extra);
}

static bool grow_doubles(double **array, int32_t old_n, int32_t n, int32_t width)
{
    double *grown = wks_mem_resize(*array, (size_t)old_n * (size_t)width, (size_t)n * (size_t)width, sizeof *grown);

    if (grown != NULL) *array = grown;
    return grown != NULL;
}

static wks_status grow(wks_archive *a, int32_t n, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (n <= a->capacity) return WKS_OK;
    const int32_t capacity = (int32_t)wks_mem_capacity((size_t)a->capacity, (size_t)n);
    int32_t *stage = wks_mem_resize(a->stage, (size_t)a->capacity, (size_t)capacity, sizeof *stage);
    if (stage != NULL) a->stage = stage;
    if (stage == NULL || !grow_doubles(&a->point, a->capacity, capacity, a->n_parameters) ||
        !grow_doubles(&a->mean, a->capacity, capacity, a->n_targets) || !grow_doubles(&a->variance, a->capacity, capacity, a->n_targets) ||
        !grow_doubles(&a->distance, a->capacity, capacity, 1)) {
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d evaluations", (int)n);
    }
    a->capacity = capacity;
out:
    return rc;
}

static double distance_of(const wks_archive *a, int32_t row)
{
    double sum = 0.0;

    for (int32_t t = 0; t < a->n_targets; t++) {
        const int64_t at = (int64_t)row * a->n_targets + t;
        if (!a->target[t].is_held_out) sum += wks_archive_square(&a->target[t], a->mean[at], a->pooled[t], 0.0);
    }
    return isfinite(sum) ? sum : FAR_OFF;
}

void wks_archive_pool(wks_archive *archive, const int32_t *row, int32_t n)
{
    for (int32_t t = 0; t < archive->n_targets; t++) {
        double sum = 0.0;
        int32_t n_values = 0;
        for (int32_t i = 0; i < n; i++) {
            const int64_t at = (int64_t)(row == NULL ? i : row[i]) * archive->n_targets + t;
            if (isnan(archive->mean[at])) continue;
            sum += archive->variance[at];
            n_values++;
        }
        if (n_values > 0) archive->pooled[t] = sum / (double)n_values;
    }
    for (int32_t i = 0; i < archive->n; i++)
        archive->distance[i] = distance_of(archive, i);
}

wks_status wks_archive_add(wks_archive *archive, const double *point, int32_t n, int32_t stage, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int64_t first = (int64_t)archive->n * archive->n_targets;

    WKS_TRY(grow(archive, archive->n + n, err));
    WKS_TRY(archive->evaluate(point, n, archive->mean + first, archive->variance + first, archive->context, err));
    memcpy(archive->point + (int64_t)archive->n * archive->n_parameters, point, (size_t)n * (size_t)archive->n_parameters * sizeof *point);
    for (int64_t at = first; at < first + (int64_t)n * archive->n_targets; at++)
        if (!(archive->variance[at] >= 0.0)) archive->variance[at] = 0.0;
    archive->n += n;
    for (int32_t row = archive->n - n; row < archive->n; row++) {
        archive->stage[row] = stage;
        archive->distance[row] = distance_of(archive, row);
    }
    if (archive->n == n) wks_archive_pool(archive, NULL, n);
out:
    return rc;
}

void wks_archive_keep_largest(double largest[2], double value)
{
    if (isnan(value)) value = FAR_OFF;
    if (value > largest[0]) {
        largest[1] = largest[0];
        largest[0] = value;
    } else if (value > largest[1]) {
        largest[1] = value;
    }
}

double wks_archive_implausibility(const wks_archive *archive, int32_t row, int32_t nth)
{
    double largest[2] = {0.0, 0.0};

    for (int32_t t = 0; t < archive->n_targets; t++) {
        const int64_t at = (int64_t)row * archive->n_targets + t;
        if (archive->target[t].is_held_out) continue;
        wks_archive_keep_largest(largest, sqrt(wks_archive_square(&archive->target[t], archive->mean[at], archive->pooled[t], 0.0)));
    }
    return largest[nth == 2 ? 1 : 0];
}

int32_t wks_archive_best(const wks_archive *archive)
{
    int32_t best = archive->n > 0 ? 0 : -1;

    for (int32_t row = 1; row < archive->n; row++)
        if (archive->distance[row] < archive->distance[best]) best = row;
    return best;
}
