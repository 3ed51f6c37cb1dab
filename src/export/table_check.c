#include "export/table_check.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/mem.h"

/* Columns of an indicator's own unit. */
static const char *const follows[] = {"value",         "mean",           "sd", "ci_low", "ci_high", "p10", "p50", "p90", "mean_reference",
                                      "mean_scenario", "mean_difference"};

static const char *unit_of_column(const wks_result_folder *self, const char *file, const char *column)
{
    const char *found = "";
    for (size_t row = 0; row < self->codebook.n_rows; row++) {
        const char *files = wks_result_folder_codebook(self, row, "file");
        if (strcmp(wks_result_folder_codebook(self, row, "column"), column) != 0 ||
            wks_result_folder_codebook(self, row, "indicator")[0] != '\0')
            continue;
        if (wks_result_folder_names(files, file)) return wks_result_folder_codebook(self, row, "unit");
        if (strcmp(files, "*") == 0) found = wks_result_folder_codebook(self, row, "unit");
    }
    return found;
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
        if (name[0] == '\0') wks_problems_error(problems, row->path, row->line, 0, "column %zu has no name", i + 1);
        if (wks_result_folder_column_of(table, name) >= 0)
            wks_problems_error(problems, row->path, row->line, 0, "column '%s' is there twice", name);
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

static void check_cell(const wks_result_folder_table *table, const wks_row_reader *row, size_t i, wks_problems *problems)
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
            wks_problems_error(problems, row->path, row->line, 0, "column %s: '%s' is no month; expected as 2025-01", column->name, cell);
        return;
    }
    if (wks_text_parse_double(cell, &value) || is_infinite(cell)) {
        if (digits_of(cell) > 16) column->n_long++;
    } else if (column->kind == WKS_COLUMN_KIND_UNKNOWN) {
        column->is_text = true;
    } else {
        wks_problems_error(problems, row->path, row->line, 0, "column %s: '%s' is no number; expected one with a decimal point, or nothing",
                           column->name, cell);
    }
}

static void check_row(wks_result_folder_table *table, wks_table_source *source, wks_row_reader *row, wks_problems *problems)
{
    const int n_added = wks_table_source_n_added(source), expected = table->n_columns - n_added;

    if (row->n_cells != (size_t)expected) {
        wks_problems_error(problems, row->path, row->line, 0, "the row has %zu fields; expected %d, as the header has%s", row->n_cells,
                           expected, row->is_cut && row->n_cells < (size_t)expected ? WKS_CSV_CUT_OFF : "");
        return;
    }
    wks_table_source_complete(source, row);
    if (row->failed) return; /* told when the file ends */
    for (size_t k = 0; k < row->n_cells; k++)
        check_cell(table, row, k, problems);
    source->n_rows++;
    table->n_rows++;
}

/* Every file of a joined table has the columns of the first. */
static void check_header(const wks_result_folder_table *table, const wks_row_reader *row, wks_problems *problems)
{
    bool is_same = row->n_cells == (size_t)table->n_columns;
    for (size_t i = 0; i < row->n_cells && is_same; i++)
        is_same = strcmp(wks_row_reader_cell(row, i), table->column[i].name) == 0;
    if (!is_same)
        wks_problems_error(problems, row->path, row->line, 0, "other columns than %s has; expected the same", table->source[0].path);
}

/* One of its files once. What it is wrong with is told; WKS_ERR_IO and WKS_ERR_NOMEM are returned. */
static wks_status check_source(const wks_result_folder *self, wks_result_folder_table *table, wks_table_source *source,
                               wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_row_reader reader = {0};
    wks_row_reader_row row = WKS_ROW_READER_END;

    WKS_TRY(wks_row_reader_open(source->path, &reader, err));
    row = wks_row_reader_next(&reader, problems);
    if (row == WKS_ROW_READER_END) {
        WKS_TRY(wks_row_reader_ended(&reader, err));
        wks_problems_error(problems, source->path, 0, 0, "is empty; expected a header");
    }
    if (row != WKS_ROW_READER_GOOD) goto out;
    wks_table_source_complete_header(source, &reader);
    WKS_TRY(wks_row_reader_ended(&reader, err));
    if (table->column == NULL) {
        WKS_TRY(take_header(self, table, &reader, problems, err));
    } else {
        check_header(table, &reader, problems);
    }
    while ((row = wks_row_reader_next(&reader, problems)) != WKS_ROW_READER_END) {
        if (row == WKS_ROW_READER_GOOD) check_row(table, source, &reader, problems);
    }
    WKS_TRY(wks_row_reader_ended(&reader, err));
out:
    wks_row_reader_close(&reader);
    return rc;
}

wks_status wks_table_check(const wks_result_folder *self, wks_result_folder_table *table, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (size_t i = 0; i < table->n_sources; i++)
        WKS_TRY(check_source(self, table, &table->source[i], problems, err));
    for (int i = 0; i < table->n_columns; i++) {
        if (table->column[i].kind == WKS_COLUMN_KIND_UNKNOWN)
            table->column[i].kind = table->column[i].is_text ? WKS_COLUMN_KIND_TEXT : WKS_COLUMN_KIND_NUMBER;
    }
out:
    return rc;
}

static wks_status read_source(const wks_result_folder_table *table, const wks_table_source *source, wks_table_check_row *each,
                              void *context, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_row_reader reader = {0};
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_row_reader_row row = WKS_ROW_READER_END;
    const int expected = table->n_columns - wks_table_source_n_added(source);
    int64_t n = -1;

    WKS_TRY(wks_row_reader_open(source->path, &reader, err));
    while ((row = wks_row_reader_next(&reader, &problems)) != WKS_ROW_READER_END) {
        if (row == WKS_ROW_READER_BAD || reader.n_cells != (size_t)expected)
            WKS_FAIL(err, WKS_ERR_IO, "%s:%d: the table changed while it was read; try again", source->path, reader.line);
        if (n++ < 0) continue;
        wks_table_source_complete(source, &reader);
        if (reader.failed) break;
        WKS_TRY(each(table, &reader, context, err));
    }
    WKS_TRY(wks_row_reader_ended(&reader, err));
    if (n != source->n_rows) WKS_FAIL(err, WKS_ERR_IO, "%s: the table changed while it was read; try again", source->path);
out:
    wks_row_reader_close(&reader);
    wks_problems_free(&problems);
    return rc;
}

wks_status wks_table_check_read(const wks_result_folder_table *table, wks_table_check_row *each, void *context, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (size_t i = 0; i < table->n_sources; i++)
        WKS_TRY(read_source(table, &table->source[i], each, context, err));
out:
    return rc;
}
