#include "base/number_table.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/encoding.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/number_cell.h"
#include "base/par.h"

/* A line belongs to the block of bytes in which it starts; of a cell a message quotes at most so much. */
enum { TABLE_BLOCK = 1 << 20, TABLE_QUOTED = 40, TABLE_EXACT_DIGITS = 15 };

typedef struct wks_number_table_work {
    wks_number_table *table;
    const wks_number_table_format *format;
    char *body; /* behind the header line, NUL at body[n] */
    size_t n, n_columns;
    char separator;
    int first_line; /* of the body in the file */
    int64_t n_blocks;
    char **start;         /* n_blocks + 1: the first line of a block */
    int64_t *row, *line;  /* of every block: how many there are, then how many before it */
    bool *is_bad;         /* of every block */
    uint32_t *name_bytes; /* of every name: how long it is */
} work;

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

/* ---- cells ---- */

static bool is_blank(const work *self, char c)
{
    return c == ' ' || (c == '\t' && self->separator != '\t');
}

static void tell_cell(const work *self, wks_problems *problems, int line, int column, size_t index, const char *text, size_t n)
{
    const char *wrong = wks_number_cell_wrong(text, n, self->format->low, self->format->high);
    const char *header = self->table->csv.header[index];
    if (n == 0) {
        wks_problems_error(problems, self->table->path, line, column, "the cell of column '%s' is empty; expected %s", header,
                           self->format->expected);
        return;
    }
    wks_problems_error(problems, self->table->path, line, column, "'%.*s' in column '%s' %s; expected %s",
                       (int)(n < TABLE_QUOTED ? n : TABLE_QUOTED), text, header, wrong, self->format->expected);
}

static bool is_in_range(const work *self, double value)
{
    return value >= self->format->low && value <= self->format->high;
}

/* A cell of a number (blanks dropped): true when it is one that is expected. `problems` NULL: only whether it is. */
static bool take_number(const work *self, size_t row, size_t index, const char *text, size_t n, int line, int column,
                        wks_problems *problems)
{
    double value = 0;
    const bool good = wks_number_cell_read(text, n, &value) && is_in_range(self, value);
    if (good) {
        self->table->value[(index - self->table->n_names) * self->table->n_rows + row] = value;
    } else if (problems != NULL) {
        tell_cell(self, problems, line, column, index, text, n);
    }
    return good;
}

static bool take_name(const work *self, size_t row, size_t index, char *text, size_t n, int line, int column, wks_problems *problems)
{
    const size_t at = index * self->table->n_rows + row;
    if (n == 0 && problems != NULL)
        wks_problems_error(problems, self->table->path, line, column, "the cell of column '%s' is empty; expected a name",
                           self->table->csv.header[index]);
    self->table->name[at] = text;
    if (self->name_bytes != NULL) self->name_bytes[at] = (uint32_t)n;
    return n > 0 && n < UINT32_MAX;
}

/* ---- lines without quotes ---- */

static char *line_end(const work *self, char *at)
{
    char *end = memchr(at, '\n', (size_t)(self->body + self->n - at));
    return end == NULL ? self->body + self->n : end;
}

/* Without the CR of a CRLF. */
static char *text_end(const char *at, char *end)
{
    return end > at && end[-1] == '\r' ? end - 1 : end;
}

/* Most cells: a few digits up to the separator. NULL: look again. */
static char *take_digits(const work *self, size_t row, size_t index, char *at, const char *end)
{
    uint64_t whole = 0;
    char *digit = at;
    while (*digit >= '0' && *digit <= '9')
        whole = whole * 10 + (uint64_t)(*digit++ - '0');
    if (digit == at || digit - at > TABLE_EXACT_DIGITS || (digit != end && *digit != self->separator)) return NULL;
    if (!is_in_range(self, (double)whole)) return NULL;
    self->table->value[(index - self->table->n_names) * self->table->n_rows + row] = (double)whole;
    return digit;
}

static bool take_cell(const work *self, size_t row, size_t index, char *at, char *end, const char *line_start, int line,
                      wks_problems *problems)
{
    while (at < end && is_blank(self, *at))
        at++;
    while (end > at && is_blank(self, end[-1]))
        end--;
    const int column = (int)(at - line_start) + 1;
    return index < self->table->n_names ? take_name(self, row, index, at, (size_t)(end - at), line, column, problems)
                                        : take_number(self, row, index, at, (size_t)(end - at), line, column, problems);
}

static void tell_ragged(const work *self, wks_problems *problems, int line, int column, size_t n_fields)
{
    wks_problems_error(problems, self->table->path, line, column, "the row has %zu fields; expected %zu, as the header has%s", n_fields,
                       self->n_columns, n_fields > self->n_columns && self->separator == ',' ? " (is there a decimal comma?)" : "");
}

/* Of a row with another number of fields than the header nothing is taken. */
static bool has_all_fields(const work *self, const char *at, const char *end, int line, wks_problems *problems)
{
    const char *first_more = end;
    size_t n = 1;
    for (const char *c = at; c < end; c++) {
        if (*c != self->separator) continue;
        if (n == self->n_columns) first_more = c;
        n++;
    }
    if (n != self->n_columns && problems != NULL) tell_ragged(self, problems, line, (int)(first_more - at) + 1, n);
    return n == self->n_columns;
}

static bool take_row(const work *self, size_t row, char *at, char *end, int line, wks_problems *problems)
{
    const char *start = at;
    bool good = true;

    self->table->line[row] = line;
    if (problems != NULL && !has_all_fields(self, at, end, line, problems)) return false;
    for (size_t index = 0; index < self->n_columns; index++) {
        char *next = index < self->table->n_names ? NULL : take_digits(self, row, index, at, end);
        if (next == NULL) {
            next = memchr(at, self->separator, (size_t)(end - at));
            if (next == NULL) next = end;
            good = take_cell(self, row, index, at, next, start, line, problems) && good;
        }
        if (next == end) return good && index + 1 == self->n_columns; /* also too few */
        at = next + 1;
    }
    return false; /* too many */
}

/* ---- blocks of lines ---- */

static void count_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    const work *self = context;
    (void)begin;
    (void)end;
    for (char *at = self->start[block]; at < self->start[block + 1];) {
        char *line = line_end(self, at);
        self->row[block] += text_end(at, line) > at;
        self->line[block]++;
        at = line + 1;
    }
}

/* `problems` NULL: stops at the first problem. */
static bool take_block(const work *self, int64_t block, wks_problems *problems)
{
    size_t row = (size_t)self->row[block];
    int line = self->first_line + (int)self->line[block];
    bool good = true;

    for (char *at = self->start[block]; at < self->start[block + 1] && (good || problems != NULL); line++) {
        char *end = line_end(self, at), *last = text_end(at, end);
        if (last > at) good = take_row(self, row++, at, last, line, problems) && good;
        at = end + 1;
    }
    return good;
}

static void read_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    const work *self = context;
    (void)begin;
    (void)end;
    self->is_bad[block] = !take_block(self, block, NULL);
}

/* Puts a NUL behind every name, over blanks and the separator (position() counts on that). Only now: lines are no longer looked for. */
static void end_names(int64_t begin, int64_t end, int64_t block, void *context)
{
    const work *self = context;
    const wks_number_table *table = self->table;
    (void)block;
    for (size_t index = 0; index < table->n_names; index++) {
        for (size_t at = index * table->n_rows + (size_t)begin; at < index * table->n_rows + (size_t)end; at++) {
            char *c = table->name[at] + self->name_bytes[at];
            while (is_blank(self, *c))
                *c++ = '\0';
            *c = '\0';
        }
    }
}

static void find_blocks(work *self)
{
    for (int64_t block = 0; block <= self->n_blocks; block++) {
        const size_t at = (size_t)block * TABLE_BLOCK;
        char *end = self->body + self->n;
        if (block == 0) end = self->body;
        if (block > 0 && at < self->n) end = line_end(self, self->body + at - 1);
        self->start[block] = block > 0 && end < self->body + self->n ? end + 1 : end;
    }
}

/* Counts become numbers before the block; returns the sum. */
static int64_t add_up(int64_t *count, int64_t n)
{
    int64_t sum = 0;
    for (int64_t i = 0; i < n; i++) {
        const int64_t here = count[i];
        count[i] = sum;
        sum += here;
    }
    return sum;
}

static wks_status make_room(wks_number_table *table, size_t n_rows, wks_err *err)
{
    table->n_rows = n_rows;
    if (n_rows > 0 && (table->n_names > SIZE_MAX / n_rows || table->n_numbers > SIZE_MAX / n_rows))
        return wks_err_set(err, WKS_ERR_NOMEM, "no memory to read %s", table->path);
    table->name = wks_mem_array(table->n_names * n_rows, sizeof *table->name);
    table->value = wks_mem_array(table->n_numbers * n_rows, sizeof *table->value);
    table->line = wks_mem_array(n_rows, sizeof *table->line);
    if (table->name == NULL || table->value == NULL || table->line == NULL)
        return wks_err_set(err, WKS_ERR_NOMEM, "no memory to read %s", table->path);
    return WKS_OK;
}

static wks_status read_lines(work *self, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_number_table *table = self->table;
    bool good = true;

    self->n_blocks = wks_par_blocks((int64_t)self->n, TABLE_BLOCK);
    self->start = wks_mem_array((size_t)self->n_blocks + 1, sizeof *self->start);
    self->row = wks_mem_array((size_t)self->n_blocks, sizeof *self->row);
    self->line = wks_mem_array((size_t)self->n_blocks, sizeof *self->line);
    self->is_bad = wks_mem_array((size_t)self->n_blocks, sizeof *self->is_bad);
    if (self->start == NULL || self->row == NULL || self->line == NULL || self->is_bad == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to read %s", table->path);
    find_blocks(self);
    wks_par_for((int64_t)self->n, TABLE_BLOCK, self->format->threads, count_block, self);
    const int64_t n_rows = add_up(self->row, self->n_blocks), n_lines = add_up(self->line, self->n_blocks);
    if (n_lines >= INT_MAX - self->first_line) {
        wks_problems_error(problems, table->path, 0, 0, "the file has %lld lines; expected fewer than 2^31", (long long)n_lines);
        goto out;
    }
    WKS_TRY(make_room(table, (size_t)n_rows, err));
    self->name_bytes = wks_mem_array(table->n_names * table->n_rows, sizeof *self->name_bytes);
    if (self->name_bytes == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to read %s", table->path);
    wks_par_for((int64_t)self->n, TABLE_BLOCK, self->format->threads, read_block, self);
    for (int64_t block = 0; block < self->n_blocks; block++) {
        if (!self->is_bad[block]) continue;
        good = false;
        (void)take_block(self, block, problems);
    }
    if (good) wks_par_for(n_rows, 0, self->format->threads, end_names, self);
out:
    free(self->start);
    free(self->row);
    free(self->line);
    free(self->is_bad);
    free(self->name_bytes);
    self->name_bytes = NULL;
    return rc;
}

/* ---- files with quotes ---- */

static wks_status read_cells(work *self, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_number_table *table = self->table;
    const wks_csv *csv = &table->csv;

    WKS_TRY(make_room(table, csv->n_rows, err));
    for (size_t row = 0; row < csv->n_rows; row++) {
        table->line[row] = csv->line[row];
        for (size_t index = 0; index < csv->n_columns; index++) {
            char *text = csv->cell[row * csv->n_columns + index];
            const size_t n = strlen(text);
            const int line = csv->line[row], column = wks_csv_position(csv, row, (int)index);
            if (index < table->n_names) {
                (void)take_name(self, row, index, text, n, line, column, problems);
            } else {
                (void)take_number(self, row, index, text, n, line, column, problems);
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

static void check_header(const work *self, int line, wks_problems *problems)
{
    const wks_number_table *table = self->table;
    size_t n_numbers = 0;

    for (size_t index = 0; index < self->n_columns; index++) {
        if (table->csv.header[index][0] == '\0')
            wks_problems_error(problems, table->path, line, 0, "column %zu has no name; expected one", index + 1);
        n_numbers += index >= table->n_names && is_number(table->csv.header[index]);
    }
    if (table->n_numbers > 0 && n_numbers == table->n_numbers)
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

static wks_status read_text(work *self, size_t n, wks_problems *problems, wks_err *err)
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
    WKS_TRY(table->is_whole_csv ? read_cells(self, problems, err) : read_lines(self, problems, err));
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
    work self = {.table = out, .format = format};
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
