#include "base/number_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/encoding.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/number_cell.h"
#include "base/number_lines.h"

enum { TABLE_QUOTED = 40 }; /* of a name a message quotes at most so much */

void wks_number_table_free(wks_number_table *table)
{
    wks_name_index_free(&table->index);
    free(table->name);
    free(table->value);
    free(table->line);
    free(table->path);
    free(table->bytes);
    wks_csv_free(&table->csv);
    *table = (wks_number_table){0};
}

/* ---- files with quotes ---- */

static wks_status read_cells(wks_number_lines *self, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_number_table *table = self->table;
    const wks_csv *csv = &table->csv;

    WKS_TRY(wks_number_lines_make_room(table, csv->n_rows, err));
    for (size_t row = 0; row < csv->n_rows; row++) {
        table->line[row] = csv->line[row];
        for (size_t index = 0; index < csv->n_columns; index++) {
            char *text = csv->cell[row * csv->n_columns + index];
            const size_t n = strlen(text);
            const int line = csv->line[row], column = wks_csv_position(csv, row, (int)index);
            if (index < table->n_names) {
                (void)wks_number_lines_take_name(self, row, index, text, n, line, column, problems);
            } else {
                (void)wks_number_lines_take_number(self, row, index, text, n, line, column, problems);
            }
        }
    }
out:
    return rc;
}

/* ---- the whole ---- */

/* No quotes, and no CR but before LF: then a line is a row and a separator ends a cell. */
static bool is_plain(const char *bytes, size_t n)
{
    if (memchr(bytes, '"', n) != NULL) return false;
    for (const char *at = bytes; (at = memchr(at, '\r', (size_t)(bytes + n - at))) != NULL; at++)
        if (at[1] != '\n') return false; /* a NUL stands behind the last byte */
    return true;
}

/* Bytes up to and with the first line that holds anything, and the lines that are. */
static size_t header_bytes(const char *bytes, size_t n, int *out_lines)
{
    size_t at = wks_encoding_bom_length(bytes, n);
    bool any = false;

    for (*out_lines = 0; at < n && !any; (*out_lines)++) {
        while (at < n && bytes[at] != '\n') {
            any = any || bytes[at] != '\r';
            at++;
        }
        at += at < n;
    }
    return at;
}

static bool is_number(const char *text)
{
    double value = 0;
    return wks_number_cell_read(text, strlen(text), &value);
}

static void check_header(const wks_number_lines *self, int line, wks_problems *problems)
{
    const wks_number_table *table = self->table;
    size_t n_numbers = 0;

    for (size_t index = 0; index < self->n_columns; index++) {
        if (table->csv.header[index][0] == '\0')
            wks_problems_error(problems, table->path, line, 0, "column %zu has no name; expected one", index + 1);
        n_numbers += index >= table->n_names && is_number(table->csv.header[index]);
    }
    /* groups may be years: then the name of the first column tells that this is no row */
    if (table->n_numbers > 0 && n_numbers == table->n_numbers && strcmp(table->csv.header[0], "area") != 0)
        wks_problems_error(problems, table->path, line, 1,
                           "no header: the first line holds numbers; expected a line with the names of the columns");
    if (self->format->n_names < SIZE_MAX && self->n_columns <= self->format->n_names)
        wks_problems_error(problems, table->path, line, 0,
                           "the header has %zu column%s; expected %zu with names and then columns of numbers", self->n_columns,
                           self->n_columns == 1 ? "" : "s", self->format->n_names);
}

static void check_rows(const wks_number_table *table, wks_problems *problems)
{
    if (table->n_rows == 0) wks_problems_error(problems, table->path, 0, 0, "the file has no row below its header; expected at least one");
    if (table->index.n_again == 0) return;
    for (size_t row = 0; row < table->n_rows; row++) {
        const int64_t first = wks_name_index_find(&table->index, table->name[row]);
        if (first < (int64_t)row)
            wks_problems_error(problems, table->path, table->line[row], wks_number_table_position(table, row, 0),
                               "'%.*s' is there twice, first on line %d; expected every %s once", TABLE_QUOTED, table->name[row],
                               table->line[first], table->header[0]);
    }
}

static wks_status read_text(wks_number_lines *self, size_t n, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_number_table *table = self->table;
    const size_t errors_before = problems->n_errors;
    int n_lines = 0;
    bool convert = false;

    if (!wks_encoding_check(table->path, table->bytes, n, false, &convert, problems)) goto out;
    table->is_whole_csv = !is_plain(table->bytes, n);
    const size_t n_header = table->is_whole_csv ? n : header_bytes(table->bytes, n, &n_lines);
    rc = wks_csv_parse(table->path, table->bytes, n_header, '\0', false, &table->csv, problems, err);
    if (rc != WKS_OK && rc != WKS_ERR_DATA) goto out;
    rc = WKS_OK; /* the problems tell; what can be looked at is */
    if (table->csv.n_columns == 0) goto out;
    self->separator = table->csv.separator;
    self->n_columns = table->csv.n_columns;
    table->header = table->csv.header;
    table->n_names = self->n_columns < self->format->n_names ? self->n_columns : self->format->n_names;
    table->n_numbers = self->n_columns - table->n_names;
    check_header(self, n_lines, problems);
    if (problems->n_errors > errors_before && !table->is_whole_csv) goto out;
    self->body = table->bytes + n_header;
    self->n = n - n_header;
    self->first_line = n_lines + 1;
    WKS_TRY(table->is_whole_csv ? read_cells(self, problems, err) : wks_number_lines_read(self, problems, err));
    if (problems->n_errors > errors_before) goto out;
    if (self->format->is_unique) WKS_TRY(wks_name_index_create(table->name, table->n_rows, self->format->threads, &table->index, err));
    check_rows(table, problems);
out:
    return rc;
}

/* `bytes` becomes the table's own. */
static wks_status take_bytes(const char *path, char *bytes, size_t n, const wks_number_table_format *format, wks_number_table *out,
                             wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t errors_before = problems->n_errors;
    wks_number_lines self = {.table = out, .format = format};
    wks_err reading = WKS_ERR_INIT;

    *out = (wks_number_table){.bytes = bytes, .path = wks_mem_string(path)};
    if (out->path == NULL || bytes == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to read %s", path);
    rc = read_text(&self, n, problems, &reading);
    if (rc != WKS_OK) WKS_FAIL(err, rc, "%s", reading.message);
    const size_t found = problems->n_errors - errors_before;
    if (found > 0) WKS_FAIL(err, WKS_ERR_DATA, "%s: %zu problem%s", path, found, found == 1 ? "" : "s");
out:
    if (rc != WKS_OK) wks_number_table_free(out);
    return rc;
}

wks_status wks_number_table_parse(const char *path, const char *bytes, size_t n, const wks_number_table_format *format,
                                  wks_number_table *out, wks_problems *problems, wks_err *err)
{
    char *copy = wks_mem_array(n + 1, 1);
    if (copy != NULL && n > 0) memcpy(copy, bytes, n);
    return take_bytes(path, copy, n, format, out, problems, err);
}

wks_status wks_number_table_read(const char *path, const wks_number_table_format *format, wks_number_table *out, wks_problems *problems,
                                 wks_err *err)
{
    wks_err reading = WKS_ERR_INIT;
    char *bytes = NULL;
    size_t n = 0;

    *out = (wks_number_table){0};
    const wks_status rc = wks_file_read(path, &bytes, &n, &reading);
    if (rc == WKS_OK) return take_bytes(path, bytes, n, format, out, problems, err);
    if (rc != WKS_ERR_IO) return wks_err_set(err, rc, "%s", reading.message);
    wks_problems_error(problems, path, 0, 0, "%s", reading.message);
    return wks_err_set(err, WKS_ERR_DATA, "%s", reading.message);
}

/* ---- use ---- */

int wks_number_table_position(const wks_number_table *table, size_t row, size_t column)
{
    const bool is_tab = table->csv.separator == '\t';

    WKS_BUG_IF(row >= table->n_rows || column >= table->n_names + table->n_numbers);
    if (table->is_whole_csv) return wks_csv_position(&table->csv, row, (int)column);
    const char *start = table->name[row];
    while (start > table->bytes && (start[-1] == ' ' || (start[-1] == '\t' && !is_tab)))
        start--;
    if (column < table->n_names) return (int)(table->name[column * table->n_rows + row] - start) + 1;
    const char *at = table->name[(table->n_names - 1) * table->n_rows + row];
    at += strlen(at);
    while (*at == '\0')
        at++;
    for (size_t index = table->n_names; index < column; index++)
        at = strchr(at, table->csv.separator) + 1;
    while (*at == ' ' || (*at == '\t' && !is_tab))
        at++;
    return (int)(at - start) + 1;
}

int64_t wks_number_table_find(const wks_number_table *table, const char *name)
{
    return wks_name_index_find(&table->index, name);
}
