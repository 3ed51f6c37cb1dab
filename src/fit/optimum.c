#include "fit/optimum.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "design/design.h"

static const double NO_DISTANCE = 1e9;

typedef struct objective {
    wks_archive *archive;
    int32_t stage;
} objective;

/* A row with just this point, -1 when there is none: starts were run already, and searches come back to corners. */
static int32_t row_of(const wks_archive *a, const double *x)
{
    const size_t n_bytes = (size_t)a->n_parameters * sizeof *x;

    for (int32_t row = 0; row < a->n; row++)
        if (memcmp(a->point + (int64_t)row * a->n_parameters, x, n_bytes) == 0) return row;
    return -1;
}

static wks_status distance_at(const double *x, double *value, void *context, wks_err *err)
{
    const objective *o = context;
    int32_t row = row_of(o->archive, x);

    if (row < 0) {
        const wks_status rc = wks_archive_add(o->archive, x, 1, o->stage, err);
        if (rc != WKS_OK) return rc;
        row = o->archive->n - 1;
    }
    *value = o->archive->distance[row];
    if (!(*value < NO_DISTANCE)) *value = NO_DISTANCE;
    return WKS_OK;
}

/* The nearest of a start and the rows of its search. */
static int32_t best_between(const wks_archive *archive, int32_t start, int32_t first, int32_t end)
{
    int32_t best = start;

    for (int32_t row = first; row < end; row++)
        if (archive->distance[row] < archive->distance[best]) best = row;
    return best;
}

static wks_status search_from(wks_archive *archive, const wks_optimum_options *options, int32_t start, double *x, wks_optimum_path *path,
                              wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_rng_seed key = wks_rng_seed_make(options->seed, 0);
    wks_rng rng = wks_rng_open(&key, (uint64_t)start, 0, WKS_RNG_CALIBRATE);
    const wks_search_options search = {
        .method = options->method,
        .dimension = archive->n_parameters,
        .evaluations = options->evaluations / options->starts, /* the start, which was run before, is one of them */
        .tolerance = 1e-3,                                     /* a thousandth of every range */
        .value_tolerance = options->method == WKS_SEARCH_BOBYQA ? 1e-3 : 1e-2,
        .seed = wks_rng_u64(&rng),
    };
    objective o = {archive, start + 1};
    wks_search_result result;

    path->first = archive->n;
    WKS_TRY(wks_search_minimise(distance_at, &o, &search, x, &result, err));
    path->n = archive->n - path->first;
    path->best = best_between(archive, start, path->first, archive->n);
    path->is_converged = result.is_converged;
out:
    return rc;
}

wks_status wks_optimum_find(wks_archive *archive, const wks_optimum_options *options, wks_optimum *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t d = archive->n_parameters;
    double *start = NULL;

    *out = (wks_optimum){0};
    if (options->starts < 1 || options->evaluations / options->starts < 2 * (d + 1)) {
        WKS_FAIL(err, WKS_ERR_USAGE, "%d evaluations for %d starts in %d dimensions; expected at least %d", (int)options->evaluations,
                 (int)options->starts, (int)d, (int)(2 * (d + 1) * options->starts));
    }
    start = wks_mem_array((size_t)options->starts * (size_t)d, sizeof *start);
    out->path = wks_mem_array((size_t)options->starts, sizeof *out->path);
    if (start == NULL || out->path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d starts", (int)options->starts);
    WKS_TRY(wks_design_lhs(options->starts, d, options->seed, start, err));
    WKS_TRY(wks_archive_add(archive, start, options->starts, 0, err)); /* together: their Monte Carlo variance is the one that counts */
    for (int32_t s = 0; s < options->starts; s++) {
        WKS_TRY(search_from(archive, options, s, start + (int64_t)s * d, &out->path[s], err));
        out->n_paths++;
    }
    out->best = wks_archive_best(archive);
    for (int32_t s = 0; s < out->n_paths; s++)
        out->n_agree += archive->distance[out->path[s].best] <= archive->distance[out->best] + 1.0;
out:
    free(start);
    return rc;
}

void wks_optimum_free(wks_optimum *optimum)
{
    free(optimum->path);
    *optimum = (wks_optimum){0};
}
