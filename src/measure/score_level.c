#include "measure/score_level.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "measure/selection.h"
#include "rules/part.h"
#include "segregation/contiguity.h"
#include "world/leefbaarheid.h"

enum { WEAK = 4 }; /* class zwak */

typedef struct wks_score_level_context {
    const wks_scenario *scenario;
    const wks_world *world;
    const wks_counts *counts;
    wks_series *out;
    double *total, *soc, *onv; /* by buurt; NaN without a published score */
    int32_t n;
} context;

static wks_status add(const context *self, const char *indicator, const char *kind, const char *scale, double value, wks_err *err)
{
    if (!wks_selection_has(self->scenario, indicator)) return WKS_OK;
    return wks_series_add(self->out, indicator, kind, scale, "", WKS_NONE, value, err);
}

/* ---- over buurten ---- */

/* Mean product of the deviations from the means over buurten with both values, times their number; NaN below two of them. */
static double products(const double *a, const double *b, int32_t n, int32_t *out_n)
{
    double mean_a = 0, mean_b = 0, sum = 0;
    int32_t kept = 0;

    for (int32_t i = 0; i < n; i++) {
        if (isnan(a[i]) || isnan(b[i])) continue;
        kept++;
        mean_a += a[i];
        mean_b += b[i];
    }
    mean_a /= kept > 0 ? kept : 1;
    mean_b /= kept > 0 ? kept : 1;
    for (int32_t i = 0; i < n; i++) {
        if (!isnan(a[i]) && !isnan(b[i])) sum += (a[i] - mean_a) * (b[i] - mean_b);
    }
    *out_n = kept;
    return kept < 2 ? (double)NAN : sum;
}

static double sd_of(const double *value, int32_t n)
{
    int32_t kept;
    const double squares = products(value, value, n, &kept);

    return isnan(squares) ? squares : sqrt(squares / kept);
}

static double correlation(const double *a, const double *b, int32_t n)
{
    int32_t kept;
    const double both = products(a, b, n, &kept), all = products(a, a, n, &kept) * products(b, b, n, &kept);

    return all > 0 ? both / sqrt(all) : (double)NAN;
}

/* Moran's I of the score as a whole between inhabited buurten that touch. */
static wks_status add_moran(const context *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = (size_t)self->n;
    double *value = wks_mem_array(n, sizeof *value), moran = NAN;
    int64_t *start = NULL;

    if (value == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for scores of %zu buurten", n);
    for (int32_t b = 0; b < self->n; b++)
        value[b] = self->counts->all[b] > 0 ? wks_world_leefbaarheid(self->world, b) : NAN;
    if (self->world->neighbour_start != NULL) {
        WKS_TRY(wks_contiguity_widen(self->world->neighbour_start, n, &start, err));
        moran = wks_contiguity_moran(value, n, start, self->world->neighbour, WKS_CONTIGUITY_ROWS, NULL);
    }
    WKS_TRY(add(self, "moran_W", "leefbaarheid", "buurt", moran, err));
out:
    free(start);
    free(value);
    return rc;
}

/* Over the six nearest, of the score as a whole and of onveiligheid. */
static wks_status add_moran_nearest(const context *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = (size_t)self->n;
    int64_t *start = NULL;
    double total = NAN, onv = NAN;

    if (self->world->near_start != NULL) {
        WKS_TRY(wks_contiguity_widen(self->world->near_start, n, &start, err));
        total = wks_contiguity_moran(self->total, n, start, self->world->near, WKS_CONTIGUITY_ROWS, NULL);
        onv = wks_contiguity_moran(self->onv, n, start, self->world->near, WKS_CONTIGUITY_ROWS, NULL);
    }
    WKS_TRY(add(self, "moran_knn6", "leefbaarheid", "buurt", total, err));
    WKS_TRY(add(self, "moran_knn6", "onv", "buurt", onv, err));
out:
    free(start);
    return rc;
}

static wks_status add_classes(const context *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t count[WKS_LEEFBAARHEID_CLASSES + 1] = {0}, n = 0;

    for (int32_t b = 0; b < self->n; b++) {
        if (isnan(self->total[b])) continue;
        count[wks_leefbaarheid_class(self->total[b])]++;
        n++;
    }
    for (int32_t class = 1; class <= WKS_LEEFBAARHEID_CLASSES; class ++) {
        const double share = n > 0 ? (double)count[class] / n : (double)NAN;
        WKS_TRY(add(self, "class_share", wks_leefbaarheid_class_name[class - 1], "", share, err));
    }
out:
    return rc;
}

/* ---- by households ---- */

static wks_status add_dimensions(const context *self, wks_err *err)
{
    static const char *const name[WKS_LEEFBAARHEID_N] = {"leefbaarheid_won", "leefbaarheid_fys", "leefbaarheid_vrz", "leefbaarheid_soc",
                                                         "leefbaarheid_onv"};
    wks_status rc = WKS_OK;
    const wks_buurt_table *buurt = &self->world->buurt;
    const double *const score[WKS_LEEFBAARHEID_N] = {buurt->won, buurt->fys, buurt->vrz, buurt->soc, buurt->onv};

    for (int32_t d = 0; d < WKS_LEEFBAARHEID_N; d++) {
        double sum = 0, weight = 0;
        for (int32_t b = 0; b < self->n; b++) {
            sum += self->counts->all[b] * score[d][b];
            weight += self->counts->all[b];
        }
        WKS_TRY(add(self, name[d], "", "", weight > 0 ? sum / weight : (double)NAN, err));
    }
out:
    return rc;
}

static bool is_weak(const context *self, int32_t b)
{
    return wks_leefbaarheid_class(wks_leefbaarheid_start(self->world, b)) <= WEAK;
}

/* Areas that an event of the scenario names. */
static bool is_named(const context *self, int32_t b)
{
    for (int32_t i = 0; i < self->scenario->n_events; i++) {
        const wks_settings *settings = &self->scenario->timeline[i].settings;
        if (settings->spec->n_params == 0 || settings->spec->param[0].type != WKS_PARAM_AREAS || settings->n_areas[0] == 0) continue;
        if (wks_part_in_areas(self->world, settings, 0, b)) return true;
    }
    return false;
}

static double gap(const context *self, bool (*is_in)(const context *, int32_t))
{
    double sum[2] = {0, 0}, weight[2] = {0, 0};

    for (int32_t b = 0; b < self->n; b++) {
        const int32_t side = is_in(self, b) ? 1 : 0;
        sum[side] += self->counts->all[b] * wks_world_leefbaarheid(self->world, b);
        weight[side] += self->counts->all[b];
    }
    return weight[0] > 0 && weight[1] > 0 ? sum[1] / weight[1] - sum[0] / weight[0] : (double)NAN;
}

double wks_score_level_gap_of_named(const wks_scenario *scenario, const wks_world *world, const wks_counts *counts)
{
    const context self = {.scenario = scenario, .world = world, .counts = counts, .n = world->buurt.base.n_rows};
    return gap(&self, is_named);
}

wks_status wks_score_level_add(const wks_scenario *scenario, const wks_world *world, const wks_counts *counts, wks_series *out,
                               wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n = world->buurt.base.n_rows;
    double *value = wks_mem_array(3 * (size_t)n, sizeof *value);
    const context self = {scenario, world, counts, out, value, value + n, value + 2 * n, n};

    if (value == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for scores of %d buurten", n);
    for (int32_t b = 0; b < n; b++) {
        const bool is_scored = world->buurt.scored[b] != 0;
        self.total[b] = is_scored ? wks_world_leefbaarheid(world, b) : (double)NAN;
        self.soc[b] = is_scored ? world->buurt.soc[b] : (double)NAN;
        self.onv[b] = is_scored ? world->buurt.onv[b] : (double)NAN;
    }
    WKS_TRY(add_dimensions(&self, err));
    WKS_TRY(add_classes(&self, err));
    WKS_TRY(add(&self, "leefbaarheid_sd", "", "", sd_of(self.total, n), err));
    WKS_TRY(add(&self, WKS_SCORE_LEVEL_GAP, "weak", "", gap(&self, is_weak), err));
    WKS_TRY(add(&self, WKS_SCORE_LEVEL_GAP, WKS_SCORE_LEVEL_NAMED, "", gap(&self, is_named), err));
    WKS_TRY(add(&self, "soc_onv_correlation", "", "", correlation(self.soc, self.onv, n), err));
    WKS_TRY(add_moran(&self, err));
    WKS_TRY(add_moran_nearest(&self, err));
out:
    free(value);
    return rc;
}
