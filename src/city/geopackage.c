#include "city/geopackage.h"

#include <sqlite3.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "city/wkb.h"

enum { SRS_RD_NEW = 28992, APPLICATION_ID = 0x47504b47, USER_VERSION = 10300, VERSION_STAMP = 3040001 };

/* ------------------------------------------------------------------------------------------------------------------- reading */

/* What one reading carries around. Areas are collected in file order, then sorted by code into `out`. */
typedef struct reader {
    sqlite3 *db;
    const char *name, *table;
    wks_problems *problems;
    wks_err *err;
    char **code, **label; /* label: column `name`; allocated only with has_label */
    bool has_label;
    int32_t *ring_end; /* of area i in rings */
    size_t n_areas, area_capacity;
    wks_wkb_rings rings;
} reader;

static void reader_free(reader *rd)
{
    for (size_t i = 0; i < rd->n_areas; i++)
        free(rd->code[i]);
    for (size_t i = 0; rd->label != NULL && i < rd->n_areas; i++)
        free(rd->label[i]);
    free(rd->code);
    free(rd->label);
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
static wks_status find_name_column(reader *rd)
{
    wks_status rc = WKS_OK;
    sqlite3_stmt *statement = NULL;

    WKS_TRY(prepare(rd, &statement, "SELECT 1 FROM pragma_table_info(%Q) WHERE name = 'name'", rd->table));
    rd->has_label = sqlite3_step(statement) == SQLITE_ROW;
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
    char **label = rd->has_label ? wks_mem_resize(rd->label, rd->n_areas, capacity, sizeof *label) : NULL;
    if (rd->has_label && label == NULL) goto nomem;
    rd->label = label;
    int32_t *ring_end = wks_mem_resize(rd->ring_end, rd->n_areas, capacity, sizeof *ring_end);
    if (ring_end == NULL) goto nomem;
    rd->ring_end = ring_end;
    rd->area_capacity = capacity;
    return WKS_OK;
nomem:
    return wks_err_set(rd->err, WKS_ERR_NOMEM, "no memory for the areas of %s", rd->name);
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
    char *label = NULL;
    if (rd->has_label) {
        const char *text = (const char *)sqlite3_column_text(statement, 2);
        label = wks_mem_string(text != NULL && wks_text_is_utf8(text, strlen(text)) ? text : "");
        if (label == NULL) {
            free(copy);
            return wks_err_set(rd->err, WKS_ERR_NOMEM, "no memory for the areas of %s", rd->name);
        }
    }
    const void *blob = sqlite3_column_blob(statement, 1);
    const int n_blob = sqlite3_column_bytes(statement, 1);
    if (blob != NULL && n_blob > 0) {
        const char *wrong = wks_wkb_read((const uint8_t *)blob, (size_t)n_blob, &rd->rings, &srs_id, &status);
        if (status == WKS_ERR_NOMEM) {
            free(copy);
            free(label);
            return wks_err_set(rd->err, WKS_ERR_NOMEM, "%s", wrong);
        }
        if (wrong != NULL) wks_problems_error(rd->problems, rd->name, 0, 0, "area '%s' (row %lld): %s", code, (long long)row, wrong);
    }
    rd->code[rd->n_areas] = copy;
    if (rd->has_label) rd->label[rd->n_areas] = label;
    rd->ring_end[rd->n_areas++] = (int32_t)rd->rings.n_rings;
    return WKS_OK;
}

static wks_status take_rows(reader *rd, const char *column)
{
    wks_status rc = WKS_OK;
    sqlite3_stmt *statement = NULL;
    int step;
    int64_t row = 0;

    WKS_TRY(prepare(rd, &statement, "SELECT CAST(code AS TEXT), \"%w\"%s FROM \"%w\"", column, rd->has_label ? ", CAST(name AS TEXT)" : "",
                    rd->table));
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

static wks_status allocate(wks_geometry *out, bool has_label, size_t n_areas, size_t n_rings, size_t n_points, wks_err *err)
{
    if (has_label) out->name = wks_mem_array(n_areas, sizeof *out->name);
    out->code = wks_mem_array(n_areas, sizeof *out->code);
    out->ring_start = wks_mem_array(n_areas + 1, sizeof *out->ring_start);
    out->is_hole = wks_mem_array(n_rings, sizeof *out->is_hole);
    out->point_start = wks_mem_array(n_rings + 1, sizeof *out->point_start);
    out->x = wks_mem_array(n_points, sizeof *out->x);
    out->y = wks_mem_array(n_points, sizeof *out->y);
    if (out->code == NULL || out->ring_start == NULL || out->is_hole == NULL || out->point_start == NULL || out->x == NULL ||
        out->y == NULL || (has_label && out->name == NULL)) {
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
    if (rd->has_label) {
        out->name[out->n_areas] = rd->label[area];
        rd->label[area] = NULL;
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
    WKS_TRY(find_name_column(&rd));
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

/* ------------------------------------------------------------------------------------------------------------------- writing */

static const char wkt_28992[] =
    "PROJCS[\"Amersfoort / RD New\",GEOGCS[\"Amersfoort\",DATUM[\"Amersfoort\",SPHEROID[\"Bessel 1841\",6377397.155,299.1528128,"
    "AUTHORITY[\"EPSG\",\"7004\"]],AUTHORITY[\"EPSG\",\"6289\"]],PRIMEM[\"Greenwich\",0,AUTHORITY[\"EPSG\",\"8901\"]],UNIT[\"degree\","
    "0.0174532925199433,AUTHORITY[\"EPSG\",\"9122\"]],AUTHORITY[\"EPSG\",\"4289\"]],PROJECTION[\"Oblique_Stereographic\"],"
    "PARAMETER[\"latitude_of_origin\",52.1561605555556],PARAMETER[\"central_meridian\",5.38763888888889],"
    "PARAMETER[\"scale_factor\",0.9999079],PARAMETER[\"false_easting\",155000],PARAMETER[\"false_northing\",463000],"
    "UNIT[\"metre\",1,AUTHORITY[\"EPSG\",\"9001\"]],AXIS[\"Easting\",EAST],AXIS[\"Northing\",NORTH],AUTHORITY[\"EPSG\",\"28992\"]]";
static const char wkt_4326[] =
    "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563,AUTHORITY[\"EPSG\",\"7030\"]],"
    "AUTHORITY[\"EPSG\",\"6326\"]],PRIMEM[\"Greenwich\",0,AUTHORITY[\"EPSG\",\"8901\"]],UNIT[\"degree\",0.0174532925199433,"
    "AUTHORITY[\"EPSG\",\"9122\"]],AXIS[\"Latitude\",NORTH],AXIS[\"Longitude\",EAST],AUTHORITY[\"EPSG\",\"4326\"]]";

/* Tables as in OGC 12-128r18, annex C. scripts/make-modelstad.py has the same statements, so that both write the same bytes. */
static const char *const schema[] = {
    "PRAGMA page_size = 4096",
    "PRAGMA journal_mode = OFF",
    "BEGIN",
    "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL, "
    "organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT)",
    "CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, "
    "description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), "
    "min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER, "
    "CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id))",
    "CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, "
    "srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), "
    "CONSTRAINT uk_gc_table_name UNIQUE (table_name), CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES "
    "gpkg_contents(table_name), CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id))",
};

/* A new database in memory; `failed` stays set after the first statement that fails, later ones do nothing. */
typedef struct writer {
    sqlite3 *db;
    bool failed;
} writer;

static void run(writer *w, const char *format, ...)
{
    va_list list;

    if (w->failed) return;
    va_start(list, format);
    char *sql = sqlite3_vmprintf(format, list);
    va_end(list);
    w->failed = sql == NULL || sqlite3_exec(w->db, sql, NULL, NULL, NULL) != SQLITE_OK;
    sqlite3_free(sql);
}

static void write_head(writer *w, const char *table)
{
    for (size_t i = 0; i < sizeof schema / sizeof *schema; i++) {
        if (i == 2) { /* after the page size, before the transaction */
            run(w, "PRAGMA application_id = %d", APPLICATION_ID);
            run(w, "PRAGMA user_version = %d", USER_VERSION);
        }
        run(w, "%s", schema[i]);
    }
    run(w, "CREATE TABLE \"%w\" (fid INTEGER PRIMARY KEY NOT NULL, geom MULTIPOLYGON, code TEXT NOT NULL, name TEXT)", table);
    run(w, "INSERT INTO gpkg_spatial_ref_sys VALUES ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', "
           "'undefined Cartesian coordinate reference system')");
    run(w, "INSERT INTO gpkg_spatial_ref_sys VALUES ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', "
           "'undefined geographic coordinate reference system')");
    run(w,
        "INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84 geodetic', 4326, 'EPSG', 4326, %Q, "
        "'longitude and latitude on the WGS 84 ellipsoid')",
        wkt_4326);
    run(w, "INSERT INTO gpkg_spatial_ref_sys VALUES ('Amersfoort / RD New', 28992, 'EPSG', 28992, %Q, 'Rijksdriehoeksmeting, metres')",
        wkt_28992);
}

/* The table of contents: extent of all points (NULL when there are none), and a fixed date so that bytes do not depend on the clock. */
static void write_contents(writer *w, const char *table, const wks_geometry *g)
{
    static const char sql[] =
        "INSERT INTO gpkg_contents VALUES (?1, 'features', ?1, '', '2000-01-01T00:00:00.000Z', ?2, ?3, ?4, ?5, 28992)";
    const int64_t n_points = g->n_rings > 0 ? g->point_start[g->n_rings] : 0;
    double box[4] = {0};
    sqlite3_stmt *statement = NULL;

    for (int64_t i = 0; i < n_points; i++) {
        if (i == 0 || g->x[i] < box[0]) box[0] = g->x[i];
        if (i == 0 || g->y[i] < box[1]) box[1] = g->y[i];
        if (i == 0 || g->x[i] > box[2]) box[2] = g->x[i];
        if (i == 0 || g->y[i] > box[3]) box[3] = g->y[i];
    }
    if (w->failed) return;
    w->failed = sqlite3_prepare_v2(w->db, sql, -1, &statement, NULL) != SQLITE_OK ||
                sqlite3_bind_text(statement, 1, table, -1, SQLITE_STATIC) != SQLITE_OK;
    for (int k = 0; k < 4 && n_points > 0 && !w->failed; k++)
        w->failed = sqlite3_bind_double(statement, k + 2, box[k]) != SQLITE_OK;
    if (!w->failed) w->failed = sqlite3_step(statement) != SQLITE_DONE;
    sqlite3_finalize(statement);
    run(w, "INSERT INTO gpkg_geometry_columns VALUES (%Q, 'geom', 'MULTIPOLYGON', 28992, 0, 0)", table);
}

static void write_areas(writer *w, const char *table, const wks_geometry *g, const char *const *names)
{
    sqlite3_stmt *statement = NULL;
    wks_text blob = WKS_TEXT_INIT;
    char *sql = sqlite3_mprintf("INSERT INTO \"%w\" VALUES (?1, ?2, ?3, ?4)", table);

    if (!w->failed) w->failed = sql == NULL || sqlite3_prepare_v2(w->db, sql, -1, &statement, NULL) != SQLITE_OK;
    for (int32_t i = 0; i < g->n_areas && !w->failed; i++) {
        const int32_t first = g->ring_start[i];
        const int32_t n_rings = g->ring_start[i + 1] - first;
        wks_text_clear(&blob);
        wks_wkb_write(&blob, SRS_RD_NEW, g->is_hole + first, g->point_start + first, n_rings, g->x, g->y);
        w->failed = blob.failed || sqlite3_bind_int(statement, 1, i + 1) != SQLITE_OK ||
                    sqlite3_bind_blob64(statement, 2, n_rings > 0 ? blob.data : NULL, blob.length, SQLITE_STATIC) != SQLITE_OK ||
                    sqlite3_bind_text(statement, 3, g->code[i], -1, SQLITE_STATIC) != SQLITE_OK ||
                    sqlite3_bind_text(statement, 4, names != NULL ? names[i] : NULL, -1, SQLITE_STATIC) != SQLITE_OK ||
                    sqlite3_step(statement) != SQLITE_DONE || sqlite3_reset(statement) != SQLITE_OK;
    }
    sqlite3_finalize(statement);
    sqlite3_free(sql);
    wks_text_free(&blob);
}

/* Change counter, "valid for" and SQLite's version number: else every library version writes other bytes. */
static void stamp(char *bytes)
{
    static const struct {
        size_t at;
        uint32_t value;
    } fixed[] = {{24, 1}, {92, 1}, {96, VERSION_STAMP}};

    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
        for (size_t k = 0; k < 4; k++)
            bytes[fixed[i].at + k] = (char)(fixed[i].value >> (24 - 8 * k) & 0xffu);
    }
}

wks_status wks_geopackage_format(const char *table, const wks_geometry *geometry, const char *const *names, wks_text *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    writer w = {.db = NULL};
    sqlite3_int64 n = 0;
    unsigned char *bytes = NULL;

    if (sqlite3_open_v2(":memory:", &w.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) != SQLITE_OK) {
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a GeoPackage");
    }
    write_head(&w, table);
    write_contents(&w, table, geometry);
    write_areas(&w, table, geometry, names);
    run(&w, "COMMIT");
    if (w.failed) WKS_FAIL(err, WKS_ERR_IO, "GeoPackage table %s: %s", table, sqlite3_errmsg(w.db));
    bytes = sqlite3_serialize(w.db, "main", &n, 0);
    if (bytes == NULL || n < 100) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a GeoPackage");
    wks_text_add_bytes(out, (const char *)bytes, (size_t)n);
    if (out->failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a GeoPackage");
    stamp(out->data + out->length - (size_t)n);
out:
    sqlite3_free(bytes);
    sqlite3_close(w.db);
    return rc;
}
