#include "report/dossier.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/config.h"
#include "base/file.h"
#include "base/mem.h"
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

/* Both row types begin with their key. */
static int compare_rows(const void *a, const void *b)
{
    return compare_keys(a, b);
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

/* ---- small files ---- */

static wks_status join(const char *folder, const char *name, char **out, wks_err *err)
{
    *out = wks_file_join(folder, name);
    return *out != NULL ? WKS_OK : wks_err_set(err, WKS_ERR_NOMEM, "no memory for a path in %s", folder);
}

/* "dir/name" if that file exists, else "dir/<scenario>/name" of the first scenario that has it; malloc'ed, or NULL if none has. */
static wks_status find_file(const wks_dossier *d, const char *name, char **out, wks_err *err)
{
    wks_status rc = join(d->dir, name, out, err);
    for (size_t i = 0; rc == WKS_OK && !wks_file_exists(*out) && i < d->n_scenarios; i++) {
        if (d->scenario[i].folder == NULL) continue;
        free(*out);
        rc = join(d->scenario[i].folder, name, out, err);
    }
    if (rc == WKS_OK && !wks_file_exists(*out)) {
        free(*out);
        *out = NULL;
    }
    return rc;
}

static wks_status read_optional_csv(const char *path, wks_csv *out, wks_problems *problems, wks_err *err)
{
    return path == NULL || !wks_file_exists(path) ? WKS_OK : wks_csv_read(path, 0, false, out, problems, err);
}

/* Malformed tables are problems, collected; only what is no problem of the input ends the reading. */
static wks_status unless_data(wks_status rc, wks_err *err)
{
    if (rc != WKS_ERR_DATA) return rc;
    *err = WKS_ERR_INIT;
    return WKS_OK;
}

/* Copy of a text setting of a group, or of `otherwise` when it is not there or empty. */
static char *string_of(const wks_config_node *group, const char *name, const char *otherwise)
{
    const wks_config_node *node = group != NULL ? wks_config_get(group, name) : NULL;
    bool is_text = node != NULL && node->type == WKS_CONFIG_STRING && node->string[0] != '\0';
    return wks_mem_string(is_text ? node->string : otherwise);
}

static wks_status read_scenario_words(const wks_dossier *d, wks_dossier_scenario *scenario, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_config_node *root = NULL;
    wks_problems ignored = WKS_PROBLEMS_INIT; /* a damaged scenario.cfg costs its title only; the run has read it before */
    const wks_config_node *node;
    char *path = NULL;

    if (scenario->folder != NULL) WKS_TRY(join(scenario->folder, "scenario.cfg", &path, err));
    if (path != NULL && wks_file_exists(path)) {
        rc = wks_config_read(path, &root, &ignored, err);
        if (rc == WKS_ERR_DATA || rc == WKS_ERR_IO) {
            *err = WKS_ERR_INIT;
            rc = WKS_OK;
        }
        WKS_TRY(rc);
    }
    scenario->title = string_of(root, "title", wks_dossier_text(d, scenario->name));
    scenario->question = string_of(root, "question", "");
    node = root != NULL ? wks_config_get(root, "processes") : NULL;
    scenario->theory = string_of(node != NULL ? wks_config_get(node, "neighbourhood") : NULL, "theory", "");
    if (scenario->title == NULL || scenario->question == NULL || scenario->theory == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a title");
out:
    wks_config_free(root);
    wks_problems_free(&ignored);
    free(path);
    return rc;
}

/* Names are user data: none leads out of the folder. */
static bool is_plain_name(const char *name)
{
    return name[0] != '\0' && name[0] != '.' && strchr(name, '/') == NULL;
}

/* Leaves the folder if it is there, else frees it and leaves NULL. */
static void keep_folder(char **path)
{
    if (wks_file_is_folder(*path)) return;
    free(*path);
    *path = NULL;
}

/* DIR/<scenario>, DIR/<theory>/<scenario>, or DIR itself for a single run; NULL if there is none. */
static wks_status find_run_folder(const wks_dossier *d, int32_t scenario, size_t n_scenarios, char **out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const char *name = wks_dossier_text(d, scenario), *theory = wks_dossier_text(d, d->main_theory);
    char *under = NULL;

    if (!d->is_comparison && n_scenarios == 1) {
        *out = wks_mem_string(d->dir);
        if (*out == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
        goto out;
    }
    if (!is_plain_name(name)) goto out;
    WKS_TRY(join(d->dir, name, out, err));
    keep_folder(out);
    if (*out != NULL || !is_plain_name(theory)) goto out;
    WKS_TRY(join(d->dir, theory, &under, err));
    WKS_TRY(join(under, name, out, err));
    keep_folder(out);
out:
    free(under);
    return rc;
}

static wks_status set_scenarios(wks_dossier *d, const int32_t *names, size_t n, int32_t reference, wks_err *err)
{
    wks_status rc = WKS_OK;
    d->scenario = wks_mem_array(n, sizeof *d->scenario);
    if (d->scenario == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu scenarios", n);
    for (size_t i = 0; i < n; i++) {
        if (names[i] == reference) d->scenario[d->n_scenarios++].name = names[i];
    }
    for (size_t i = 0; i < n; i++) {
        if (names[i] != reference) d->scenario[d->n_scenarios++].name = names[i];
    }
    for (size_t i = 0; i < n; i++) {
        WKS_TRY(find_run_folder(d, d->scenario[i].name, n, &d->scenario[i].folder, err));
        WKS_TRY(read_scenario_words(d, &d->scenario[i], err));
    }
out:
    return rc;
}

/* ---- series and areas ---- */

static bool same_series(const wks_dossier_series *a, const wks_dossier_series *b)
{
    return a->indicator == b->indicator && a->group == b->group && a->scale == b->scale && a->level == b->level;
}

static wks_status collect_series(wks_dossier *d, wks_err *err)
{
    wks_dossier_series last = {-1, -1, -1, -1};
    for (size_t i = 0; i < d->n_levels; i++) {
        const wks_dossier_key *key = &d->level[i].key;
        wks_dossier_series one = {key->indicator, key->group, key->scale, key->level};
        if (same_series(&one, &last)) continue; /* rows are sorted: mostly the same as the one before */
        last = one;
        size_t at = 0;
        while (at < d->n_series && !same_series(&d->series[at], &one))
            at++;
        if (at < d->n_series) continue;
        wks_dossier_series *grown = wks_mem_resize(d->series, d->n_series, d->n_series + 1, sizeof *grown);
        if (grown == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for the list of indicators");
        d->series = grown;
        d->series[d->n_series++] = one;
    }
    return WKS_OK;
}

/* Stable insertion by rank of the indicator; numbers of names are in order of appearance in the file. */
static void sort_series(wks_dossier *d)
{
    for (size_t i = 1; i < d->n_series; i++) {
        wks_dossier_series one = d->series[i];
        int rank = wks_topic_rank(wks_dossier_text(d, one.indicator));
        size_t at = i;
        while (at > 0 && wks_topic_rank(wks_dossier_text(d, d->series[at - 1].indicator)) > rank) {
            d->series[at] = d->series[at - 1];
            at--;
        }
        d->series[at] = one;
    }
}

static wks_status collect_areas(wks_dossier *d, wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t buurt = wks_names_add(&d->names, "buurt");
    char *seen = wks_mem_array((size_t)d->names.n, 1);

    if (seen == NULL || buurt < 0) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the list of areas");
    for (size_t i = 0; i < d->n_levels; i++) {
        const wks_dossier_key *key = &d->level[i].key;
        if (key->level != buurt || key->area == 0 || seen[key->area]) continue;
        seen[key->area] = 1;
        int32_t *grown = wks_mem_resize(d->area, d->n_areas, d->n_areas + 1, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the list of areas");
        d->area = grown;
        size_t at = d->n_areas++;
        while (at > 0 && strcmp(wks_dossier_text(d, d->area[at - 1]), wks_dossier_text(d, key->area)) > 0) {
            d->area[at] = d->area[at - 1];
            at--;
        }
        d->area[at] = key->area;
    }
out:
    free(seen);
    return rc;
}

static wks_status name_areas(wks_dossier *d, wks_err *err)
{
    wks_status rc = WKS_OK;
    d->area_name = wks_mem_array(d->n_areas, sizeof *d->area_name);
    if (d->area_name == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the names of areas");
    for (size_t i = 0; i < d->n_areas; i++) {
        const char *code = wks_dossier_text(d, d->area[i]);
        int32_t row = wks_geometry_row(&d->geometry, code);
        bool has_name = row >= 0 && d->geometry.name != NULL && d->geometry.name[row][0] != '\0';
        d->area_name[i] = wks_mem_string(has_name ? d->geometry.name[row] : code);
        if (d->area_name[i] == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the name of an area");
    }
out:
    return rc;
}

/* ---- the whole ---- */

static wks_status read_manifest(wks_dossier *d, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *bytes = NULL, *path = wks_file_join(d->dir, "manifest.json");
    wks_err trouble = WKS_ERR_INIT;
    size_t n = 0;

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (!wks_file_exists(path)) {
        wks_problems_error(problems, path, 0, 0, "no such file; every results folder has one");
        goto out;
    }
    WKS_TRY(wks_file_read(path, &bytes, &n, err));
    rc = wks_json_parse(bytes, n, &d->manifest, &trouble);
    if (rc == WKS_ERR_DATA) {
        wks_problems_error(problems, path, 0, 0, "%s", trouble.message);
        rc = WKS_OK;
    }
    if (rc != WKS_OK) WKS_FAIL(err, rc, "%s", trouble.message);
    d->real_people = d->manifest != NULL && strcmp(wks_json_text(wks_json_get(d->manifest, "people")), "imported") == 0;
out:
    free(path);
    free(bytes);
    return rc;
}

static wks_status read_tables(wks_dossier *d, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_csv csv = {0};
    int32_t *scenarios = NULL, reference = 0;
    size_t n_scenarios = 0;
    char *path = wks_file_join(d->dir, "summary.csv"), *contrasts = wks_file_join(d->dir, "contrasts.csv");

    if (path == NULL || contrasts == NULL || wks_names_add(&d->names, "") < 0) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (!wks_file_exists(path)) {
        wks_problems_error(problems, path, 0, 0, "no such file; the report is made from the summary of a run or a comparison");
    } else {
        WKS_TRY(unless_data(wks_csv_read(path, ',', false, &csv, problems, err), err));
        if (csv.n_columns > 0) WKS_TRY(wks_rows_fill_levels(d, &csv, &scenarios, &n_scenarios, problems, err));
        wks_csv_free(&csv);
        csv = (wks_csv){0};
    }
    if (wks_file_exists(contrasts)) {
        WKS_TRY(unless_data(wks_csv_read(contrasts, ',', false, &csv, problems, err), err));
        if (csv.n_columns > 0) WKS_TRY(wks_rows_fill_contrasts(d, &csv, &reference, problems, err));
    }
    if (problems->n_errors > 0) goto out;
    d->main_theory = d->n_theories > 0 ? d->theory[0] : 0;
    for (size_t i = 0; i < d->n_theories; i++) {
        if (strcmp(wks_dossier_text(d, d->theory[i]), "T1") == 0) d->main_theory = d->theory[i];
    }
    if (d->n_scenarios == 0) WKS_TRY(set_scenarios(d, scenarios, n_scenarios, reference, err));
    qsort(d->level, d->n_levels, sizeof *d->level, compare_rows);
    if (d->n_contrasts > 0) qsort(d->contrast, d->n_contrasts, sizeof *d->contrast, compare_rows);
    WKS_TRY(collect_series(d, err));
    sort_series(d);
    WKS_TRY(collect_areas(d, err));
out:
    wks_csv_free(&csv);
    free(scenarios);
    free(path);
    free(contrasts);
    return rc;
}

static wks_status read_extras(wks_dossier *d, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    size_t n = 0;
    char *path = NULL;

    WKS_TRY(find_file(d, "codebook.csv", &path, err));
    WKS_TRY(unless_data(read_optional_csv(path, &d->codebook, problems, err), err));
    free(path);
    WKS_TRY(find_file(d, "losers.csv", &path, err));
    WKS_TRY(unless_data(read_optional_csv(path, &d->losers, problems, err), err));
    free(path);
    WKS_TRY(find_file(d, "breakeven.csv", &path, err));
    WKS_TRY(unless_data(read_optional_csv(path, &d->breakeven, problems, err), err));
    free(path);
    WKS_TRY(find_file(d, "waterbed.csv", &path, err));
    WKS_TRY(unless_data(read_optional_csv(path, &d->waterbed, problems, err), err));
    free(path);
    for (int i = 0; i < 2; i++) {
        WKS_TRY(find_file(d, i == 0 ? "differences.nl.txt" : "differences.en.txt", &path, err));
        if (path == NULL) WKS_TRY(find_file(d, "differences.txt", &path, err));
        if (path != NULL) WKS_TRY(wks_file_read(path, &d->differences[i], &n, err));
        free(path);
        path = NULL;
    }
    WKS_TRY(find_file(d, "map.gpkg", &path, err));
    if (path != NULL) WKS_TRY(unless_data(wks_geometry_read(path, "areas", &d->geometry, problems, err), err));
    d->compliance = wks_mem_array(d->n_scenarios, sizeof *d->compliance);
    d->destinations = wks_mem_array(d->n_scenarios, sizeof *d->destinations);
    if (d->compliance == NULL || d->destinations == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for tables");
    for (size_t i = 0; i < d->n_scenarios; i++) {
        free(path);
        path = NULL;
        if (d->scenario[i].folder != NULL) WKS_TRY(join(d->scenario[i].folder, "compliance.csv", &path, err));
        WKS_TRY(unless_data(read_optional_csv(path, &d->compliance[i], problems, err), err));
        free(path);
        path = NULL;
        if (d->scenario[i].folder != NULL) WKS_TRY(join(d->scenario[i].folder, "destinations.csv", &path, err));
        WKS_TRY(unless_data(read_optional_csv(path, &d->destinations[i], problems, err), err));
    }
    WKS_TRY(name_areas(d, err));
out:
    free(path);
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
    WKS_TRY(read_manifest(out, problems, err));
    WKS_TRY(read_tables(out, problems, err));
    WKS_TRY(wks_problems_status(problems, err));
    WKS_TRY(read_extras(out, problems, err));
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
    }
    for (size_t i = 0; dossier->area_name != NULL && i < dossier->n_areas; i++)
        free(dossier->area_name[i]);
    wks_names_free(&dossier->names);
    wks_json_free(dossier->manifest);
    wks_geometry_free(&dossier->geometry);
    wks_csv_free(&dossier->codebook);
    wks_csv_free(&dossier->losers);
    wks_csv_free(&dossier->breakeven);
    wks_csv_free(&dossier->waterbed);
    free(dossier->dir);
    free(dossier->level);
    free(dossier->contrast);
    free(dossier->scenario);
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
