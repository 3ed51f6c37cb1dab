#include "study/verify_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/mem.h"
#include "output/parts.h"

static bool is_told(const wks_verify_list *list, const char *file, int64_t line, const char *what)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->item[i].line == line && strcmp(list->item[i].file, file) == 0 && strcmp(list->item[i].what, what) == 0) return true;
    return false;
}

static void free_one(wks_verify_difference *one)
{
    free(one->file);
    free(one->what);
    free(one->expected);
    free(one->found);
    free(one->column);
}

static char *copy(const char *text)
{
    return wks_mem_string(text == NULL ? "" : text);
}

void wks_verify_rows_add(wks_verify_list *list, const char *file, int64_t line, const char *column, const char *expected, const char *found,
                         const char *what)
{
    if (is_told(list, file, line, what) && (column == NULL || column[0] == '\0')) return;
    wks_verify_difference *grown = wks_mem_resize(list->item, list->n, list->n + 1, sizeof *grown);
    if (grown == NULL) {
        list->failed = true;
        return;
    }
    list->item = grown;
    grown[list->n] = (wks_verify_difference){copy(file), copy(what), copy(expected), copy(found), line, copy(column)};
    const wks_verify_difference *one = &grown[list->n];
    list->failed =
        list->failed || one->file == NULL || one->what == NULL || one->expected == NULL || one->found == NULL || one->column == NULL;
    if (list->failed) {
        free_one(&grown[list->n]);
        return;
    }
    list->n++;
}

void wks_verify_rows_free_list(wks_verify_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        free_one(&list->item[i]);
    free(list->item);
    *list = (wks_verify_list){0};
}

/* ---- reading ---- */

/* The next line without its end; false at the end of the file. */
static bool next_line(wks_verify_rows *rows, size_t *out_n)
{
    const ssize_t n = rows->stream == NULL ? -1 : getline(&rows->buffer, &rows->capacity, rows->stream);

    if (n < 0) return false;
    *out_n = n > 0 && rows->buffer[n - 1] == '\n' ? (size_t)n - 1 : (size_t)n;
    rows->buffer[*out_n] = '\0';
    rows->line++;
    return true;
}

/* The number of the replication whose row this is; -1 when it does not begin as a row of this scenario does. */
static int64_t number_of(const wks_verify_rows *rows, size_t n_name)
{
    char *end = NULL;

    if (strncmp(rows->buffer, rows->prefix.text, n_name) != 0 || rows->buffer[n_name] < '0' || rows->buffer[n_name] > '9') return -1;
    const long long number = strtoll(rows->buffer + n_name, &end, 10);
    return *end == ',' ? number : -1;
}

/* Bytes of "name," at the begin of a row: all of the prefix but "<number>,". */
static size_t name_length(const wks_verify_rows *rows)
{
    size_t n = rows->prefix.length - 1;

    while (n > 0 && rows->prefix.text[n - 1] != ',')
        n--;
    return n;
}

static wks_status find_begin(wks_verify_rows *rows, int32_t replication, wks_err *err)
{
    const size_t n_name = name_length(rows);
    off_t begin = ftello(rows->stream);
    int64_t line = rows->line;
    size_t n = 0;

    while (next_line(rows, &n)) {
        const int64_t number = number_of(rows, n_name);
        if (number >= replication) break;
        if (number < 0) continue;
        begin = ftello(rows->stream);
        line = rows->line;
    }
    rows->line = line;
    if (ferror(rows->stream) != 0 || begin < 0 || fseeko(rows->stream, begin, SEEK_SET) != 0)
        return wks_err_set(err, WKS_ERR_IO, "%s cannot be read", rows->path);
    return WKS_OK;
}

static void check_header(wks_verify_rows *rows, wks_verify_list *list)
{
    const char *header = wks_tables_header[rows->kind];
    const size_t n_header = strlen(header) - 1;
    size_t n = 0;
    char *expected = NULL;

    if (next_line(rows, &n) && n == n_header && memcmp(rows->buffer, header, n) == 0) return;
    expected = wks_mem_string(header);
    if (expected != NULL) expected[n_header] = '\0';
    wks_verify_rows_add(list, rows->path, 1, NULL, expected, rows->buffer, "another header than this program writes");
    rows->is_over = true;
    free(expected);
}

wks_status wks_verify_rows_open(const char *folder, wks_tables_kind kind, const char *scenario, int32_t replication, wks_verify_rows *out,
                                wks_verify_list *list, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *parts = wks_file_join(folder, "parts"), *part = parts == NULL ? NULL : wks_parts_path(parts, kind, replication);
    char *table = wks_file_join(folder, wks_tables_name[kind]);

    *out = (wks_verify_rows){.kind = kind};
    if (part == NULL || table == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    wks_tables_prefix_make(&out->prefix, scenario, replication);
    const bool is_part = wks_file_exists(part); /* the run is under way or was cut off: parts are newer than the table */
    out->path = is_part ? part : table;
    if (is_part) part = NULL;
    if (!is_part) table = NULL;
    if (!wks_file_exists(out->path)) {
        wks_verify_rows_add(list, out->path, 0, NULL, NULL, NULL, "no such file");
        out->is_over = true;
        goto out;
    }
    out->stream = wks_file_stream(out->path);
    if (out->stream == NULL) WKS_FAIL(err, WKS_ERR_IO, "%s cannot be read", out->path);
    if (!is_part) check_header(out, list);
    if (!is_part && !out->is_over) WKS_TRY(find_begin(out, replication, err));
out:
    free(parts);
    free(part);
    free(table);
    return rc;
}

/* ---- comparing ---- */

/* Bytes of the CSV field that begins here. */
static size_t field_length(const char *at)
{
    bool is_quoted = false;
    size_t n = 0;

    for (; at[n] != '\0' && (is_quoted || at[n] != ','); n++)
        is_quoted = is_quoted != (at[n] == '"');
    return n;
}

static char *cut(const char *at, size_t n)
{
    char *out = wks_mem_array(n + 1, 1);

    if (out != NULL) memcpy(out, at, n);
    return out;
}

/* The first column in which two rows differ. */
static void tell_row(wks_verify_rows *rows, const char *expected, wks_verify_list *list)
{
    const char *header = wks_tables_header[rows->kind], *a = expected, *b = rows->buffer;
    size_t n_name = strcspn(header, ",\n"), n_a = field_length(a), n_b = field_length(b);

    while (n_a == n_b && memcmp(a, b, n_a) == 0 && a[n_a] == ',' && b[n_b] == ',' && header[n_name] == ',') {
        header += n_name + 1;
        a += n_a + 1;
        b += n_b + 1;
        n_name = strcspn(header, ",\n");
        n_a = field_length(a);
        n_b = field_length(b);
    }
    char *name = cut(header, n_name), *wanted = cut(a, n_a), *found = cut(b, n_b);
    wks_verify_rows_add(list, rows->path, rows->line, name, wanted, found, "the rerun gives another row");
    free(name);
    free(wanted);
    free(found);
}

void wks_verify_rows_compare(wks_verify_rows *rows, const char *text, wks_verify_list *list)
{
    while (*text != '\0' && !rows->is_over) {
        const size_t n_expected = strcspn(text, "\n");
        size_t n = 0;
        const bool is_there = next_line(rows, &n);
        if (!is_there || n != n_expected || memcmp(rows->buffer, text, n) != 0) {
            char *expected = cut(text, n_expected);
            if (expected == NULL) {
                list->failed = true;
            } else if (is_there) {
                tell_row(rows, expected, list);
            } else {
                wks_verify_rows_add(list, rows->path, rows->line + 1, NULL, expected, NULL, "the rerun gives more rows than the file has");
            }
            free(expected);
            rows->is_over = true;
        }
        text += n_expected + (text[n_expected] == '\n');
    }
}

void wks_verify_rows_end(wks_verify_rows *rows, wks_verify_list *list)
{
    size_t n = 0;

    if (rows->is_over || !next_line(rows, &n)) return;
    const int64_t number = number_of(rows, name_length(rows)), own = strtoll(rows->prefix.text + name_length(rows), NULL, 10);
    if (number > own) return;
    wks_verify_rows_add(list, rows->path, rows->line, NULL, NULL, rows->buffer, "a row that the rerun does not give");
}

void wks_verify_rows_close(wks_verify_rows *rows)
{
    if (rows->stream != NULL) (void)fclose(rows->stream);
    free(rows->path);
    free(rows->buffer);
    *rows = (wks_verify_rows){0};
}
