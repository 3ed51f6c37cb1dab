/* City folders: the built-in city, small ones as text, and everything that can be wrong with them. */
#include "support/check.h"

#include "base/file.h"
#include "base/mem.h"
#include "city/folder.h"
#include "support/fixture_city.h"
#include "support/folder.h"
#include "support/run.h"

static const char *const file_names[] = {"city.cfg", "buurten.csv", "margins.csv", "quality.csv", "buurten.gpkg"};
enum { N_FILES = sizeof file_names / sizeof *file_names };

static char *data_path(const char *below)
{
    return wks_file_join(wks_check_test_data(), below);
}

static char *modelstad_path(void)
{
    char *path = wks_folder_find("modelstad", NULL);
    assert_non_null(path);
    return path;
}

static wks_status read_text(const char *path, wks_city *city, wks_text *text)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    const wks_status rc = wks_folder_read(path, city, &problems, &err);

    wks_problems_print(&problems, text);
    assert_true((rc == WKS_ERR_DATA) == (problems.n_errors > 0));
    if (rc != WKS_OK) {
        assert_null(city->buurt); /* nothing half-read is left */
        assert_string_not_equal(err.message, "");
    }
    wks_problems_free(&problems);
    return rc;
}

/* Reads a city that must be without any problem. */
static void read_good(const char *path, wks_city *city)
{
    wks_text text = WKS_TEXT_INIT;
    const wks_status rc = read_text(path, city, &text);

    assert_string_equal(text.data != NULL ? text.data : "", "");
    assert_int_equal(rc, WKS_OK);
    wks_text_free(&text);
}

static void read_modelstad(wks_city *city)
{
    char *path = modelstad_path();
    read_good(path, city);
    free(path);
}

/* A copy of a city in a new folder, without the file `but` (NULL: all). */
static char *copy_city(const char *from, const char *but)
{
    char *folder = wks_folder_make();

    for (int f = 0; f < N_FILES; f++) {
        char *source = wks_file_join(from, file_names[f]);
        char *target = wks_folder_path(folder, file_names[f]);
        char *bytes = NULL;
        size_t n = 0;
        wks_err err = WKS_ERR_INIT;
        if (wks_file_exists(source) && (but == NULL || strcmp(but, file_names[f]) != 0)) {
            assert_ok(wks_file_read(source, &bytes, &n, &err), &err);
            assert_ok(wks_file_write(target, bytes, n, &err), &err);
        }
        free(bytes);
        free(source);
        free(target);
    }
    return folder;
}

static char *copy_modelstad(const char *but)
{
    char *path = modelstad_path();
    char *folder = copy_city(path, but);
    free(path);
    return folder;
}

/* -------------------------------------------------------------------------------------------------------------- good ones */

static void folder_small_city_is_read(void **state)
{
    char *path = data_path("cities/valid/small");
    wks_city city;
    (void)state;

    read_good(path, &city);
    assert_string_equal(city.name, "klein");
    assert_string_equal(city.title, "Klein (verzonnen)");
    assert_string_equal(city.date, "2023-01-01");
    assert_int_equal(city.n_buurten, 3);
    assert_int_equal(city.n_wijken, 2);
    assert_int_equal(city.n_gemeenten, 1);
    assert_string_equal(city.buurt[1].name, "Oost, West");
    assert_string_equal(city.wijk[1].name, "Wijk Twee");
    assert_int_equal(city.buurt[0].parent, 0);
    assert_int_equal(city.buurt[2].parent, 1);
    assert_int_equal(city.wijk[1].parent, 0);
    assert_int_equal(city.gemeente[0].parent, -1);
    assert_close(city.buurt[0].x_m, 150000.5, 0, 0);
    assert_true(isnan(city.buurt[1].x_m) && isnan(city.buurt[1].y_m));
    assert_close(city.buurt[0].value[WKS_CITY_share_owner], 0.55, 0, 0);
    assert_close(city.buurt[0].value[WKS_CITY_lbm_onv], -0.01, 0, 0);
    assert_close(city.buurt[2].value[WKS_CITY_persons], 0, 0, 0); /* nobody lives there: no problem */
    free(path);
    wks_folder_free(&city);
}

static void folder_margins_land_where_they_belong(void **state)
{
    char *path = data_path("cities/valid/small");
    wks_city city;
    (void)state;

    read_good(path, &city);
    assert_close(city.gemeente[0].value[WKS_CITY_persons], 401, 0, 0);
    assert_close(city.gemeente[0].value[WKS_CITY_share_corporatie], 0.3, 0, 0);
    assert_close(city.wijk[0].value[WKS_CITY_persons], 400, 0, 0);
    assert_close(city.national[WKS_CITY_persons], 17811291, 0, 0);
    assert_true(isnan(city.wijk[0].value[WKS_CITY_men]));
    assert_true(isnan(city.national[WKS_CITY_men]));
    free(path);
    wks_folder_free(&city);
}

static void folder_origins_come_from_quality(void **state)
{
    char *path = data_path("cities/valid/small");
    wks_city city;
    (void)state;

    read_good(path, &city);
    assert_string_equal(wks_folder_origin(city.buurt[0].origin[WKS_CITY_persons]), "rounded");
    assert_string_equal(wks_folder_origin(city.buurt[1].origin[WKS_CITY_woz_eur]), "wijk");
    assert_string_equal(wks_folder_origin(city.buurt[1].origin[WKS_CITY_lbm_won]), "estimated");
    assert_string_equal(wks_folder_origin(city.buurt[2].origin[WKS_CITY_persons]), "published"); /* not named there */
    free(path);
    wks_folder_free(&city);
}

static void folder_without_geometry_has_no_neighbours(void **state)
{
    char *folder = copy_modelstad("buurten.gpkg");
    wks_city city;
    (void)state;

    read_good(folder, &city);
    for (int32_t i = 0; i <= city.n_buurten; i++)
        assert_int_equal(city.neighbour_start[i], 0);
    assert_int_equal(city.geometry.n_areas, 0);
    assert_true(isfinite(city.buurt[0].x_m)); /* from the table */
    wks_folder_free(&city);
    wks_folder_remove(folder);
}

static void folder_buurt_row_finds_every_code(void **state)
{
    wks_city city;
    (void)state;

    read_modelstad(&city);
    for (int32_t i = 0; i < city.n_buurten; i++)
        assert_int_equal(wks_folder_buurt_row(&city, city.buurt[i].code), i);
    assert_int_equal(wks_folder_buurt_row(&city, "BU99010100"), -1);
    assert_int_equal(wks_folder_buurt_row(&city, ""), -1);
    assert_int_equal(wks_folder_buurt_row(&city, "ZZ"), -1);
    wks_folder_free(&city);
}

static void folder_neighbours_are_symmetric_and_sorted(void **state)
{
    wks_city city;
    (void)state;

    read_modelstad(&city);
    assert_true(city.neighbour_start[city.n_buurten] > 2 * city.n_buurten);
    for (int32_t i = 0; i < city.n_buurten; i++) {
        assert_true(city.neighbour_start[i + 1] > city.neighbour_start[i]);
        for (int32_t k = city.neighbour_start[i]; k < city.neighbour_start[i + 1]; k++) {
            const int32_t j = city.neighbour[k];
            bool is_back = false;
            assert_true(k == city.neighbour_start[i] || city.neighbour[k - 1] < j);
            for (int32_t m = city.neighbour_start[j]; m < city.neighbour_start[j + 1]; m++)
                is_back |= city.neighbour[m] == i;
            assert_true(is_back && j != i);
        }
    }
    wks_folder_free(&city);
}

static int compare_lines(const void *a, const void *b)
{
    return -strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Rows of buurten.csv from last to first, places empty: the same city, places from the polygons. */
static void folder_rows_in_another_order_give_the_same_city(void **state)
{
    char *folder = copy_modelstad(NULL);
    char *path = wks_folder_path(folder, "buurten.csv");
    char *text = wks_folder_get(path);
    char *line[128];
    size_t n = 0;
    wks_text other = WKS_TEXT_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_city a, b;
    (void)state;

    read_modelstad(&a);
    for (char *at = strtok(text, "\n"); at != NULL; at = strtok(NULL, "\n"))
        line[n++] = at;
    qsort(line + 1, n - 1, sizeof *line, compare_lines);
    wks_text_addf(&other, "%s\r\n", line[0]);
    for (size_t i = 1; i < n; i++) {
        int commas = 0;
        for (char *c = line[i]; *c != '\0'; c++) {
            commas += *c == ',';
            if (commas < 6 || commas > 7 || *c == ',') wks_text_add_char(&other, *c);
        }
        wks_text_add(&other, "\r\n");
    }
    assert_ok(wks_file_write(path, other.data, other.length, &err), &err);
    read_good(folder, &b);
    assert_int_equal(a.n_buurten, b.n_buurten);
    for (int32_t i = 0; i < a.n_buurten; i++) {
        assert_string_equal(a.buurt[i].code, b.buurt[i].code);
        assert_string_equal(a.buurt[i].name, b.buurt[i].name);
        assert_int_equal(a.buurt[i].parent, b.buurt[i].parent);
        assert_memory_equal(a.buurt[i].value, b.buurt[i].value, sizeof a.buurt[i].value);
        assert_close(a.buurt[i].x_m, b.buurt[i].x_m, 0, 0.051); /* the table has them to 0.1 m */
        assert_close(a.buurt[i].y_m, b.buurt[i].y_m, 0, 0.051);
    }
    assert_memory_equal(a.neighbour_start, b.neighbour_start, (size_t)(a.n_buurten + 1) * sizeof *a.neighbour_start);
    assert_string_not_equal(a.sha256, b.sha256);
    wks_folder_free(&a);
    wks_folder_free(&b);
    wks_text_free(&other);
    free(text);
    free(path);
    wks_folder_remove(folder);
}

static void folder_hash_depends_on_the_files_not_the_place(void **state)
{
    char *folder = copy_modelstad(NULL);
    char *without = copy_modelstad("margins.csv");
    wks_city a, b, c;
    (void)state;

    read_modelstad(&a);
    read_good(folder, &b);
    read_good(without, &c);
    assert_int_equal(strlen(a.sha256), 64);
    assert_string_equal(a.sha256, b.sha256);
    assert_string_not_equal(a.sha256, c.sha256);
    wks_folder_free(&a);
    wks_folder_free(&b);
    wks_folder_free(&c);
    wks_folder_remove(folder);
    wks_folder_remove(without);
}

static void folder_find_looks_beside_the_scenario_first(void **state)
{
    char *folder = wks_folder_make();
    char *file = wks_folder_put(folder, "modelstad/city.cfg", "");
    char *own = wks_folder_find("modelstad", folder);
    char *shipped = wks_folder_find("modelstad", "/");
    char *below = wks_folder_path(folder, "modelstad");
    (void)state;

    assert_string_equal(own, below);
    assert_non_null(shipped);
    assert_string_not_equal(own, shipped);
    assert_null(wks_folder_find("no-such-city", folder));
    free(file);
    free(own);
    free(shipped);
    free(below);
    wks_folder_remove(folder);
}

/* ------------------------------------------------------------------------------------------------------------ modelstad */

static void modelstad_has_the_size_that_was_asked(void **state)
{
    wks_city city;
    (void)state;

    read_modelstad(&city);
    assert_in_range(city.n_buurten, 38, 45);
    assert_int_equal(city.n_wijken, 8);
    assert_int_equal(city.geometry.n_areas, city.n_buurten);
    assert_close(wks_fixture_city_total(&city, WKS_CITY_households), 30000, 0.005, 0);
    assert_close(wks_fixture_city_total(&city, WKS_CITY_persons), 62000, 0.02, 0);
    assert_close(wks_fixture_city_total(&city, WKS_CITY_dwellings), 28500, 0.005, 0);
    const double corporatie = wks_fixture_city_per_dwelling(&city, WKS_CITY_share_corporatie);
    assert_true(corporatie >= 0.30 && corporatie <= 0.34);
    wks_folder_free(&city);
}

/* Households that meet all margins of a buurt can exist: parts add up, there are enough adults and children, not too many. */
static void modelstad_buurten_are_consistent(void **state)
{
    wks_city city;
    int n_student = 0;
    (void)state;

    read_modelstad(&city);
    for (int32_t i = 0; i < city.n_buurten; i++) {
        const double *v = city.buurt[i].value;
        const double one = v[WKS_CITY_households_one_person];
        const double without = v[WKS_CITY_households_without_children];
        const double with = v[WKS_CITY_households_with_children];
        double ages = 0.0;
        for (int c = WKS_CITY_age_00_14; c <= WKS_CITY_age_65_plus; c++)
            ages += v[c];
        assert_close(ages, v[WKS_CITY_persons], 0, 0);
        assert_close(v[WKS_CITY_men] + v[WKS_CITY_women], v[WKS_CITY_persons], 0, 0);
        assert_close(v[WKS_CITY_origin_nl] + v[WKS_CITY_origin_europe] + v[WKS_CITY_origin_outside_europe], v[WKS_CITY_persons], 0, 0);
        assert_close(one + without + with, v[WKS_CITY_households], 0, 0);
        assert_true(v[WKS_CITY_persons] - v[WKS_CITY_age_00_14] >= one + 2 * without + with - 15);
        assert_true(v[WKS_CITY_persons] >= one + 2 * without + 2 * with - 15);
        assert_true(v[WKS_CITY_age_00_14] <= 3 * with + 10);
        if (v[WKS_CITY_dwellings] > 0) {
            assert_close(v[WKS_CITY_share_owner] + v[WKS_CITY_share_corporatie] + v[WKS_CITY_share_private_rent], 1.0, 0, 1e-9);
        }
        n_student += v[WKS_CITY_households] > 1.2 * v[WKS_CITY_dwellings];
    }
    assert_in_range(n_student, 2, 6);
    wks_folder_free(&city);
}

/* The invented scores are spread as between the buurten of the six cities, and worst where corporatie shares are high. */
static void modelstad_scores_are_spread_as_published(void **state)
{
    enum { SOC, ONV, TOTAL, CORPORATIE, N };
    double sum[N] = {0}, product[N][N] = {{0}};
    double n = 0.0;
    wks_city city;
    (void)state;

    read_modelstad(&city);
    for (int32_t i = 0; i < city.n_buurten; i++) {
        const double *v = city.buurt[i].value;
        if (v[WKS_CITY_persons] <= 0.0) continue;
        const double x[N] = {v[WKS_CITY_lbm_soc], v[WKS_CITY_lbm_onv],
                             v[WKS_CITY_lbm_won] + v[WKS_CITY_lbm_fys] + v[WKS_CITY_lbm_vrz] + v[WKS_CITY_lbm_soc] + v[WKS_CITY_lbm_onv],
                             v[WKS_CITY_share_corporatie]};
        n += 1.0;
        for (int a = 0; a < N; a++) {
            sum[a] += x[a];
            for (int b = 0; b < N; b++)
                product[a][b] += x[a] * x[b];
        }
    }
    double cov[N][N];
    for (int a = 0; a < N; a++) {
        for (int b = 0; b < N; b++)
            cov[a][b] = (product[a][b] - sum[a] * sum[b] / n) / (n - 1.0);
    }
    assert_true(sqrt(cov[TOTAL][TOTAL]) > 0.12 && sqrt(cov[TOTAL][TOTAL]) < 0.155);
    const double soc_onv = cov[SOC][ONV] / sqrt(cov[SOC][SOC] * cov[ONV][ONV]);
    assert_true(soc_onv > 0.70 && soc_onv < 0.85);
    assert_true(cov[TOTAL][CORPORATIE] / sqrt(cov[TOTAL][TOTAL] * cov[CORPORATIE][CORPORATIE]) < -0.4);
    wks_folder_free(&city);
}

static void modelstad_regenerated_equals_committed(void **state)
{
    char *committed = modelstad_path();
    char *folder = wks_folder_make();
    char *script = wks_file_join(committed, "../../../scripts/make-modelstad.py");
    const char *const which[] = {"python3", "-c", "import sqlite3", NULL};
    const char *const make[] = {"python3", script, folder, NULL};
    char **names = NULL;
    size_t n = 0;
    wks_err err = WKS_ERR_INIT;
    (void)state;

    const char *const has[] = {"sh", "-c", "command -v python3", NULL};
    wks_run run = wks_run_program(has, NULL);
    bool can = run.exit_code == 0 && wks_file_exists(script);
    wks_run_free(&run);
    if (can) {
        run = wks_run_program(which, NULL);
        can = run.exit_code == 0;
        wks_run_free(&run);
    }
    if (can) {
        run = wks_run_program(make, NULL);
        assert_string_equal(run.err, "");
        assert_int_equal(run.exit_code, 0);
        wks_run_free(&run);
        assert_ok(wks_file_list(folder, &names, &n, &err), &err);
        assert_int_equal(n, 6);
    }
    for (size_t i = 0; i < n; i++) {
        char *made = wks_folder_path(folder, names[i]);
        char *kept = wks_folder_path(committed, names[i]);
        char hash_made[65], hash_kept[65];
        assert_ok(wks_file_sha256(made, hash_made, &err), &err);
        assert_ok(wks_file_sha256(kept, hash_kept, &err), &err);
        if (strcmp(hash_made, hash_kept) != 0) fail_msg("%s is not what scripts/make-modelstad.py makes", names[i]);
        free(made);
        free(kept);
        free(names[i]);
    }
    free(names);
    free(script);
    free(committed);
    wks_folder_remove(folder);
    if (!can) skip();
}

/* --------------------------------------------------------------------------------------------------------------- bad ones */

/* Removes "<folder>/" before every path, so that errors.txt does not know where the tests lie. */
static char *without_prefix(const char *text, const char *folder)
{
    wks_text out = WKS_TEXT_INIT;
    const size_t n = strlen(folder);

    while (*text != '\0') {
        if (strncmp(text, folder, n) == 0 && text[n] == '/')
            text += n + 1;
        else
            wks_text_add_char(&out, *text++);
    }
    if (out.data == NULL) wks_text_add(&out, "");
    return out.data;
}

/* Every folder in tests/data/cities/invalid: its problems are exactly those in errors.txt. A new case needs no code. */
static void folder_invalid_errors(void **state)
{
    char *cases = data_path("cities/invalid");
    char **names = NULL;
    size_t n = 0;
    wks_err err = WKS_ERR_INIT;
    (void)state;

    assert_ok(wks_file_list(cases, &names, &n, &err), &err);
    assert_true(n >= 30);
    for (size_t i = 0; i < n; i++) {
        char *path = wks_folder_path(cases, names[i]);
        char *errors = wks_folder_path(path, "errors.txt");
        char *expected = wks_folder_get(errors);
        wks_text text = WKS_TEXT_INIT;
        wks_city city;
        const wks_status rc = read_text(path, &city, &text);
        char *found = without_prefix(text.data != NULL ? text.data : "", cases);
        if (strcmp(found, expected) != 0) fail_msg("%s:\nfound\n%sexpected\n%s", names[i], found, expected);
        assert_int_equal(rc, strstr(expected, ": error: ") != NULL ? WKS_ERR_DATA : WKS_OK);
        assert_string_not_equal(expected, "");
        wks_folder_free(&city);
        wks_text_free(&text);
        free(found);
        free(expected);
        free(errors);
        free(path);
        free(names[i]);
    }
    free(names);
    free(cases);
}

static void expect_errors(const char *path, const char *part)
{
    wks_city city;
    wks_text text = WKS_TEXT_INIT;

    assert_int_equal(read_text(path, &city, &text), WKS_ERR_DATA);
    assert_contains(text.data, part);
    wks_text_free(&text);
}

static void folder_that_is_none_errors(void **state)
{
    char *folder = wks_folder_make();
    char *file = wks_folder_put(folder, "city", "no folder");
    char *missing = wks_folder_path(folder, "missing");
    (void)state;

    expect_errors(missing, "no such folder; expected a city folder");
    expect_errors(file, "no such folder; expected a city folder");
    expect_errors(folder, "no such file; expected city.cfg and buurten.csv");
    free(file);
    free(missing);
    wks_folder_remove(folder);
}

/* However many polygons are too many: one warning, with their number and the first. */
static void folder_polygons_too_many_are_one_warning(void **state)
{
    char *folder = copy_modelstad(NULL);
    char *path = wks_folder_path(folder, "buurten.csv");
    char *all = wks_folder_get(path), *cut = all, *small = NULL;
    wks_text text = WKS_TEXT_INIT;
    wks_city city;
    (void)state;

    for (int i = 0; i < 11; i++) /* the header and ten buurten stay */
        cut = strchr(cut, '\n') + 1;
    *cut = '\0';
    free(wks_folder_put(folder, "buurten.csv", all));
    small = wks_folder_path(folder, "margins.csv");
    remove(small);
    free(small);
    small = wks_folder_path(folder, "quality.csv");
    remove(small);
    assert_int_equal(read_text(folder, &city, &text), WKS_OK);
    assert_int_equal(city.n_buurten, 10);
    assert_contains(text.data, "warning: 33 polygons belong to no buurt of buurten.csv and are ignored; the first is 'BU");
    assert_null(strstr(strstr(text.data, "polygons") + 1, "polygon")); /* said once */
    wks_folder_free(&city);
    wks_text_free(&text);
    free(small);
    free(all);
    free(path);
    wks_folder_remove(folder);
}

/* Polygons of another city: an error; one polygon too many: a warning. */
static void folder_geometry_of_other_buurten_errors(void **state)
{
    char *path = data_path("cities/valid/small");
    char *folder = copy_city(path, NULL);
    char *target = wks_folder_path(folder, "buurten.gpkg");
    char *code[2] = {wks_mem_string("BU0"), wks_mem_string("BU1")};
    int32_t ring_start[3] = {0, 1, 2};
    uint8_t is_hole[2] = {0, 0};
    int64_t point_start[3] = {0, 4, 8};
    double x[8] = {150000, 150100, 150000, 150000, 150100, 150200, 150100, 150100};
    double y[8] = {450000, 450000, 450100, 450000, 450000, 450000, 450100, 450000};
    wks_geometry g = {
        .n_areas = 2, .code = code, .ring_start = ring_start, .n_rings = 2, .is_hole = is_hole, .point_start = point_start, .x = x, .y = y};
    wks_err err = WKS_ERR_INIT;
    wks_text text = WKS_TEXT_INIT;
    wks_city city;
    (void)state;

    assert_ok(wks_geometry_write(target, "buurten", &g, NULL, &err), &err);
    expect_errors(folder, "none of the 2 polygons has the code of a buurt; expected the codes of buurten.csv, e.g. 'BU99990001'");
    free(code[1]);
    code[1] = wks_mem_string("BU99990002");
    assert_ok(wks_geometry_write(target, "buurten", &g, NULL, &err), &err);
    assert_int_equal(read_text(folder, &city, &text), WKS_OK);
    assert_contains(text.data, "warning: 1 polygon belongs to no buurt of buurten.csv and is ignored: 'BU0'");
    assert_close(city.buurt[1].x_m, 150100 + 100.0 / 3, 1e-12, 0); /* was empty: now the centroid */
    assert_int_equal(city.neighbour_start[3], 0);                  /* its only neighbour is the unknown one */
    wks_folder_free(&city);
    wks_text_free(&text);
    free(code[0]);
    free(code[1]);
    free(target);
    free(path);
    wks_folder_remove(folder);
}

/* Each file cut off at many places: a city or problems, never a crash, never half a city. */
static void folder_truncated_files_errors(void **state)
{
    char *folder = copy_modelstad(NULL);
    (void)state;

    for (int f = 0; f < N_FILES; f++) {
        char *path = wks_folder_path(folder, file_names[f]);
        char *bytes;
        size_t n;
        wks_err err = WKS_ERR_INIT;
        assert_ok(wks_file_read(path, &bytes, &n, &err), &err);
        for (size_t k = 0; k < 12; k++) {
            wks_text text = WKS_TEXT_INIT;
            wks_city city;
            assert_ok(wks_file_write(path, bytes, k * n / 12 + (k > 0), &err), &err);
            const wks_status rc = read_text(folder, &city, &text);
            assert_true(rc == WKS_OK || rc == WKS_ERR_DATA);
            if (k == 0) assert_int_equal(rc, WKS_ERR_DATA);
            wks_folder_free(&city);
            wks_text_free(&text);
        }
        assert_ok(wks_file_write(path, bytes, n, &err), &err);
        free(bytes);
        free(path);
    }
    wks_folder_remove(folder);
}

/* Whichever allocation fails: either that is said, or the city is whole (libcsv tries again with a smaller block). */
static void folder_without_memory_errors(void **state)
{
    char *path = data_path("cities/valid/small");
    char hash[65] = "";
    int64_t n_failed = 0;
    bool is_pending = false; /* the failure that was asked for did not come: all allocations have had their turn */
    wks_city city;
    (void)state;

    read_good(path, &city);
    memcpy(hash, city.sha256, sizeof hash);
    wks_folder_free(&city);
    for (int64_t n = 1; !is_pending; n++) {
        wks_problems problems = WKS_PROBLEMS_INIT;
        wks_err err = WKS_ERR_INIT;
        assert_true(n < 100000);
        wks_mem_fail_after(n);
        const wks_status rc = wks_folder_read(path, &city, &problems, &err);
        is_pending = wks_mem_fail_pending();
        wks_mem_fail_after(0);
        if (rc != WKS_OK) {
            assert_status(rc, WKS_ERR_NOMEM, &err);
            assert_null(city.buurt);
            n_failed++;
        } else {
            assert_string_equal(city.sha256, hash);
            assert_int_equal(city.n_buurten, 3);
        }
        wks_folder_free(&city);
        wks_problems_free(&problems);
    }
    assert_true(n_failed > 50);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folder_small_city_is_read),
        cmocka_unit_test(folder_margins_land_where_they_belong),
        cmocka_unit_test(folder_origins_come_from_quality),
        cmocka_unit_test(folder_without_geometry_has_no_neighbours),
        cmocka_unit_test(folder_buurt_row_finds_every_code),
        cmocka_unit_test(folder_neighbours_are_symmetric_and_sorted),
        cmocka_unit_test(folder_rows_in_another_order_give_the_same_city),
        cmocka_unit_test(folder_hash_depends_on_the_files_not_the_place),
        cmocka_unit_test(folder_find_looks_beside_the_scenario_first),
        cmocka_unit_test(modelstad_has_the_size_that_was_asked),
        cmocka_unit_test(modelstad_buurten_are_consistent),
        cmocka_unit_test(modelstad_scores_are_spread_as_published),
        cmocka_unit_test(modelstad_regenerated_equals_committed),
        cmocka_unit_test(folder_invalid_errors),
        cmocka_unit_test(folder_that_is_none_errors),
        cmocka_unit_test(folder_geometry_of_other_buurten_errors),
        cmocka_unit_test(folder_polygons_too_many_are_one_warning),
        cmocka_unit_test(folder_truncated_files_errors),
        cmocka_unit_test(folder_without_memory_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
