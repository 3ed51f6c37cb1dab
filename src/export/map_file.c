#include "export/map_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "export/database_tables.h"
#include "export/map_style.h"

/* The clock has no part in results. */
#define WHEN "2000-01-01T00:00:00.000Z"
enum { MAX_PIVOT = 1900, N_CLASSES = 5 };
static const unsigned ramp[N_CLASSES] = {0xeff3ff, 0xbdd7e7, 0x6baed6, 0x3182bd, 0x08519c};

/* ---- the map of a folder ---- */

/* folder/map.gpkg, or that of the first folder in it, `depth` folders down; malloc'ed, NULL when there is none. */
static wks_status find_map(const char *folder, int depth, char **out, wks_err *err)
{
    wks_status rc = WKS_OK;
    char **name = NULL;
    size_t n = 0;

    *out = wks_file_join(folder, "map.gpkg");
    if (*out == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (wks_file_exists(*out)) goto out;
    free(*out);
    *out = NULL;
    if (depth == 0) goto out;
    WKS_TRY(wks_file_list(folder, &name, &n, err));
    for (size_t i = 0; i < n && *out == NULL; i++) {
        char *path = wks_file_join(folder, name[i]);
        if (path != NULL && wks_file_is_folder(path)) rc = find_map(path, depth - 1, out, err);
        free(path);
        if (rc != WKS_OK) goto out;
    }
out:
    for (size_t i = 0; i < n; i++)
        free(name[i]);
    free(name);
    return rc;
}

/* ---- contents ---- */

static wks_status add_attributes(wks_database *database, const char *table, const char *what, wks_err *err)
{
    return wks_database_run(database, err,
                            "INSERT INTO gpkg_contents VALUES (%Q, 'attributes', %Q, %Q, '" WHEN "', NULL, NULL, NULL, NULL, 0)", table,
                            table, what);
}

/* A layer is where the areas are. */
static wks_status add_layer(wks_database *database, const char *view, const char *what, wks_err *err)
{
    return wks_database_run(database, err,
                            "INSERT INTO gpkg_contents SELECT %Q, 'features', %Q, %Q, '" WHEN
                            "', min_x, min_y, max_x, max_y, srs_id FROM gpkg_contents WHERE table_name = 'areas';"
                            "INSERT INTO gpkg_geometry_columns SELECT %Q, 'geom', geometry_type_name, srs_id, z, m FROM "
                            "gpkg_geometry_columns WHERE table_name = 'areas'",
                            view, view, what, view);
}

/* ---- areas by month: a column an indicator ---- */

typedef struct pivot {
    wks_text create, select;
    int n;
} pivot;

static wks_status add_pivot(const char *indicator, const char *group, void *context, wks_err *err)
{
    pivot *self = context;
    wks_text name = WKS_TEXT_INIT;
    wks_status rc = WKS_OK;

    if (strpbrk(indicator, "\"'") != NULL || strpbrk(group, "\"'") != NULL)
        WKS_FAIL(err, WKS_ERR_DATA, "indicator %s of group %s cannot name a column", indicator, group);
    if (++self->n > MAX_PIVOT)
        WKS_FAIL(err, WKS_ERR_DATA, "more than %d indicators and groups by area: a GeoPackage has no room for so many columns", MAX_PIVOT);
    wks_text_addf(&name, "%s%s%s", indicator, group[0] == '\0' ? "" : "__", group);
    wks_text_addf(&self->create, ", \"%s\" REAL", name.data == NULL ? "" : name.data);
    wks_text_addf(&self->select, ", max(CASE WHEN indicator = '%s' AND coalesce(\"group\", '') = '%s' THEN mean END)", indicator, group);
    if (name.failed || self->create.failed || self->select.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the columns of areas");
out:
    wks_text_free(&name);
    return rc;
}

static const char area_rows[] = "FROM summary_rows s JOIN areas a ON a.code = s.area";

static wks_status add_months(wks_database *database, const wks_result_folder *from, bool *out_has, wks_err *err)
{
    wks_status rc = WKS_OK;
    pivot self = {.create = WKS_TEXT_INIT, .select = WKS_TEXT_INIT};
    const wks_result_folder_table *summary = wks_result_folder_find(from, "summary.csv");

    *out_has = false;
    if (summary == NULL || wks_result_folder_column_of(summary, "area") < 0 || wks_result_folder_column_of(summary, "mean") < 0) goto out;
    WKS_TRY(wks_database_add_table(database, summary, "summary_rows", false, err));
    WKS_TRY(wks_database_run(database, err, "DELETE FROM summary_rows WHERE area IS NULL OR area NOT IN (SELECT code FROM areas)"));
    WKS_TRY(wks_database_list(database, "SELECT indicator, \"group\" FROM summary_rows GROUP BY 1, 2 ORDER BY min(rowid)", add_pivot, &self,
                              err));
    if (self.n > 0) {
        WKS_TRY(wks_database_run(database, err,
                                 "CREATE TABLE area_month_value (fid INTEGER PRIMARY KEY NOT NULL, area_fid INTEGER NOT NULL REFERENCES "
                                 "areas(fid), scenario TEXT, "
                                 "theory TEXT, tick INTEGER, date DATE, area TEXT%s)",
                                 self.create.data));
        WKS_TRY(wks_database_run(
            database, err,
            "INSERT INTO area_month_value SELECT NULL, a.fid, s.scenario, s.theory, s.tick, s.date, s.area%s %s GROUP BY s.scenario, "
            "s.theory, s.tick, a.fid ORDER BY min(s.rowid)",
            self.select.data, area_rows));
        WKS_TRY(wks_database_run(database, err, "CREATE INDEX area_month_value_area ON area_month_value (area_fid, tick)"));
        WKS_TRY(wks_database_run(database, err,
                                 "CREATE VIEW area_month AS SELECT v.fid AS OGC_FID, a.geom, a.name, v.* FROM area_month_value v JOIN "
                                 "areas a ON a.fid = v.area_fid"));
        WKS_TRY(add_attributes(database, "area_month_value", "means over replications, by scenario, area and month", err));
        WKS_TRY(add_layer(database, "area_month", "area_month_value on the map", err));
        *out_has = true;
    }
    WKS_TRY(wks_database_run(database, err, "DROP TABLE summary_rows"));
out:
    wks_text_free(&self.create);
    wks_text_free(&self.select);
    return rc;
}

/* ---- differences by area ---- */

static wks_status add_contrasts(wks_database *database, const wks_result_folder *from, bool *out_has, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_result_folder_table *contrasts = wks_result_folder_find(from, "contrasts.csv");

    *out_has = false;
    if (contrasts == NULL || wks_result_folder_column_of(contrasts, "area") < 0) goto out;
    WKS_TRY(wks_database_add_table(database, contrasts, "contrast_value", true, err));
    WKS_TRY(wks_database_run(database, err, "DELETE FROM contrast_value WHERE area IS NULL OR area NOT IN (SELECT code FROM areas)"));
    WKS_TRY(wks_database_run(database, err, "CREATE INDEX contrast_value_what ON contrast_value (indicator, tick)"));
    WKS_TRY(wks_database_run(
        database, err,
        "CREATE VIEW contrast AS SELECT v.fid AS OGC_FID, a.geom, a.name, v.* FROM contrast_value v JOIN areas a ON a.code = v.area"));
    WKS_TRY(add_attributes(database, "contrast_value", "differences with the reference, by area (contrasts.csv)", err));
    WKS_TRY(add_layer(database, "contrast", "contrast_value on the map", err));
    *out_has = true;
out:
    return rc;
}

/* ---- styles ---- */

static wks_status add_style(wks_database *database, const char *table, const wks_map_style *style, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text qml = WKS_TEXT_INIT, sld = WKS_TEXT_INIT;

    wks_map_style_qml(style, &qml);
    wks_map_style_sld(style, &sld);
    if (qml.failed || sld.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a style");
    WKS_TRY(wks_database_run(database, err,
                             "INSERT INTO layer_styles VALUES (NULL, '', '', %Q, 'geom', %Q, %Q, %Q, 1, %Q, 'wijksim', NULL, '" WHEN "')",
                             table, style->name, qml.data, sld.data, style->title));
out:
    wks_text_free(&qml);
    wks_text_free(&sld);
    return rc;
}

static wks_status style_areas(wks_database *database, wks_err *err)
{
    const wks_map_style_rule rule = {.label = "gebied | area", .colour = 0xf2f2f2, .fill = WKS_MAP_STYLE_PLAIN};
    const wks_map_style style = {.name = "areas", .title = "gebieden | areas", .rule = &rule, .n_rules = 1};
    return add_style(database, "areas", &style, err);
}

/* The value below which `part` of N_CLASSES of the rows are. */
static wks_status get_number(wks_database *database, const char *column, int part, double *out, bool *out_has, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text sql = WKS_TEXT_INIT;
    char *text = NULL;

    wks_text_addf(&sql,
                  "SELECT printf('%%!.17g', \"%s\") FROM area_month_value WHERE \"%s\" IS NOT NULL ORDER BY \"%s\" LIMIT 1 OFFSET (SELECT "
                  "(count(\"%s\") - 1) * %d / %d FROM area_month_value)",
                  column, column, column, column, part, N_CLASSES);
    if (sql.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a style");
    WKS_TRY(wks_database_get(database, sql.data, &text, err));
    *out_has = text != NULL && wks_text_parse_double(text, out);
out:
    wks_text_free(&sql);
    free(text);
    return rc;
}

static wks_status add_classes(wks_database *database, const char *column, wks_map_style_rule *rule, size_t *n, wks_err *err)
{
    wks_status rc = WKS_OK;
    double bound[N_CLASSES + 1] = {0};
    bool has = true;

    for (int i = 0; i <= N_CLASSES && has; i++)
        WKS_TRY(get_number(database, column, i, &bound[i], &has, err));
    for (int i = 0; i < N_CLASSES && has; i++) {
        const bool is_last = i + 1 == N_CLASSES;
        char low[32], high[32];
        if (!is_last && bound[i] >= bound[i + 1]) continue;
        rule[*n] = (wks_map_style_rule){
            .column = column, .low = bound[i], .high = bound[i + 1], .is_last = is_last, .colour = ramp[i], .fill = WKS_MAP_STYLE_PLAIN};
        (void)snprintf(rule[*n].label, sizeof rule[*n].label, "%s - %s", wks_text_number(bound[i], low),
                       wks_text_number(bound[i + 1], high));
        (*n)++;
    }
out:
    return rc;
}

/* Classes of as many rows each; what is not defined or too small to be told is hatched. */
static wks_status style_months(wks_database *database, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_map_style_rule rule[N_CLASSES + 1];
    size_t n = 0;
    char *column = NULL, *scenario = NULL;

    WKS_TRY(wks_database_get(
        database, "SELECT name FROM pragma_table_info('area_month_value') WHERE cid > 6 ORDER BY name <> 'leefbaarheid', cid LIMIT 1",
        &column, err));
    WKS_TRY(wks_database_get(database, "SELECT scenario FROM area_month_value ORDER BY fid LIMIT 1", &scenario, err));
    if (column == NULL || scenario == NULL) goto out;
    WKS_TRY(add_classes(database, column, rule, &n, err));
    rule[n++] = (wks_map_style_rule){.label = "niet gedefinieerd of te klein | not defined or too small",
                                     .column = column,
                                     .is_null = true,
                                     .colour = 0x969696,
                                     .fill = WKS_MAP_STYLE_HATCHED};
    const wks_map_style style = {.name = column,
                                 .title = "gemiddelde over de herhalingen | mean over replications",
                                 .rule = rule,
                                 .n_rules = n,
                                 .where = {{"scenario", scenario}},
                                 .date = "date"};
    WKS_TRY(add_style(database, "area_month", &style, err));
out:
    free(column);
    free(scenario);
    return rc;
}

/* By verdict: what cannot be told from luck is grey, what is not known is hatched. */
static wks_status style_contrasts(wks_database *database, wks_err *err)
{
    static const wks_map_style_rule rule[] = {
        {.label = "hoger | higher", .column = "verdict", .equals = "higher", .colour = 0xe66101, .fill = WKS_MAP_STYLE_PLAIN},
        {.label = "lager | lower", .column = "verdict", .equals = "lower", .colour = 0x5e3c99, .fill = WKS_MAP_STYLE_PLAIN},
        {.label = "gelijk | exactly equal",
         .column = "verdict",
         .equals = "exactly equal",
         .colour = 0xffffff,
         .fill = WKS_MAP_STYLE_PLAIN},
        {.label = "binnen de ruis | within the noise",
         .column = "verdict",
         .equals = "within the noise",
         .colour = 0xd9d9d9,
         .fill = WKS_MAP_STYLE_PLAIN},
        {.label = "niet gedefinieerd | not defined",
         .column = "verdict",
         .equals = "not defined",
         .colour = 0x969696,
         .fill = WKS_MAP_STYLE_HATCHED},
        {.label = "te weinig paren | too few pairs",
         .column = "verdict",
         .equals = "too few pairs",
         .colour = 0x969696,
         .fill = WKS_MAP_STYLE_HATCHED},
    };
    wks_status rc = WKS_OK;
    char *indicator = NULL, *scenario = NULL;

    WKS_TRY(wks_database_get(database, "SELECT indicator FROM contrast_value ORDER BY indicator <> 'leefbaarheid', fid LIMIT 1", &indicator,
                             err));
    WKS_TRY(wks_database_get(database, "SELECT scenario FROM contrast_value ORDER BY fid LIMIT 1", &scenario, err));
    if (indicator == NULL || scenario == NULL) goto out;
    const wks_map_style style = {.name = indicator,
                                 .title = "verschil met de referentie | difference with the reference",
                                 .rule = rule,
                                 .n_rules = sizeof rule / sizeof *rule,
                                 .where = {{"scenario", scenario}, {"indicator", indicator}},
                                 .date = "date"};
    WKS_TRY(add_style(database, "contrast", &style, err));
out:
    free(indicator);
    free(scenario);
    return rc;
}

static wks_status add_styles(wks_database *database, bool has_months, bool has_contrasts, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(wks_database_run(
        database, err,
        "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256), "
        "f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, "
        "description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME)"));
    WKS_TRY(add_attributes(database, "layer_styles", "styles for QGIS and others", err));
    WKS_TRY(style_areas(database, err));
    if (has_months) WKS_TRY(style_months(database, err));
    if (has_contrasts) WKS_TRY(style_contrasts(database, err));
out:
    return rc;
}

/* ---- metadata: the extension of the standard ---- */

static wks_status add_metadata(wks_database *database, const wks_result_folder *from, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text about = WKS_TEXT_INIT;

    wks_result_folder_about(from, &about);
    if (about.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for metadata");
    WKS_TRY(wks_database_run(
        database, err,
        "CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope "
        "TEXT NOT NULL, "
        "CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));"
        "CREATE TABLE gpkg_metadata (id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL, md_scope TEXT NOT NULL DEFAULT 'dataset', "
        "md_standard_uri TEXT NOT NULL, "
        "mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '');"
        "CREATE TABLE gpkg_metadata_reference (reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT, row_id_value INTEGER, "
        "timestamp DATETIME NOT NULL DEFAULT (strftime('%%Y-%%m-%%dT%%H:%%M:%%fZ','now')), md_file_id INTEGER NOT NULL, md_parent_id "
        "INTEGER, "
        "CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id), CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) "
        "REFERENCES gpkg_metadata(id));"
        "INSERT INTO gpkg_extensions VALUES ('gpkg_metadata', NULL, 'gpkg_metadata', 'http://www.geopackage.org/spec/#extension_metadata', "
        "'read-write'), "
        "('gpkg_metadata_reference', NULL, 'gpkg_metadata', 'http://www.geopackage.org/spec/#extension_metadata', 'read-write')"));
    WKS_TRY(wks_database_run(database, err,
                             "INSERT INTO gpkg_metadata VALUES (1, 'dataset', 'http://purl.org/dc/terms/', 'text/plain', %Q);"
                             "INSERT INTO gpkg_metadata_reference VALUES ('geopackage', NULL, NULL, NULL, '" WHEN "', 1, NULL)",
                             about.data));
out:
    wks_text_free(&about);
    return rc;
}

/* ---- the areas: tables as the standard writes them (OGC 12-128r18, annex C), rows as they are ---- */

static wks_status add_areas(wks_database *database, wks_err *err)
{
    static const char tables[] = "PRAGMA application_id = 1196444487; PRAGMA user_version = 10300;"
                                 "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, "
                                 "organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, "
                                 "definition TEXT NOT NULL, description TEXT);"
                                 "CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier "
                                 "TEXT UNIQUE, description TEXT DEFAULT '', "
                                 "last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), min_x DOUBLE, min_y "
                                 "DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER, "
                                 "CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));"
                                 "CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, "
                                 "geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, "
                                 "m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT "
                                 "uk_gc_table_name UNIQUE (table_name), CONSTRAINT fk_gc_tn FOREIGN KEY "
                                 "(table_name) REFERENCES gpkg_contents(table_name), CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES "
                                 "gpkg_spatial_ref_sys(srs_id));"
                                 "INSERT INTO gpkg_spatial_ref_sys SELECT srs_name, srs_id, organization, organization_coordsys_id, "
                                 "definition, description FROM source.gpkg_spatial_ref_sys ORDER BY srs_id;"
                                 "INSERT INTO gpkg_contents SELECT table_name, data_type, identifier, 'areas of the city', '" WHEN
                                 "', min_x, min_y, max_x, max_y, srs_id FROM source.gpkg_contents "
                                 "WHERE table_name = 'areas';"
                                 "INSERT INTO gpkg_geometry_columns SELECT table_name, column_name, geometry_type_name, srs_id, z, m FROM "
                                 "source.gpkg_geometry_columns WHERE table_name = 'areas'";
    wks_status rc = WKS_OK;
    char *wijk = NULL; /* results of before 2026-11-23 do not tell it */

    WKS_TRY(wks_database_run(database, err, "%s", tables));
    WKS_TRY(wks_database_get(database, "SELECT name FROM pragma_table_info('areas', 'source') WHERE name = 'wijk_name'", &wijk, err));
    WKS_TRY(wks_database_run(database, err,
                             "CREATE TABLE areas (fid INTEGER PRIMARY KEY NOT NULL, geom MULTIPOLYGON, code TEXT NOT NULL, name TEXT%s);"
                             "INSERT INTO areas SELECT fid, geom, code, name%s FROM source.areas ORDER BY fid",
                             wijk == NULL ? "" : ", wijk TEXT, wijk_name TEXT", wijk == NULL ? "" : ", wijk, wijk_name"));
out:
    free(wijk);
    return rc;
}

static wks_status add_all(wks_database *database, const wks_result_folder *from, wks_err *err)
{
    wks_status rc = WKS_OK;
    bool has_months = false, has_contrasts = false;

    WKS_TRY(add_areas(database, err));
    WKS_TRY(add_months(database, from, &has_months, err));
    WKS_TRY(add_contrasts(database, from, &has_contrasts, err));
    WKS_TRY(wks_database_add_table(database, wks_result_folder_find(from, "codebook.csv"), "codebook", true, err));
    WKS_TRY(add_attributes(database, "codebook", "every column and indicator explained", err));
    WKS_TRY(wks_database_tables_add_about(database, from, "about", err));
    WKS_TRY(add_attributes(database, "about", "what was run, from what, by which program", err));
    WKS_TRY(add_styles(database, has_months, has_contrasts, err));
    WKS_TRY(add_metadata(database, from, err));
out:
    return rc;
}

wks_status wks_map_file_write(const wks_result_folder *from, const char *path, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_database database = {0};
    char *map = NULL, *areas = NULL;

    WKS_TRY(find_map(from->path, 2, &map, err));
    if (map == NULL)
        WKS_FAIL(err, WKS_ERR_DATA, "%s has no map.gpkg: a city without shapes, or a study without a city; --to sqlite and xlsx work",
                 from->path);
    WKS_TRY(wks_database_open(path, map, &database, err));
    WKS_TRY(wks_database_get(
        &database, "SELECT table_name FROM source.gpkg_geometry_columns WHERE table_name = 'areas' AND column_name = 'geom'", &areas, err));
    if (areas == NULL) WKS_FAIL(err, WKS_ERR_DATA, "%s has no layer areas", map);
    WKS_TRY(add_all(&database, from, err));
    WKS_TRY(wks_database_run(&database, err, "COMMIT; DETACH source"));
    WKS_TRY(wks_database_run(&database, err, "VACUUM"));
    WKS_TRY(wks_database_commit(&database, err));
out:
    wks_database_discard(&database);
    free(map);
    free(areas);
    return rc;
}
