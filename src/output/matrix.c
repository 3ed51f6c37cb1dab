#include "output/matrix.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "output/parts.h"

/* Columns of the two tables, as tables.c writes them. */
enum { CITY_FIELDS = 8, BUURT_FIELDS = 9, MAX_FIELDS = 9 };

void wks_matrix_free(wks_matrix *matrix)
{
    free(matrix->row);
    free(matrix->replication);
    free(matrix->value);
    free(matrix->scenario);
    free(matrix->bytes[0]);
    free(matrix->bytes[1]);
    *matrix = (wks_matrix){0};
}

/* Splits one line in place (our own writer: quotes only around fields that need them). Returns the start of the next line. */
static char *split(char *line, char **field, int32_t n_wanted, int32_t *out_n)
{
    int32_t n = 0;
    char *read = line;
    for (;;) {
        char *write = read;
        char *start = read;
        if (*read == '"') {
            start = write = ++read;
            while (*read != '\0' && !(read[0] == '"' && read[1] != '"')) {
                if (*read == '"') read++;
                *write++ = *read++;
            }
            if (*read == '"') read++;
        } else {
            while (*read != '\0' && *read != ',' && *read != '\n' && *read != '\r')
                read++;
            write = read;
        }
        if (n < n_wanted) field[n] = start;
        n++;
        const char stop = *read;
        if (stop == ',') {
            *write = '\0';
            read++;
            continue;
        }
        while (*read == '\r' || *read == '\n')
            read++;
        *write = '\0';
        break;
    }
    *out_n = n;
    return read;
}

static wks_status grow_rows(wks_matrix *matrix, size_t *capacity, wks_err *err)
{
    wks_status rc = WKS_OK;
    if (matrix->n_rows == *capacity) {
        const size_t n = wks_mem_capacity(*capacity, *capacity + 1);
        wks_matrix_row *row = wks_mem_resize(matrix->row, *capacity, n, sizeof *row);
        if (row == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu result rows", n);
        matrix->row = row;
        *capacity = n;
    }
out:
    return rc;
}

/* One table being read. */
typedef struct wks_matrix_table {
    wks_matrix *matrix;
    const char *path;
    bool is_buurt;
    size_t first_row, row_capacity;    /* rows of this table begin at first_row */
    size_t n_replications, row_number; /* replications seen; row within the present one */
    int64_t current;                   /* number of the present replication */
    double *value;                     /* in order of reading */
    size_t n_values, value_capacity;
} table;

static wks_matrix_row row_of(const table *self, char *const *field, int32_t tick)
{
    if (self->is_buurt) return (wks_matrix_row){tick, field[3], field[6], field[7], "", field[4], field[5]};
    return (wks_matrix_row){tick, field[3], field[4], field[5], field[6], "", ""};
}

static size_t rows_so_far(const table *self)
{
    return self->matrix->n_rows - self->first_row;
}

/* The rows of a new replication begin. Both tables have the same replications; the one read first with any rows lists them. */
static wks_status begin_replication(table *self, int64_t number, const char *scenario, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_matrix *matrix = self->matrix;
    const size_t k = self->n_replications;

    if (k > 0 && self->row_number != rows_so_far(self)) {
        WKS_FAIL(err, WKS_ERR_IO, "%s: replication %lld has %zu rows, the first has %zu", self->path, (long long)self->current,
                 self->row_number, rows_so_far(self));
    }
    if (self->first_row == 0) {
        int32_t *grown = wks_mem_resize(matrix->replication, k, k + 1, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for replications");
        matrix->replication = grown;
        grown[k] = (int32_t)number;
        matrix->n_replications = k + 1;
        if (k > 0 && grown[k - 1] >= grown[k])
            WKS_FAIL(err, WKS_ERR_IO, "%s: replication %lld is out of order", self->path, (long long)number);
    } else if (k >= matrix->n_replications || matrix->replication[k] != number) {
        WKS_FAIL(err, WKS_ERR_IO, "%s: replication %lld is not in the table read before it", self->path, (long long)number);
    }
    if (matrix->scenario == NULL) matrix->scenario = wks_mem_string(scenario);
    if (matrix->scenario == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a name");
    self->current = number;
    self->row_number = 0;
    self->n_replications++;
out:
    return rc;
}

static bool same(const wks_matrix_row *a, const wks_matrix_row *b)
{
    return a->tick == b->tick && strcmp(a->indicator, b->indicator) == 0 && strcmp(a->area, b->area) == 0 &&
           strcmp(a->group, b->group) == 0 && strcmp(a->scale, b->scale) == 0 && strcmp(a->level, b->level) == 0;
}

static wks_status add_value(table *self, const char *text, wks_err *err)
{
    wks_status rc = WKS_OK;
    double parsed = NAN; /* an empty field: not defined */

    if (text[0] != '\0' && !wks_text_parse_double(text, &parsed)) {
        WKS_FAIL(err, WKS_ERR_IO, "%s:%zu: '%s' is not a number", self->path, self->n_values + 2, text);
    }
    if (self->n_values == self->value_capacity) {
        const size_t larger = wks_mem_capacity(self->value_capacity, self->value_capacity + 1024);
        double *grown = wks_mem_resize(self->value, self->value_capacity, larger, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu values", larger);
        self->value = grown;
        self->value_capacity = larger;
    }
    self->value[self->n_values++] = parsed;
out:
    return rc;
}

static wks_status add_line(table *self, char *const *field, int32_t n, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_matrix *matrix = self->matrix;
    const int32_t n_fields = self->is_buurt ? BUURT_FIELDS : CITY_FIELDS;
    int64_t number = 0, tick = 0;

    if (n != n_fields || !wks_text_parse_int64(field[1], &number) || !wks_text_parse_int64(field[2], &tick)) {
        WKS_FAIL(err, WKS_ERR_IO, "%s:%zu: not a result row", self->path, self->n_values + 2);
    }
    if (self->n_replications == 0 || number != self->current) WKS_TRY(begin_replication(self, number, field[0], err));
    const wks_matrix_row row = row_of(self, field, (int32_t)tick);
    if (self->n_replications == 1) {
        WKS_TRY(grow_rows(matrix, &self->row_capacity, err));
        matrix->row[matrix->n_rows++] = row;
    } else if (self->row_number >= rows_so_far(self) || !same(&row, &matrix->row[self->first_row + self->row_number])) {
        WKS_FAIL(err, WKS_ERR_IO, "%s:%zu: replication %lld has other rows than the first (tick %d, %s)", self->path, self->n_values + 2,
                 (long long)number, row.tick, row.indicator);
    }
    WKS_TRY(add_value(self, field[n_fields - 1], err));
    self->row_number++;
out:
    return rc;
}

/* Values are read replication by replication and kept row by row. */
static wks_status turn(const table *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_matrix *matrix = self->matrix;
    const size_t n_rows = rows_so_far(self), n = matrix->n_replications;

    if (n_rows * n != self->n_values) WKS_FAIL(err, WKS_ERR_IO, "%s: the last replication is not whole", self->path);
    double *all = wks_mem_resize(matrix->value, self->first_row * n, matrix->n_rows * n, sizeof *all);
    if (all == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu values", matrix->n_rows * n);
    matrix->value = all;
    for (size_t r = 0; r < n; r++) {
        for (size_t i = 0; i < n_rows; i++)
            all[(self->first_row + i) * n + r] = self->value[r * n_rows + i];
    }
out:
    return rc;
}

static wks_status read_table(wks_matrix *matrix, char *bytes, bool is_buurt, bool has_header, const char *path, size_t *capacity,
                             wks_err *err)
{
    wks_status rc = WKS_OK;
    table self = {.matrix = matrix, .path = path, .is_buurt = is_buurt, .first_row = matrix->n_rows, .row_capacity = *capacity};
    char *field[MAX_FIELDS];
    int32_t n = 0;
    char *at = bytes;

    if (has_header && *at != '\0') at = split(at, field, MAX_FIELDS, &n);
    while (*at != '\0') {
        at = split(at, field, MAX_FIELDS, &n);
        WKS_TRY(add_line(&self, field, n, err));
    }
    WKS_TRY(turn(&self, err));
out:
    *capacity = self.row_capacity;
    free(self.value);
    return rc;
}

wks_status wks_matrix_read(const char *folder, wks_matrix *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    static const char *const names[2] = {"city.csv", "buurt.csv"};
    char *path = NULL;
    size_t capacity = 0;

    *out = (wks_matrix){0};
    for (int i = 0; i < 2; i++) {
        size_t n = 0;
        free(path);
        path = wks_file_join(folder, names[i]);
        if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
        WKS_TRY(wks_file_read(path, &out->bytes[i], &n, err));
        WKS_TRY(read_table(out, out->bytes[i], i == 1, true, path, &capacity, err));
    }
out:
    free(path);
    return rc;
}

wks_status wks_matrix_read_part(const char *parts, int32_t replication, bool with_areas, wks_matrix *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    static const wks_tables_kind kind[2] = {WKS_TABLES_CITY, WKS_TABLES_BUURT};
    char *path = NULL;
    size_t capacity = 0;

    *out = (wks_matrix){0};
    for (int i = 0; i < (with_areas ? 2 : 1); i++) {
        size_t n = 0;
        free(path);
        path = wks_parts_path(parts, kind[i], replication);
        if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
        WKS_TRY(wks_file_read(path, &out->bytes[i], &n, err));
        WKS_TRY(read_table(out, out->bytes[i], i == 1, false, path, &capacity, err));
    }
out:
    free(path);
    return rc;
}

void wks_matrix_hide_partial(wks_matrix *matrix)
{
    const size_t n = matrix->n_replications;

    for (size_t i = 0; i < matrix->n_rows; i++) {
        bool any_hidden = false;
        for (size_t r = 0; r < n; r++)
            any_hidden = any_hidden || isnan(matrix->value[i * n + r]);
        for (size_t r = 0; any_hidden && r < n; r++)
            matrix->value[i * n + r] = NAN;
    }
}

size_t wks_matrix_find(const wks_matrix *matrix, const wks_matrix_row *row, size_t hint)
{
    if (hint < matrix->n_rows && same(&matrix->row[hint], row)) return hint;
    for (size_t i = 0; i < matrix->n_rows; i++) {
        if (same(&matrix->row[i], row)) return i;
    }
    return SIZE_MAX;
}
