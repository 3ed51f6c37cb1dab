/* Polygons in and out of GeoPackage, centroids, contiguity. */
#include "support/check.h"

#include <sqlite3.h>

#include "base/file.h"
#include "base/mem.h"
#include "city/geometry.h"
#include "support/chaos.h"
#include "support/folder.h"
#include "support/run.h"

enum { MAX_RINGS = 512 };

/* Areas under construction; codes and numbers live here. */
typedef struct sketch {
    wks_geometry g;
    char *code[MAX_RINGS];
    int32_t ring_start[MAX_RINGS + 1];
    uint8_t is_hole[MAX_RINGS];
    int64_t point_start[MAX_RINGS + 1];
    double x[5 * MAX_RINGS], y[5 * MAX_RINGS];
} sketch;

static void start(sketch *s)
{
    *s = (sketch){0};
    s->g.code = s->code;
    s->g.ring_start = s->ring_start;
    s->g.is_hole = s->is_hole;
    s->g.point_start = s->point_start;
    s->g.x = s->x;
    s->g.y = s->y;
}

static void add_area(sketch *s, const char *code)
{
    s->code[s->g.n_areas++] = wks_mem_string(code);
    s->ring_start[s->g.n_areas] = s->g.n_rings;
}

static void add_rectangle(sketch *s, double x, double y, double width, double height, bool is_hole)
{
    const double corner[5][2] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}};
    const int64_t at = s->point_start[s->g.n_rings];

    for (int i = 0; i < 5; i++) {
        s->x[at + i] = x + width * corner[i][0];
        s->y[at + i] = y + height * corner[i][1];
    }
    s->is_hole[s->g.n_rings++] = is_hole;
    s->point_start[s->g.n_rings] = at + 5;
    s->ring_start[s->g.n_areas] = s->g.n_rings;
}

static void finish(sketch *s)
{
    for (int32_t i = 0; i < s->g.n_areas; i++)
        free(s->code[i]);
}

/* Three areas: a square with a hole and an island, nothing, a rectangle. */
static void draw_sample(sketch *s)
{
    start(s);
    add_area(s, "BU1");
    add_rectangle(s, 150000, 450000, 1000, 1000, false);
    add_rectangle(s, 150400, 450400, 200, 200, true);
    add_rectangle(s, 152000, 450000, 100, 100, false);
    add_area(s, "BU2");
    add_area(s, "BU3");
    add_rectangle(s, 151000, 450000, 500, 1000, false);
}

static char *modelstad_gpkg(void)
{
    char *data = wks_file_data_folder();
    assert_non_null(data);
    char *path = wks_file_join(data, "scenarios/cities/modelstad/buurten.gpkg");
    free(data);
    return path;
}

static wks_status read_problems(const char *path, const char *table, wks_geometry *out, wks_text *text)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    const wks_status rc = wks_geometry_read(path, table, out, &problems, &err);

    wks_problems_print(&problems, text);
    assert_true((rc == WKS_ERR_DATA) == (problems.n_errors > 0));
    if (rc != WKS_OK) assert_string_not_equal(err.message, "");
    wks_problems_free(&problems);
    return rc;
}

/* ------------------------------------------------------------------------------------------------------------ round trip */

static void geometry_written_is_read_back(void **state)
{
    const char *const names[3] = {"Eén", NULL, "\"Drie\""}, *const wijk[3] = {"WK1", "WK1", "WK2"}, *const of[3] = {"West", "West", NULL};
    char *folder = wks_folder_make();
    char *path = wks_folder_path(folder, "a.gpkg");
    wks_err err = WKS_ERR_INIT;
    wks_geometry g;
    wks_text text = WKS_TEXT_INIT;
    sketch s;
    (void)state;

    draw_sample(&s);
    assert_ok(wks_geometry_write(path, "buur ten\"", &s.g, &(wks_geometry_labels){.name = names}, &err), &err);
    assert_ok(read_problems(path, "buur ten\"", &g, &text), &err);
    assert_int_equal(g.n_areas, 3);
    assert_int_equal(g.n_rings, 4);
    assert_memory_equal(g.ring_start, s.ring_start, 4 * sizeof(int32_t));
    assert_memory_equal(g.is_hole, s.is_hole, 4);
    assert_memory_equal(g.point_start, s.point_start, 5 * sizeof(int64_t));
    assert_memory_equal(g.x, s.x, 20 * sizeof(double));
    assert_memory_equal(g.y, s.y, 20 * sizeof(double));
    for (int32_t i = 0; i < 3; i++) {
        assert_string_equal(g.code[i], s.code[i]);
        assert_int_equal(wks_geometry_row(&g, s.code[i]), i);
    }
    assert_int_equal(wks_geometry_row(&g, "BU"), -1);
    assert_int_equal(wks_geometry_row(&g, "BU4"), -1);
    assert_string_equal(g.name[0], "Eén");
    assert_string_equal(g.name[1], "");
    assert_null(g.wijk_name);
    wks_geometry_free(&g);
    assert_ok(wks_geometry_write(path, "buur ten\"", &s.g, &(wks_geometry_labels){.name = names, .wijk = wijk, .wijk_name = of}, &err),
              &err);
    assert_ok(read_problems(path, "buur ten\"", &g, &text), &err);
    assert_string_equal(g.name[2], "\"Drie\"");
    assert_string_equal(g.wijk_name[1], "West");
    assert_string_equal(g.wijk_name[2], "");
    wks_geometry_free(&g);
    finish(&s);
    wks_text_free(&text);
    free(path);
    wks_folder_remove(folder);
}

static void geometry_written_twice_has_the_same_bytes(void **state)
{
    char *folder = wks_folder_make();
    char *a = wks_folder_path(folder, "a.gpkg");
    char *b = wks_folder_path(folder, "b.gpkg");
    char hash_a[65], hash_b[65];
    wks_err err = WKS_ERR_INIT;
    sketch s;
    (void)state;

    draw_sample(&s);
    assert_ok(wks_geometry_write(a, "buurten", &s.g, NULL, &err), &err);
    assert_ok(wks_geometry_write(b, "buurten", &s.g, NULL, &err), &err);
    assert_ok(wks_file_sha256(a, hash_a, &err), &err);
    assert_ok(wks_file_sha256(b, hash_b, &err), &err);
    assert_string_equal(hash_a, hash_b);
    finish(&s);
    free(a);
    free(b);
    wks_folder_remove(folder);
}

/* Python's sqlite3 wrote modelstad: another writer, the same bytes. */
static void geometry_of_modelstad_rewritten_has_the_same_bytes(void **state)
{
    char *path = modelstad_gpkg();
    char *folder = wks_folder_make();
    char *copy = wks_folder_path(folder, "buurten.gpkg");
    char hash_a[65], hash_b[65];
    char *names[MAX_RINGS];
    wks_err err = WKS_ERR_INIT;
    wks_geometry g;
    wks_text text = WKS_TEXT_INIT;
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    int32_t n = 0;
    (void)state;

    assert_ok(read_problems(path, "buurten", &g, &text), &err);
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT name FROM buurten ORDER BY code", -1, &statement, NULL), SQLITE_OK);
    while (sqlite3_step(statement) == SQLITE_ROW)
        names[n++] = wks_mem_string((const char *)sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    sqlite3_close(db);
    assert_int_equal(n, g.n_areas);
    assert_ok(wks_geometry_write(copy, "buurten", &g, &(wks_geometry_labels){.name = (const char *const *)names}, &err), &err);
    assert_ok(wks_file_sha256(path, hash_a, &err), &err);
    assert_ok(wks_file_sha256(copy, hash_b, &err), &err);
    assert_string_equal(hash_a, hash_b);
    for (int32_t i = 0; i < n; i++)
        free(names[i]);
    wks_geometry_free(&g);
    wks_text_free(&text);
    free(path);
    free(copy);
    wks_folder_remove(folder);
}

static void geometry_written_is_readable_by_ogrinfo(void **state)
{
    char *folder = wks_folder_make();
    char *path = wks_folder_path(folder, "a.gpkg");
    const char *const which[] = {"sh", "-c", "command -v ogrinfo", NULL};
    const char *const info[] = {"ogrinfo", "-ro", "-al", path, NULL};
    wks_err err = WKS_ERR_INIT;
    sketch s;
    (void)state;

    wks_run run = wks_run_program(which, NULL);
    const bool has_gdal = run.exit_code == 0;
    wks_run_free(&run);
    if (!has_gdal) {
        free(path);
        wks_folder_remove(folder);
        skip();
    }
    draw_sample(&s);
    assert_ok(wks_geometry_write(path, "buurten", &s.g, NULL, &err), &err);
    run = wks_run_program(info, NULL);
    assert_int_equal(run.exit_code, 0);
    assert_string_equal(run.err, "");
    assert_contains(run.out, "Geometry: Multi Polygon");
    assert_contains(run.out, "Feature Count: 3");
    assert_contains(run.out, "Extent: (150000.000000, 450000.000000) - (152100.000000, 451000.000000)");
    assert_contains(run.out, "ID[\"EPSG\",28992]");
    assert_contains(run.out, "code (String) = BU3");
    assert_contains(run.out, "MULTIPOLYGON (((150000 450000,151000 450000,151000 451000,150000 451000,150000 450000),(150400 450400");
    wks_run_free(&run);
    finish(&s);
    free(path);
    wks_folder_remove(folder);
}

static void geometry_written_where_nothing_can_be_errors(void **state)
{
    wks_err err = WKS_ERR_INIT;
    sketch s;
    (void)state;

    draw_sample(&s);
    assert_status(wks_geometry_write("/proc/no/such/folder/a.gpkg", "buurten", &s.g, NULL, &err), WKS_ERR_IO, &err);
    finish(&s);
}

/* --------------------------------------------------------------------------------------------------------------- centroid */

static void geometry_centroid_and_surface_of_known_shapes_agree(void **state)
{
    double x, y;
    sketch s;
    (void)state;

    start(&s);
    add_area(&s, "square");
    add_rectangle(&s, 150000, 450000, 10, 20, false);
    add_area(&s, "hole"); /* 100 - 25 at (8, 8): centroid (5 * 100 - 7.5 * 25) / 75 */
    add_rectangle(&s, 0, 0, 10, 10, false);
    add_rectangle(&s, 5, 5, 5, 5, true);
    add_area(&s, "two");
    add_rectangle(&s, 0, 0, 2, 2, false);
    add_rectangle(&s, 100, 100, 2, 2, false);
    add_area(&s, "flat"); /* no surface: mean of the points */
    add_rectangle(&s, 10, 20, 4, 0, false);
    add_area(&s, "none");
    wks_geometry_centroid(&s.g, 0, &x, &y);
    assert_close(x, 150005, 1e-12, 0);
    assert_close(y, 450010, 1e-12, 0);
    wks_geometry_centroid(&s.g, 1, &x, &y);
    assert_close(x, (500 - 187.5) / 75, 1e-12, 0);
    assert_close(y, (500 - 187.5) / 75, 1e-12, 0);
    wks_geometry_centroid(&s.g, 2, &x, &y);
    assert_close(x, 51, 1e-12, 0);
    wks_geometry_centroid(&s.g, 3, &x, &y);
    assert_close(x, 10 + (0 + 4 + 4 + 0 + 0) / 5.0, 1e-12, 0);
    assert_close(y, 20, 1e-12, 0);
    wks_geometry_centroid(&s.g, 4, &x, &y);
    assert_true(isnan(x) && isnan(y));
    static const double surface[] = {200, 75, 8, 0};
    for (int32_t i = 0; i < 4; i++)
        assert_close(wks_geometry_surface(&s.g, i), surface[i], 1e-12, 1e-12);
    assert_true(isnan(wks_geometry_surface(&s.g, 4)));
    finish(&s);
}

/* -------------------------------------------------------------------------------------------------------------- contiguity */

static void geometry_contiguity_tolerance_decides(void **state)
{
    int32_t *first, *item;
    wks_err err = WKS_ERR_INIT;
    sketch s;
    (void)state;

    start(&s); /* in a row: touching, 20 m apart, 21 m apart; then one that is empty and one inside a hole */
    add_area(&s, "A");
    add_rectangle(&s, 0, 0, 100, 100, false);
    add_area(&s, "B");
    add_rectangle(&s, 100, 0, 100, 100, false);
    add_area(&s, "C");
    add_rectangle(&s, 220, 0, 100, 100, false);
    add_area(&s, "D");
    add_rectangle(&s, 341, 0, 100, 100, false);
    add_area(&s, "E");
    add_area(&s, "F");
    add_rectangle(&s, 1000, 0, 300, 300, false);
    add_rectangle(&s, 1050, 50, 200, 200, true);
    add_area(&s, "G");
    add_rectangle(&s, 1110, 110, 80, 80, false);
    assert_ok(wks_geometry_contiguity(&s.g, 20.0, &first, &item, &err), &err);
    const int32_t expected_first[8] = {0, 1, 3, 4, 4, 4, 4, 4};
    const int32_t expected_item[4] = {1, 0, 2, 1};
    assert_memory_equal(first, expected_first, sizeof expected_first);
    assert_memory_equal(item, expected_item, sizeof expected_item);
    free(first);
    free(item);
    assert_ok(wks_geometry_contiguity(&s.g, 60.0, &first, &item, &err), &err); /* now D, and G reaches the rim of its hole */
    assert_int_equal(first[7], 8);
    free(first);
    free(item);
    finish(&s);
}

static void geometry_contiguity_without_areas_is_empty(void **state)
{
    int32_t *first, *item;
    wks_err err = WKS_ERR_INIT;
    sketch s;
    (void)state;

    start(&s);
    assert_ok(wks_geometry_contiguity(&s.g, 20.0, &first, &item, &err), &err);
    assert_int_equal(first[0], 0);
    free(first);
    free(item);
}

/* Distance of axis-parallel rectangles by hand. */
static double gap(const sketch *s, int32_t i, int32_t j)
{
    const double *x = s->x, *y = s->y;
    const int64_t a = s->point_start[i], b = s->point_start[j];
    const double dx = fmax(0, fmax(x[b] - x[a + 2], x[a] - x[b + 2]));
    const double dy = fmax(0, fmax(y[b] - y[a + 2], y[a] - y[b + 2]));
    return sqrt(dx * dx + dy * dy);
}

static void geometry_contiguity_equals_all_pairs(void **state)
{
    enum { N = 300 };
    static sketch s; /* too big for some stacks */
    int32_t *first, *item;
    uint32_t random = 12345;
    char code[16];
    wks_err err = WKS_ERR_INIT;
    int32_t n_links = 0;
    (void)state;

    start(&s);
    for (int i = 0; i < N; i++) {
        double value[4];
        for (int k = 0; k < 4; k++) {
            random = random * 1664525u + 1013904223u;
            value[k] = (double)(random >> 8) / 16777216.0;
        }
        (void)snprintf(code, sizeof code, "%04d", i);
        add_area(&s, code);
        add_rectangle(&s, 5000 * value[0], 5000 * value[1], 10 + 200 * value[2], 10 + 200 * value[3], false);
    }
    assert_ok(wks_geometry_contiguity(&s.g, 20.0, &first, &item, &err), &err);
    for (int32_t i = 0; i < N; i++) {
        int32_t k = first[i];
        for (int32_t j = 0; j < N; j++) {
            if (i == j || gap(&s, i, j) > 20.0) continue;
            assert_true(k < first[i + 1]);
            assert_int_equal(item[k], j); /* sorted, symmetric, complete */
            k++;
        }
        assert_int_equal(k, first[i + 1]);
        n_links += first[i + 1] - first[i];
    }
    assert_true(n_links > 100);
    free(first);
    free(item);
    finish(&s);
}

/* ------------------------------------------------------------------------------------------------------------------ errors */

static void expect_errors(const char *path, const char *table, const char *part)
{
    wks_geometry g;
    wks_text text = WKS_TEXT_INIT;

    assert_int_equal(read_problems(path, table, &g, &text), WKS_ERR_DATA);
    assert_null(g.code);
    assert_contains(text.data, part);
    assert_contains(text.data, path);
    wks_text_free(&text);
}

/* The sample as a file, changed by SQL. */
static void expect_errors_after(const char *sql, const char *table, const char *part)
{
    char *folder = wks_folder_make();
    char *path = wks_folder_path(folder, "a.gpkg");
    wks_err err = WKS_ERR_INIT;
    sqlite3 *db = NULL;
    sketch s;

    draw_sample(&s);
    assert_ok(wks_geometry_write(path, "buurten", &s.g, NULL, &err), &err);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    expect_errors(path, table, part);
    finish(&s);
    free(path);
    wks_folder_remove(folder);
}

static void geometry_read_errors(void **state)
{
    char *folder = wks_folder_make();
    char *empty = wks_folder_put(folder, "empty.gpkg", "");
    char *text = wks_folder_put(folder, "text.gpkg", "code,geometry\nBU1,POLYGON\n");
    char *missing = wks_folder_path(folder, "missing.gpkg");
    (void)state;

    expect_errors(empty, "buurten", "not a GeoPackage");
    expect_errors(text, "buurten", "not a GeoPackage");
    expect_errors(missing, "buurten", "cannot be read");
    expect_errors(folder, "buurten", "cannot be read");
    free(empty);
    free(text);
    free(missing);
    wks_folder_remove(folder);
    expect_errors_after("SELECT 1", "burten", "no table 'burten'; nearest valid name is 'buurten'");
    expect_errors_after("SELECT 1", "gemeenten2024", "no table 'gemeenten2024'; there are: buurten");
    expect_errors_after("DROP TABLE gpkg_geometry_columns", "buurten", "not a readable GeoPackage");
    expect_errors_after("ALTER TABLE buurten RENAME COLUMN code TO codes", "buurten", "no column 'code'; nearest valid name is 'codes'");
    expect_errors_after("UPDATE gpkg_geometry_columns SET srs_id = 4326", "buurten", "reference system 4326; expected EPSG:28992");
    expect_errors_after("UPDATE gpkg_geometry_columns SET column_name = 'shape'", "buurten", "no such column: shape");
    expect_errors_after("UPDATE buurten SET code = 'BU1' WHERE code = 'BU3'", "buurten", "code 'BU1' occurs twice");
    expect_errors_after("UPDATE buurten SET code = '' WHERE code = 'BU3'", "buurten", "row 3 of 'buurten' has no usable code");
    expect_errors_after("UPDATE buurten SET code = x'42ff' WHERE code = 'BU3'", "buurten", "row 3 of 'buurten' has no usable code");
    expect_errors_after("UPDATE buurten SET geom = x'4750' WHERE code = 'BU3'", "buurten",
                        "area 'BU3' (row 3): the geometry ends too early");
    expect_errors_after("UPDATE buurten SET geom = 'POLYGON((0 0,1 0,1 1,0 0))'", "buurten",
                        "area 'BU1' (row 1): the bytes are no GeoPackage");
}

/* All rows are looked at: three wrong rows are three problems. */
static void geometry_read_shows_all_errors(void **state)
{
    char *folder = wks_folder_make();
    char *path = wks_folder_path(folder, "a.gpkg");
    wks_err err = WKS_ERR_INIT;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_geometry g;
    sqlite3 *db = NULL;
    sketch s;
    (void)state;

    draw_sample(&s);
    assert_ok(wks_geometry_write(path, "buurten", &s.g, NULL, &err), &err);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "UPDATE buurten SET geom = x'00'", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    assert_status(wks_geometry_read(path, "buurten", &g, &problems, &err), WKS_ERR_DATA, &err);
    assert_int_equal(problems.n_errors, 3);
    wks_problems_free(&problems);
    finish(&s);
    free(path);
    wks_folder_remove(folder);
}

static void try_bytes(const char *bytes, size_t n)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_geometry g;
    const wks_status rc = wks_geometry_parse("x.gpkg", bytes, n, "buurten", &g, &problems, &err);

    assert_true(rc == WKS_OK || rc == WKS_ERR_DATA);
    assert_true((rc == WKS_ERR_DATA) == (problems.n_errors > 0));
    if (rc == WKS_OK) {
        int32_t *first = NULL;
        int32_t *item = NULL;
        for (int32_t i = 0; i < g.n_areas; i++) {
            double x, y;
            wks_geometry_centroid(&g, i, &x, &y);
        }
        (void)wks_geometry_contiguity(&g, 20.0, &first, &item, &err);
        free(first);
        free(item);
    }
    wks_geometry_free(&g);
    wks_problems_free(&problems);
}

/* A file cut off anywhere: a problem or, where only unused bytes are gone, the whole; never a crash or half a city. */
static void geometry_truncated_file_errors(void **state)
{
    char *path = modelstad_gpkg();
    char *bytes;
    size_t n;
    wks_err err = WKS_ERR_INIT;
    (void)state;

    assert_ok(wks_file_read(path, &bytes, &n, &err), &err);
    for (size_t cut = 0; cut < n; cut += cut < 128 ? 1 : 1531) {
        char *copy = wks_mem_copy(bytes, cut);
        try_bytes(copy, cut);
        free(copy);
    }
    free(bytes);
    free(path);
}

static void geometry_changed_bytes_errors(void **state)
{
    char *path = modelstad_gpkg();
    char *bytes;
    size_t n;
    wks_err err = WKS_ERR_INIT;
    uint32_t random = 1;
    (void)state;

    assert_ok(wks_file_read(path, &bytes, &n, &err), &err);
    for (int round = 0; round < 400; round++) {
        char *copy = wks_mem_copy(bytes, n);
        for (int k = 0; k < 1 + round % 8; k++) {
            random = random * 1664525u + 1013904223u;
            const size_t at = round % 3 == 0 ? (random >> 8) % 2048 : (random >> 8) % n;
            random = random * 1664525u + 1013904223u;
            copy[at] = (char)(random >> 24);
        }
        try_bytes(copy, n);
        free(copy);
    }
    free(bytes);
    free(path);
}

static wks_status read_all(void *context, wks_err *err)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_geometry g;
    int32_t *first = NULL;
    int32_t *item = NULL;
    wks_status rc = wks_geometry_read(context, "buurten", &g, &problems, err);

    if (rc == WKS_OK) rc = wks_geometry_contiguity(&g, 20.0, &first, &item, err);
    free(first);
    free(item);
    wks_geometry_free(&g);
    wks_problems_free(&problems);
    return rc;
}

static void geometry_read_without_memory_errors(void **state)
{
    char *folder = wks_folder_make();
    char *path = wks_folder_path(folder, "a.gpkg");
    wks_err err = WKS_ERR_INIT;
    sketch s;
    (void)state;

    draw_sample(&s);
    assert_ok(wks_geometry_write(path, "buurten", &s.g, NULL, &err), &err);
    assert_true(wks_chaos_run(read_all, path) > 10);
    finish(&s);
    free(path);
    wks_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(geometry_written_is_read_back),
        cmocka_unit_test(geometry_written_twice_has_the_same_bytes),
        cmocka_unit_test(geometry_of_modelstad_rewritten_has_the_same_bytes),
        cmocka_unit_test(geometry_written_is_readable_by_ogrinfo),
        cmocka_unit_test(geometry_written_where_nothing_can_be_errors),
        cmocka_unit_test(geometry_centroid_and_surface_of_known_shapes_agree),
        cmocka_unit_test(geometry_contiguity_tolerance_decides),
        cmocka_unit_test(geometry_contiguity_without_areas_is_empty),
        cmocka_unit_test(geometry_contiguity_equals_all_pairs),
        cmocka_unit_test(geometry_read_errors),
        cmocka_unit_test(geometry_read_shows_all_errors),
        cmocka_unit_test(geometry_truncated_file_errors),
        cmocka_unit_test(geometry_changed_bytes_errors),
        cmocka_unit_test(geometry_read_without_memory_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
