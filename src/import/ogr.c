#include "import/ogr.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <gdal.h>
#include <limits.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

enum { RD_NEW = 28992, WGS84 = 4326 };

static void CPL_STDCALL keep_quiet(CPLErr class, CPLErrorNum number, const char *message)
{
    (void)class;
    (void)number;
    (void)message; /* CPLGetLastErrorMsg() still has it; we word our own problems */
}

static void start_gdal(void)
{
    CPLPushErrorHandler(keep_quiet);
    CPLErrorReset();
    /* Configuration options: as open options they are ignored. Every cell as text, the first row always the header. */
    CPLSetConfigOption("OGR_XLSX_FIELD_TYPES", "STRING");
    CPLSetConfigOption("OGR_XLSX_HEADERS", "FORCE");
    CPLSetConfigOption("OGR_XLS_FIELD_TYPES", "STRING");
    CPLSetConfigOption("OGR_XLS_HEADERS", "FORCE");
    CPLSetConfigOption("PROJ_NETWORK", "OFF");
    GDALAllRegister();
}

const char *wks_ogr_version(void)
{
    return GDALVersionInfo("RELEASE_NAME");
}

static GDALDatasetH open_vector(const char *path, const char *only_driver)
{
    const char *drivers[] = {only_driver, NULL};
    return GDALOpenEx(path, GDAL_OF_VECTOR | GDAL_OF_READONLY, only_driver != NULL ? drivers : NULL, NULL, NULL);
}

/* ---- workbooks ---- */

static int field_nocase(OGRFeatureDefnH definition, const char *name)
{
    for (int j = 0; j < OGR_FD_GetFieldCount(definition); j++) {
        char copy[128];
        const char *field = OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, j));
        if (strlen(field) >= sizeof copy) continue;
        strcpy(copy, field);
        if (wks_text_equal_nocase(wks_text_trim(copy), name)) return j;
    }
    return -1;
}

static OGRLayerH pick_layer(GDALDatasetH data, const char *const *wanted, size_t n_wanted)
{
    int n_layers = GDALDatasetGetLayerCount(data);
    for (int i = 0; i < n_layers; i++) {
        OGRLayerH layer = GDALDatasetGetLayer(data, i);
        size_t n_found = 0;
        for (size_t k = 0; k < n_wanted; k++)
            if (field_nocase(OGR_L_GetLayerDefn(layer), wanted[k]) >= 0) n_found++;
        if (n_found == n_wanted) return layer;
    }
    return n_layers > 0 ? GDALDatasetGetLayer(data, 0) : NULL;
}

/* Text of header and cells one after another, each closed by NUL; pointers are made when it stopped growing. */
static wks_status collect_cells(OGRLayerH layer, wks_text *pool, size_t *out_n_rows, size_t *out_n_columns, wks_err *err)
{
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
    int n_columns = OGR_FD_GetFieldCount(definition);
    size_t n_rows = 0;
    for (int j = 0; j < n_columns; j++) {
        wks_text_add(pool, OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(definition, j)));
        wks_text_add_char(pool, '\0');
    }
    OGR_L_ResetReading(layer);
    for (OGRFeatureH feature; (feature = OGR_L_GetNextFeature(layer)) != NULL; n_rows++) {
        for (int j = 0; j < n_columns; j++) {
            if (OGR_F_IsFieldSetAndNotNull(feature, j)) wks_text_add(pool, OGR_F_GetFieldAsString(feature, j));
            wks_text_add_char(pool, '\0');
        }
        OGR_F_Destroy(feature);
    }
    *out_n_rows = n_rows;
    *out_n_columns = (size_t)n_columns;
    return pool->failed ? wks_err_set(err, WKS_ERR_NOMEM, "no memory for the cells of a workbook") : WKS_OK;
}

static wks_status index_cells(wks_sheet *sheet, wks_err *err)
{
    size_t n_cells = sheet->n_rows * sheet->n_columns;
    sheet->header = wks_mem_array(sheet->n_columns, sizeof *sheet->header);
    sheet->cell = wks_mem_array(n_cells, sizeof *sheet->cell);
    sheet->line = wks_mem_array(sheet->n_rows, sizeof *sheet->line);
    sheet->position = wks_mem_array(n_cells, sizeof *sheet->position);
    if (sheet->header == NULL || sheet->cell == NULL || sheet->line == NULL || sheet->position == NULL)
        return wks_err_set(err, WKS_ERR_NOMEM, "no memory for %zu cells", n_cells);
    char *next = sheet->bytes;
    for (size_t j = 0; j < sheet->n_columns; j++) {
        size_t length = strlen(next);
        sheet->header[j] = wks_text_trim(next);
        next += length + 1;
    }
    for (size_t i = 0; i < sheet->n_rows; i++) {
        sheet->line[i] = i + 2 <= INT_MAX ? (int)(i + 2) : INT_MAX;
        for (size_t j = 0; j < sheet->n_columns; j++) {
            size_t k = i * sheet->n_columns + j;
            size_t length = strlen(next);
            sheet->cell[k] = wks_text_trim(next);
            sheet->position[k] = (int)j + 1;
            next += length + 1;
        }
    }
    return WKS_OK;
}

static void report_duplicates(const wks_sheet *sheet, wks_problems *problems)
{
    for (size_t j = 0; j < sheet->n_columns; j++)
        for (size_t k = 0; k < j; k++)
            if (sheet->header[j][0] != '\0' && wks_text_equal_nocase(sheet->header[j], sheet->header[k])) {
                wks_problems_error(problems, sheet->path, 1, (int)j + 1,
                                   "column '%s' occurs twice (also column %zu); expected unique names", sheet->header[j], k + 1);
                break;
            }
}

/* One layer as a sheet. */
static wks_status read_layer(const char *path, OGRLayerH layer, wks_sheet_kind kind, wks_sheet *out, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text pool = WKS_TEXT_INIT;

    out->kind = kind;
    out->path = wks_mem_string(path);
    out->name = wks_mem_string(OGR_L_GetName(layer));
    if (out->path == NULL || out->name == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a sheet");
    WKS_TRY(collect_cells(layer, &pool, &out->n_rows, &out->n_columns, err));
    if (out->n_columns == 0 || pool.length == 0) {
        wks_problems_error(problems, path, 0, 0, "sheet '%s' is empty; expected a header row and data", out->name);
        WKS_FAIL(err, WKS_ERR_DATA, "%s: empty sheet", path);
    }
    out->bytes = pool.data;
    pool = WKS_TEXT_INIT;
    WKS_TRY(index_cells(out, err));
    report_duplicates(out, problems);
out:
    wks_text_free(&pool);
    return rc;
}

/* GDAL goes by the extension; the prefix makes it look at the content. */
static GDALDatasetH open_workbook(const char *path, bool is_xls)
{
    const char *driver = is_xls ? "XLS" : "XLSX";
    GDALDatasetH data = open_vector(path, driver);
    if (data != NULL) return data;
    wks_text prefixed = WKS_TEXT_INIT;
    wks_text_addf(&prefixed, "%s:%s", driver, path);
    if (!prefixed.failed) data = open_vector(prefixed.data, driver);
    wks_text_free(&prefixed);
    return data;
}

wks_status wks_ogr_sheet(const char *path, const char *const *wanted, size_t n_wanted, wks_sheet *out, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_sheet_kind kind = WKS_SHEET_XLSX;
    GDALDatasetH data = NULL;
    OGRLayerH layer = NULL;

    memset(out, 0, sizeof *out);
    start_gdal();
    WKS_TRY(wks_sheet_kind_of(path, &kind, problems, err));
    if (kind == WKS_SHEET_XLS && GDALGetDriverByName("XLS") == NULL) {
        wks_problems_error(problems, path, 0, 0,
                           "is an xls workbook, which this build cannot read (GDAL without FreeXL); expected xlsx or csv: save it so");
        WKS_FAIL(err, WKS_ERR_DATA, "%s: xls workbook", path);
    }
    data = open_workbook(path, kind == WKS_SHEET_XLS);
    if (data == NULL || (layer = pick_layer(data, wanted, n_wanted)) == NULL) {
        size_t n = strlen(path);
        bool needs_name = kind == WKS_SHEET_XLS && (n < 4 || !wks_text_equal_nocase(path + n - 4, ".xls")); /* GDAL goes by it */
        wks_problems_error(problems, path, 0, 0,
                           needs_name ? "is an %s, which can only be read when its name ends in .xls; expected that name"
                                      : "is not a readable %s; expected a complete file (is it cut off?)",
                           wks_sheet_kind_name(kind));
        WKS_FAIL(err, WKS_ERR_DATA, "%s: not a readable workbook", path);
    }
    WKS_TRY(read_layer(path, layer, kind, out, problems, err));
out:
    if (data != NULL) GDALClose(data);
    CPLPopErrorHandler();
    if (rc != WKS_OK) wks_sheet_free(out);
    return rc;
}

/* ---- maps ---- */

static GDALDatasetH open_map(const char *path, wks_problems *problems, wks_err *err)
{
    GDALDatasetH data = open_vector(path, NULL);
    if (data != NULL) return data;
    wks_problems_error(problems, path, 0, 0,
                       "is not a readable map; expected a complete GeoJSON, GeoPackage or shapefile (is it cut off?)");
    (void)wks_err_set(err, WKS_ERR_DATA, "%s: not a readable map", path);
    return NULL;
}

wks_status wks_ogr_attributes(const char *path, int layer, wks_sheet *out, int *out_n_layers, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_sheet_kind kind = WKS_SHEET_OTHER;
    GDALDatasetH data = NULL;

    memset(out, 0, sizeof *out);
    *out_n_layers = 0;
    start_gdal();
    WKS_TRY(wks_sheet_kind_of(path, &kind, problems, err));
    data = open_map(path, problems, err);
    if (data == NULL) WKS_FAIL(err, WKS_ERR_DATA, "%s: not a readable map", path);
    *out_n_layers = GDALDatasetGetLayerCount(data);
    if (layer >= *out_n_layers) WKS_FAIL(err, WKS_ERR_DATA, "%s: no layer %d", path, layer);
    WKS_TRY(read_layer(path, GDALDatasetGetLayer(data, layer), kind, out, problems, err));
out:
    if (data != NULL) GDALClose(data);
    CPLPopErrorHandler();
    if (rc != WKS_OK) wks_sheet_free(out);
    return rc;
}

static int code_field(OGRLayerH layer, const char *prefix);

bool wks_ogr_has_buurten(const char *path)
{
    bool found = false;
    start_gdal();
    GDALDatasetH data = open_vector(path, NULL);
    for (int i = 0; data != NULL && !found && i < GDALDatasetGetLayerCount(data); i++)
        found = code_field(GDALDatasetGetLayer(data, i), "BU") >= 0;
    if (data != NULL) GDALClose(data);
    CPLPopErrorHandler();
    return found;
}

static bool is_area_code(const char *s, const char *prefix)
{
    if (strncmp(s, prefix, 2) != 0) return false;
    size_t n = 2;
    for (; s[n] != '\0'; n++)
        if (!((s[n] >= '0' && s[n] <= '9') || (s[n] >= 'A' && s[n] <= 'Z'))) return false;
    return n == (prefix[0] == 'B' ? 10U : prefix[0] == 'W' ? 8U : 6U);
}

/* The first text field whose first values all look like codes with this prefix; -1 if none. */
static int code_field(OGRLayerH layer, const char *prefix)
{
    enum { N_TRIED = 20 };
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
    for (int j = 0; j < OGR_FD_GetFieldCount(definition); j++) {
        if (OGR_Fld_GetType(OGR_FD_GetFieldDefn(definition, j)) != OFTString) continue;
        int n_seen = 0;
        bool all = true;
        OGR_L_ResetReading(layer);
        for (OGRFeatureH feature; all && n_seen < N_TRIED && (feature = OGR_L_GetNextFeature(layer)) != NULL; n_seen++) {
            all = is_area_code(OGR_F_GetFieldAsString(feature, j), prefix);
            OGR_F_Destroy(feature);
        }
        if (all && n_seen > 0) return j;
    }
    return -1;
}

static wks_status collect_geometry(wks_polygons *all, const char *code, OGRGeometryH geometry, wks_err *err)
{
    wks_status rc = WKS_OK;
    bool is_polygon = wkbFlatten(OGR_G_GetGeometryType(geometry)) == wkbPolygon;
    for (int i = 0; rc == WKS_OK && i < OGR_G_GetGeometryCount(geometry); i++) {
        OGRGeometryH part = OGR_G_GetGeometryRef(geometry, i);
        if (!is_polygon) {
            rc = collect_geometry(all, code, part, err);
            continue;
        }
        int n = OGR_G_GetPointCount(part);
        rc = wks_polygons_open_ring(all, code, i > 0, (size_t)n, err); /* the first ring is the outer one */
        if (rc != WKS_OK) break;
        for (int k = 0; k < n; k++)
            wks_polygons_add_point(all, OGR_G_GetX(part, k), OGR_G_GetY(part, k));
        wks_polygons_close_ring(all);
    }
    return rc;
}

/* Coordinates that lie where the Netherlands lie in RD New. */
static bool is_in_rd(OGRLayerH layer)
{
    OGREnvelope e;
    return OGR_L_GetExtent(layer, &e, 1) == OGRERR_NONE && e.MinX >= -7000.0 && e.MaxX <= 300000.0 && e.MinY >= 289000.0 &&
           e.MaxY <= 629000.0;
}

static OGRCoordinateTransformationH to_rd(OGRLayerH layer)
{
    OGRSpatialReferenceH from = OGR_L_GetSpatialRef(layer);
    OGRSpatialReferenceH own = OSRNewSpatialReference(NULL), rd = OSRNewSpatialReference(NULL);
    OGRCoordinateTransformationH transformation = NULL;
    if (from != NULL) {
        OSRDestroySpatialReference(own);
        own = OSRClone(from);
    } else {
        /* GeoJSON without a crs is WGS84 by RFC 7946; a shapefile without its .prj is told by its coordinates. */
        OSRImportFromEPSG(own, is_in_rd(layer) ? RD_NEW : WGS84);
    }
    if (own != NULL && rd != NULL && OSRImportFromEPSG(rd, RD_NEW) == OGRERR_NONE) {
        OSRSetAxisMappingStrategy(own, OAMS_TRADITIONAL_GIS_ORDER);
        OSRSetAxisMappingStrategy(rd, OAMS_TRADITIONAL_GIS_ORDER);
        transformation = OCTNewCoordinateTransformation(own, rd);
    }
    OSRDestroySpatialReference(own);
    OSRDestroySpatialReference(rd);
    return transformation;
}

static wks_status collect_feature(wks_polygons *all, OGRFeatureH feature, int field, OGRCoordinateTransformationH transformation,
                                  const char *path, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    OGRGeometryH plain = NULL;
    const char *code = OGR_F_GetFieldAsString(feature, field);
    OGRGeometryH geometry = OGR_F_GetGeometryRef(feature);

    if (geometry == NULL || OGR_G_IsEmpty(geometry)) {
        wks_problems_warning(problems, path, 0, 0, "area %s has no geometry", code);
        return WKS_OK;
    }
    plain = OGR_G_GetLinearGeometry(geometry, 0.0, NULL);
    OGRwkbGeometryType type = plain != NULL ? wkbFlatten(OGR_G_GetGeometryType(plain)) : wkbUnknown;
    if (type != wkbPolygon && type != wkbMultiPolygon) {
        wks_problems_error(problems, path, 0, 0, "area %s is no polygon but a %s; expected Polygon or MultiPolygon", code,
                           plain != NULL ? OGR_G_GetGeometryName(plain) : "shape of unknown type");
        goto out;
    }
    if (OGR_G_Transform(plain, transformation) != OGRERR_NONE) {
        wks_problems_error(problems, path, 0, 0,
                           "the coordinates of area %s cannot be brought to EPSG:28992; expected a place in the Netherlands", code);
        goto out;
    }
    WKS_TRY(collect_geometry(all, code, plain, err));
out:
    if (plain != NULL) OGR_G_DestroyGeometry(plain);
    return rc;
}

/* The attribute that tells water from land (water or H2O: NEE is land), -1 if there is none. */
static int water_field(OGRLayerH layer)
{
    int field = field_nocase(OGR_L_GetLayerDefn(layer), "water");
    return field >= 0 ? field : field_nocase(OGR_L_GetLayerDefn(layer), "H2O");
}

static bool is_water(OGRFeatureH feature, int field)
{
    if (field < 0 || !OGR_F_IsFieldSetAndNotNull(feature, field)) return false;
    const char *word = OGR_F_GetFieldAsString(feature, field);
    return word[0] != '\0' && !wks_text_equal_nocase(word, "NEE");
}

static void report_no_codes(GDALDatasetH data, const char *path, wks_problems *problems)
{
    OGRLayerH layer = GDALDatasetGetLayer(data, 0);
    const char *found = "";
    if (layer != NULL && code_field(layer, "WK") >= 0) found = "; it holds wijken";
    if (layer != NULL && code_field(layer, "GM") >= 0) found = "; it holds gemeenten";
    wks_problems_error(problems, path, 0, 0, "no attribute with buurt codes%s; expected polygons with a code such as BU03440111", found);
}

wks_status wks_ogr_polygons(const char *path, wks_polygons *all, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_sheet_kind kind;
    GDALDatasetH data = NULL;
    OGRCoordinateTransformationH transformation = NULL;
    OGRLayerH layer = NULL;
    int field = -1;
    size_t n_errors = problems->n_errors;

    start_gdal();
    WKS_TRY(wks_sheet_kind_of(path, &kind, problems, err));
    data = open_map(path, problems, err);
    if (data == NULL) WKS_FAIL(err, WKS_ERR_DATA, "%s: not a readable map", path);
    for (int i = 0; i < GDALDatasetGetLayerCount(data) && field < 0; i++) {
        layer = GDALDatasetGetLayer(data, i);
        field = code_field(layer, "BU");
    }
    if (field < 0) {
        report_no_codes(data, path, problems);
        WKS_FAIL(err, WKS_ERR_DATA, "%s: no buurt codes", path);
    }
    transformation = to_rd(layer);
    if (transformation == NULL)
        WKS_FAIL(err, WKS_ERR_IO, "%s: PROJ cannot make the transformation to EPSG:28992 (is proj-data installed?)", path);
    const int water = water_field(layer);
    OGR_L_ResetReading(layer);
    for (OGRFeatureH feature; (feature = OGR_L_GetNextFeature(layer)) != NULL;) {
        if (!is_water(feature, water)) rc = collect_feature(all, feature, field, transformation, path, problems, err);
        OGR_F_Destroy(feature);
        if (rc != WKS_OK) goto out;
    }
    if (problems->n_errors > n_errors) WKS_FAIL(err, WKS_ERR_DATA, "%s: problems in the map", path);
out:
    if (transformation != NULL) OCTDestroyCoordinateTransformation(transformation);
    if (data != NULL) GDALClose(data);
    CPLPopErrorHandler();
    return rc;
}
