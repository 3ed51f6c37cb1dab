#include "report/rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv_parts.h"
#include "base/mem.h"
#include "report/dossier_files.h"

enum { PART_BYTES = 1 << 17 }; /* its cells stay in the processor's cache */

enum { C_THEORY, C_TICK, C_DATE, C_SCENARIO, C_INDICATOR, C_GROUP, C_SCALE, C_LEVEL, C_AREA, N_KEY_COLUMNS };
static const char *const key_columns[N_KEY_COLUMNS] = {"theory", "tick",  "date",  "scenario", "indicator",
                                                       "group",  "scale", "level", "area"};

enum { S_MEAN, S_SD, S_CI_LOW, S_CI_HIGH, S_P10, S_P50, S_P90, S_N, N_SUMMARY_COLUMNS };
static const char *const summary_columns[N_SUMMARY_COLUMNS] = {"mean", "sd", "ci_low", "ci_high", "p10", "p50", "p90", "n"};

enum { D_REFERENCE, D_SCENARIO, D_MEAN, D_CI_LOW, D_CI_HIGH, D_P, D_REDUCTION, D_N, N_CONTRAST_COLUMNS };
static const char *const contrast_columns[N_CONTRAST_COLUMNS] = {"mean_reference", "mean_scenario", "mean_difference",    "ci_low",
                                                                 "ci_high",        "p_adjusted",    "variance_reduction", "n_pairs"};

static void find_columns(const wks_csv *csv, const char *const *names, size_t n, int *out, wks_problems *problems)
{
    for (size_t i = 0; i < n; i++) {
        char nearest[160];
        out[i] = wks_csv_column(csv, names[i]);
        if (out[i] >= 0) continue;
        wks_problems_error(problems, csv->path, 1, 0, "no column '%s'%s", names[i],
                           wks_problems_nearest(names[i], (const char *const *)csv->header, csv->n_columns, nearest));
    }
}

/* An empty cell is NaN; anything else must be a number. */
static double number_at(const wks_csv *csv, size_t row, int column, wks_problems *problems)
{
    const char *cell = wks_csv_cell(csv, row, column);
    double value = NAN;
    if (cell[0] != '\0' && !wks_text_parse_double(cell, &value)) {
        wks_problems_error(problems, csv->path, wks_csv_line(csv, row), wks_csv_position(csv, row, column),
                           "'%s' in column '%s'; a number with a decimal point was expected", cell, csv->header[column]);
    }
    return value;
}

static int32_t count_at(const wks_csv *csv, size_t row, int column, wks_problems *problems)
{
    double value = number_at(csv, row, column, problems);
    return value >= 0.0 && value <= 1e9 ? (int32_t)value : 0;
}

/* `out` may hold the number of the row before: most cells repeat it. */
static wks_status name_at(wks_dossier *d, const wks_csv *csv, size_t row, int column, int32_t *out, wks_err *err)
{
    const char *cell = wks_csv_cell(csv, row, column);

    if (cell[0] == '\0' && d->names.n > 0) {
        *out = 0;
        return WKS_OK;
    }
    if (*out > 0 && strcmp(wks_names_text(&d->names, *out), cell) == 0) return WKS_OK;
    *out = wks_names_add(&d->names, cell);
    return *out < 0 ? wks_err_set(err, WKS_ERR_NOMEM, "no memory for the names in %s", csv->path) : WKS_OK;
}

static wks_status read_key(wks_dossier *d, const wks_csv *csv, size_t row, const int *column, wks_dossier_key *out, wks_problems *problems,
                           wks_err *err)
{
    wks_status rc = WKS_OK;
    WKS_TRY(name_at(d, csv, row, column[C_THEORY], &out->theory, err));
    WKS_TRY(name_at(d, csv, row, column[C_SCENARIO], &out->scenario, err));
    WKS_TRY(name_at(d, csv, row, column[C_INDICATOR], &out->indicator, err));
    WKS_TRY(name_at(d, csv, row, column[C_GROUP], &out->group, err));
    WKS_TRY(name_at(d, csv, row, column[C_SCALE], &out->scale, err));
    WKS_TRY(name_at(d, csv, row, column[C_LEVEL], &out->level, err));
    WKS_TRY(name_at(d, csv, row, column[C_AREA], &out->area, err));
    if (out->area == 0) out->level = 0; /* "city" without an area is the city */
    out->tick = count_at(csv, row, column[C_TICK], problems);
out:
    return rc;
}

/* Adds a name to a list unless it is there. */
static wks_status add_once(int32_t **list, size_t *n, int32_t name, wks_err *err)
{
    for (size_t i = 0; i < *n; i++) {
        if ((*list)[i] == name) return WKS_OK;
    }
    int32_t *grown = wks_mem_resize(*list, *n, *n + 1, sizeof *grown);
    if (grown == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for a list of names");
    grown[(*n)++] = name;
    *list = grown;
    return WKS_OK;
}

static wks_status note_date(wks_dossier *d, const wks_dossier_key *key, const char *date, wks_err *err)
{
    if (key->tick > d->last_tick || d->tick_date == NULL) {
        size_t old = d->tick_date == NULL ? 0 : (size_t)d->last_tick + 1;
        int32_t *grown = wks_mem_resize(d->tick_date, old, (size_t)key->tick + 1, sizeof *grown);
        if (grown == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for %d ticks", key->tick);
        d->tick_date = grown;
        d->last_tick = key->tick;
    }
    if (key->area == 0 && (d->first_tick < 0 || key->tick < d->first_tick)) d->first_tick = key->tick;
    if (d->tick_date[key->tick] == 0) d->tick_date[key->tick] = wks_names_add(&d->names, date);
    return d->tick_date[key->tick] < 0 ? wks_err_set(err, WKS_ERR_NOMEM, "no memory for a date") : WKS_OK;
}

static wks_status fill_levels(wks_dossier *d, const wks_csv *csv, int32_t **scenarios, size_t *n_scenarios, wks_problems *problems,
                              wks_err *err)
{
    wks_status rc = WKS_OK;
    int key_column[N_KEY_COLUMNS], column[N_SUMMARY_COLUMNS];
    size_t errors = problems->n_errors;

    find_columns(csv, key_columns, N_KEY_COLUMNS, key_column, problems);
    find_columns(csv, summary_columns, N_SUMMARY_COLUMNS, column, problems);
    if (problems->n_errors > errors) goto out;
    if (csv->n_rows == 0) wks_problems_error(problems, csv->path, 2, 0, "no rows; at least one was expected");
    wks_dossier_level *grown = wks_mem_resize(d->level, d->n_levels, d->n_levels + csv->n_rows, sizeof *grown);
    if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu rows of %s", csv->n_rows, csv->path);
    d->level = grown;
    for (size_t i = 0; i < csv->n_rows; i++) {
        wks_dossier_level *row = &d->level[d->n_levels++];
        if (i > 0) row->key = row[-1].key;
        WKS_TRY(read_key(d, csv, i, key_column, &row->key, problems, err));
        row->mean = number_at(csv, i, column[S_MEAN], problems);
        row->sd = number_at(csv, i, column[S_SD], problems);
        row->ci_low = number_at(csv, i, column[S_CI_LOW], problems);
        row->ci_high = number_at(csv, i, column[S_CI_HIGH], problems);
        row->p10 = number_at(csv, i, column[S_P10], problems);
        row->p50 = number_at(csv, i, column[S_P50], problems);
        row->p90 = number_at(csv, i, column[S_P90], problems);
        row->n = count_at(csv, i, column[S_N], problems);
        if (row->n < WKS_DOSSIER_LEAST_PAIRS) row->ci_low = row->ci_high = row->p10 = row->p90 = NAN;
        WKS_TRY(note_date(d, &row->key, wks_csv_cell(csv, i, key_column[C_DATE]), err));
        WKS_TRY(add_once(scenarios, n_scenarios, row->key.scenario, err));
        WKS_TRY(add_once(&d->theory, &d->n_theories, row->key.theory, err));
    }
out:
    return rc;
}

static wks_status fill_contrasts(wks_dossier *d, const wks_csv *csv, int32_t *out_reference, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    int key_column[N_KEY_COLUMNS], column[N_CONTRAST_COLUMNS];
    size_t errors = problems->n_errors;
    int reference = wks_csv_column(csv, "reference"), verdict = wks_csv_column(csv, "verdict");

    find_columns(csv, key_columns, N_KEY_COLUMNS, key_column, problems);
    find_columns(csv, contrast_columns, N_CONTRAST_COLUMNS, column, problems);
    find_columns(csv, (const char *const[]){"reference"}, 1, &reference, problems);
    if (problems->n_errors > errors) goto out;
    wks_dossier_contrast *grown = wks_mem_resize(d->contrast, d->n_contrasts, d->n_contrasts + csv->n_rows, sizeof *grown);
    if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu rows of %s", csv->n_rows, csv->path);
    d->contrast = grown;
    if (csv->n_rows > 0) d->is_comparison = true;
    for (size_t i = 0; i < csv->n_rows; i++) {
        wks_dossier_contrast *row = &d->contrast[d->n_contrasts++];
        if (i > 0) row->key = row[-1].key;
        WKS_TRY(read_key(d, csv, i, key_column, &row->key, problems, err));
        row->mean_reference = number_at(csv, i, column[D_REFERENCE], problems);
        row->mean_scenario = number_at(csv, i, column[D_SCENARIO], problems);
        row->mean = number_at(csv, i, column[D_MEAN], problems);
        row->ci_low = number_at(csv, i, column[D_CI_LOW], problems);
        row->ci_high = number_at(csv, i, column[D_CI_HIGH], problems);
        row->p_adjusted = number_at(csv, i, column[D_P], problems);
        row->variance_reduction = number_at(csv, i, column[D_REDUCTION], problems);
        row->n_pairs = count_at(csv, i, column[D_N], problems);
        if (row->n_pairs > d->most_pairs) d->most_pairs = row->n_pairs;
        row->is_equal = row->mean == 0.0 && row->ci_low == 0.0 && row->ci_high == 0.0;
        if (row->n_pairs < WKS_DOSSIER_LEAST_PAIRS) row->ci_low = row->ci_high = row->variance_reduction = NAN;
        if (i > 0) row->verdict = row[-1].verdict;
        if (verdict >= 0) WKS_TRY(name_at(d, csv, i, verdict, &row->verdict, err));
        if (d->n_contrasts == 1) WKS_TRY(name_at(d, csv, i, reference, out_reference, err));
    }
out:
    return rc;
}

/* ---- a table by parts ---- */

/* Where rows go: a list of scenarios for summary.csv, a reference for contrasts.csv. */
typedef struct target {
    wks_dossier *d;
    const char *path;
    int32_t **scenarios;
    size_t *n_scenarios;
    int32_t *reference;
    wks_problems problems; /* of the parts; never shown */
} target;

static wks_status fill(target *to, const wks_csv *csv, wks_problems *problems, wks_err *err)
{
    return to->reference != NULL ? fill_contrasts(to->d, csv, to->reference, problems, err)
                                 : fill_levels(to->d, csv, to->scenarios, to->n_scenarios, problems, err);
}

/* WKS_ERR_DATA for anything that needs the whole file: a problem, whose line only that tells, or a quote, which may hold the end of the part. */
static wks_status take_part(const wks_text *part, void *context, wks_err *err)
{
    wks_status rc = WKS_OK;
    target *to = context;
    wks_csv csv = {0};

    if (memchr(part->data, '"', part->length) != NULL) WKS_FAIL(err, WKS_ERR_DATA, "%s holds quotes", to->path);
    WKS_TRY(wks_csv_parse(to->path, part->data, part->length, ',', false, &csv, &to->problems, err));
    WKS_TRY(fill(to, &csv, &to->problems, err));
    WKS_TRY(wks_problems_status(&to->problems, err));
out:
    wks_csv_free(&csv);
    return rc;
}

/* Forgets what parts gave; their names stay, with the numbers they get again. */
static void forget(target *to)
{
    wks_dossier *d = to->d;

    if (to->reference != NULL) {
        free(d->contrast);
        d->contrast = NULL;
        d->n_contrasts = 0;
        d->most_pairs = 0;
        d->is_comparison = false;
        return;
    }
    free(d->level);
    free(d->theory);
    free(d->tick_date);
    free(*to->scenarios);
    d->level = NULL;
    d->theory = d->tick_date = *to->scenarios = NULL;
    d->n_levels = d->n_theories = *to->n_scenarios = 0;
    d->last_tick = 0;
    d->first_tick = -1;
}

/* By parts, so that the file is never in memory; whole when a part is not enough to understand it. */
static wks_status read_rows(target *to, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_csv csv = {0};
    size_t *n = to->reference != NULL ? &to->d->n_contrasts : &to->d->n_levels;

    rc = wks_csv_parts_read(to->path, PART_BYTES, take_part, to, err);
    if (rc == WKS_OK && *n > 0) goto out;
    if (rc != WKS_OK && rc != WKS_ERR_DATA && rc != WKS_ERR_IO) goto out;
    *err = WKS_ERR_INIT;
    forget(to);
    WKS_TRY(wks_dossier_files_lenient(wks_csv_read(to->path, ',', false, &csv, problems, err), err));
    if (csv.n_columns > 0) WKS_TRY(fill(to, &csv, problems, err));
out:
    wks_csv_free(&csv);
    wks_problems_free(&to->problems);
    return rc;
}

wks_status wks_rows_read_levels(wks_dossier *d, const char *path, int32_t **scenarios, size_t *n_scenarios, wks_problems *problems,
                                wks_err *err)
{
    target to = {.d = d, .path = path, .scenarios = scenarios, .n_scenarios = n_scenarios, .problems = WKS_PROBLEMS_INIT};
    return read_rows(&to, problems, err);
}

wks_status wks_rows_read_contrasts(wks_dossier *d, const char *path, int32_t *out_reference, wks_problems *problems, wks_err *err)
{
    target to = {.d = d, .path = path, .reference = out_reference, .problems = WKS_PROBLEMS_INIT};
    return read_rows(&to, problems, err);
}
