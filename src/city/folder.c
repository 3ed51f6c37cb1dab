#include "city/folder.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/config.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "city/areas.h"
#include "city/margins.h"
#include "city/nearest.h"

static const double CONTIGUITY_M = 20.0; /* polygons are simplified one by one, so neighbours do not touch exactly */

/* The files of a city in the order of the hash. */
enum { CITY_CFG, BUURTEN_CSV, MARGINS_CSV, QUALITY_CSV, BUURTEN_GPKG, OWN_DWELLINGS_CSV, OWN_SEEKERS_CSV, N_FILES };
static const char *const file_name[N_FILES] = {"city.cfg",     "buurten.csv",       "margins.csv",    "quality.csv",
                                               "buurten.gpkg", "own_dwellings.csv", "own_seekers.csv"};

/* What one reading carries around. */
typedef struct reading {
    char *path[N_FILES]; /* NULL: an optional file that is not there */
    wks_city *city;
    bool is_whole;  /* no row of buurten.csv had to be left out */
    bool is_public; /* own data is not looked at */
    wks_problems *problems;
    wks_err *err;
} reading;

void wks_folder_free(wks_city *city)
{
    free(city->name);
    free(city->title);
    free(city->source);
    free(city->date);
    free(city->licence);
    free(city->path);
    wks_areas_free(city->buurt, city->n_buurten);
    wks_areas_free(city->wijk, city->n_wijken);
    wks_areas_free(city->gemeente, city->n_gemeenten);
    free(city->neighbour_start);
    free(city->neighbour);
    free(city->near_start);
    free(city->near_x);
    free(city->near_y);
    free(city->near);
    wks_own_free(&city->own);
    wks_geometry_free(&city->geometry);
    *city = (wks_city){0};
}

int32_t wks_folder_buurt_row(const wks_city *city, const char *code)
{
    return wks_areas_row(city->buurt, city->n_buurten, code);
}

const char *wks_folder_origin(uint8_t origin)
{
    return wks_margins_origin(origin);
}

/* ------------------------------------------------------------------------------------------------------------------ city.cfg */

/* Year, month and day with two dashes, each in its range; a population can be made in the months that tables hold only. */
static bool is_date(const char *text)
{
    static const char pattern[] = "0000-00-00";

    if (strlen(text) != strlen(pattern)) return false;
    for (size_t i = 0; pattern[i] != '\0'; i++) {
        const bool is_digit = text[i] >= '0' && text[i] <= '9';
        if (pattern[i] == '-' ? text[i] != '-' : !is_digit) return false;
    }
    const int month = (text[5] - '0') * 10 + text[6] - '0';
    const int day = (text[8] - '0') * 10 + text[9] - '0';
    int32_t first = 0;
    char until[8];

    (void)snprintf(until, sizeof until, "%.7s", text);
    if (month < 1 || month > 12 || day < 1 || day > 31 || !wks_text_parse_month(until, &first)) return false;
    return first >= WKS_MONTH_FIRST && first <= WKS_MONTH_LAST;
}

static wks_status take_setting(const reading *rd, wks_config_node *root, const char *name, bool is_required, char **out)
{
    wks_config_node *node = wks_config_get(root, name);

    if (node == NULL) {
        if (is_required) wks_problems_error(rd->problems, rd->path[CITY_CFG], 0, 0, "no '%s'; expected %s = \"...\";", name, name);
        return WKS_OK;
    }
    node->used = true;
    if (node->type != WKS_CONFIG_STRING) {
        wks_problems_error(rd->problems, node->file, node->value_line, node->value_column, "%s is no text; expected %s = \"...\";", name,
                           name);
        return WKS_OK;
    }
    if (is_required && node->string[strspn(node->string, " \t")] == '\0') {
        wks_problems_error(rd->problems, node->file, node->value_line, node->value_column, "%s is empty; expected text", name);
    }
    *out = wks_mem_string(node->string);
    return *out != NULL ? WKS_OK : wks_err_set(rd->err, WKS_ERR_NOMEM, "no memory for city.cfg");
}

/* own_data: the city holds data of real dwellings and people. */
static void take_own_data(const reading *rd, wks_config_node *root)
{
    wks_config_node *node = wks_config_get(root, "own_data");

    if (node == NULL) return;
    node->used = true;
    if (node->type != WKS_CONFIG_BOOL)
        wks_problems_error(rd->problems, node->file, node->value_line, node->value_column, "own_data is no switch; expected true or false");
    rd->city->own.is_there = node->type == WKS_CONFIG_BOOL && node->integer != 0;
}

/* inschrijfduur = { years = 4.9; source = "..."; }: what is published of the region. */
static void take_inschrijfduur(const reading *rd, wks_config_node *root)
{
    static const char form[] = "inschrijfduur = { years = 4.9; source = \"...\"; };";
    wks_config_node *group = wks_config_get(root, "inschrijfduur");
    if (group == NULL) return;
    group->used = true;
    wks_config_node *years = group->type == WKS_CONFIG_GROUP ? wks_config_get(group, "years") : NULL;
    const wks_config_node *source = group->type == WKS_CONFIG_GROUP ? wks_config_get(group, "source") : NULL;
    if (years == NULL || (years->type != WKS_CONFIG_INT && years->type != WKS_CONFIG_REAL) || source == NULL ||
        source->type != WKS_CONFIG_STRING || group->n_children != 2) {
        wks_problems_error(rd->problems, group->file, group->line, group->column, "inschrijfduur is not as it should be; expected %s",
                           form);
        return;
    }
    const double value = years->type == WKS_CONFIG_INT ? (double)years->integer : years->real;
    if (!(value > 0.0 && value <= 50.0)) {
        wks_problems_error(rd->problems, years->file, years->value_line, years->value_column,
                           "inschrijfduur.years is out of range; expected years above 0, at most 50");
        return;
    }
    rd->city->inschrijfduur_years = value;
}

/* regio = "stad" (all of the folder, as without it) or "gemeente": within what homes are looked for. */
static void take_regio(const reading *rd, wks_config_node *root)
{
    static const char *const words[] = {"stad", "gemeente"};
    wks_config_node *node = wks_config_get(root, "regio");
    char buffer[160];

    if (node == NULL) return;
    node->used = true;
    for (size_t i = 0; i < sizeof words / sizeof *words && node->type == WKS_CONFIG_STRING; i++) {
        if (strcmp(node->string, words[i]) != 0) continue;
        rd->city->by_gemeente = i == 1;
        return;
    }
    wks_problems_error(rd->problems, node->file, node->value_line, node->value_column,
                       "regio is not as it should be; expected regio = \"gemeente\"; or \"stad\"%s",
                       node->type == WKS_CONFIG_STRING ? wks_problems_nearest(node->string, words, 2, buffer) : "");
}

static wks_status read_settings(const reading *rd)
{
    static const char *const names[] = {"name", "title", "source", "date", "licence", "inschrijfduur", "regio", "own_data"};
    enum { N_NAMES = sizeof names / sizeof *names, N_TEXTS = N_NAMES - 3 };
    wks_status rc = WKS_OK;
    wks_city *city = rd->city;
    char **const target[N_TEXTS] = {&city->name, &city->title, &city->source, &city->date, &city->licence};
    wks_config_node *root = NULL;
    char buffer[160];

    WKS_TRY(wks_config_read(rd->path[CITY_CFG], &root, rd->problems, rd->err));
    take_own_data(rd, root);
    for (size_t i = 0; i < N_TEXTS; i++)
        WKS_TRY(take_setting(rd, root, names[i], strcmp(names[i], "title") != 0, target[i]));
    take_inschrijfduur(rd, root);
    take_regio(rd, root);
    for (size_t i = 0; i < root->n_children; i++) {
        const wks_config_node *node = root->child[i];
        if (node->used) continue;
        wks_problems_error(rd->problems, node->file, node->line, node->column, "unknown key '%s'%s", node->name,
                           wks_problems_nearest(node->name, names, N_NAMES, buffer));
    }
    if (city->date != NULL && !is_date(city->date)) {
        const wks_config_node *node = wks_config_get(root, "date");
        wks_problems_error(rd->problems, node->file, node->value_line, node->value_column,
                           "date is '%s'; expected a day as \"2023-01-01\", from 1900 to 2700", city->date);
    }
    if (city->title == NULL && city->name != NULL) {
        city->title = wks_mem_string(city->name);
        if (city->title == NULL) WKS_FAIL(rd->err, WKS_ERR_NOMEM, "no memory for city.cfg");
    }
out:
    wks_config_free(root);
    return rc;
}

/* ------------------------------------------------------------------------------------------------------------------ geometry */

/* Polygons without a row are said; a buurt without polygon is allowed. */
static void check_codes(const reading *rd)
{
    const wks_geometry *g = &rd->city->geometry;
    int32_t n_unknown = 0, first = 0;

    for (int32_t i = g->n_areas - 1; i >= 0; i--) {
        if (wks_folder_buurt_row(rd->city, g->code[i]) >= 0) continue;
        n_unknown++;
        first = i;
    }
    if (n_unknown == g->n_areas) {
        wks_problems_error(rd->problems, rd->path[BUURTEN_GPKG], 0, 0,
                           "none of the %d polygons has the code of a buurt; expected the codes of "
                           "buurten.csv, e.g. '%s'",
                           g->n_areas, rd->city->buurt[0].code);
        return;
    }
    if (n_unknown == 0) return;
    wks_problems_warning(rd->problems, rd->path[BUURTEN_GPKG], 0, 0,
                         n_unknown == 1 ? "%d polygon belongs to no buurt of buurten.csv and is ignored: '%s'"
                                        : "%d polygons belong to no buurt of buurten.csv and are ignored; the first is '%s'",
                         n_unknown, g->code[first]);
}

static void fill_centroids(wks_city *city)
{
    for (int32_t b = 0; b < city->n_buurten; b++) {
        const int32_t shape = wks_geometry_row(&city->geometry, city->buurt[b].code);
        if (shape >= 0 && isnan(city->buurt[b].x_m))
            wks_geometry_centroid(&city->geometry, shape, &city->buurt[b].x_m, &city->buurt[b].y_m);
    }
}

/* Neighbours of shapes -> neighbours of buurten. Both are sorted by code, so lists stay sorted. */
static wks_status link_buurten(const reading *rd)
{
    wks_city *city = rd->city;
    wks_err *err = rd->err;
    wks_status rc = WKS_OK;
    int32_t *shape_start = NULL;
    int32_t *shape_item = NULL;
    int32_t *buurt_of = wks_mem_array((size_t)city->geometry.n_areas, sizeof *buurt_of);
    int32_t n = 0;

    if (buurt_of == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the neighbours of %d buurten", city->n_buurten);
    rc = wks_geometry_contiguity(&city->geometry, CONTIGUITY_M, &shape_start, &shape_item, err);
    if (rc == WKS_ERR_DATA) wks_problems_error(rd->problems, rd->path[BUURTEN_GPKG], 0, 0, "%s", err->message);
    if (rc != WKS_OK) goto out;
    city->neighbour = wks_mem_array((size_t)shape_start[city->geometry.n_areas], sizeof *city->neighbour);
    if (city->neighbour == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the neighbours of %d buurten", city->n_buurten);
    for (int32_t i = 0; i < city->geometry.n_areas; i++)
        buurt_of[i] = wks_folder_buurt_row(city, city->geometry.code[i]);
    for (int32_t b = 0; b < city->n_buurten; b++) {
        const int32_t shape = wks_geometry_row(&city->geometry, city->buurt[b].code);
        city->neighbour_start[b] = n;
        for (int32_t k = shape < 0 ? 0 : shape_start[shape]; shape >= 0 && k < shape_start[shape + 1]; k++) {
            if (buurt_of[shape_item[k]] >= 0) city->neighbour[n++] = buurt_of[shape_item[k]];
        }
    }
    city->neighbour_start[city->n_buurten] = n;
out:
    free(shape_start);
    free(shape_item);
    free(buurt_of);
    return rc;
}

static wks_status read_geometry(const reading *rd)
{
    wks_city *city = rd->city;
    wks_status rc = WKS_OK;

    city->neighbour_start = wks_mem_array((size_t)city->n_buurten + 1, sizeof *city->neighbour_start);
    if (city->neighbour_start == NULL) WKS_FAIL(rd->err, WKS_ERR_NOMEM, "no memory for the neighbours of %d buurten", city->n_buurten);
    if (rd->path[BUURTEN_GPKG] == NULL) return wks_nearest_fill(city, rd->err);
    WKS_TRY(wks_geometry_read(rd->path[BUURTEN_GPKG], "buurten", &city->geometry, rd->problems, rd->err));
    if (city->n_buurten == 0) goto out;
    if (rd->is_whole) check_codes(rd);
    fill_centroids(city);
    WKS_TRY(link_buurten(rd));
    WKS_TRY(wks_nearest_fill(city, rd->err));
out:
    return rc;
}

/* ------------------------------------------------------------------------------------------------------------------ own data */

static int32_t row_of(const void *city, const char *code)
{
    return wks_folder_buurt_row(city, code);
}

/* Files without the switch are an error: nobody may take real people for synthetic ones. */
static wks_status read_own(const reading *rd)
{
    wks_status rc = WKS_OK;
    wks_own *own = &rd->city->own;
    const char *dwellings = rd->path[OWN_DWELLINGS_CSV], *seekers = rd->path[OWN_SEEKERS_CSV];

    if (!own->is_there && (dwellings != NULL || seekers != NULL)) {
        wks_problems_error(
            rd->problems, dwellings != NULL ? dwellings : seekers, 0, 0,
            "is there, but city.cfg does not say own_data = true; expected a folder as `import own` leaves it (import again)");
        return wks_err_set(rd->err, WKS_ERR_DATA, "own data without own_data = true");
    }
    if (own->is_there && dwellings == NULL && seekers == NULL) {
        wks_problems_error(rd->problems, rd->path[CITY_CFG], 0, 0,
                           "own_data is true, but there is neither own_dwellings.csv nor own_seekers.csv; expected one of them");
        return wks_err_set(rd->err, WKS_ERR_DATA, "own_data = true without own data");
    }
    if (!own->is_there || rd->city->n_buurten == 0 || !rd->is_whole) return WKS_OK;
    if (dwellings != NULL) rc = wks_own_read_dwellings(dwellings, row_of, rd->city, own, rd->problems, rd->err);
    if (rc != WKS_OK && rc != WKS_ERR_DATA) return rc;
    if (seekers != NULL) {
        wks_err ignored = WKS_ERR_INIT;
        const wks_status also = wks_own_read_seekers(seekers, row_of, rd->city, own, rd->problems, &ignored);
        if (also != WKS_OK) rc = wks_err_set(rd->err, also, "%s", ignored.message);
        if (also != WKS_OK && also != WKS_ERR_DATA) rc = also;
    }
    return rc;
}

/* -------------------------------------------------------------------------------------------------------------------- folder */

const char *wks_folder_file(int i)
{
    return i >= 0 && i < N_FILES ? file_name[i] : NULL;
}

static wks_status find_files(reading *rd, const char *folder)
{
    for (int f = 0; f < N_FILES; f++) {
        rd->path[f] = wks_file_join(folder, file_name[f]);
        if (rd->path[f] == NULL) return wks_err_set(rd->err, WKS_ERR_NOMEM, "no memory to read %s", folder);
        if (wks_file_exists(rd->path[f])) continue;
        if (f == CITY_CFG || f == BUURTEN_CSV) {
            wks_problems_error(rd->problems, rd->path[f], 0, 0,
                               "no such file; expected city.cfg and buurten.csv in a city folder; `wijksim import cbs` makes one, "
                               "scripts/make-cities.sh the six of the study (docs/guide-own-city.md)");
        }
        free(rd->path[f]);
        rd->path[f] = NULL;
    }
    return WKS_OK;
}

static wks_status hash_files(const reading *rd)
{
    wks_status rc = WKS_OK;
    wks_text all = WKS_TEXT_INIT;
    char one[65];

    for (int f = 0; f < N_FILES; f++) {
        if (rd->path[f] == NULL) continue;
        WKS_TRY(wks_file_sha256(rd->path[f], one, rd->err));
        wks_text_addf(&all, "%s %s\n", one, file_name[f]);
    }
    if (all.failed) WKS_FAIL(rd->err, WKS_ERR_NOMEM, "no memory to read a city");
    wks_file_sha256_bytes(all.data != NULL ? all.data : "", all.length, rd->city->sha256);
out:
    wks_text_free(&all);
    return rc;
}

/* Bad input goes to the problems and reading goes on with the next file, so that all is shown at once; anything else stops. */
static bool goes_on(wks_status rc)
{
    return rc == WKS_OK || rc == WKS_ERR_DATA;
}

/* n_errors: problems the caller had before this city. */
static wks_status read_files(reading *rd, size_t n_errors)
{
    wks_err ignored = WKS_ERR_INIT; /* data errors of one file must not hide a later lack of memory */
    reading part = *rd;
    wks_status rc = WKS_OK;

    part.err = &ignored;
    if (rd->path[CITY_CFG] != NULL) rc = read_settings(&part);
    if (goes_on(rc) && rd->path[BUURTEN_CSV] != NULL) {
        ignored = WKS_ERR_INIT;
        rc = wks_areas_read(rd->path[BUURTEN_CSV], rd->city, &rd->is_whole, rd->problems, &ignored);
    }
    const bool has_areas = rc == WKS_OK && rd->city->n_buurten > 0;
    if (has_areas && rd->path[MARGINS_CSV] != NULL) {
        ignored = WKS_ERR_INIT;
        rc = wks_margins_read(rd->path[MARGINS_CSV], rd->is_whole, rd->city, rd->problems, &ignored);
    }
    if (has_areas && goes_on(rc) && rd->path[QUALITY_CSV] != NULL) {
        ignored = WKS_ERR_INIT;
        rc = wks_margins_read_quality(rd->path[QUALITY_CSV], rd->is_whole, rd->city, rd->problems, &ignored);
    }
    if (goes_on(rc)) {
        ignored = WKS_ERR_INIT;
        part.is_whole = rd->is_whole;
        rc = read_geometry(&part);
    }
    if (goes_on(rc) && !rd->is_public) {
        ignored = WKS_ERR_INIT;
        rc = read_own(&part);
    }
    if (goes_on(rc)) {
        ignored = WKS_ERR_INIT;
        rc = hash_files(&part);
    }
    if (!goes_on(rc)) return wks_err_set(rd->err, rc, "%s", ignored.message);
    return rd->problems->n_errors > n_errors ? wks_problems_status(rd->problems, rd->err) : WKS_OK;
}

static wks_status read_folder(const char *path, bool is_public, wks_city *out, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    reading rd = {.city = out, .is_whole = true, .is_public = is_public, .problems = problems, .err = err};
    const size_t n_errors = problems->n_errors;

    *out = (wks_city){0};
    for (int c = 0; c < WKS_CITY_N_COLUMNS; c++)
        out->national[c] = NAN;
    if (!wks_file_is_folder(path)) {
        wks_problems_error(problems, path, 0, 0, "no such folder; expected a city folder with city.cfg and buurten.csv");
        WKS_FAIL(err, WKS_ERR_DATA, "%s is no city folder", path);
    }
    out->path = wks_mem_string(path);
    if (out->path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to read %s", path);
    WKS_TRY(find_files(&rd, path));
    WKS_TRY(read_files(&rd, n_errors));
out:
    for (int f = 0; f < N_FILES; f++)
        free(rd.path[f]);
    if (rc != WKS_OK) wks_folder_free(out);
    return rc;
}

wks_status wks_folder_read(const char *path, wks_city *out, wks_problems *problems, wks_err *err)
{
    return read_folder(path, false, out, problems, err);
}

wks_status wks_folder_read_public(const char *path, wks_city *out, wks_problems *problems, wks_err *err)
{
    return read_folder(path, true, out, problems, err);
}

char *wks_folder_find(const char *name, const char *from_folder)
{
    char *data = wks_file_data_folder();
    char *cities = data != NULL ? wks_file_join(data, "scenarios/cities") : NULL;
    char *found = wks_file_join(from_folder != NULL ? from_folder : ".", name);

    if (found != NULL && !wks_file_is_folder(found)) {
        free(found);
        found = cities != NULL ? wks_file_join(cities, name) : NULL;
    }
    if (found != NULL && !wks_file_is_folder(found)) {
        free(found);
        found = NULL;
    }
    free(cities);
    free(data);
    return found;
}
