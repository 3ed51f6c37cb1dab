#include "city/margins.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/mem.h"
#include "base/text.h"
#include "city/areas.h"
#include "city/cell.h"

enum { LEVEL, AREA, COLUMN, VALUE, N_MARGIN_COLUMNS };
enum { QUALITY_AREA, QUALITY_COLUMN, QUALITY_VALUE, QUALITY_ORIGIN, N_QUALITY_COLUMNS };
enum { GEMEENTE, WIJK, NATIONAL, N_LEVELS };

static const char *const margin_column[N_MARGIN_COLUMNS] = {"level", "area", "column", "value"};
static const char *const quality_column[N_QUALITY_COLUMNS] = {"area", "column", "value", "origin"};
static const char *const level_name[N_LEVELS] = {"gemeente", "wijk", "national"};
static const char *const origin_name[WKS_CITY_N_ORIGINS] = {
#define WKS_CITY_NAME(name) #name,
    WKS_CITY_ORIGINS(WKS_CITY_NAME)
#undef WKS_CITY_NAME
};
static const double COUNT_MAX = 1e9;      /* a national count may exceed what a buurt can have */
static const double GAP_TOLERANCE = 0.05; /* published total against the sum of the buurten */
static const double GAP_SLACK = 5.0;      /* and a buurt: rounding to 5 and suppression */
static const double VALUE_TOLERANCE = 1e-6;

const char *wks_margins_origin(uint8_t origin)
{
    return origin_name[origin < WKS_CITY_N_ORIGINS ? origin : WKS_CITY_ORIGIN_published];
}

/* Index of a cell's word among names, or -1 after a problem with the nearest one. */
static int word(const wks_csv *csv, size_t row, int column, const char *what, const char *const *names, int n, wks_problems *problems)
{
    char buffer[160];
    const char *text = wks_csv_cell(csv, row, column);

    for (int i = 0; i < n; i++) {
        if (strcmp(text, names[i]) == 0) return i;
    }
    wks_problems_error(problems, csv->path, wks_csv_line(csv, row), wks_csv_position(csv, row, column), "unknown %s '%.60s'%s", what, text,
                       wks_problems_nearest(text, names, (size_t)n, buffer));
    return -1;
}

static int city_column(const wks_csv *csv, size_t row, int column, wks_problems *problems)
{
    const char *names[WKS_CITY_N_COLUMNS];

    for (int c = 0; c < WKS_CITY_N_COLUMNS; c++)
        names[c] = wks_city_column_table[c].name;
    return word(csv, row, column, "column", names, WKS_CITY_N_COLUMNS, problems);
}

/* Row of the area in a list, or -1 after a problem (none when the list lacks areas). */
static int32_t known_area(const wks_csv *csv, size_t row, int column, const char *what, const wks_city_area *area, int32_t n,
                          bool has_all_areas, wks_problems *problems)
{
    const char *code = wks_csv_cell(csv, row, column);
    const int32_t found = wks_areas_row(area, n, code);

    if (found < 0 && has_all_areas) {
        wks_problems_error(problems, csv->path, wks_csv_line(csv, row), wks_csv_position(csv, row, column),
                           "%s '%.60s' is not in buurten.csv; expected one of its codes", what, code);
    }
    return found;
}

/* Where a margin of this level and area is kept; NULL when it is nowhere. */
static double *values_of(const wks_csv *csv, size_t row, int column, int level, bool has_all_areas, wks_city *city, wks_problems *problems)
{
    if (level == NATIONAL) return city->national;
    const bool is_wijk = level == WIJK;
    wks_city_area *area = is_wijk ? city->wijk : city->gemeente;
    const int32_t found =
        known_area(csv, row, column, level_name[level], area, is_wijk ? city->n_wijken : city->n_gemeenten, has_all_areas, problems);
    return found < 0 ? NULL : area[found].value;
}

static void take_margin(const wks_csv *csv, size_t row, const int *column, bool has_all_areas, wks_city *city, wks_problems *problems)
{
    double value;
    const int level = word(csv, row, column[LEVEL], "level", level_name, N_LEVELS, problems);
    const int c = city_column(csv, row, column[COLUMN], problems);

    if (level < 0 || c < 0) return;
    const wks_city_column_info *info = &wks_city_column_table[c];
    double *values = values_of(csv, row, column[AREA], level, has_all_areas, city, problems);
    if (!wks_cell_number(csv, row, column[VALUE], info->name, info->unit, info->low, info->is_count ? COUNT_MAX : info->high, problems,
                         &value)) {
        return;
    }
    if (values == NULL) return;
    if (!isnan(values[c])) {
        wks_problems_error(problems, csv->path, wks_csv_line(csv, row), wks_csv_position(csv, row, column[COLUMN]),
                           "%s of %s '%.60s' occurs twice; expected it once", info->name, level_name[level],
                           wks_csv_cell(csv, row, column[AREA]));
        return;
    }
    values[c] = value;
}

/* What the buurten of an area add up to. */
typedef struct inside {
    double sum[WKS_CITY_N_COLUMNS];
    int32_t n;
} inside;

/* Sums over buurten, in their order, of every area of a level (a buurt lies in a wijk, or in the gemeente of its wijk). */
static void add_up(const wks_city *city, int level, inside *out)
{
    for (int32_t k = 0; k < city->n_buurten; k++) {
        const wks_city_area *buurt = &city->buurt[k];
        const int32_t row = buurt->parent < 0 || level == WIJK ? buurt->parent : city->wijk[buurt->parent].parent;
        if (row < 0) continue;
        for (int c = 0; c < WKS_CITY_N_COLUMNS; c++)
            out[row].sum[c] += buurt->value[c];
        out[row].n++;
    }
}

static wks_status check_gaps(const char *path, const wks_city *city, int level, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_city_area *area = level == WIJK ? city->wijk : city->gemeente;
    const int32_t n = level == WIJK ? city->n_wijken : city->n_gemeenten;
    inside *in = wks_mem_array((size_t)n, sizeof *in);
    char a[32];
    char b[32];

    if (in == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to add up %d areas", n);
    add_up(city, level, in);
    for (int32_t i = 0; i < n; i++) {
        for (int c = 0; c < WKS_CITY_N_COLUMNS; c++) {
            if (!wks_city_column_table[c].is_count || isnan(area[i].value[c])) continue;
            const double sum = in[i].sum[c], gap = fabs(sum - area[i].value[c]);
            if (isnan(gap) || gap <= GAP_TOLERANCE * area[i].value[c] || gap <= GAP_SLACK * (double)in[i].n) continue;
            wks_problems_warning(problems, path, 0, 0, "%s of %s '%s' is %s; its buurten add up to %s", wks_city_column_table[c].name,
                                 level_name[level], area[i].code, wks_text_number(area[i].value[c], a), wks_text_number(sum, b));
        }
    }
out:
    free(in);
    return rc;
}

wks_status wks_margins_read(const char *path, bool has_all_areas, wks_city *city, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_csv csv = {0};
    int column[N_MARGIN_COLUMNS];
    bool is_whole = true;
    const size_t n_errors = problems->n_errors;

    WKS_TRY(wks_cell_read(path, &csv, &is_whole, problems, err));
    if (!wks_cell_columns(&csv, margin_column, N_MARGIN_COLUMNS, column, problems))
        WKS_FAIL(err, WKS_ERR_DATA, "%s: columns are missing", path);
    for (size_t r = 0; r < csv.n_rows; r++)
        take_margin(&csv, r, column, has_all_areas, city, problems);
    if (problems->n_errors > n_errors || !has_all_areas) goto out;
    WKS_TRY(check_gaps(path, city, WIJK, problems, err));
    WKS_TRY(check_gaps(path, city, GEMEENTE, problems, err));
out:
    wks_csv_free(&csv);
    return rc;
}

static void take_quality(const wks_csv *csv, size_t row, const int *column, bool has_all_areas, wks_city *city, wks_problems *problems)
{
    double value;
    char expected[32];
    const int32_t buurt = known_area(csv, row, column[QUALITY_AREA], "area", city->buurt, city->n_buurten, has_all_areas, problems);
    const int c = city_column(csv, row, column[QUALITY_COLUMN], problems);
    const int origin = word(csv, row, column[QUALITY_ORIGIN], "origin", origin_name, WKS_CITY_N_ORIGINS, problems);

    if (buurt < 0 || c < 0 || origin < 0) return;
    const wks_city_column_info *info = &wks_city_column_table[c];
    city->buurt[buurt].origin[c] = (uint8_t)origin;
    if (!wks_cell_number(csv, row, column[QUALITY_VALUE], info->name, info->unit, info->low, info->high, problems, &value)) return;
    if (fabs(value - city->buurt[buurt].value[c]) > VALUE_TOLERANCE * fmax(1.0, fabs(value))) {
        wks_problems_warning(problems, csv->path, wks_csv_line(csv, row), wks_csv_position(csv, row, column[QUALITY_VALUE]),
                             "%s of '%s' is %s here; expected %s as in buurten.csv", info->name, city->buurt[buurt].code,
                             wks_csv_cell(csv, row, column[QUALITY_VALUE]), wks_text_number(city->buurt[buurt].value[c], expected));
    }
}

wks_status wks_margins_read_quality(const char *path, bool has_all_areas, wks_city *city, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_csv csv = {0};
    int column[N_QUALITY_COLUMNS];
    bool is_whole = true;

    WKS_TRY(wks_cell_read(path, &csv, &is_whole, problems, err));
    if (!wks_cell_columns(&csv, quality_column, N_QUALITY_COLUMNS, column, problems)) {
        WKS_FAIL(err, WKS_ERR_DATA, "%s: columns are missing", path);
    }
    for (size_t r = 0; r < csv.n_rows; r++)
        take_quality(&csv, r, column, has_all_areas, city, problems);
out:
    wks_csv_free(&csv);
    return rc;
}
