#include "export/result_folder.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"

/* Tables that a codebook explains under another file's name, or a study's under none. */
static const char *const more_files[] = {"city.csv", "buurt.csv", "design.csv", "outcomes.csv", "outcomes_sd.csv"};
/* Columns of an indicator's own unit. */
static const char *const follows[] = {"value",         "mean",           "sd", "ci_low", "ci_high", "p10", "p50", "p90", "mean_reference",
                                      "mean_scenario", "mean_difference"};

static const char *codebook_cell(const wks_csv *codebook, size_t row, const char *column)
{
    const int at = wks_csv_column(codebook, column);
    return at < 0 ? "" : wks_csv_cell(codebook, row, at);
}

/* "a.csv;b.csv" names the file. */
static bool names_file(const char *files, const char *file)
{
    const size_t n = strlen(file);
    for (const char *at = files; *at != '\0'; at += strcspn(at, ";"), at += *at == ';') {
        if (strncmp(at, file, n) == 0 && (at[n] == ';' || at[n] == '\0')) return true;
    }
    return false;
}

static bool is_table(const wks_result_folder *self, const char *file)
{
    const size_t n = strlen(file);
    if (n < 5 || strcmp(file + n - 4, ".csv") != 0 || strcmp(file, "codebook.csv") == 0) return false;
    if (self->manifest.has_real_people && strcmp(file, "lettings.csv") == 0) return false;
    for (size_t i = 0; i < sizeof more_files / sizeof *more_files; i++) {
        if (strcmp(file, more_files[i]) == 0) return true;
    }
    for (size_t row = 0; row < self->codebook.n_rows; row++) {
        if (names_file(codebook_cell(&self->codebook, row, "file"), file)) return true;
    }
    return false;
}

static int compare_units(const void *a, const void *b)
{
    return strcmp(((const wks_result_folder_unit *)a)->indicator, ((const wks_result_folder_unit *)b)->indicator);
}

static wks_status take_units(wks_result_folder *self, wks_err *err)
{
    self->unit = wks_mem_array(self->codebook.n_rows + 1, sizeof *self->unit);
    if (self->unit == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for the codebook");
    for (size_t row = 0; row < self->codebook.n_rows; row++) {
        const wks_result_folder_unit unit = {codebook_cell(&self->codebook, row, "indicator"), codebook_cell(&self->codebook, row, "unit"),
                                             codebook_cell(&self->codebook, row, "label_nl"),
                                             codebook_cell(&self->codebook, row, "label_en")};
        if (unit.indicator[0] != '\0' && strcmp(codebook_cell(&self->codebook, row, "column"), "value") == 0)
            self->unit[self->n_units++] = unit;
    }
    qsort(self->unit, self->n_units, sizeof *self->unit, compare_units);
    return WKS_OK;
}

const wks_result_folder_unit *wks_result_folder_unit_of(const wks_result_folder *self, const char *indicator)
{
    const wks_result_folder_unit key = {indicator, NULL, NULL, NULL};
    return self->n_units == 0 ? NULL : bsearch(&key, self->unit, self->n_units, sizeof *self->unit, compare_units);
}

static const char *unit_of_column(const wks_result_folder *self, const char *file, const char *column)
{
    const char *found = "";
    for (size_t row = 0; row < self->codebook.n_rows; row++) {
        const char *files = codebook_cell(&self->codebook, row, "file");
        if (strcmp(codebook_cell(&self->codebook, row, "column"), column) != 0 ||
            codebook_cell(&self->codebook, row, "indicator")[0] != '\0')
            continue;
        if (names_file(files, file)) return codebook_cell(&self->codebook, row, "unit");
        if (strcmp(files, "*") == 0) found = codebook_cell(&self->codebook, row, "unit");
    }
    return found;
}

int wks_result_folder_column_of(const wks_result_folder_table *table, const char *name)
{
    for (int i = 0; i < table->n_columns; i++) {
        if (strcmp(table->column[i].name, name) == 0) return i;
    }
    return -1;
}

const wks_result_folder_table *wks_result_folder_find(const wks_result_folder *self, const char *file)
{
    for (size_t i = 0; i < self->n_tables; i++) {
        if (strcmp(self->table[i].file, file) == 0) return &self->table[i];
    }
    return NULL;
}

static bool in_list(const char *name, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(name, list[i]) == 0) return true;
    }
    return false;
}

static wks_status take_header(const wks_result_folder *self, wks_result_folder_table *table, const wks_row_reader *row,
                              wks_problems *problems, wks_err *err)
{
    const char *name = NULL;

    table->column = wks_mem_array(row->n_cells, sizeof *table->column);
    if (table->column == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for %s", table->path);
    for (size_t i = 0; i < row->n_cells; i++) {
        wks_result_folder_column *column = &table->column[i];
        name = wks_row_reader_cell(row, i);
        if (name[0] == '\0') wks_problems_error(problems, table->path, row->line, 0, "column %zu has no name", i + 1);
        if (wks_result_folder_column_of(table, name) >= 0)
            wks_problems_error(problems, table->path, row->line, 0, "column '%s' is there twice", name);
        *column = (wks_result_folder_column){.name = strdup(name), .kind = wks_column_kind_of(table->file, name), .width = strlen(name)};
        column->unit = unit_of_column(self, table->file, name);
        if (column->name == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for %s", table->path);
        table->n_columns++;
    }
    table->indicator = wks_result_folder_column_of(table, "indicator");
    for (int i = 0; i < table->n_columns; i++)
        table->column[i].follows = table->indicator >= 0 && in_list(table->column[i].name, follows, sizeof follows / sizeof *follows);
    return WKS_OK;
}

static bool is_infinite(const char *cell)
{
    return strcmp(cell, "inf") == 0 || strcmp(cell, "-inf") == 0;
}

/* Digits of a number that count. */
static int digits_of(const char *cell)
{
    int n = 0;
    for (; *cell != '\0' && *cell != 'e' && *cell != 'E'; cell++) {
        if (*cell >= '0' && *cell <= '9' && (n > 0 || *cell != '0')) n++;
    }
    return n;
}

static void check_cell(const wks_result_folder_table *table, const wks_row_reader *row, size_t i, bool *is_text, wks_problems *problems)
{
    const char *cell = wks_row_reader_cell(row, i);
    wks_result_folder_column *column = &table->column[i];
    const size_t n = strlen(cell);
    double value = 0;
    int32_t month = 0;

    if (n > column->width) column->width = n;
    if (n == 0 || column->kind == WKS_COLUMN_KIND_TEXT) return;
    if (column->kind == WKS_COLUMN_KIND_DATE) {
        if (!wks_text_parse_month(cell, &month))
            wks_problems_error(problems, table->path, row->line, 0, "column %s: '%s' is no month; expected as 2025-01", column->name, cell);
        return;
    }
    if (wks_text_parse_double(cell, &value) || is_infinite(cell)) {
        if (digits_of(cell) > 16) column->n_long++;
    } else if (column->kind == WKS_COLUMN_KIND_UNKNOWN) {
        is_text[i] = true;
    } else {
        wks_problems_error(problems, table->path, row->line, 0,
                           "column %s: '%s' is no number; expected one with a decimal point, or nothing", column->name, cell);
    }
}

static void check_row(wks_result_folder_table *table, const wks_row_reader *row, bool *is_text, wks_problems *problems)
{
    if (row->n_cells != (size_t)table->n_columns) {
        wks_problems_error(problems, table->path, row->line, 0, "%zu fields; expected %d as in the header", row->n_cells, table->n_columns);
        return;
    }
    for (size_t i = 0; i < row->n_cells; i++)
        check_cell(table, row, i, is_text, problems);
    table->n_rows++;
}

/* The whole table once. What it is wrong with is told; WKS_ERR_IO and WKS_ERR_NOMEM are returned. */
static wks_status check_table(const wks_result_folder *self, wks_result_folder_table *table, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_row_reader reader = {0};
    wks_row_reader_row row = WKS_ROW_READER_END;
    bool *is_text = NULL;

    WKS_TRY(wks_row_reader_open(table->path, &reader, err));
    row = wks_row_reader_next(&reader, problems);
    if (row == WKS_ROW_READER_END) {
        WKS_TRY(wks_row_reader_ended(&reader, err));
        wks_problems_error(problems, table->path, 0, 0, "is empty; expected a header");
    }
    if (row != WKS_ROW_READER_GOOD) goto out;
    WKS_TRY(take_header(self, table, &reader, problems, err));
    is_text = wks_mem_array((size_t)table->n_columns, sizeof *is_text);
    if (is_text == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %s", table->path);
    while ((row = wks_row_reader_next(&reader, problems)) != WKS_ROW_READER_END) {
        if (row == WKS_ROW_READER_GOOD) check_row(table, &reader, is_text, problems);
    }
    WKS_TRY(wks_row_reader_ended(&reader, err));
    for (int i = 0; i < table->n_columns; i++) {
        if (table->column[i].kind == WKS_COLUMN_KIND_UNKNOWN)
            table->column[i].kind = is_text[i] ? WKS_COLUMN_KIND_TEXT : WKS_COLUMN_KIND_NUMBER;
    }
out:
    free(is_text);
    wks_row_reader_close(&reader);
    return rc;
}

static wks_status add_table(wks_result_folder *self, const char *file, wks_problems *problems, wks_err *err)
{
    wks_result_folder_table *table = &self->table[self->n_tables++];

    *table = (wks_result_folder_table){
        .file = strdup(file), .name = wks_file_stem(file), .path = wks_file_join(self->path, file), .indicator = -1};
    if (table->file == NULL || table->name == NULL || table->path == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for %s", file);
    return check_table(self, table, problems, err);
}

static wks_status take_tables(wks_result_folder *self, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    char **name = NULL;
    size_t n = 0;

    WKS_TRY(wks_file_list(self->path, &name, &n, err));
    self->table = wks_mem_array(n + 1, sizeof *self->table);
    if (self->table == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the tables of %s", self->path);
    for (size_t i = 0; i < n; i++) {
        if (is_table(self, name[i])) WKS_TRY(add_table(self, name[i], problems, err));
    }
    if (self->n_tables == 0)
        WKS_FAIL(err, WKS_ERR_DATA, "%s holds no tables of results; expected the folder of a run, a comparison, a sweep or a calibration",
                 self->path);
    WKS_TRY(add_table(self, "codebook.csv", problems, err));
out:
    for (size_t i = 0; i < n; i++)
        free(name[i]);
    free(name);
    return rc;
}

wks_status wks_result_folder_open(const char *path, wks_result_folder *out, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *manifest = wks_file_join(path, "manifest.json"), *codebook = wks_file_join(path, "codebook.csv");

    *out = (wks_result_folder){.path = strdup(path)};
    if (out->path == NULL || manifest == NULL || codebook == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (!wks_file_is_folder(path) || !wks_file_exists(manifest) || !wks_file_exists(codebook)) {
        WKS_FAIL(err, WKS_ERR_DATA,
                 "%s is not a results folder; expected manifest.json and codebook.csv in it, as run, compare, sweep, calibrate and merge "
                 "write them",
                 path);
    }
    WKS_TRY(wks_manifest_read(path, &out->manifest, err));
    if (strcmp(out->manifest.status, "complete") != 0) {
        wks_problems_warning(problems, manifest, 0, 0, "status is %s: the tables are those of the replications that are whole",
                             out->manifest.status);
    }
    WKS_TRY(wks_csv_read(codebook, ',', false, &out->codebook, problems, err));
    if (wks_csv_column(&out->codebook, "file") < 0 || wks_csv_column(&out->codebook, "column") < 0) {
        wks_problems_error(problems, codebook, 1, 0, "is no codebook; expected columns file and column");
        WKS_FAIL(err, WKS_ERR_DATA, "%s is not a results folder", path);
    }
    WKS_TRY(take_units(out, err));
    WKS_TRY(take_tables(out, problems, err));
    WKS_TRY(wks_problems_status(problems, err));
out:
    if (rc != WKS_OK) wks_result_folder_free(out);
    free(manifest);
    free(codebook);
    return rc;
}

void wks_result_folder_free(wks_result_folder *self)
{
    for (size_t i = 0; i < self->n_tables; i++) {
        wks_result_folder_table *table = &self->table[i];
        for (int k = 0; k < table->n_columns; k++)
            free(table->column[k].name);
        free(table->column);
        free(table->file);
        free(table->name);
        free(table->path);
    }
    free(self->table);
    free(self->unit);
    wks_csv_free(&self->codebook);
    wks_manifest_free(&self->manifest);
    free(self->path);
    *self = (wks_result_folder){0};
}

wks_status wks_result_folder_read(const wks_result_folder_table *table, wks_result_folder_row *each, void *context, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_row_reader reader = {0};
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_row_reader_row row = WKS_ROW_READER_END;
    int64_t n = -1;

    WKS_TRY(wks_row_reader_open(table->path, &reader, err));
    while ((row = wks_row_reader_next(&reader, &problems)) != WKS_ROW_READER_END) {
        if (row == WKS_ROW_READER_BAD || reader.n_cells != (size_t)table->n_columns)
            WKS_FAIL(err, WKS_ERR_IO, "%s:%d: the table changed while it was read; try again", table->path, reader.line);
        if (n >= 0) WKS_TRY(each(table, &reader, context, err));
        n++;
    }
    WKS_TRY(wks_row_reader_ended(&reader, err));
    if (n != table->n_rows) WKS_FAIL(err, WKS_ERR_IO, "%s: the table changed while it was read; try again", table->path);
out:
    wks_row_reader_close(&reader);
    wks_problems_free(&problems);
    return rc;
}

static void add_about(wks_text *out, const char *what, const char *value)
{
    if (value != NULL && value[0] != '\0') wks_text_addf(out, "%s\t%s\n", what, value);
}

void wks_result_folder_about(const wks_result_folder *self, wks_text *out)
{
    const wks_manifest *m = &self->manifest;
    add_about(out, "soort | kind", m->kind);
    add_about(out, "scenario", m->scenario);
    add_about(out, "titel | title", m->title);
    add_about(out, "stad | city", m->city);
    add_about(out, "mensen | people", m->has_real_people ? "imported: cells under 10 are empty" : "synthetic");
    add_about(out, "opdracht | command", m->command);
    add_about(out, "programma | program", m->version);
    add_about(out, "commit", m->commit);
    add_about(out, "scenario hash", m->scenario_hash);
    wks_text_addf(out, "seed (population, dynamics)\t%llu, %llu\n", (unsigned long long)m->seed_population,
                  (unsigned long long)m->seed_dynamics);
    wks_text_addf(out, "herhalingen | replications\t%d\nmaanden | ticks\t%d\n", m->replications_asked, m->ticks);
    add_about(out, "start", m->start);
    for (size_t i = 0; i < m->n_parts; i++)
        add_about(out, "scenario's | scenarios", m->part[i]);
    for (size_t i = 0; i < m->n_sources; i++)
        add_about(out, "bron | source", m->source[i]);
}
