#include "city/geopackage.h"

#include <sqlite3.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "city/wkb.h"

enum { SRS_RD_NEW = 28992, N_LABELS = 2 };

/* Columns of text that a table may have. */
static const char *const label_column[N_LABELS] = {"name", "wijk_name"};

/* What one reading carries around. Areas are collected in file order, then sorted by code into `out`. */
typedef struct reader {
    sqlite3 *db;
    const char *name, *table;
    wks_problems *problems;
    wks_err *err;
    char **code, **label[N_LABELS]; /* label: allocated only with has_label */
    bool has_label[N_LABELS];
    int32_t *ring_end; /* of area i in rings */
    size_t n_areas, area_capacity;
    wks_wkb_rings rings;
} reader;

static void reader_free(reader *rd)
{
    for (size_t i = 0; i < rd->n_areas; i++)
        free(rd->code[i]);
    for (size_t k = 0; k < N_LABELS; k++) {
        for (size_t i = 0; rd->label[k] != NULL && i < rd->n_areas; i++)
            free(rd->label[k][i]);
        free(rd->label[k]);
    }
    free(rd->code);
    free(rd->ring_end);
    wks_wkb_free(&rd->rings);
    sqlite3_close(rd->db);
}

static wks_status damaged(const reader *rd)
{
    wks_problems_error(rd->problems, rd->name, 0, 0, "not a readable GeoPackage (%s); expected a whole SQLite file",
                       sqlite3_errmsg(rd->db));
    return WKS_ERR_DATA;
}

/* The file's bytes become the database: nothing is written beside the file, whatever its journal mode says. */
static wks_status open_bytes(reader *rd, const char *bytes, size_t n)
{
    unsigned char *copy = NULL;

    if (n < 100 || memcmp(bytes, "SQLite format 3", 16) != 0) {
        wks_problems_error(rd->problems, rd->name, 0, 0, "not a GeoPackage; expected an SQLite file");
        return WKS_ERR_DATA;
    }
    if (sqlite3_open_v2(":memory:", &rd->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) != SQLITE_OK) {
        return wks_err_set(rd->err, WKS_ERR_NOMEM, "no memory to read %s", rd->name);
    }
    copy = sqlite3_malloc64(n);
    if (copy == NULL) return wks_err_set(rd->err, WKS_ERR_NOMEM, "no memory to read %s", rd->name);
    memcpy(copy, bytes, n);
    copy[18] = copy[19] = 1; /* a WAL-mode file is read as it stands */
    (void)sqlite3_db_config(rd->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    (void)sqlite3_db_config(rd->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    (void)sqlite3_db_config(rd->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL); /* else "no_such_column" is a text */
    /* FREEONCLOSE: SQLite frees the copy, also when this call fails. */
    if (sqlite3_deserialize(rd->db, "main", copy, (sqlite3_int64)n, (sqlite3_int64)n,
                            SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY) != SQLITE_OK) {
        return damaged(rd);
    }
    return WKS_OK;
}

/* Prepares a statement made with sqlite3_mprintf (%w quotes a name, %Q a text). */
static wks_status prepare(const reader *rd, sqlite3_stmt **out, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    char *sql = sqlite3_vmprintf(format, list);
    va_end(list);
    if (sql == NULL) return wks_err_set(rd->err, WKS_ERR_NOMEM, "no memory to read %s", rd->name);
    const int rc = sqlite3_prepare_v2(rd->db, sql, -1, out, NULL);
    sqlite3_free(sql);
    return rc == SQLITE_OK ? WKS_OK : damaged(rd);
}

/* "; there are: a, b": the first column of what a query gives, for messages. */
static void add_names(const reader *rd, const char *sql, const char *wanted, wks_text *out)
{
    sqlite3_stmt *statement = NULL;
    const char *names[64];
    char *copies[64];
    char buffer[160];
    size_t n = 0;

    if (sqlite3_prepare_v2(rd->db, sql, -1, &statement, NULL) != SQLITE_OK) return;
    while (n < 64 && sqlite3_step(statement) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(statement, 0);
        if (name == NULL || (copies[n] = wks_mem_string(name)) == NULL) break;
        names[n] = copies[n];
        n++;
    }
    sqlite3_finalize(statement);
    const char *nearest = wks_problems_nearest(wanted, names, n, buffer);
    if (nearest[0] != '\0') {
        wks_text_add(out, nearest);
    } else {
        for (size_t i = 0; i < n && i < 8; i++)
            wks_text_addf(out, "%s%s", i == 0 ? "; there are: " : ", ", names[i]);
    }
    for (size_t i = 0; i < n; i++)
        free(copies[i]);
}

static wks_status missing(const reader *rd, const char *what, const char *wanted, const char *sql)
{
    wks_text names = WKS_TEXT_INIT;

    add_names(rd, sql, wanted, &names);
    wks_problems_error(rd->problems, rd->name, 0, 0, "no %s '%s'%s", what, wanted, names.data != NULL ? names.data : "");
    wks_text_free(&names);
    return WKS_ERR_DATA;
}

/* Name of the geometry column of the table, malloc'ed. */
static wks_status find_geometry_column(const reader *rd, char **out_column)
{
    wks_status rc = WKS_OK;
    sqlite3_stmt *statement = NULL;

    WKS_TRY(prepare(rd, &statement, "SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE table_name = %Q", rd->table));
    const int step = sqlite3_step(statement);
    if (step == SQLITE_DONE) {
        rc = missing(rd, "table", rd->table, "SELECT table_name FROM gpkg_geometry_columns ORDER BY 1");
        goto out;
    }
    if (step != SQLITE_ROW || sqlite3_column_text(statement, 0) == NULL) {
        rc = damaged(rd);
        goto out;
    }
    const int srs_id = sqlite3_column_int(statement, 1);
    if (srs_id != SRS_RD_NEW) {
        wks_problems_error(rd->problems, rd->name, 0, 0, "table '%s' is in reference system %d; expected EPSG:28992 (RD New, metres)",
                           rd->table, srs_id);
        rc = WKS_ERR_DATA;
        goto out;
    }
    *out_column = wks_mem_string((const char *)sqlite3_column_text(statement, 0));
    if (*out_column == NULL) WKS_FAIL(rd->err, WKS_ERR_NOMEM, "no memory to read %s", rd->name);
out:
    sqlite3_finalize(statement);
    return rc;
}

static wks_status find_code_column(const reader *rd)
{
    wks_status rc = WKS_OK;
    sqlite3_stmt *statement = NULL;
    char *sql = NULL;

    WKS_TRY(prepare(rd, &statement, "SELECT 1 FROM pragma_table_info(%Q) WHERE name = 'code'", rd->table));
    if (sqlite3_step(statement) != SQLITE_ROW) {
        sql = sqlite3_mprintf("SELECT name FROM pragma_table_info(%Q) ORDER BY cid", rd->table);
        rc = missing(rd, "column", "code", sql != NULL ? sql : "");
    }
out:
    sqlite3_free(sql);
    sqlite3_finalize(statement);
    return rc;
}

/* Names are optional: a table without them is fine. */
static wks_status find_label(reader *rd, size_t k)
{
    wks_status rc = WKS_OK;
    sqlite3_stmt *statement = NULL;

    WKS_TRY(prepare(rd, &statement, "SELECT 1 FROM pragma_table_info(%Q) WHERE name = %Q", rd->table, label_column[k]));
    rd->has_label[k] = sqlite3_step(statement) == SQLITE_ROW;
out:
    sqlite3_finalize(statement);
    return rc;
}

static wks_status grow_areas(reader *rd)
{
    if (rd->n_areas < rd->area_capacity) return WKS_OK;
    const size_t capacity = wks_mem_capacity(rd->area_capacity, rd->n_areas + 1);
    char **code = wks_mem_resize(rd->code, rd->n_areas, capacity, sizeof *code);
    if (code == NULL) goto nomem;
    rd->code = code;
    for (size_t k = 0; k < N_LABELS; k++) {
        if (!rd->has_label[k]) continue;
        char **label = wks_mem_resize(rd->label[k], rd->n_areas, capacity, sizeof *label);
        if (label == NULL) goto nomem;
        rd->label[k] = label;
    }
    int32_t *ring_end = wks_mem_resize(rd->ring_end, rd->n_areas, capacity, sizeof *ring_end);
    if (ring_end == NULL) goto nomem;
    rd->ring_end = ring_end;
    rd->area_capacity = capacity;
    return WKS_OK;
nomem:
    return wks_err_set(rd->err, WKS_ERR_NOMEM, "no memory for the areas of %s", rd->name);
}

/* The text of label k of the row at hand, "" where it is empty or no UTF-8; NULL without memory. Label k is column 2 + k of the statement. */
static char *label_of(sqlite3_stmt *statement, size_t k)
{
    const char *text = (const char *)sqlite3_column_text(statement, 2 + (int)k);

    return wks_mem_string(text != NULL && wks_text_is_utf8(text, strlen(text)) ? text : "");
}

/* The row counts as read from here on: what it holds is freed with the reader. */
static wks_status take_labels(reader *rd, sqlite3_stmt *statement, char *code)
{
    const size_t area = rd->n_areas++;

    rd->code[area] = code;
    rd->ring_end[area] = (int32_t)rd->rings.n_rings;
    for (size_t k = 0; k < N_LABELS; k++)
        if (rd->has_label[k]) rd->label[k][area] = label_of(statement, k);
    for (size_t k = 0; k < N_LABELS; k++) {
        if (rd->has_label[k] && rd->label[k][area] == NULL)
            return wks_err_set(rd->err, WKS_ERR_NOMEM, "no memory for the areas of %s", rd->name);
    }
    return WKS_OK;
}

/* One row: code and rings. What is wrong with a row is a problem; reading goes on with the next. */
static wks_status take_row(reader *rd, sqlite3_stmt *statement, int64_t row)
{
    const char *code = (const char *)sqlite3_column_text(statement, 0);
    const int n_code = sqlite3_column_bytes(statement, 0);
    int32_t srs_id = 0;
    wks_status status = WKS_OK;

    if (code == NULL || code[0] == '\0' || !wks_text_is_utf8(code, (size_t)n_code) || strlen(code) != (size_t)n_code) {
        wks_problems_error(rd->problems, rd->name, 0, 0, "row %lld of '%s' has no usable code; expected text", (long long)row, rd->table);
        return WKS_OK;
    }
    if (grow_areas(rd) != WKS_OK) return WKS_ERR_NOMEM;
    char *copy = wks_mem_string(code);
    if (copy == NULL) return wks_err_set(rd->err, WKS_ERR_NOMEM, "no memory for the areas of %s", rd->name);
    const void *blob = sqlite3_column_blob(statement, 1);
    const int n_blob = sqlite3_column_bytes(statement, 1);
    if (blob != NULL && n_blob > 0) {
        const char *wrong = wks_wkb_read((const uint8_t *)blob, (size_t)n_blob, &rd->rings, &srs_id, &status);
        if (status == WKS_ERR_NOMEM) {
            free(copy);
            return wks_err_set(rd->err, WKS_ERR_NOMEM, "%s", wrong);
        }
        if (wrong != NULL) wks_problems_error(rd->problems, rd->name, 0, 0, "area '%s' (row %lld): %s", code, (long long)row, wrong);
    }
    return take_labels(rd, statement, copy);
}

static wks_status take_rows(reader *rd, const char *column)
{
    wks_status rc = WKS_OK;
    sqlite3_stmt *statement = NULL;
    int step;
    int64_t row = 0;

    WKS_TRY(prepare(rd, &statement, "SELECT CAST(code AS TEXT), \"%w\", %s, %s FROM \"%w\"", column,
                    rd->has_label[0] ? "CAST(name AS TEXT)" : "''", rd->has_label[1] ? "CAST(wijk_name AS TEXT)" : "''", rd->table));
    while ((step = sqlite3_step(statement)) == SQLITE_ROW)
        WKS_TRY(take_row(rd, statement, ++row));
    if (step == SQLITE_NOMEM) WKS_FAIL(rd->err, WKS_ERR_NOMEM, "no memory to read %s", rd->name);
    if (step != SQLITE_DONE) rc = damaged(rd);
out:
    sqlite3_finalize(statement);
    return rc;
}

typedef struct coded {
    const char *code;
    size_t area;
} coded;

static int compare_coded(const void *a, const void *b)
{
    const coded *left = a;
    const coded *right = b;
    const int order = strcmp(left->code, right->code);
    if (order != 0) return order;
    return left->area < right->area ? -1 : left->area > right->area;
}

static wks_status allocate(wks_geometry *out, const bool has_label[N_LABELS], size_t n_areas, size_t n_rings, size_t n_points, wks_err *err)
{
    if (has_label[0]) out->name = wks_mem_array(n_areas, sizeof *out->name);
    if (has_label[1]) out->wijk_name = wks_mem_array(n_areas, sizeof *out->wijk_name);
    out->code = wks_mem_array(n_areas, sizeof *out->code);
    out->ring_start = wks_mem_array(n_areas + 1, sizeof *out->ring_start);
    out->is_hole = wks_mem_array(n_rings, sizeof *out->is_hole);
    out->point_start = wks_mem_array(n_rings + 1, sizeof *out->point_start);
    out->x = wks_mem_array(n_points, sizeof *out->x);
    out->y = wks_mem_array(n_points, sizeof *out->y);
    if (out->code == NULL || out->ring_start == NULL || out->is_hole == NULL || out->point_start == NULL || out->x == NULL ||
        out->y == NULL || (has_label[0] && out->name == NULL) || (has_label[1] && out->wijk_name == NULL)) {
        return wks_err_set(err, WKS_ERR_NOMEM, "no memory for %zu areas", n_areas);
    }
    return WKS_OK;
}

/* Appends area `area` of the reader to the output; its code moves along. point_first: where each ring of the reader starts. */
static void append_area(reader *rd, size_t area, const int64_t *point_first, wks_geometry *out)
{
    const int32_t end = rd->ring_end[area];

    for (int32_t r = area == 0 ? 0 : rd->ring_end[area - 1]; r < end; r++) {
        const int64_t to = out->point_start[out->n_rings];
        const size_t n_bytes = (size_t)rd->rings.size[r] * sizeof *out->x;
        memcpy(out->x + to, rd->rings.x + point_first[r], n_bytes);
        memcpy(out->y + to, rd->rings.y + point_first[r], n_bytes);
        out->is_hole[out->n_rings++] = rd->rings.is_hole[r];
        out->point_start[out->n_rings] = to + rd->rings.size[r];
    }
    char **const label[N_LABELS] = {out->name, out->wijk_name};
    for (size_t k = 0; k < N_LABELS; k++) {
        if (!rd->has_label[k]) continue;
        label[k][out->n_areas] = rd->label[k][area];
        rd->label[k][area] = NULL;
    }
    out->code[out->n_areas++] = rd->code[area];
    rd->code[area] = NULL;
    out->ring_start[out->n_areas] = out->n_rings;
}

static wks_status assemble(reader *rd, wks_geometry *out)
{
    wks_status rc = WKS_OK;
    coded *order = wks_mem_array(rd->n_areas, sizeof *order);
    int64_t *point_first = wks_mem_array(rd->rings.n_rings + 1, sizeof *point_first);

    if (order == NULL || point_first == NULL) WKS_FAIL(rd->err, WKS_ERR_NOMEM, "no memory for the areas of %s", rd->name);
    for (size_t i = 0; i < rd->n_areas; i++)
        order[i] = (coded){rd->code[i], i};
    qsort(order, rd->n_areas, sizeof *order, compare_coded);
    for (size_t i = 1; i < rd->n_areas; i++) {
        if (strcmp(order[i - 1].code, order[i].code) != 0) continue;
        wks_problems_error(rd->problems, rd->name, 0, 0, "code '%s' occurs twice in '%s'; expected each area once", order[i].code,
                           rd->table);
        rc = WKS_ERR_DATA;
    }
    if (rc != WKS_OK) goto out;
    for (size_t r = 0; r < rd->rings.n_rings; r++)
        point_first[r + 1] = point_first[r] + rd->rings.size[r];
    WKS_TRY(allocate(out, rd->has_label, rd->n_areas, rd->rings.n_rings, rd->rings.n_points, rd->err));
    for (size_t i = 0; i < rd->n_areas; i++)
        append_area(rd, order[i].area, point_first, out);
out:
    free(order);
    free(point_first);
    return rc;
}

wks_status wks_geopackage_parse(const char *name, const char *bytes, size_t n, const char *table, wks_geometry *out, wks_problems *problems,
                                wks_err *err)
{
    wks_status rc = WKS_OK;
    reader rd = {.name = name, .table = table, .problems = problems, .err = err};
    char *column = NULL;
    const size_t n_errors = problems->n_errors;

    *out = (wks_geometry){0};
    WKS_TRY(open_bytes(&rd, bytes, n));
    WKS_TRY(find_geometry_column(&rd, &column));
    WKS_TRY(find_code_column(&rd));
    for (size_t k = 0; k < N_LABELS; k++)
        WKS_TRY(find_label(&rd, k));
    WKS_TRY(take_rows(&rd, column));
    WKS_TRY(assemble(&rd, out));
out:
    free(column);
    reader_free(&rd);
    if (rc == WKS_OK && problems->n_errors > n_errors) rc = WKS_ERR_DATA;
    if (rc != WKS_OK) wks_geometry_free(out);
    if (rc == WKS_ERR_DATA) (void)wks_err_set(err, rc, "%s cannot be used", name);
    return rc;
}
