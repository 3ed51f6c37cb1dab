#include "import/ogr.h"

#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include "base/file.h"
#include "base/mem.h"
#include "city/folder.h"
#include "import/cbs.h"
#include "made.h"
#include "proefstad.h"

/* ---- an import as the command does it ---- */

typedef struct imported {
    char *folder;
    wks_problems problems;
    wks_err err;
    wks_text report;
    wks_city city;
} imported;

static void begin(imported *im)
{
    memset(im, 0, sizeof *im);
    im->folder = wks_folder_make();
}

/* Imports files of the folder (NULL at the end) as `name` and reads the city back. */
static wks_status import(imported *im, const char *const *file, const char *name)
{
    enum { MAX_FILES = 4 };
    char *path[MAX_FILES] = {NULL};
    size_t n = 0;
    for (; file[n] != NULL; n++)
        path[n] = wks_folder_path(im->folder, file[n]);
    char *city = wks_folder_path(im->folder, name);
    wks_problems_free(&im->problems); /* of the import before */
    wks_cbs_options options = {.file = (const char *const *)path, .n_files = n, .city = city};
    wks_status rc = wks_cbs_import(&options, &im->report, &im->problems, &im->err);
    wks_folder_free(&im->city);
    if (rc == WKS_OK) {
        wks_problems problems = WKS_PROBLEMS_INIT;
        assert_ok(wks_folder_read(city, &im->city, &problems, &im->err), &im->err);
        assert_problems(&problems, "");
    }
    for (size_t i = 0; i < n; i++)
        free(path[i]);
    free(city);
    return rc;
}

static void end(imported *im)
{
    wks_folder_free(&im->city);
    wks_problems_free(&im->problems);
    wks_text_free(&im->report);
    wks_folder_remove(im->folder);
}

static const wks_city_area *buurt(const imported *im, const char *code)
{
    int32_t row = wks_folder_buurt_row(&im->city, code);
    assert_true(row >= 0);
    return &im->city.buurt[row];
}

static void assert_same_city(const imported *im, const char *a, const char *b)
{
    static const char *const names[] = {"city.cfg", "buurten.csv", "margins.csv", "quality.csv", "quality.md"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char name[64];
        snprintf(name, sizeof name, "%s/%s", a, names[i]);
        char *p = wks_folder_path(im->folder, name), *x = wks_folder_get(p);
        snprintf(name, sizeof name, "%s/%s", b, names[i]);
        char *q = wks_folder_path(im->folder, name), *y = wks_folder_get(q);
        assert_string_equal(x, y);
        free(p);
        free(q);
        free(x);
        free(y);
    }
}

/* ---- workbooks of before 2007 ---- */

static void add_u16(wks_text *out, unsigned value)
{
    wks_text_add_char(out, (char)(value & 0xFF));
    wks_text_add_char(out, (char)(value >> 8 & 0xFF));
}

/* A cell of a BIFF4 stream: NUMBER (0x0203) or LABEL (0x0204); an empty one is not written. */
static void add_cell(wks_text *out, unsigned row, unsigned column, const char *text)
{
    double value;
    size_t n = strlen(text);
    if (n == 0) return;
    bool is_number = wks_text_parse_double(text, &value);
    add_u16(out, is_number ? 0x0203 : 0x0204);
    add_u16(out, is_number ? 14 : (unsigned)(8 + n));
    add_u16(out, row);
    add_u16(out, column);
    add_u16(out, 0);
    if (is_number) {
        wks_text_add_bytes(out, (const char *)&value, sizeof value);
    } else {
        add_u16(out, (unsigned)n);
        wks_text_add_bytes(out, text, n);
    }
}

/* A table of `;` and lines as a workbook of one sheet: the BIFF4 stream alone, which is the simplest that is still one. */
static void put_xls(const imported *im, const char *name, const char *table)
{
    static const char begin_sheet[] = "\x09\x04\x06\x00\x00\x04\x10\x00\x00\x00\x42\x00\x02\x00\xE4\x04", end_sheet[] = "\x0A\x00\x00\x00";
    wks_text out = WKS_TEXT_INIT, cell = WKS_TEXT_INIT;
    unsigned row = 0, column = 0;
    wks_err err = WKS_ERR_INIT;
    wks_text_add_bytes(&out, begin_sheet, sizeof begin_sheet - 1);
    for (const char *s = table; *s != '\0'; s++) {
        if (*s != ';' && *s != '\n') {
            wks_text_add_char(&cell, *s);
            continue;
        }
        add_cell(&out, row, column, cell.data != NULL ? cell.data : "");
        wks_text_clear(&cell);
        column = *s == ';' ? column + 1 : 0;
        row += *s == '\n';
    }
    wks_text_add_bytes(&out, end_sheet, sizeof end_sheet - 1);
    char *path = wks_folder_path(im->folder, name);
    assert_ok(wks_file_write(path, out.data, out.length, &err), &err);
    free(path);
    wks_text_free(&out);
    wks_text_free(&cell);
}

static void need_xls(void)
{
    GDALAllRegister();
    if (GDALGetDriverByName("XLS") != NULL) return;
    print_message("skipped: GDAL has no XLS driver here (it was built without FreeXL)\n");
    skip();
}

static void xls_and_csv_give_the_same_bytes(void **state)
{
    (void)state;
    imported im;
    need_xls();
    begin(&im);
    free(wks_folder_put(im.folder, "kwb-2017.csv", PROEFSTAD));
    put_xls(&im, "kwb-2017.xls", PROEFSTAD);
    assert_ok(import(&im, (const char *const[]){"kwb-2017.csv", NULL}, "csv"), &im.err);
    assert_ok(import(&im, (const char *const[]){"kwb-2017.xls", NULL}, "xls"), &im.err);
    assert_contains(im.report.data, "xls workbook");
    assert_same_city(&im, "csv", "xls");
    end(&im);
}

/* Halves and figures that no binary number is exactly come as they were typed. */
static void xls_numbers_are_as_in_csv(void **state)
{
    (void)state;
    static const char table[] = "gwb_code;gm_naam;recs;a_inw;g_ink_pi;p_koopw;ste_oad\n"
                                "GM9999;Proefstad;Gemeente;1810;30.1;57.3;2055\nWK999901;Proefstad;Wijk;1810;30.1;57.3;2055\nBU99990101;"
                                "Proefstad;Buurt;1810;28.7;0.1;1234.5\n";
    imported im;
    need_xls();
    begin(&im);
    free(wks_folder_put(im.folder, "a-2019.csv", table));
    put_xls(&im, "a-2019.xls", table);
    assert_ok(import(&im, (const char *const[]){"a-2019.csv", NULL}, "csv"), &im.err);
    assert_ok(import(&im, (const char *const[]){"a-2019.xls", NULL}, "xls"), &im.err);
    assert_close(buurt(&im, "BU99990101")->value[WKS_CITY_persons], 1810, 0, 0);
    assert_close(buurt(&im, "BU99990101")->value[WKS_CITY_income_per_person_eur], 28700, 0, 0);
    assert_same_city(&im, "csv", "xls");
    end(&im);
}

static void xls_bad_files_errors(void **state)
{
    (void)state;
    imported im;
    need_xls();
    begin(&im);
    put_xls(&im, "text-2017.xls", "gwb_code;gm_naam;recs;a_inw\nBU99990101;Proefstad;Buurt;veel\n");
    assert_status(import(&im, (const char *const[]){"text-2017.xls", NULL}, "city"), WKS_ERR_DATA, &im.err);
    assert_string_equal(im.problems.item[0].text, "'veel' in column a_inw is no number; expected a number or '.' for missing");
    assert_int_equal(im.problems.item[0].line, 2);
    assert_int_equal(im.problems.item[0].column, 4);
    end(&im);
    begin(&im);
    put_xls(&im, "kwb-2017", PROEFSTAD);
    assert_status(import(&im, (const char *const[]){"kwb-2017", NULL}, "city"), WKS_ERR_DATA, &im.err);
    assert_string_equal(im.problems.item[0].text,
                        "is an xls workbook, which can only be read when its name ends in .xls; expected that name");
    end(&im);
    begin(&im);
    free(wks_folder_put(im.folder, "cut-2017.xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and no more"));
    assert_status(import(&im, (const char *const[]){"cut-2017.xls", NULL}, "city"), WKS_ERR_DATA, &im.err);
    assert_contains(im.problems.item[0].text, "is not a readable xls workbook; expected a complete file (is it cut off?)");
    end(&im);
}

/* ---- maps whose attributes are key figures ---- */

enum { MAX_FIELDS = 40 };

/* A map under construction: lines of `;`, the first the names; each row a square of 500 m, one beside the other. */
static void add_layer(GDALDatasetH data, const char *name, const char *table)
{
    OGRSpatialReferenceH rd = OSRNewSpatialReference(NULL);
    assert_int_equal(OSRImportFromEPSG(rd, 28992), OGRERR_NONE);
    OSRSetAxisMappingStrategy(rd, OAMS_TRADITIONAL_GIS_ORDER);
    OGRLayerH layer = GDALDatasetCreateLayer(data, name, rd, wkbPolygon, NULL);
    assert_non_null(layer);
    char *copy = wks_mem_string(table), *rest = NULL;
    const char *field[MAX_FIELDS];
    int n_fields = 0, row = 0;
    for (char *line = strtok_r(copy, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest), row++) {
        char *cell_rest = NULL;
        int j = 0;
        OGRFeatureH feature = row > 0 ? OGR_F_Create(OGR_L_GetLayerDefn(layer)) : NULL;
        for (char *cell = strtok_r(line, ";", &cell_rest); cell != NULL; cell = strtok_r(NULL, ";", &cell_rest), j++) {
            if (row == 0) { /* "name:type" */
                char *colon = strchr(cell, ':');
                OGRFieldType type = colon == NULL ? OFTString : colon[1] == 'i' ? OFTInteger : OFTReal;
                if (colon != NULL) *colon = '\0';
                assert_true(n_fields < MAX_FIELDS);
                field[n_fields++] = cell;
                OGRFieldDefnH definition = OGR_Fld_Create(cell, type);
                assert_int_equal(OGR_L_CreateField(layer, definition, 0), OGRERR_NONE);
                OGR_Fld_Destroy(definition);
            } else {
                OGR_F_SetFieldString(feature, OGR_F_GetFieldIndex(feature, field[j]), cell);
            }
        }
        if (row == 0) continue;
        char wkt[200];
        double west = 130000.0 + 500.0 * row, south = 450000.0;
        snprintf(wkt, sizeof wkt, "POLYGON((%.0f %.0f,%.0f %.0f,%.0f %.0f,%.0f %.0f,%.0f %.0f))", west, south, west + 500, south,
                 west + 500, south + 500, west, south + 500, west, south);
        char *text = wkt;
        OGRGeometryH square = NULL;
        assert_int_equal(OGR_G_CreateFromWkt(&text, rd, &square), OGRERR_NONE);
        assert_int_equal(OGR_F_SetGeometryDirectly(feature, square), OGRERR_NONE);
        assert_int_equal(OGR_L_CreateFeature(layer, feature), OGRERR_NONE);
        OGR_F_Destroy(feature);
    }
    free(copy);
    OSRDestroySpatialReference(rd);
}

static GDALDatasetH create_map(const imported *im, const char *driver, const char *name)
{
    GDALAllRegister();
    char *path = wks_folder_path(im->folder, name);
    GDALDatasetH data = GDALCreate(GDALGetDriverByName(driver), path, 0, 0, 0, GDT_Unknown, NULL);
    assert_non_null(data);
    free(path);
    return data;
}

/* Names as PDOK gives them in its GeoPackage of wijken en buurten (2024). */
#define PDOK                                                                                                                     \
    "aantal_inwoners:i;mannen:i;vrouwen:i;percentage_personen_0_tot_15_jaar:i;percentage_personen_15_tot_25_jaar:i;"             \
    "percentage_personen_25_tot_45_jaar:i;percentage_personen_45_tot_65_jaar:i;percentage_personen_65_jaar_en_ouder:i;"          \
    "percentage_met_herkomstland_nederland:i;percentage_met_herkomstland_uit_europa_excl_nl:i;"                                  \
    "percentage_met_herkomstland_buiten_europa:i;aantal_huishoudens:i;percentage_eenpersoonshuishoudens:i;"                      \
    "percentage_huishoudens_zonder_kinderen:i;percentage_huishoudens_met_kinderen:i;woningvoorraad:i;gemiddelde_woningwaarde:i;" \
    "percentage_koopwoningen:i;perc_huurwoningen_in_bezit_woningcorporaties:i;perc_huurwoningen_in_bezit_overige_verhuurders:i;" \
    "omgevingsadressendichtheid:i;oppervlakte_land_in_ha:i\n"
#define PDOK_NONE                                                                                                                    \
    "-99997;-99997;-99997;-99997;-99997;-99997;-99997;-99997;-99997;-99997;-99997;-99997;-99997;-99997;-99997;-99997;-99997;-99997;" \
    "-99997;-99997;-99997;-99997\n"
#define PDOK_WHOLE "300;140;160;20;10;30;25;15;80;5;15;150;45;25;30;140;310;50;30;20;1480;100\n"

static void assert_map_city(const imported *im)
{
    assert_int_equal(im->city.n_buurten, 3);
    assert_int_equal(im->city.n_wijken, 1);
    assert_int_equal(im->city.geometry.n_areas, 3);
    const wks_city_area *oost = buurt(im, "BU99990101"), *noord = buurt(im, "BU99990103");
    assert_string_equal(oost->name, "Oost");
    assert_string_equal(im->city.gemeente[0].name, "Proefstad");
    static const struct {
        wks_city_column column;
        double value;
    } expected[] = {
        {WKS_CITY_persons, 200},          {WKS_CITY_men, 95},
        {WKS_CITY_age_00_14, 44},         {WKS_CITY_age_65_plus, 30},
        {WKS_CITY_households, 90},        {WKS_CITY_households_one_person, 36},
        {WKS_CITY_dwellings, 88},         {WKS_CITY_woz_eur, 333000},
        {WKS_CITY_share_owner, 0.6},      {WKS_CITY_share_corporatie, 0.25},
        {WKS_CITY_address_density, 1400}, {WKS_CITY_area_ha, 24},
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        assert_close(oost->value[expected[i].column], expected[i].value, 0, 0);
        assert_true(oost->origin[expected[i].column] <= WKS_CITY_ORIGIN_rounded);
    }
    if (isfinite(im->city.wijk[0].value[WKS_CITY_origin_nl])) { /* shares of inhabitants, not their number */
        assert_close(oost->value[WKS_CITY_origin_nl], 160, 0, 0);
        assert_close(oost->value[WKS_CITY_origin_europe], 10, 0, 0);
        assert_close(oost->value[WKS_CITY_origin_outside_europe], 30, 0, 0);
    }
    assert_close(noord->value[WKS_CITY_persons], 0, 0, 0); /* -99997: what the wijk has beyond its other buurten is nothing */
    assert_int_equal(noord->origin[WKS_CITY_woz_eur], WKS_CITY_ORIGIN_wijk);
    assert_close(oost->x_m, 130750, 0, 1);
    assert_close(oost->y_m, 450250, 0, 1);
}

static void geopackage_of_pdok_alone_is_a_city(void **state)
{
    (void)state;
    imported im;
    begin(&im);
    GDALDatasetH data = create_map(&im, "GPKG", "wijkenbuurten_2024_v1.gpkg");
    add_layer(data, "buurten",
              "buurtcode;buurtnaam;wijkcode;gemeentecode;gemeentenaam;water;" PDOK
              "BU99990101;Oost;WK999901;GM9999;Proefstad;NEE;200;95;105;22;10;33;20;15;80;5;15;90;40;30;30;88;333;60;25;15;1400;24\n"
              "BU99990102;West;WK999901;GM9999;Proefstad;NEE;100;45;55;16;10;24;35;15;80;5;15;60;52;18;30;52;270;33;38;29;1600;25\n"
              "BU99990103;Noord;WK999901;GM9999;Proefstad;NEE;" PDOK_NONE "BU99990109;Vaart;WK999901;GM9999;Proefstad;JA;" PDOK_NONE);
    add_layer(data, "wijken",
              "wijkcode;wijknaam;gemeentecode;gemeentenaam;water;" PDOK "WK999901;Wijk 01;GM9999;Proefstad;NEE;" PDOK_WHOLE);
    add_layer(data, "gemeenten", "gemeentecode;gemeentenaam;water;" PDOK "GM9999;Proefstad;NEE;" PDOK_WHOLE);
    GDALClose(data);
    assert_ok(import(&im, (const char *const[]){"wijkenbuurten_2024_v1.gpkg", NULL}, "city"), &im.err);
    assert_map_city(&im);
    assert_string_equal(im.city.wijk[0].name, "Wijk 01");
    assert_close(im.city.wijk[0].value[WKS_CITY_persons], 300, 0, 0);
    assert_close(im.city.gemeente[0].value[WKS_CITY_share_corporatie], 0.3, 0, 0);
    assert_contains(im.report.data, "1 areas of water left out");
    assert_contains(im.report.data, "3 polygons of buurten");
    end(&im);
}

/* dbf has ten characters a name and only buurten; the wijk comes from a shapefile of its own. */
static void shapefiles_of_cbs_are_a_city(void **state)
{
    (void)state;
    static const char *const names =
        "GM_NAAM;H2O;AANT_INW:i;AANT_MAN:i;AANT_VROUW:i;P_00_14_JR:i;P_15_24_JR:i;P_25_44_JR:i;P_45_64_JR:i;P_65_EO_JR:i;AANTAL_HH:i;"
        "P_EENP_HH:i;P_HH_Z_K:i;P_HH_M_K:i;WONINGEN:i;WOZ:i;P_KOOPWON:i;P_HUURCORP:i;P_OV_HUURW:i;OAD:i;OPP_LAND:i\n";
    imported im;
    wks_text text = WKS_TEXT_INIT;
    begin(&im);
    wks_text_addf(
        &text,
        "BU_CODE;BU_NAAM;WK_CODE;GM_CODE;%s"
        "BU99990101;Oost;WK999901;GM9999;Proefstad;NEE;200;95;105;22;10;33;20;15;90;40;30;30;88;333;60;25;15;1400;24\n"
        "BU99990102;West;WK999901;GM9999;Proefstad;NEE;100;45;55;16;10;24;35;15;60;52;18;30;52;270;33;38;29;1600;25\n"
        "BU99990103;Noord;WK999901;GM9999;Proefstad;NEE;-99999999;-99999999;-99999999;-99999999;-99999999;-99999999;-99999999;"
        "-99999999;-99999999;-99999999;-99999999;-99999999;-99999999;-99999999;-99999999;-99999999;-99999999;-99999999;-99999999\n"
        "BU99990109;Vaart;WK999901;GM9999;Proefstad;JA;0;0;0;0;0;0;0;0;0;0;0;0;0;0;0;0;0;0;0\n",
        names);
    GDALDatasetH data = create_map(&im, "ESRI Shapefile", "buurt_2023.shp");
    add_layer(data, "buurt_2023", text.data);
    GDALClose(data);
    wks_text_clear(&text);
    wks_text_addf(&text,
                  "WK_CODE;WK_NAAM;GM_CODE;%s"
                  "WK999901;Wijk 01;GM9999;Proefstad;NEE;300;140;160;20;10;30;25;15;150;45;25;30;140;310;50;30;20;1480;100\n",
                  names);
    data = create_map(&im, "ESRI Shapefile", "wijk_2023.shp");
    add_layer(data, "wijk_2023", text.data);
    GDALClose(data);
    assert_ok(import(&im, (const char *const[]){"buurt_2023.shp", "wijk_2023.shp", NULL}, "both"), &im.err);
    assert_map_city(&im);
    assert_ok(import(&im, (const char *const[]){"buurt_2023.shp", NULL}, "alone"), &im.err);
    assert_int_equal(im.city.n_buurten, 3);
    assert_close(buurt(&im, "BU99990101")->value[WKS_CITY_share_corporatie], 0.25, 0, 0);
    wks_text_free(&text);
    end(&im);
}

/* ---- maps without key figures ---- */

static void map_without_figures_gives_polygons_only(void **state)
{
    (void)state;
    static const char nested[] =
        "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"code\":\"BU99990101\",\"naam\":\"Oost\","
        "\"gemeente\":\"Proefstad\",\"raw\":{\"won\":-0.05,\"fys\":0.1,\"kscore\":7,\"jaar\":[2024]}},\"geometry\":{\"type\":\"Polygon\","
        "\"coordinates\":[[[5.1,52.1],[5.2,52.1],[5.2,52.2],[5.1,52.1]]]}}]}";
    imported im;
    begin(&im);
    free(wks_folder_put(im.folder, "kwb-2023.csv", PROEFSTAD));
    free(wks_folder_put(im.folder, "names.geojson", PROEFSTAD_MAP));
    free(wks_folder_put(im.folder, "nested.geojson", nested));
    assert_ok(import(&im, (const char *const[]){"kwb-2023.csv", "names.geojson", NULL}, "names"), &im.err);
    assert_int_equal(im.city.geometry.n_areas, 4);
    assert_ok(import(&im, (const char *const[]){"nested.geojson", "kwb-2023.csv", NULL}, "nested"), &im.err);
    assert_int_equal(im.city.geometry.n_areas, 1);
    assert_int_equal(buurt(&im, "BU99990101")->origin[WKS_CITY_lbm_won], WKS_CITY_ORIGIN_estimated);
    end(&im);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(xls_and_csv_give_the_same_bytes),
        cmocka_unit_test(xls_numbers_are_as_in_csv),
        cmocka_unit_test(xls_bad_files_errors),
        cmocka_unit_test(geopackage_of_pdok_alone_is_a_city),
        cmocka_unit_test(shapefiles_of_cbs_are_a_city),
        cmocka_unit_test(map_without_figures_gives_polygons_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
