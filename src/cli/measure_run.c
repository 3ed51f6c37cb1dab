#include "cli/measure_run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "output/manifest.h"

enum { COLUMN_REPLICATION, COLUMN_TICK, COLUMN_LEVEL, COLUMN_AREA, COLUMN_INDICATOR, COLUMN_GROUP, COLUMN_VALUE, N_COLUMNS };
static const char *const column_name[N_COLUMNS] = {"replication", "tick", "level", "area", "indicator", "group", "value"};

/* buurt.csv of a run and what is looked for in it. */
typedef struct wks_measure_run {
    const char *dir;
    char *path;
    wks_csv csv;
    int column[N_COLUMNS];
    const char *level;
    int64_t replication, tick;
} source;

static const char *cell(const source *self, size_t row, int column)
{
    return wks_csv_cell(&self->csv, row, self->column[column]);
}

static int64_t number(const source *self, size_t row, int column)
{
    int64_t value = -1;
    return wks_text_parse_int64(cell(self, row, column), &value) ? value : -1;
}

/* ---- what is there ---- */

static int by_number(const void *a, const void *b)
{
    const int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

/* The different numbers of a column in rising order. */
static wks_status list_numbers(const source *self, int column, int64_t **out, size_t *out_n, wks_err *err)
{
    int64_t *list = wks_mem_array(self->csv.n_rows, sizeof *list);
    size_t n = 0;

    *out = list;
    *out_n = 0;
    if (list == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory to read %s", self->path);
    for (size_t row = 0; row < self->csv.n_rows; row++) {
        const int64_t value = number(self, row, column);
        if (n == 0 || list[n - 1] != value) list[n++] = value; /* rows are in order of replications and ticks: few are left to sort */
    }
    qsort(list, n, sizeof *list, by_number);
    for (size_t i = 0; i < n; i++)
        if (*out_n == 0 || list[*out_n - 1] != list[i]) list[(*out_n)++] = list[i];
    return WKS_OK;
}

/* `wanted`, or when below 0 the first or the last there is. */
static wks_status choose_number(const source *self, int column, int64_t wanted, bool last, int64_t *out, wks_err *err)
{
    enum { TOLD = 24 };
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;
    int64_t *list = NULL;
    size_t n = 0;

    WKS_TRY(list_numbers(self, column, &list, &n, err));
    if (n == 0) WKS_FAIL(err, WKS_ERR_USAGE, "%s has no rows", self->path);
    *out = wanted < 0 ? list[last ? n - 1 : 0] : wanted;
    for (size_t i = 0; i < n; i++)
        if (list[i] == *out) goto out;
    for (size_t i = 0; i < n; i++)
        if (n <= TOLD || i < TOLD / 2 || i == n - 1)
            wks_text_addf(&text, "%s%lld", i == 0 ? "" : n > TOLD && i == n - 1 ? ", ... " : ", ", (long long)list[i]);
    WKS_FAIL(err, WKS_ERR_USAGE, "%s has no %s %lld; it has %s", self->path, column_name[column], (long long)wanted,
             text.data == NULL ? "none" : text.data);
out:
    wks_text_free(&text);
    free(list);
    return rc;
}

static bool is_of(const source *self, size_t row)
{
    return strcmp(cell(self, row, COLUMN_LEVEL), self->level) == 0 && number(self, row, COLUMN_REPLICATION) == self->replication &&
           number(self, row, COLUMN_TICK) == self->tick;
}

/* The groups with counts, each once, in the order of the file. */
static wks_status list_groups(const source *self, const char **list, size_t most, size_t *out_n, wks_err *err)
{
    *out_n = 0;
    for (size_t row = 0; row < self->csv.n_rows && *out_n < most; row++) {
        if (strcmp(cell(self, row, COLUMN_INDICATOR), "count") != 0 || !is_of(self, row)) continue;
        size_t i = 0;
        while (i < *out_n && strcmp(list[i], cell(self, row, COLUMN_GROUP)) != 0)
            i++;
        if (i == *out_n) list[(*out_n)++] = cell(self, row, COLUMN_GROUP);
    }
    if (*out_n == 0)
        return wks_err_set(err, WKS_ERR_USAGE,
                           "%s has no counts of groups at level %s and tick %lld; run the scenario with the indicator count", self->path,
                           self->level, (long long)self->tick);
    return WKS_OK;
}

static wks_status check_groups(const source *self, const wks_measure_folder *folder, wks_err *err)
{
    enum { MOST = 64 };
    wks_status rc = WKS_OK;
    const char *list[MOST];
    size_t n = 0;
    wks_text all = WKS_TEXT_INIT;

    WKS_TRY(list_groups(self, list, MOST, &n, err));
    for (size_t i = 0; i < n; i++)
        wks_text_addf(&all, "%s%s", i == 0 ? "" : ", ", list[i]);
    if (all.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for names of groups");
    if (folder->n_labels == 0) WKS_FAIL(err, WKS_ERR_USAGE, "expected --groups; %s has %s", self->path, all.data);
    for (size_t k = 0; k < folder->n_labels; k++) {
        size_t i = 0;
        while (i < n && strcmp(list[i], folder->label[k]) != 0)
            i++;
        if (i == n || folder->where[k][0] != '\0')
            WKS_FAIL(err, WKS_ERR_USAGE, "%s has no counts of '%s'; it has %s", self->path, folder->label[k], all.data);
    }
out:
    wks_text_free(&all);
    return rc;
}

/* ---- folders ---- */

static wks_status find_folder(const char *dir, const char *wanted, char **out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_manifest manifest = {0};
    wks_text names = WKS_TEXT_INIT;
    const char *part = NULL;

    WKS_TRY(wks_manifest_read(dir, &manifest, err));
    for (size_t i = 0; i < manifest.n_parts; i++) {
        wks_text_addf(&names, "%s%s", i == 0 ? "" : ", ", manifest.part[i]);
        if (wanted != NULL && strcmp(manifest.part[i], wanted) == 0) part = manifest.part[i];
    }
    if (manifest.n_parts > 0 && part == NULL)
        WKS_FAIL(err, WKS_ERR_USAGE, "%s holds several scenarios: choose one with --scenario: %s", dir,
                 names.data == NULL ? "" : names.data);
    if (manifest.n_parts == 0 && wanted != NULL && strcmp(wanted, manifest.scenario) != 0)
        WKS_FAIL(err, WKS_ERR_USAGE, "%s has no scenario '%s'; it has %s", dir, wanted, manifest.scenario);
    *out = part == NULL ? wks_mem_string(dir) : wks_file_join(dir, part);
    if (*out == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
out:
    wks_text_free(&names);
    wks_manifest_free(&manifest);
    return rc;
}

/* The scenario as it was run, and its city: where the areas lie. */
static wks_status load_city(const char *folder, const wks_options *options, wks_measure_folder *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_options quiet = *options;
    char *path = wks_file_join(folder, "scenario.cfg");

    quiet.quiet = true; /* it was told when the scenario was run */
    quiet.seed = -1;    /* of the draws of measure */
    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(wks_load_scenario(path, &quiet, &out->load, err));
    if (!out->load.has_city) WKS_FAIL(err, WKS_ERR_USAGE, "%s is of a scenario without a city: it has no areas", folder);
out:
    free(path);
    return rc;
}

static wks_status open_table(const char *folder, const wks_options *options, source *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_problems problems = WKS_PROBLEMS_INIT;

    self->path = wks_file_join(folder, "buurt.csv");
    if (self->path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (!wks_file_exists(self->path))
        WKS_FAIL(err, WKS_ERR_USAGE, "%s has no buurt.csv; run the scenario with output.levels \"buurt\"", folder);
    rc = wks_csv_read(self->path, ',', false, &self->csv, &problems, err);
    wks_load_print(&problems, options->quiet);
    for (int c = 0; rc == WKS_OK && c < N_COLUMNS; c++) {
        self->column[c] = wks_csv_column(&self->csv, column_name[c]);
        if (self->column[c] < 0) rc = wks_err_set(err, WKS_ERR_DATA, "%s has no column %s", self->path, column_name[c]);
    }
out:
    wks_problems_free(&problems);
    return rc;
}

/* ---- counts ---- */

/* Fills group and rest of a table, of wijken from their buurten; buurten whose figures are too few to be told (empty) are left out and counted. */
static wks_status fill(const source *self, const char *group, const wks_city *city, wks_city_table *table, size_t *out_hidden, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = (size_t)city->n_buurten, n_areas = table->table.n_areas;
    double *all = wks_mem_array(n, sizeof *all), *part = wks_mem_array(n, sizeof *part);

    if (all == NULL || part == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu areas", n);
    for (size_t row = 0; row < self->csv.n_rows; row++) {
        const char *indicator = cell(self, row, COLUMN_INDICATOR);
        const bool is_all = strcmp(indicator, "households") == 0;
        if (!is_all && (strcmp(indicator, "count") != 0 || strcmp(cell(self, row, COLUMN_GROUP), group) != 0)) continue;
        if (!is_of(self, row)) continue;
        const int32_t buurt = wks_folder_buurt_row(city, cell(self, row, COLUMN_AREA));
        if (buurt < 0)
            WKS_FAIL(err, WKS_ERR_DATA, "%s:%d: buurt %s is not in the city of the run as it is now", self->path,
                     wks_csv_line(&self->csv, row), cell(self, row, COLUMN_AREA));
        double value = NAN;
        (void)wks_text_parse_double(cell(self, row, COLUMN_VALUE), &value);
        (is_all ? all : part)[buurt] = value;
    }
    *out_hidden = 0;
    for (size_t b = 0; b < n; b++) {
        const size_t area = table->scale == WKS_PROFILE_BUURT ? b : (size_t)city->buurt[b].parent;
        const bool told = isfinite(all[b]) && isfinite(part[b]);
        *out_hidden += !told;
        table->table.count[area] += told ? part[b] : 0;
        table->table.count[n_areas + area] += told ? all[b] - part[b] : 0;
    }
    wks_table_sum(&table->table, 1);
out:
    free(all);
    free(part);
    return rc;
}

static wks_status make_tables(const source *self, wks_profile_scale scale, wks_measure_folder *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    size_t hidden = 0;

    out->table = wks_mem_array(out->n_labels, sizeof *out->table);
    if (out->table == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for tables");
    for (size_t k = 0; k < out->n_labels; k++) {
        const char *const group[2] = {out->label[k], "rest"};
        WKS_TRY(wks_city_table_blank(&out->load.city, scale, group, 2, &out->table[k], err));
        out->n_tables++;
        WKS_TRY(fill(self, out->label[k], &out->load.city, &out->table[k], &hidden, err));
        if (hidden > 0)
            wks_log_say(WKS_LOG_WARNING, "%s: %zu of %d buurten have figures too small to be told and are left out", out->label[k], hidden,
                        out->load.city.n_buurten);
    }
out:
    return rc;
}

wks_status wks_measure_run_read(const char *dir, const wks_options *options, wks_measure_folder *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    source self = {.dir = dir, .level = "buurt"};
    const char *level = options->measure.level == NULL ? "buurt" : options->measure.level;
    const bool is_buurt = strcmp(level, "buurt") == 0;
    char *folder = NULL;

    if (!is_buurt && strcmp(level, "wijk") != 0)
        WKS_FAIL(err, WKS_ERR_USAGE, "--level '%s': of a run there are buurt and wijk; other levels of its start: measure its city", level);
    WKS_TRY(find_folder(dir, options->scenario, &folder, err));
    WKS_TRY(open_table(folder, options, &self, err));
    WKS_TRY(choose_number(&self, COLUMN_REPLICATION, options->replication, false, &self.replication, err));
    WKS_TRY(choose_number(&self, COLUMN_TICK, options->measure.tick, true, &self.tick, err));
    WKS_TRY(check_groups(&self, out, err));
    WKS_TRY(load_city(folder, options, out, err));
    WKS_TRY(make_tables(&self, is_buurt ? WKS_PROFILE_BUURT : WKS_PROFILE_WIJK, out, err));
out:
    free(folder);
    free(self.path);
    wks_csv_free(&self.csv);
    return rc;
}
