#include "report/dossier.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "report/dossier_files.h"
#include "report/dossier_scenarios.h"
#include "report/dossier_series.h"
#include "report/dossier_sort.h"
#include "report/rows.h"
#include "report/topic.h"

/* ---- keys and look-ups ---- */

static int compare_int(int32_t a, int32_t b)
{
    return (a > b) - (a < b);
}

static int compare_keys(const wks_dossier_key *a, const wks_dossier_key *b)
{
    int order = compare_int(a->theory, b->theory);
    if (order == 0) order = compare_int(a->scenario, b->scenario);
    if (order == 0) order = compare_int(a->indicator, b->indicator);
    if (order == 0) order = compare_int(a->group, b->group);
    if (order == 0) order = compare_int(a->scale, b->scale);
    if (order == 0) order = compare_int(a->level, b->level);
    if (order == 0) order = compare_int(a->area, b->area);
    return order != 0 ? order : compare_int(a->tick, b->tick);
}

/* First row whose key is not below `key`, among n rows of `size` bytes. */
static size_t lower_bound(const void *rows, size_t n, size_t size, const wks_dossier_key *key)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const wks_dossier_key *at = (const void *)((const char *)rows + middle * size);
        if (compare_keys(at, key) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static const void *find_range(const void *rows, size_t n, size_t size, wks_dossier_key key, size_t *out_n)
{
    key.tick = INT32_MIN;
    size_t begin = lower_bound(rows, n, size, &key);
    key.tick = INT32_MAX;
    size_t end = lower_bound(rows, n, size, &key);
    *out_n = end - begin;
    return end > begin ? (const char *)rows + begin * size : NULL;
}

const wks_dossier_level *wks_dossier_levels(const wks_dossier *dossier, wks_dossier_key key, size_t *out_n)
{
    return find_range(dossier->level, dossier->n_levels, sizeof *dossier->level, key, out_n);
}

const wks_dossier_contrast *wks_dossier_contrasts(const wks_dossier *dossier, wks_dossier_key key, size_t *out_n)
{
    return find_range(dossier->contrast, dossier->n_contrasts, sizeof *dossier->contrast, key, out_n);
}

const wks_dossier_level *wks_dossier_level_at(const wks_dossier *dossier, wks_dossier_key key)
{
    size_t at = lower_bound(dossier->level, dossier->n_levels, sizeof *dossier->level, &key);
    return at < dossier->n_levels && compare_keys(&dossier->level[at].key, &key) == 0 ? &dossier->level[at] : NULL;
}

const wks_dossier_contrast *wks_dossier_contrast_at(const wks_dossier *dossier, wks_dossier_key key)
{
    size_t at = lower_bound(dossier->contrast, dossier->n_contrasts, sizeof *dossier->contrast, &key);
    return at < dossier->n_contrasts && compare_keys(&dossier->contrast[at].key, &key) == 0 ? &dossier->contrast[at] : NULL;
}

wks_dossier_key wks_dossier_key_of(const wks_dossier *dossier, const wks_dossier_series *series, size_t scenario_row)
{
    return (wks_dossier_key){.theory = dossier->main_theory,
                             .scenario = dossier->scenario[scenario_row].name,
                             .indicator = series->indicator,
                             .group = series->group,
                             .scale = series->scale,
                             .level = series->level,
                             .area = 0,
                             .tick = dossier->last_tick};
}

int32_t wks_dossier_name(const wks_dossier *dossier, const char *name)
{
    return wks_names_find(&dossier->names, name);
}

const char *wks_dossier_text(const wks_dossier *dossier, int32_t name)
{
    return wks_names_text(&dossier->names, name);
}

const char *wks_dossier_date(const wks_dossier *dossier, int32_t tick)
{
    return tick >= 0 && tick <= dossier->last_tick ? wks_dossier_text(dossier, dossier->tick_date[tick]) : "";
}

double wks_dossier_threshold(const wks_dossier *dossier, const wks_dossier_key *key)
{
    for (size_t i = 0; i < dossier->n_thresholds; i++) {
        const wks_dossier_threshold_of *at = &dossier->threshold[i];
        if (at->indicator == key->indicator && at->group == key->group && at->scale == key->scale && at->area == key->area)
            return at->threshold;
    }
    return 0;
}

bool wks_dossier_is_private(const wks_dossier *dossier, const char *group)
{
    const int32_t name = wks_dossier_name(dossier, group);

    for (size_t i = 0; i < dossier->n_groups; i++)
        if (dossier->group[i].name == name) return dossier->group[i].is_private;
    return wks_topic_is_private_group(group);
}

bool wks_dossier_is_few(const wks_dossier *dossier, wks_dossier_key key)
{
    bool is_share = strcmp(wks_dossier_text(dossier, key.indicator), "share") == 0;
    const wks_dossier_level *own = is_share ? wks_dossier_level_at(dossier, key) : NULL;
    key.indicator = wks_dossier_name(dossier, "households");
    key.group = 0;
    key.scale = 0;
    const wks_dossier_level *households = wks_dossier_level_at(dossier, key);
    if (households == NULL || isnan(households->mean)) return false;
    double count = households->mean;
    if (own != NULL && !isnan(own->mean)) count *= own->mean;
    return count < WKS_DOSSIER_FEW;
}

/* ---- the whole ---- */

static bool is_of_one_comparison(const int32_t *scenarios, size_t n, int32_t reference)
{
    for (size_t i = 0; i < n; i++)
        if (scenarios[i] == reference) return n >= 2;
    return false;
}

static wks_status read_tables(wks_dossier *d, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t *scenarios = NULL, reference = 0;
    size_t n_scenarios = 0;
    char *path = wks_file_join(d->dir, "summary.csv"), *contrasts = wks_file_join(d->dir, "contrasts.csv");

    if (path == NULL || contrasts == NULL || wks_names_add(&d->names, "") < 0) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (!wks_file_exists(path)) {
        wks_problems_error(problems, path, 0, 0, "no such file; the report is made from the summary of a run or a comparison");
    } else {
        WKS_TRY(wks_rows_read_levels(d, path, &scenarios, &n_scenarios, problems, err));
    }
    if (wks_file_exists(contrasts)) WKS_TRY(wks_rows_read_contrasts(d, contrasts, &reference, problems, err));
    if (problems->n_errors > 0) goto out;
    d->main_theory = d->n_theories > 0 ? d->theory[0] : 0;
    for (size_t i = 0; i < d->n_theories; i++) {
        if (strcmp(wks_dossier_text(d, d->theory[i]), "T1") == 0) d->main_theory = d->theory[i];
    }
    if (d->is_comparison && !is_of_one_comparison(scenarios, n_scenarios, reference)) {
        wks_problems_error(problems, contrasts, 0, 0,
                           "the reference '%s' and a scenario beside it are not in summary.csv; both files must be of one comparison",
                           wks_dossier_text(d, reference));
        goto out;
    }
    if (d->n_scenarios == 0) WKS_TRY(wks_dossier_scenarios_set(d, scenarios, n_scenarios, reference, err));
    WKS_TRY(wks_dossier_sort(d->level, d->n_levels, sizeof *d->level, err));
    if (d->n_contrasts > 0) WKS_TRY(wks_dossier_sort(d->contrast, d->n_contrasts, sizeof *d->contrast, err));
    WKS_TRY(wks_dossier_series_collect(d, err));
    WKS_TRY(wks_dossier_series_areas(d, err));
out:
    free(scenarios);
    free(path);
    free(contrasts);
    return rc;
}

wks_status wks_dossier_read(const char *dir, wks_dossier *out, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;

    *out = (wks_dossier){.first_tick = -1};
    out->dir = wks_mem_string(dir);
    if (out->dir == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (!wks_file_is_folder(dir)) {
        wks_problems_error(problems, dir, 0, 0, "no such folder; a results folder was expected");
        WKS_TRY(wks_problems_status(problems, err));
    }
    WKS_TRY(wks_dossier_files_manifest(out, problems, err));
    WKS_TRY(read_tables(out, problems, err));
    WKS_TRY(wks_problems_status(problems, err));
    WKS_TRY(wks_dossier_files_tables(out, problems, err));
    WKS_TRY(wks_dossier_series_name_areas(out, err));
    WKS_TRY(wks_problems_status(problems, err));
out:
    if (rc != WKS_OK) wks_dossier_free(out);
    return rc;
}

void wks_dossier_free(wks_dossier *dossier)
{
    for (size_t i = 0; i < dossier->n_scenarios; i++) {
        free(dossier->scenario[i].title);
        free(dossier->scenario[i].question);
        free(dossier->scenario[i].theory);
        free(dossier->scenario[i].folder);
        if (dossier->compliance != NULL) wks_csv_free(&dossier->compliance[i]);
        if (dossier->destinations != NULL) wks_csv_free(&dossier->destinations[i]);
        if (dossier->drift != NULL) wks_csv_free(&dossier->drift[i]);
    }
    for (size_t i = 0; dossier->area_name != NULL && i < dossier->n_areas; i++)
        free(dossier->area_name[i]);
    wks_names_free(&dossier->names);
    wks_json_free(dossier->manifest);
    wks_geometry_free(&dossier->geometry);
    wks_csv_free(&dossier->codebook);
    wks_csv_free(&dossier->losers);
    wks_csv_free(&dossier->untouched);
    wks_csv_free(&dossier->breakeven);
    wks_csv_free(&dossier->waterbed);
    wks_csv_free(&dossier->effects);
    wks_csv_free(&dossier->precision);
    free(dossier->outcome);
    free(dossier->drift);
    free(dossier->dir);
    free(dossier->level);
    free(dossier->contrast);
    free(dossier->scenario);
    free(dossier->threshold);
    for (size_t i = 0; i < dossier->n_groups; i++)
        free(dossier->group[i].where);
    free(dossier->group);
    free(dossier->theory);
    free(dossier->series);
    free(dossier->area);
    free(dossier->area_name);
    free(dossier->tick_date);
    free(dossier->compliance);
    free(dossier->destinations);
    free(dossier->differences[0]);
    free(dossier->differences[1]);
    *dossier = (wks_dossier){0};
}
