#include "city/geopackage_format.h"

#include <sqlite3.h>
#include <stdarg.h>
#include <stdbool.h>

#include "city/wkb.h"

enum { SRS_RD_NEW = 28992, APPLICATION_ID = 0x47504b47, USER_VERSION = 10300, VERSION_STAMP = 3040001 };

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

static void write_head(writer *w, const char *table, bool with_wijk)
{
    for (size_t i = 0; i < sizeof schema / sizeof *schema; i++) {
        if (i == 2) { /* after the page size, before the transaction */
            run(w, "PRAGMA application_id = %d", APPLICATION_ID);
            run(w, "PRAGMA user_version = %d", USER_VERSION);
        }
        run(w, "%s", schema[i]);
    }
    run(w, "CREATE TABLE \"%w\" (fid INTEGER PRIMARY KEY NOT NULL, geom MULTIPOLYGON, code TEXT NOT NULL, name TEXT%s)", table,
        with_wijk ? ", wijk TEXT, wijk_name TEXT" : "");
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

static bool bind_text(sqlite3_stmt *statement, int at, const char *const *text, int32_t area)
{
    return sqlite3_bind_text(statement, at, text != NULL ? text[area] : NULL, -1, SQLITE_STATIC) == SQLITE_OK;
}

static void write_areas(writer *w, const char *table, const wks_geometry *g, const wks_geometry_labels *labels)
{
    const bool with_wijk = labels->wijk != NULL;
    sqlite3_stmt *statement = NULL;
    wks_text blob = WKS_TEXT_INIT;
    char *sql = sqlite3_mprintf("INSERT INTO \"%w\" VALUES (?1, ?2, ?3, ?4%s)", table, with_wijk ? ", ?5, ?6" : "");

    if (!w->failed) w->failed = sql == NULL || sqlite3_prepare_v2(w->db, sql, -1, &statement, NULL) != SQLITE_OK;
    for (int32_t i = 0; i < g->n_areas && !w->failed; i++) {
        const int32_t first = g->ring_start[i];
        const int32_t n_rings = g->ring_start[i + 1] - first;
        wks_text_clear(&blob);
        wks_wkb_write(&blob, SRS_RD_NEW, g->is_hole + first, g->point_start + first, n_rings, g->x, g->y);
        w->failed = blob.failed || sqlite3_bind_int(statement, 1, i + 1) != SQLITE_OK ||
                    sqlite3_bind_blob64(statement, 2, n_rings > 0 ? blob.data : NULL, blob.length, SQLITE_STATIC) != SQLITE_OK ||
                    sqlite3_bind_text(statement, 3, g->code[i], -1, SQLITE_STATIC) != SQLITE_OK ||
                    !bind_text(statement, 4, labels->name, i) ||
                    (with_wijk && (!bind_text(statement, 5, labels->wijk, i) || !bind_text(statement, 6, labels->wijk_name, i))) ||
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

wks_status wks_geopackage_format(const char *table, const wks_geometry *geometry, const wks_geometry_labels *labels, wks_text *out,
                                 wks_err *err)
{
    static const wks_geometry_labels none;
    wks_status rc = WKS_OK;
    writer w = {.db = NULL};
    sqlite3_int64 n = 0;
    unsigned char *bytes = NULL;

    if (sqlite3_open_v2(":memory:", &w.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) != SQLITE_OK) {
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a GeoPackage");
    }
    if (labels == NULL) labels = &none;
    write_head(&w, table, labels->wijk != NULL);
    write_contents(&w, table, geometry);
    write_areas(&w, table, geometry, labels);
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
