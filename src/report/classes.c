#include "report/classes.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"

static const char indicator[] = "leefbaarheid_class";

void wks_classes_free(wks_classes *classes)
{
    free(classes->replications);
    free(classes->higher);
    free(classes->lower);
    *classes = (wks_classes){0};
}

size_t wks_classes_at(const wks_classes *classes, size_t scenario, size_t area)
{
    return scenario * classes->n_areas + area;
}

/* The header and the lines about classes: a table by buurt can be large, and the rest of it is not needed. */
static wks_status take_lines(const char *path, wks_text *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *line = NULL;
    size_t capacity = 0;
    FILE *file = wks_file_stream(path);

    if (file == NULL) goto out; /* it went away: there is nothing to tell */
    for (ssize_t n = getline(&line, &capacity, file); n >= 0; n = getline(&line, &capacity, file)) {
        if (out->length == 0 || strstr(line, indicator) != NULL) wks_text_add_bytes(out, line, (size_t)n);
    }
    if (out->failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %s", path);
out:
    free(line);
    if (file != NULL) (void)fclose(file);
    return rc;
}

enum { REPLICATION, TICK, AREA, INDICATOR, VALUE, N_COLUMNS };

/* A class at the first tick; sorted by area and replication. */
typedef struct start {
    int32_t area;
    int64_t replication;
    double class;
} start;

static int compare_starts(const void *a, const void *b)
{
    const start *one = a, *two = b;
    if (one->area != two->area) return one->area < two->area ? -1 : 1;
    return (one->replication > two->replication) - (one->replication < two->replication);
}

static bool read_row(const wks_dossier *d, const wks_csv *csv, const int *column, size_t row, int64_t *out_tick, start *out)
{
    out->area = wks_dossier_name(d, wks_csv_cell(csv, row, column[AREA]));
    return strcmp(wks_csv_cell(csv, row, column[INDICATOR]), indicator) == 0 && out->area > 0 &&
           wks_text_parse_int64(wks_csv_cell(csv, row, column[TICK]), out_tick) &&
           wks_text_parse_int64(wks_csv_cell(csv, row, column[REPLICATION]), &out->replication) &&
           wks_text_parse_double(wks_csv_cell(csv, row, column[VALUE]), &out->class);
}

static size_t row_of(const wks_dossier *d, int32_t area)
{
    size_t a = 0;
    while (a < d->n_areas && d->area[a] != area)
        a++;
    return a;
}

static wks_status count_rows(const wks_dossier *d, const wks_csv *csv, const int *column, size_t scenario, wks_classes *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    start *from = wks_mem_array(csv->n_rows, sizeof *from), one;
    size_t n = 0;
    int64_t tick;

    if (from == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %s", csv->path);
    for (size_t i = 0; i < csv->n_rows; i++)
        if (read_row(d, csv, column, i, &tick, &one) && tick == 0) from[n++] = one;
    qsort(from, n, sizeof *from, compare_starts);
    for (size_t i = 0; i < csv->n_rows; i++) {
        if (!read_row(d, csv, column, i, &tick, &one) || tick != d->last_tick || tick == 0) continue;
        const start *begin = bsearch(&one, from, n, sizeof *from, compare_starts);
        const size_t area = row_of(d, one.area);
        if (begin == NULL || area == d->n_areas) continue;
        out->replications[wks_classes_at(out, scenario, area)] += 1.0;
        out->higher[wks_classes_at(out, scenario, area)] += one.class > begin->class;
        out->lower[wks_classes_at(out, scenario, area)] += one.class < begin->class;
    }
out:
    free(from);
    return rc;
}

static wks_status read_scenario(const wks_dossier *d, size_t scenario, wks_classes *out, wks_err *err)
{
    static const char *const names[N_COLUMNS] = {"replication", "tick", "area", "indicator", "value"};
    wks_status rc = WKS_OK;
    wks_text lines = WKS_TEXT_INIT;
    wks_problems ignored = WKS_PROBLEMS_INIT; /* a damaged buurt.csv costs this table only */
    wks_csv csv = {0};
    int column[N_COLUMNS];
    char *path = d->scenario[scenario].folder != NULL ? wks_file_join(d->scenario[scenario].folder, "buurt.csv") : NULL;

    if (path == NULL || !wks_file_exists(path)) goto out;
    WKS_TRY(take_lines(path, &lines, err));
    if (lines.length == 0) goto out;
    rc = wks_csv_parse(path, lines.data, lines.length, ',', false, &csv, &ignored, err);
    if (rc == WKS_ERR_DATA) {
        *err = WKS_ERR_INIT;
        rc = WKS_OK;
        goto out;
    }
    WKS_TRY(rc);
    for (int i = 0; i < N_COLUMNS; i++) {
        column[i] = wks_csv_column(&csv, names[i]);
        if (column[i] < 0) goto out;
    }
    WKS_TRY(count_rows(d, &csv, column, scenario, out, err));
out:
    wks_csv_free(&csv);
    wks_problems_free(&ignored);
    wks_text_free(&lines);
    free(path);
    return rc;
}

static bool has_any(const wks_classes *classes)
{
    for (size_t a = 0; a < classes->n_areas; a++)
        if (classes->replications[a] > 0.0) return true;
    return false;
}

wks_status wks_classes_read(const wks_dossier *dossier, wks_classes *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = dossier->n_scenarios * dossier->n_areas;

    *out = (wks_classes){.n_scenarios = dossier->n_scenarios, .n_areas = dossier->n_areas};
    if (n == 0) {
        out->n_areas = 0;
        goto out;
    }
    out->replications = wks_mem_array(n, sizeof(double));
    out->higher = wks_mem_array(n, sizeof(double));
    out->lower = wks_mem_array(n, sizeof(double));
    if (out->replications == NULL || out->higher == NULL || out->lower == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for classes");
    for (size_t s = 0; s < dossier->n_scenarios; s++)
        WKS_TRY(read_scenario(dossier, s, out, err));
    if (!has_any(out)) out->n_areas = 0;
out:
    if (rc != WKS_OK) wks_classes_free(out);
    return rc;
}
