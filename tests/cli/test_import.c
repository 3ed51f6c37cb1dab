/* wijksim-import as a user runs it: on the real Utrecht files where they are, and on bad input. */
#include <sys/stat.h>

#include "../unit/import/proefstad.h"
#include "base/file.h"
#include "importer.h"
#include "support/fixture_city.h"

static const char *const city_files[] = {"city.cfg", "buurten.csv", "margins.csv", "quality.csv", "quality.md", "buurten.gpkg"};
enum { N_CITY_FILES = sizeof city_files / sizeof *city_files };

static bool is_there(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0;
}

static void assert_fails(const char *folder, const char *const *arguments, int expected, const char *message)
{
    wks_run run = importer_cbs(folder, arguments, expected);
    assert_contains(run.err, message);
    wks_run_free(&run);
    char *city = wks_folder_path(folder, "city");
    assert_false(is_there(city)); /* nothing half-made */
    free(city);
}

/* ---- Utrecht ---- */

typedef struct utrecht {
    char *folder, *xlsx, *csv, *map, *scores;
} utrecht;

static void utrecht_begin(utrecht *u)
{
    const char *data = wks_check_need_shared_data();
    memset(u, 0, sizeof *u);
    u->folder = wks_folder_make();
    u->xlsx = wks_folder_path(data, "kwb/CBS-Utrecht-kwb-2023.xlsx");
    u->csv = wks_folder_path(data, "kwb/kwb-2023-utrecht.csv");
    u->map = wks_folder_path(data, "geo/GM0344_utrecht_buurten_lbm2024.geojson");
    u->scores = wks_folder_path(data, "leefbaarometer/lbm3_buurtscore24.csv");
}

static void utrecht_end(utrecht *u)
{
    free(u->xlsx);
    free(u->csv);
    free(u->map);
    free(u->scores);
    wks_folder_remove(u->folder);
}

static void utrecht_workbook_becomes_a_city(void **state)
{
    (void)state;
    utrecht u;
    utrecht_begin(&u);
    wks_run run =
        importer_cbs(u.folder, (const char *const[]){u.xlsx, "--geometry", u.map, "--leefbaarometer", u.scores, "-o", "city", NULL}, 0);
    assert_contains(run.out, "CBS Kerncijfers wijken en buurten 2023");
    assert_contains(run.out, "29 of our 29 columns");
    assert_contains(run.out, "columns without a value for any buurt: income_per_person_eur");
    assert_contains(run.out, "polygons: 106 of 111 buurten");
    assert_contains(run.err, "3 buurten with households have no score");
    wks_city city = importer_city(u.folder, "city", false);
    assert_int_equal(city.n_buurten, 111);
    assert_int_equal(city.n_wijken, 10);
    assert_int_equal(city.geometry.n_areas, 106);
    assert_close(wks_fixture_city_total(&city, WKS_CITY_persons), 367715, 0, 0);
    assert_close(wks_fixture_city_total(&city, WKS_CITY_households), 187640, 0.002, 0);
    assert_close(wks_fixture_city_total(&city, WKS_CITY_dwellings), 165400, 0, 0);
    assert_close(wks_fixture_city_per_dwelling(&city, WKS_CITY_share_owner), 0.44, 0, 0.005);
    assert_close(wks_fixture_city_per_dwelling(&city, WKS_CITY_share_corporatie), 0.31, 0, 0.005);
    assert_close(wks_fixture_city_per_dwelling(&city, WKS_CITY_share_private_rent), 0.25, 0, 0.005);
    double occupied =
        wks_fixture_city_total(&city, WKS_CITY_dwellings) * (1.0 - wks_fixture_city_per_dwelling(&city, WKS_CITY_share_vacant));
    assert_close(wks_fixture_city_total(&city, WKS_CITY_households) - occupied, 29800, 0, 50);
    for (int32_t i = 0; i < city.n_buurten; i++) {
        const wks_city_area *b = &city.buurt[i];
        assert_int_equal(b->origin[WKS_CITY_income_per_person_eur], WKS_CITY_ORIGIN_estimated);
        assert_int_equal(b->origin[WKS_CITY_persons], WKS_CITY_ORIGIN_rounded);
        assert_int_equal(b->origin[WKS_CITY_dwellings], WKS_CITY_ORIGIN_published);
        if (!isnan(b->x_m)) { /* Utrecht lies about 136, 455 km */
            assert_close(b->x_m, 134000, 0, 9000);
            assert_close(b->y_m, 455500, 0, 6000);
            assert_true(city.neighbour_start[i + 1] > city.neighbour_start[i]);
        }
    }
    /* A value read off the workbook by hand: Oog in Al. */
    const wks_city_area *oog = &city.buurt[wks_folder_buurt_row(&city, "BU03440112")];
    assert_string_equal(oog->name, "Oog in Al");
    assert_close(oog->value[WKS_CITY_woz_eur], 727000, 0, 0);
    assert_close(oog->value[WKS_CITY_lbm_vrz], 0.158465, 0, 1e-9);
    wks_folder_free(&city);
    wks_run_free(&run);
    utrecht_end(&u);
}

static void utrecht_workbook_and_csv_give_the_same_bytes(void **state)
{
    (void)state;
    utrecht u;
    wks_err err = WKS_ERR_INIT;
    utrecht_begin(&u);
    wks_run a =
        importer_cbs(u.folder, (const char *const[]){u.xlsx, "--geometry", u.map, "--leefbaarometer", u.scores, "-o", "a", NULL}, 0);
    wks_run b = importer_cbs(u.folder, (const char *const[]){u.csv, "--geometry", u.map, "--leefbaarometer", u.scores, "-o", "b", NULL}, 0);
    for (size_t i = 0; i < N_CITY_FILES; i++) {
        char name[64], x[65], y[65];
        snprintf(name, sizeof name, "a/%s", city_files[i]);
        char *p = wks_folder_path(u.folder, name);
        snprintf(name, sizeof name, "b/%s", city_files[i]);
        char *q = wks_folder_path(u.folder, name);
        assert_ok(wks_file_sha256(p, x, &err), &err);
        assert_ok(wks_file_sha256(q, y, &err), &err);
        assert_string_equal(x, y);
        free(p);
        free(q);
    }
    wks_run_free(&a);
    wks_run_free(&b);
    utrecht_end(&u);
}

/* The map of a city, a GeoPackage in EPSG:28992, is a geometry like any other and comes back unchanged. */
static void utrecht_geopackage_as_geometry_gives_the_same_map(void **state)
{
    (void)state;
    utrecht u;
    wks_err err = WKS_ERR_INIT;
    char x[65], y[65];
    utrecht_begin(&u);
    wks_run a = importer_cbs(u.folder, (const char *const[]){u.csv, "--geometry", u.map, "-o", "a", NULL}, 0);
    wks_run b = importer_cbs(u.folder, (const char *const[]){u.csv, "--geometry", "a/buurten.gpkg", "-o", "b", NULL}, 0);
    char *p = wks_folder_path(u.folder, "a/buurten.gpkg"), *q = wks_folder_path(u.folder, "b/buurten.gpkg");
    assert_ok(wks_file_sha256(p, x, &err), &err);
    assert_ok(wks_file_sha256(q, y, &err), &err);
    assert_string_equal(x, y);
    free(p);
    free(q);
    wks_run_free(&a);
    wks_run_free(&b);
    utrecht_end(&u);
}

/* Writes the first part of a file under a new name. */
static char *cut(const char *path, const char *folder, const char *name, double share)
{
    char *bytes = NULL, *out = wks_folder_path(folder, name);
    size_t n = 0;
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_file_read(path, &bytes, &n, &err), &err);
    assert_ok(wks_file_write(out, bytes, (size_t)((double)n * share), &err), &err);
    free(bytes);
    return out;
}

static void utrecht_cut_off_files_errors(void **state)
{
    (void)state;
    utrecht u;
    utrecht_begin(&u);
    char *xlsx = cut(u.xlsx, u.folder, "half-2023.xlsx", 0.5), *csv = cut(u.csv, u.folder, "half-2023.csv", 0.5);
    char *map = cut(u.map, u.folder, "half.geojson", 0.5);
    assert_fails(u.folder, (const char *const[]){xlsx, "-o", "city", NULL}, 3,
                 "is not a readable xlsx workbook; expected a complete file (is it cut off?)");
    assert_fails(u.folder, (const char *const[]){csv, "-o", "city", NULL}, 3, "half-2023.csv:61:");
    assert_fails(u.folder, (const char *const[]){u.csv, "--geometry", map, "-o", "city", NULL}, 3,
                 "half.geojson: error: is not a readable map");
    free(xlsx);
    free(csv);
    free(map);
    utrecht_end(&u);
}

static void utrecht_wijken_as_geometry_errors(void **state)
{
    (void)state;
    utrecht u;
    utrecht_begin(&u);
    char *wijken = wks_folder_path(wks_check_shared_data(), "geo/wijken2022_7gemeenten_rd.geojson");
    char *elsewhere = wks_folder_path(wks_check_shared_data(), "geo/GM0014_groningen_buurten_lbm2024.geojson");
    assert_fails(u.folder, (const char *const[]){u.csv, "--geometry", wijken, "-o", "city", NULL}, 3, "no attribute with buurt codes");
    assert_fails(u.folder, (const char *const[]){u.csv, "--geometry", elsewhere, "-o", "city", NULL}, 3,
                 "polygons is of a buurt of this city");
    free(wijken);
    free(elsewhere);
    utrecht_end(&u);
}

/* ---- made files ---- */

static void proefstad_becomes_a_city(void **state)
{
    (void)state;
    char *folder = wks_folder_make();
    free(wks_folder_put(folder, "any name 2023.txt", PROEFSTAD)); /* what it is, is found from the content */
    free(wks_folder_put(folder, "map.json", PROEFSTAD_MAP));
    free(wks_folder_put(folder, "scores.csv", PROEFSTAD_SCORES));
    wks_run run = importer_cbs(folder,
                               (const char *const[]){"any name 2023.txt", "--geometry", "map.json", "--leefbaarometer", "scores.csv", "-g",
                                                     "proefstad", "-o", "city/", NULL},
                               0);
    assert_contains(run.out, "written: city/");
    for (size_t i = 0; i < N_CITY_FILES; i++) {
        char name[64];
        snprintf(name, sizeof name, "city/%s", city_files[i]);
        char *path = wks_folder_path(folder, name);
        assert_true(is_there(path));
        free(path);
    }
    wks_run_free(&run);
    wks_folder_remove(folder);
}

static void proefstad_without_map_and_scores_becomes_a_city(void **state)
{
    (void)state;
    char *folder = wks_folder_make();
    free(wks_folder_put(folder, "kwb.csv", PROEFSTAD));
    wks_run run = importer_cbs(folder, (const char *const[]){"kwb.csv", "--year", "2023", "-o", "deep/er/city", NULL}, 0);
    assert_contains(run.err, "--geometry: warning: not given");
    assert_contains(run.err, "--leefbaarometer: warning: not given");
    char *path = wks_folder_path(folder, "deep/er/city/buurten.csv");
    assert_true(is_there(path));
    free(path);
    wks_run_free(&run);
    wks_folder_remove(folder);
}

static void bad_files_errors(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text, *message;
    } cases[] = {
        {"empty-2023.csv", "", "empty-2023.csv: error: the file is empty"},
        {"other-2023.csv", "naam,prijs\nstoel,12\n", "is no table of CBS key figures; expected columns such as gwb_code"},
        {"short-2023.csv", PROEFSTAD_HEADER PROEFSTAD_GEMEENTE "BU99990101;Oost;Proef", "short-2023.csv:3:"},
        {"text-2023.csv", "gwb_code;regio;gm_naam;recs;a_inw\nBU99990101;A;P;Buurt;veel\n",
         "text-2023.csv:2:22: error: 'veel' in column a_inw is no number; expected a number or '.' for missing"},
        {"comma-2023.csv", "gwb_code;regio;gm_naam;recs;a_inw;g_woz;g_wozbag\nBU99990101;A;P;Buurt;5;2.5;310,5\n",
         "comma-2023.csv:2:28: error: '310,5' in column g_wozbag has a decimal comma"},
        {"twice-2023.csv", PROEFSTAD PROEFSTAD_GEMEENTE, "twice-2023.csv:11:1: error: code GM9999 occurs twice; expected each area once"},
        {"nobuurt-2023.csv", PROEFSTAD_HEADER PROEFSTAD_GEMEENTE PROEFSTAD_WIJKEN, "has no rows of kind Buurt"},
        {"noyear.csv", PROEFSTAD, "of which year is it?"},
        {"map-2023.csv", PROEFSTAD_MAP, "no file holds key figures; expected a table with the inhabitants of buurten"},
        {"quote-2023.csv", PROEFSTAD_HEADER "GM9999;\"Proefstad;Proefstad;Gemeente\n", "quote-2023.csv:2:"},
        {"zip-2023.xlsx", "PK\003\004 and no more", "is not a readable xlsx workbook"},
    };
    char *folder = wks_folder_make();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        free(wks_folder_put(folder, cases[i].name, cases[i].text));
        assert_fails(folder, (const char *const[]){cases[i].name, "-o", "city", NULL}, 3, cases[i].message);
    }
    assert_fails(folder, (const char *const[]){"absent.csv", "-o", "city", NULL}, 3, "absent.csv: error: no such file");
    wks_folder_remove(folder);
}

static void problems_of_all_files_are_shown_errors(void **state)
{
    (void)state;
    char *folder = wks_folder_make();
    free(wks_folder_put(folder, "kwb-2023.csv", PROEFSTAD));
    free(wks_folder_put(folder, "map.json", "{\"type\":\"Feat"));
    free(wks_folder_put(folder, "scores.csv", "code,won,fys,vrz,soc,onv\nBU99990101,a,b,0,0,0\n"));
    wks_run run = importer_cbs(
        folder, (const char *const[]){"kwb-2023.csv", "--geometry", "map.json", "--leefbaarometer", "scores.csv", "-o", "city", NULL}, 3);
    assert_contains(run.err, "map.json: error: is not a readable map");
    assert_contains(run.err, "scores.csv:2:12: error: 'a' in column won is no number");
    assert_contains(run.err, "scores.csv:2:14: error: 'b' in column fys is no number");
    wks_run_free(&run);
    wks_folder_remove(folder);
}

static void unknown_gemeente_errors(void **state)
{
    (void)state;
    char *folder = wks_folder_make();
    free(wks_folder_put(folder, "kwb-2023.csv", PROEFSTAD));
    assert_fails(folder, (const char *const[]){"kwb-2023.csv", "--gemeente", "Proevstad", "-o", "city", NULL}, 3,
                 "no gemeente 'Proevstad' in this file; it holds only Proefstad (GM9999)");
    wks_folder_remove(folder);
}

static void wrong_usage_errors(void **state)
{
    (void)state;
    char *folder = wks_folder_make();
    free(wks_folder_put(folder, "kwb-2023.csv", PROEFSTAD));
    assert_fails(folder, (const char *const[]){"kwb-2023.csv", NULL}, 2, "no -o CITY");
    assert_fails(folder, (const char *const[]){"-o", "city", NULL}, 2, "no FILE");
    assert_fails(folder, (const char *const[]){"kwb-2023.csv", "-o", "city", "--geometri=x", NULL}, 2, "unrecognized option");
    assert_fails(folder, (const char *const[]){"kwb-2023.csv", "-o", "city", "--year", "twenty", NULL}, 2,
                 "--year twenty: expected a year");
    assert_fails(folder, (const char *const[]){"kwb-2023.csv", "-o", "city", "--gemeente", " ", NULL}, 2,
                 "--gemeente ' ': expected a name or code, or all");
    wks_run run = wks_run_program((const char *const[]){IMPORTER, "csb", NULL}, folder);
    assert_int_equal(run.exit_code, 2);
    assert_contains(run.err, "unknown import 'csb'; expected cbs or own; nearest valid name is 'cbs'");
    wks_run_free(&run);
    wks_folder_remove(folder);
}

static void help_and_version_are_printed(void **state)
{
    (void)state;
    static const struct {
        const char *arguments[4], *part;
    } cases[] = {{{IMPORTER, "--help", NULL}, "cbs FILE... -o CITY"},
                 {{IMPORTER, "cbs", "--help", NULL}, "--leefbaarometer=FILE"},
                 {{IMPORTER, "--version", NULL}, "GDAL 3"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        wks_run run = wks_run_program(cases[i].arguments, NULL);
        assert_int_equal(run.exit_code, 0);
        assert_contains(run.out, cases[i].part);
        wks_run_free(&run);
    }
}

static void existing_folder_errors(void **state)
{
    (void)state;
    char *folder = wks_folder_make();
    free(wks_folder_put(folder, "kwb-2023.csv", PROEFSTAD));
    free(wks_folder_put(folder, "full/letter.txt", "dear"));
    wks_run run = importer_cbs(folder, (const char *const[]){"kwb-2023.csv", "-o", "full", NULL}, 2);
    assert_contains(run.err, "full exists and is not empty; choose another folder or give --force");
    wks_run_free(&run);
    run = importer_cbs(folder, (const char *const[]){"absent.csv", "--geometry", "nomap.gpkg", "-o", "full", NULL}, 2); /* all at once */
    assert_contains(run.err, "absent.csv: error: no such file");
    assert_contains(run.err, "nomap.gpkg: error: no such file");
    assert_contains(run.err, "full exists and is not empty");
    wks_run_free(&run);
    run = importer_cbs(folder, (const char *const[]){"kwb-2023.csv", "-o", "full", "--force", NULL}, 2);
    assert_contains(run.err, "no city folder");
    wks_run_free(&run);
    char *letter = wks_folder_path(folder, "full/letter.txt"), *text = wks_folder_get(letter);
    assert_string_equal(text, "dear");
    free(text);
    free(letter);
    wks_folder_remove(folder);
}

static void folder_that_cannot_be_written_errors(void **state)
{
    (void)state;
    char *folder = wks_folder_make();
    free(wks_folder_put(folder, "kwb-2023.csv", PROEFSTAD));
    assert_fails(folder, (const char *const[]){"kwb-2023.csv", "-o", "kwb-2023.csv/city", NULL}, 2, "a file has that name");
    if (geteuid() != 0) { /* root may write everywhere */
        char *locked = wks_folder_path(folder, "locked");
        assert_int_equal(mkdir(locked, 0500), 0);
        assert_fails(folder, (const char *const[]){"kwb-2023.csv", "-o", "locked/city", NULL}, 1, "Permission denied");
        free(locked);
    }
    wks_folder_remove(folder);
}

/* What users give by mistake: each told what it is. */
static void files_that_are_no_tables_errors(void **state)
{
    (void)state;
    static const struct {
        const char *name, *bytes;
        size_t n;
        const char *message;
    } cases[] = {
        {"kwb-2023.pdf", "%PDF-1.4\n", 9, "kwb-2023.pdf: error: is a pdf document; expected a workbook (xlsx) or csv"},
        {"page-2023.csv", "<!DOCTYPE html>\n<html><p>Fout, probeer later</html>\n", 51,
         "page-2023.csv: error: is a web page (HTML); expected the table itself: the site may have sent an error page"},
        {"u-2023.csv", "\xFF\xFEg\0w\0", 6, "u-2023.csv: error: is a file in UTF-16 (Excel's 'Unicode text'); expected it saved as xlsx"},
        {"~$kwb-2023.xlsx", "\5Maria", 6, "error: is a lock file, which Excel leaves beside a workbook that is open"},
        {"kwb-2023.zip", "PK\3\4\24\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\7\0\0\0kwb.csv", 37,
         "kwb-2023.zip: error: is a zip file; expected the files in it: unpack it first"},
        {"doc-2023.ods", "PK\3\4\24\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\10\0\0\0mimetype", 38,
         "doc-2023.ods: error: is an OpenDocument workbook; expected it saved as xlsx or as csv in UTF-8"},
        {"title-2023.csv", "Kerncijfers 2023\na;b;c\n1;2;3\n", 29,
         "its first line holds one name only: is there a title above the header?"},
        {"title2-2023.csv", "Kerncijfers, 2023\n", 18, "is no table of CBS key figures"},
    };
    char *folder = wks_folder_make();
    wks_err err = WKS_ERR_INIT;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *path = wks_folder_path(folder, cases[i].name);
        assert_ok(wks_file_write(path, cases[i].bytes, cases[i].n, &err), &err);
        free(path);
        assert_fails(folder, (const char *const[]){cases[i].name, "-o", "city", NULL}, 3, cases[i].message);
    }
    wks_folder_remove(folder);
}

static void files_given_twice_are_read_once(void **state)
{
    (void)state;
    char *folder = wks_folder_make();
    free(wks_folder_put(folder, "kwb-2023.csv", PROEFSTAD));
    free(wks_folder_put(folder, "map.json", PROEFSTAD_MAP));
    free(wks_folder_put(folder, "scores.csv", PROEFSTAD_SCORES));
    wks_run run = importer_cbs(folder,
                               (const char *const[]){"kwb-2023.csv", "map.json", "scores.csv", "kwb-2023.csv", "--geometry", "map.json",
                                                     "--leefbaarometer", "scores.csv", "-o", "city", NULL},
                               0);
    assert_contains(run.err, "kwb-2023.csv: warning: was given twice; it is read once");
    assert_contains(run.err, "map.json: warning: was given already; a map is read once");
    assert_contains(run.err, "scores.csv: warning: was given already; a table of scores is read once");
    char *path = wks_folder_path(folder, "city/inputs.csv"), *text = wks_folder_get(path);
    const char *first = strstr(text, "kwb-2023.csv"), *map = strstr(text, "map.json");
    assert_true(first != NULL && strstr(first + 1, "kwb-2023.csv") == NULL);
    assert_true(map != NULL && strstr(map + 1, "map.json") == NULL);
    free(text);
    free(path);
    wks_run_free(&run);
    wks_folder_remove(folder);
}

int main(void)
{
    if (!importer_is_built()) return 0;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utrecht_workbook_becomes_a_city),
        cmocka_unit_test(utrecht_workbook_and_csv_give_the_same_bytes),
        cmocka_unit_test(utrecht_geopackage_as_geometry_gives_the_same_map),
        cmocka_unit_test(utrecht_cut_off_files_errors),
        cmocka_unit_test(utrecht_wijken_as_geometry_errors),
        cmocka_unit_test(proefstad_becomes_a_city),
        cmocka_unit_test(proefstad_without_map_and_scores_becomes_a_city),
        cmocka_unit_test(bad_files_errors),
        cmocka_unit_test(problems_of_all_files_are_shown_errors),
        cmocka_unit_test(unknown_gemeente_errors),
        cmocka_unit_test(wrong_usage_errors),
        cmocka_unit_test(help_and_version_are_printed),
        cmocka_unit_test(existing_folder_errors),
        cmocka_unit_test(folder_that_cannot_be_written_errors),
        cmocka_unit_test(files_that_are_no_tables_errors),
        cmocka_unit_test(files_given_twice_are_read_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
