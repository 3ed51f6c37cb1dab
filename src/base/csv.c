#include "base/csv.h"

#include <csv.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv_line.h"
#include "base/encoding.h"
#include "base/file.h"
#include "base/mem.h"

enum { CSV_BUFFER_STEP = 1 << 16, CSV_SAMPLE = 24 };

/* What the two callbacks of libcsv build. libcsv gives contents, `place` follows where we are in the file. */
typedef struct place {
    int line, column; /* of the next byte */
    bool after_cr;    /* the next LF belongs to the line end that CR began */
} place;

typedef struct reader {
    wks_csv *csv;
    const char *name;
    wks_problems *problems;
    size_t capacity_columns, capacity_cells, capacity_rows, n_cells;
    size_t used;             /* of csv->bytes */
    size_t row_fields;       /* fields of the row being read */
    size_t row_first_cell;   /* index in csv->cell of its first */
    int row_line;            /* where it starts, 0: not yet */
    bool has_header, failed; /* failed: no memory */
    bool is_header_bad;
    bool field_begun;
    place here, field;
} reader;

void wks_csv_free(wks_csv *csv)
{
    free(csv->path);
    free(csv->header);
    free(csv->cell);
    free(csv->line);
    free(csv->position);
    free(csv->bytes);
    memset(csv, 0, sizeof *csv);
}

/* ---- callbacks ---- */

static void on_header_field(reader *read, char *text)
{
    wks_csv *csv = read->csv;
    size_t n = csv->n_columns;
    if (n + 1 > read->capacity_columns) {
        size_t capacity = wks_mem_capacity(read->capacity_columns, n + 1);
        char **header = wks_mem_resize(csv->header, n, capacity, sizeof *header);
        int *position = wks_mem_resize(csv->position, n, capacity, sizeof *position);
        if (header != NULL) csv->header = header;
        if (position != NULL) csv->position = position;
        if (header == NULL || position == NULL) {
            read->failed = true;
            return;
        }
        read->capacity_columns = capacity;
    }
    csv->header[n] = text;
    csv->position[n] = read->field.column; /* of the header, until its row ends */
    csv->n_columns++;
}

static bool reserve_cells(reader *read, size_t n)
{
    if (read->n_cells + n <= read->capacity_cells) return true;
    size_t capacity = wks_mem_capacity(read->capacity_cells, read->n_cells + n);
    char **cell = wks_mem_resize(read->csv->cell, read->n_cells, capacity, sizeof *cell);
    if (cell != NULL) read->csv->cell = cell;
    int *position = wks_mem_resize(read->csv->position, read->n_cells, capacity, sizeof *position);
    if (position != NULL) read->csv->position = position;
    if (cell == NULL || position == NULL) return false;
    read->capacity_cells = capacity;
    return true;
}

static void on_field(void *content, size_t n, void *context)
{
    reader *read = context;
    if (read->failed) return;
    if (read->row_line == 0) read->row_line = read->field.line;
    read->field_begun = false;
    read->row_fields++;
    if (read->has_header && read->row_fields > read->csv->n_columns) return; /* ragged: counted, not kept */
    char *text = read->csv->bytes + read->used;
    if (n > 0) memcpy(text, content, n);
    text[n] = '\0';
    read->used += n + 1;
    if (!read->has_header) {
        on_header_field(read, text);
    } else if (reserve_cells(read, 1)) {
        read->csv->cell[read->n_cells] = text;
        read->csv->position[read->n_cells] = read->field.column;
        read->n_cells++;
    } else {
        read->failed = true;
    }
}

static bool is_number(const char *s)
{
    double value = 0;
    return wks_text_parse_double(s, &value);
}

/* By name, then in the order of the columns. */
static int compare_headers(const void *a, const void *b)
{
    char *const *left = *(char *const *const *)a, *const *right = *(char *const *const *)b;
    int order = strcmp(*left, *right);
    return order != 0 ? order : left < right ? -1 : left > right;
}

/* Sorted, not every pair: a table laid on its side has a column for every area. */
static void check_names_differ(reader *read)
{
    const wks_csv *csv = read->csv;
    char **const *sorted = NULL;
    char ***pointer = wks_mem_array(csv->n_columns, sizeof *pointer);
    if (pointer == NULL) {
        read->failed = true;
        return;
    }
    for (size_t i = 0; i < csv->n_columns; i++)
        pointer[i] = &csv->header[i];
    qsort(pointer, csv->n_columns, sizeof *pointer, compare_headers);
    sorted = pointer;
    for (size_t k = 1, first = 0; k < csv->n_columns; k++) {
        if (strcmp(*sorted[k], *sorted[first]) != 0) {
            first = k;
            continue;
        }
        if (**sorted[k] == '\0') continue; /* a column may have no name */
        size_t i = (size_t)(sorted[k] - csv->header), j = (size_t)(sorted[first] - csv->header);
        wks_problems_error(read->problems, read->name, read->row_line, csv->position[i],
                           "two columns are called '%s' (columns %zu and %zu); expected different names", csv->header[i], j + 1, i + 1);
    }
    free(pointer);
}

static void check_header(reader *read)
{
    const wks_csv *csv = read->csv;
    size_t n_names = 0;
    for (size_t i = 0; i < csv->n_columns; i++)
        if (csv->header[i][0] != '\0' && !is_number(csv->header[i])) n_names++;
    check_names_differ(read);
    if (n_names == 0) {
        wks_problems_error(read->problems, read->name, read->row_line, 1,
                           "no header: the first line holds no names; expected a line with the names of the columns");
    }
}

static void end_header(reader *read)
{
    size_t errors_before = read->problems->n_errors;
    check_header(read);
    read->is_header_bad = read->problems->n_errors > errors_before;
    read->has_header = true;
    free(read->csv->position);
    read->csv->position = NULL;
}

static void end_data_row(reader *read, bool is_cut)
{
    wks_csv *csv = read->csv;
    if (read->row_fields != csv->n_columns) {
        const bool is_short = is_cut && read->row_fields < csv->n_columns;
        wks_problems_error(read->problems, read->name, read->row_line, 0, "the row has %zu fields; expected %zu, as the header has%s%s",
                           read->row_fields, csv->n_columns, csv->n_columns == 1 ? " (is there a title above the header?)" : "",
                           is_short ? WKS_CSV_CUT_OFF : "");
        read->n_cells = read->row_first_cell; /* the row is left out */
        return;
    }
    if (csv->n_rows == read->capacity_rows) {
        size_t capacity = wks_mem_capacity(read->capacity_rows, csv->n_rows + 1);
        int *line = wks_mem_resize(csv->line, csv->n_rows, capacity, sizeof *line);
        if (line == NULL) {
            read->failed = true;
            return;
        }
        csv->line = line;
        read->capacity_rows = capacity;
    }
    csv->line[csv->n_rows++] = read->row_line;
    read->row_first_cell = read->n_cells;
}

static void on_row(int end, void *context)
{
    reader *read = context;
    if (read->failed) return;
    if (read->has_header) {
        end_data_row(read, end == -1);
    } else {
        end_header(read);
    }
    read->row_fields = 0;
    read->row_line = 0;
}

/* ---- positions ---- */

static void step(place *at, char c)
{
    bool joined = c == '\n' && at->after_cr;
    at->after_cr = c == '\r';
    if (joined) return;
    if (c == '\n' || c == '\r') {
        at->line++;
        at->column = 1;
    } else {
        at->column++;
    }
}

static bool is_space_of(const wks_csv *csv, char c)
{
    return (c == ' ' || c == '\t') && c != csv->separator;
}

/* libcsv is fed pieces that end in a byte which may end a field: its callbacks then come while `field` is that field's place. */
static size_t piece_length(const wks_csv *csv, const char *bytes, size_t n)
{
    size_t i = 0;
    while (i < n && bytes[i] != csv->separator && bytes[i] != '\n' && bytes[i] != '\r' && bytes[i] != '"')
        i++;
    return i < n ? i + 1 : n;
}

/* Finds where the field begins (at its first byte that is no blank) in a piece, and moves on to the end of the piece. */
static void follow(reader *read, const char *bytes, size_t n, place *after)
{
    place at = read->here;
    for (size_t i = 0; i < n; i++) {
        bool line_end = bytes[i] == '\n' || bytes[i] == '\r';
        bool blank_line = line_end && read->row_fields == 0; /* libcsv skips empty lines: no field begins there */
        if (!read->field_begun && !is_space_of(read->csv, bytes[i]) && !blank_line) {
            read->field = at;
            read->field_begun = true;
        }
        step(&at, bytes[i]);
    }
    *after = at;
}

/* ---- reading ---- */

static void report_quote(reader *read, bool behind_field, const place *at)
{
    wks_problems_error(read->problems, read->name, at->line, at->column,
                       behind_field ? "text behind the closing quote of a field; expected a separator, or \"\" for a quote in the field"
                                    : "a quote inside a field; expected quotes around the whole field, and \"\" for a quote in it");
}

/* After a misplaced quote nobody knows where fields end: leaves out the row and begins anew behind the line end. Returns the bytes
 * passed. */
static size_t begin_anew(reader *read, struct csv_parser *parser, const char *bytes, size_t n)
{
    size_t length = 0;
    while (length < n && bytes[length] != '\n' && bytes[length] != '\r')
        length++;
    if (length < n) length++;
    for (size_t i = 0; i < length; i++)
        step(&read->here, bytes[i]);
    (void)csv_set_opts(parser, 0); /* else csv_fini would not reset a field with an open quote */
    (void)csv_fini(parser, NULL, NULL, NULL);
    (void)csv_set_opts(parser, CSV_STRICT | CSV_STRICT_FINI);
    read->n_cells = read->row_first_cell;
    read->row_fields = 0;
    read->row_line = 0;
    read->field_begun = false;
    return read->has_header ? length : n; /* without a header the rest means nothing */
}

/* A plain line between rows is split without libcsv, which takes most of the time of a large table. Returns the bytes passed, 0 when libcsv must see them. */
static size_t take_plain_line(reader *read, const char *bytes, size_t n)
{
    wks_csv *csv = read->csv;

    if (!read->has_header || read->row_fields > 0 || read->field_begun || read->here.after_cr || read->here.column != 1) return 0;
    if (!reserve_cells(read, csv->n_columns)) {
        read->failed = true;
        return 0;
    }
    int *position = csv->position + read->n_cells;
    const size_t length =
        wks_csv_line_split(bytes, n, csv->separator, csv->n_columns, csv->bytes + read->used, csv->cell + read->n_cells, position);
    if (length == 0) return 0;
    for (size_t i = 0; i < csv->n_columns; i++)
        position[i]++; /* counted from 1 */
    read->used += length;
    read->n_cells += csv->n_columns;
    read->row_fields = csv->n_columns;
    read->row_line = read->here.line++;
    on_row('\n', read);
    return length;
}

static wks_status feed(reader *read, struct csv_parser *parser, const char *bytes, size_t n, wks_err *err)
{
    for (size_t at = 0; at < n && !read->failed;) {
        const size_t plain = take_plain_line(read, bytes + at, n - at);
        if (plain > 0 || read->failed) {
            at += plain;
            continue;
        }
        size_t length = piece_length(read->csv, bytes + at, n - at);
        place after;
        follow(read, bytes + at, length, &after);
        size_t done = csv_parse(parser, bytes + at, length, on_field, on_row, read);
        if (done == length) {
            read->here = after;
            at += length;
        } else if (csv_error(parser) == CSV_EPARSE) {
            for (size_t i = 0; i < done; i++)
                step(&read->here, bytes[at + i]);
            report_quote(read, parser->quoted != 0, &read->here);
            at += done;
            at += begin_anew(read, parser, bytes + at, n - at);
        } else {
            return wks_err_set(err, WKS_ERR_NOMEM, "no memory to read %s", read->name);
        }
    }
    return WKS_OK;
}

static void *grow(void *old, size_t n)
{
    return wks_mem_resize(old, n, n, 1);
}

static wks_status parse_with_libcsv(reader *read, const char *bytes, size_t n, wks_err *err)
{
    wks_status rc = WKS_OK;
    struct csv_parser parser;

    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) return wks_err_set(err, WKS_ERR_NOMEM, "no memory to read %s", read->name);
    csv_set_delim(&parser, (unsigned char)read->csv->separator);
    csv_set_realloc_func(&parser, grow);
    csv_set_blk_size(&parser, CSV_BUFFER_STEP);
    WKS_TRY(feed(read, &parser, bytes, n, err));
    if (csv_fini(&parser, on_field, on_row, read) != 0) {
        wks_problems_error(read->problems, read->name, read->field.line, read->field.column,
                           "the quote opened here is not closed; expected a closing quote before the end of the file");
    }
    if (read->failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to read %s", read->name);
out:
    csv_free(&parser);
    return rc;
}

/* ---- a table ---- */

static wks_status read_table(const char *name, const char *bytes, size_t n, int first_column, char separator, wks_csv *out,
                             bool *out_has_columns, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    size_t errors_before = problems->n_errors;
    reader read = {.csv = out, .name = name, .problems = problems, .here = {.line = 1, .column = first_column, .after_cr = false}};

    out->separator = separator != 0 ? separator : wks_csv_line_separator(bytes, n);
    out->path = wks_mem_string(name);
    out->bytes = wks_mem_array(n + 2, 1); /* a field and its terminator never take more than the field and what ends it */
    if (out->path == NULL || out->bytes == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to read %s", name);
    WKS_TRY(parse_with_libcsv(&read, bytes, n, err));
    if (!read.has_header && problems->n_errors == errors_before)
        wks_problems_error(problems, name, 1, 0, "the file is empty; expected a header line with the names of the columns");
    *out_has_columns = read.has_header && !read.is_header_bad;
out:
    return rc;
}

wks_status wks_csv_parse(const char *name, const char *bytes, size_t n, char separator, bool allow_cp1252, wks_csv *out,
                         wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text converted = WKS_TEXT_INIT;
    size_t errors_before = problems->n_errors;
    bool convert = false;
    bool has_columns = false;

    memset(out, 0, sizeof *out);
    if (n > INT_MAX / 2) {
        wks_problems_error(problems, name, 0, 0, "the file is larger than 1 GiB; expected a smaller table");
    } else if (wks_encoding_check(name, bytes, n, allow_cp1252, &convert, problems)) {
        size_t bom = wks_encoding_bom_length(bytes, n);
        bytes += bom;
        n -= bom;
        if (convert) {
            wks_encoding_add_cp1252(bytes, n, &converted);
            if (converted.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to read %s", name);
            bytes = converted.data;
            n = converted.length;
        }
        WKS_TRY(read_table(name, bytes, n, (int)bom + 1, separator, out, &has_columns, problems, err));
    }
    size_t found = problems->n_errors - errors_before;
    if (found > 0) WKS_FAIL(err, WKS_ERR_DATA, "%s: %zu problem%s", name, found, found == 1 ? "" : "s");
out:
    if (rc != WKS_OK && !(rc == WKS_ERR_DATA && has_columns)) wks_csv_free(out);
    wks_text_free(&converted);
    return rc;
}

wks_status wks_csv_read(const char *path, char separator, bool allow_cp1252, wks_csv *out, wks_problems *problems, wks_err *err)
{
    wks_err reading = WKS_ERR_INIT;
    char *bytes = NULL;
    size_t n = 0;

    memset(out, 0, sizeof *out);
    wks_status rc = wks_file_read(path, &bytes, &n, &reading);
    if (rc == WKS_OK) {
        rc = wks_csv_parse(path, bytes, n, separator, allow_cp1252, out, problems, err);
    } else if (rc == WKS_ERR_IO) {
        wks_problems_error(problems, path, 0, 0, "%s", reading.message);
        rc = wks_err_set(err, WKS_ERR_DATA, "%s", reading.message);
    } else {
        rc = wks_err_set(err, rc, "%s", reading.message);
    }
    free(bytes);
    return rc;
}

/* ---- use ---- */

int wks_csv_column(const wks_csv *csv, const char *name)
{
    for (size_t i = 0; i < csv->n_columns; i++) {
        if (strcmp(csv->header[i], name) == 0) return (int)i;
    }
    return -1;
}

static size_t index_of(const wks_csv *csv, size_t row, int column)
{
    WKS_BUG_IF(row >= csv->n_rows || column < 0 || (size_t)column >= csv->n_columns);
    return row * csv->n_columns + (size_t)column;
}

const char *wks_csv_cell(const wks_csv *csv, size_t row, int column)
{
    return csv->cell[index_of(csv, row, column)];
}

int wks_csv_line(const wks_csv *csv, size_t row)
{
    WKS_BUG_IF(row >= csv->n_rows);
    return csv->line[row];
}

int wks_csv_position(const wks_csv *csv, size_t row, int column)
{
    return csv->position[index_of(csv, row, column)];
}

/* Also tells the length. */
static bool needs_quotes(const char *field, char separator, size_t *out_n)
{
    bool needs = field[0] == ' ' || field[0] == '\t';
    size_t n = 0;

    for (; field[n] != '\0'; n++)
        needs |= (field[n] == separator) | (field[n] == '"') | (field[n] == '\n') | (field[n] == '\r');
    *out_n = n;
    return needs || (n > 0 && (field[n - 1] == ' ' || field[n - 1] == '\t'));
}

void wks_csv_add_field(wks_text *out, const char *field, char separator)
{
    size_t n;

    if (!needs_quotes(field, separator, &n)) {
        wks_text_add_bytes(out, field, n);
        return;
    }
    wks_text_add_char(out, '"');
    for (const char *quote = strchr(field, '"'); quote != NULL; quote = strchr(field, '"')) {
        wks_text_add_bytes(out, field, (size_t)(quote - field) + 1);
        wks_text_add_char(out, '"');
        field = quote + 1;
    }
    wks_text_add(out, field);
    wks_text_add_char(out, '"');
}
