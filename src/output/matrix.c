#include "output/matrix.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"

/* Columns of the two tables, as store.c writes them. */
enum { CITY_FIELDS = 8, BUURT_FIELDS = 9, MAX_FIELDS = 9 };

void wks_matrix_free(wks_matrix *matrix)
{
    free(matrix->row);
    free(matrix->replication);
    free(matrix->value);
    free(matrix->scenario);
    free(matrix->bytes[0]);
    free(matrix->bytes[1]);
    *matrix = (wks_matrix){ 0 };
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
            while (*read != '\0' && *read != ',' && *read != '\n' && *read != '\r') read++;
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
        while (*read == '\r' || *read == '\n') read++;
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

/* One pass over a table: `store` false counts rows and lists replications, true fills values. */
static wks_status read_table(wks_matrix *matrix, char *bytes, bool is_buurt, const char *path, size_t *capacity, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n_fields = is_buurt ? BUURT_FIELDS : CITY_FIELDS;
    const size_t first_row = matrix->n_rows;
    size_t n_lines = 0, in_replication = 0, column = 0;
    char *field[MAX_FIELDS];
    int32_t n = 0;
    double *value = NULL; /* in order of reading */
    size_t value_capacity = 0;
    char *at = bytes;

    if (*at != '\0') at = split(at, field, n_fields, &n); /* header */
    int64_t current = -1;
    size_t n_columns = 0;
    while (*at != '\0') {
        int64_t number = 0;
        double parsed = NAN;
        at = split(at, field, n_fields, &n);
        if (n != n_fields || !wks_text_parse_int64(field[1], &number)) WKS_FAIL(err, WKS_ERR_IO, "%s: line %zu is not a result row", path, n_lines + 2);
        if (number != current) {
            if (n_columns > 0 && in_replication != matrix->n_rows - first_row) {
                WKS_FAIL(err, WKS_ERR_IO, "%s: replication %lld has %zu rows, the first has %zu", path, (long long)current, in_replication,
                         matrix->n_rows - first_row);
            }
            current = number;
            in_replication = 0;
            column = n_columns++;
            if (!is_buurt) {
                int32_t *grown = wks_mem_resize(matrix->replication, column, column + 1, sizeof *grown);
                if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for replications");
                matrix->replication = grown;
                grown[column] = (int32_t)number;
                matrix->n_replications = n_columns;
                if (matrix->scenario == NULL) matrix->scenario = wks_mem_string(field[0]);
            }
        }
        if (column == 0) {
            int64_t tick = 0;
            (void)wks_text_parse_int64(field[2], &tick);
            WKS_TRY(grow_rows(matrix, capacity, err));
            matrix->row[matrix->n_rows++] = is_buurt
                ? (wks_matrix_row){ (int32_t)tick, field[3], field[6], field[7], "", field[4], field[5] }
                : (wks_matrix_row){ (int32_t)tick, field[3], field[4], field[5], field[6], "", "" };
        }
        (void)wks_text_parse_double(field[n_fields - 1], &parsed);
        if (n_lines == value_capacity) {
            const size_t larger = wks_mem_capacity(value_capacity, value_capacity + 1024);
            double *grown = wks_mem_resize(value, value_capacity, larger, sizeof *grown);
            if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu values", larger);
            value = grown;
            value_capacity = larger;
        }
        value[n_lines++] = parsed;
        in_replication++;
    }
    const size_t n_rows = matrix->n_rows - first_row;
    if (n_rows * matrix->n_replications != n_lines) WKS_FAIL(err, WKS_ERR_IO, "%s: rows do not fill whole replications", path);
    double *all = wks_mem_resize(matrix->value, first_row * matrix->n_replications, matrix->n_rows * matrix->n_replications, sizeof *all);
    if (all == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu values", matrix->n_rows * matrix->n_replications);
    matrix->value = all;
    for (size_t r = 0; r < matrix->n_replications; r++) {
        for (size_t i = 0; i < n_rows; i++) all[(first_row + i) * matrix->n_replications + r] = value[r * n_rows + i];
    }
out:
    free(value);
    return rc;
}

wks_status wks_matrix_read(const char *folder, wks_matrix *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    static const char *const names[2] = { "city.csv", "buurt.csv" };
    char *path = NULL;
    size_t capacity = 0;

    *out = (wks_matrix){ 0 };
    for (int i = 0; i < 2; i++) {
        size_t n = 0;
        free(path);
        path = wks_file_join(folder, names[i]);
        if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
        WKS_TRY(wks_file_read(path, &out->bytes[i], &n, err));
        WKS_TRY(read_table(out, out->bytes[i], i == 1, path, &capacity, err));
    }
out:
    free(path);
    return rc;
}

static bool same(const wks_matrix_row *a, const wks_matrix_row *b)
{
    return a->tick == b->tick && strcmp(a->indicator, b->indicator) == 0 && strcmp(a->area, b->area) == 0 && strcmp(a->group, b->group) == 0 &&
           strcmp(a->scale, b->scale) == 0 && strcmp(a->level, b->level) == 0;
}

size_t wks_matrix_find(const wks_matrix *matrix, const wks_matrix_row *row, size_t hint)
{
    if (hint < matrix->n_rows && same(&matrix->row[hint], row)) return hint;
    for (size_t i = 0; i < matrix->n_rows; i++) {
        if (same(&matrix->row[i], row)) return i;
    }
    return SIZE_MAX;
}
