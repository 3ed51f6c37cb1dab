#include "city/areas.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/mem.h"
#include "base/text.h"
#include "city/cell.h"

/* Columns of buurten.csv: these, then WKS_CITY_COLUMNS. */
enum { CODE, NAME, WIJK, WIJK_NAME, GEMEENTE, GEMEENTE_NAME, N_TEXT, X_M = N_TEXT, Y_M, N_LEAD, N_ALL = N_LEAD + WKS_CITY_N_COLUMNS };

static const char *const column_name[N_ALL] = {"code",
                                               "name",
                                               "wijk",
                                               "wijk_name",
                                               "gemeente",
                                               "gemeente_name",
                                               "x_m",
                                               "y_m",
#define WKS_CITY_NAME(name, unit, low, high, is_count, help) #name,
                                               WKS_CITY_COLUMNS(WKS_CITY_NAME)
#undef WKS_CITY_NAME
};

/* Where EPSG:28992 is used, with a margin: metres. Degrees or swapped axes fall outside. */
static const double rd_low[2] = {-10000.0, 280000.0};
static const double rd_high[2] = {300000.0, 640000.0};

/* Parts that should add up to a total: warned about when off by more than 2 % and more than 15 (three roundings to 5). */
typedef struct margin {
    const char *what;
    wks_city_column total, first, last;
} margin;
static const margin margins[] = {
    {"men and women", WKS_CITY_persons, WKS_CITY_men, WKS_CITY_women},
    {"ages", WKS_CITY_persons, WKS_CITY_age_00_14, WKS_CITY_age_65_plus},
    {"origins", WKS_CITY_persons, WKS_CITY_origin_nl, WKS_CITY_origin_outside_europe},
    {"household types", WKS_CITY_households, WKS_CITY_households_one_person, WKS_CITY_households_with_children},
};
static const double SUM_TOLERANCE = 0.02;
static const double SUM_SLACK = 15.0;
static const double TENURE_TOLERANCE = 0.05;

typedef struct table {
    wks_csv csv;
    int column[N_ALL];
    wks_problems *problems;
    wks_err *err;
} table;

void wks_areas_free(wks_city_area *area, int32_t n)
{
    for (int32_t i = 0; area != NULL && i < n; i++) {
        free(area[i].code);
        free(area[i].name);
    }
    free(area);
}

int32_t wks_areas_row(const wks_city_area *area, int32_t n, const char *code)
{
    int32_t low = 0;
    int32_t high = n - 1;

    while (low <= high) {
        const int32_t middle = low + (high - low) / 2;
        const int order = strcmp(code, area[middle].code);
        if (order == 0) return middle;
        if (order < 0)
            high = middle - 1;
        else
            low = middle + 1;
    }
    return -1;
}

/* ------------------------------------------------------------------------------------------------------- checks within a row */

static void warn(const table *t, size_t row, int column, const char *what, double found, const char *expected, double value)
{
    char a[32];
    char b[32];

    wks_problems_warning(t->problems, t->csv.path, wks_csv_line(&t->csv, row), wks_csv_position(&t->csv, row, t->column[column]),
                         "%s %s; expected %s %s", what, wks_text_number(found, a), expected, wks_text_number(value, b));
}

static void check_sums(const table *t, size_t row, const double *value)
{
    for (size_t m = 0; m < sizeof margins / sizeof *margins; m++) {
        const double total = value[margins[m].total];
        double sum = 0.0;
        wks_text what = WKS_TEXT_INIT;
        for (int c = (int)margins[m].first; c <= (int)margins[m].last; c++)
            sum += value[c];
        const double off = fabs(sum - total);
        if (off <= SUM_SLACK || off <= SUM_TOLERANCE * total) continue;
        wks_text_addf(&what, "the %s add up to", margins[m].what);
        if (!what.failed) warn(t, row, N_LEAD + (int)margins[m].total, what.data, sum, wks_city_column_table[margins[m].total].name, total);
        wks_text_free(&what);
    }
}

static void check_row(const table *t, size_t row, const double *value)
{
    check_sums(t, row, value);
    const double tenure = value[WKS_CITY_share_owner] + value[WKS_CITY_share_corporatie] + value[WKS_CITY_share_private_rent];
    if (value[WKS_CITY_dwellings] > 0.0 && fabs(tenure - 1.0) > TENURE_TOLERANCE) {
        warn(t, row, N_LEAD + WKS_CITY_share_owner, "the shares of owner, corporatie and private rent add up to", tenure, "about", 1.0);
    }
    if (value[WKS_CITY_households] > value[WKS_CITY_persons] + SUM_SLACK) {
        warn(t, row, N_LEAD + WKS_CITY_households, "there are more households than persons:", value[WKS_CITY_households], "at most",
             value[WKS_CITY_persons]);
    }
}

/* Both coordinates or none. */
static void take_place(const table *t, size_t row, wks_city_area *area)
{
    double place[2] = {NAN, NAN};
    int n_given = 0;

    for (int k = 0; k < 2; k++) {
        const char *text = wks_csv_cell(&t->csv, row, t->column[X_M + k]);
        if (text[strspn(text, " \t")] == '\0') continue;
        n_given++;
        (void)wks_cell_number(&t->csv, row, t->column[X_M + k], column_name[X_M + k], "m in EPSG:28992", rd_low[k], rd_high[k], t->problems,
                              &place[k]);
    }
    if (n_given == 1) {
        wks_problems_error(t->problems, t->csv.path, wks_csv_line(&t->csv, row), wks_csv_position(&t->csv, row, t->column[X_M]),
                           "one of x_m and y_m is empty; expected both or none");
    }
    area->x_m = place[0];
    area->y_m = place[1];
}

static wks_status take_row(const table *t, size_t row, wks_city_area *area)
{
    bool is_good = true;

    for (int c = 0; c < N_TEXT; c++) {
        if (wks_cell_text(&t->csv, row, t->column[c], column_name[c], t->problems) == NULL) is_good = false;
    }
    for (int c = 0; c < WKS_CITY_N_COLUMNS; c++) {
        const wks_city_column_info *info = &wks_city_column_table[c];
        area->value[c] = NAN; /* stays so after a problem: later checks have nothing to compare */
        if (!wks_cell_number(&t->csv, row, t->column[N_LEAD + c], info->name, info->unit, info->low, info->high, t->problems,
                             &area->value[c])) {
            is_good = false;
        }
    }
    take_place(t, row, area);
    if (is_good) check_row(t, row, area->value);
    area->parent = -1;
    area->code = wks_mem_string(wks_csv_cell(&t->csv, row, t->column[CODE]));
    area->name = wks_mem_string(wks_csv_cell(&t->csv, row, t->column[NAME]));
    if (area->code == NULL || area->name == NULL) return wks_err_set(t->err, WKS_ERR_NOMEM, "no memory for the buurten of %s", t->csv.path);
    return WKS_OK;
}

/* ----------------------------------------------------------------------------------------------------------- lists of areas */

/* A code as it stands in a row: sorted, so that the order of rows never matters. */
typedef struct mention {
    const char *code, *name, *parent;
    size_t row;
} mention;

static int compare_mention(const void *a, const void *b)
{
    const mention *left = a;
    const mention *right = b;
    const int order = strcmp(left->code, right->code);
    if (order != 0) return order;
    return left->row < right->row ? -1 : left->row > right->row;
}

static mention *sorted_mentions(const table *t, int code, int name, int parent)
{
    const size_t n = t->csv.n_rows;
    mention *list = wks_mem_array(n, sizeof *list);

    for (size_t r = 0; list != NULL && r < n; r++) {
        list[r] = (mention){.code = wks_csv_cell(&t->csv, r, t->column[code]),
                            .name = wks_csv_cell(&t->csv, r, t->column[name]),
                            .parent = parent >= 0 ? wks_csv_cell(&t->csv, r, t->column[parent]) : "",
                            .row = r};
    }
    if (list != NULL) qsort(list, n, sizeof *list, compare_mention);
    return list;
}

/* One code must have one name and one parent. */
static void check_same(const table *t, const mention *first, const mention *other, int name, int parent)
{
    const int line = wks_csv_line(&t->csv, first->row);

    if (strcmp(first->name, other->name) != 0) {
        wks_problems_error(t->problems, t->csv.path, wks_csv_line(&t->csv, other->row),
                           wks_csv_position(&t->csv, other->row, t->column[name]), "%s of '%s' is '%s'; expected '%s' as in line %d",
                           column_name[name], other->code, other->name, first->name, line);
    }
    if (strcmp(first->parent, other->parent) != 0) {
        wks_problems_error(t->problems, t->csv.path, wks_csv_line(&t->csv, other->row),
                           wks_csv_position(&t->csv, other->row, t->column[parent]), "%s '%s' lies in %s '%s'; expected '%s' as in line %d",
                           "wijk", other->code, column_name[parent], other->parent, first->parent, line);
    }
}

/* The distinct codes of a column as areas without values. */
static wks_status make_list(const table *t, int code, int name, int parent, wks_city_area **out, int32_t *out_n)
{
    wks_status rc = WKS_OK;
    mention *list = sorted_mentions(t, code, name, parent);
    size_t first = 0;

    *out = wks_mem_array(t->csv.n_rows, sizeof **out);
    if (list == NULL || *out == NULL) WKS_FAIL(t->err, WKS_ERR_NOMEM, "no memory for the areas of %s", t->csv.path);
    for (size_t i = 0; i < t->csv.n_rows; i++) {
        if (i > 0 && strcmp(list[first].code, list[i].code) == 0) {
            check_same(t, &list[first], &list[i], name, parent);
            continue;
        }
        first = i;
        wks_city_area *area = &(*out)[(*out_n)++];
        area->parent = -1;
        area->x_m = area->y_m = NAN;
        for (int c = 0; c < WKS_CITY_N_COLUMNS; c++)
            area->value[c] = NAN;
        area->code = wks_mem_string(list[i].code);
        area->name = wks_mem_string(list[i].name);
        if (area->code == NULL || area->name == NULL) WKS_FAIL(t->err, WKS_ERR_NOMEM, "no memory for the areas of %s", t->csv.path);
    }
out:
    free(list);
    return rc;
}

static wks_status make_buurten(const table *t, wks_city *city)
{
    wks_status rc = WKS_OK;
    mention *list = sorted_mentions(t, CODE, NAME, WIJK);

    city->buurt = wks_mem_array(t->csv.n_rows, sizeof *city->buurt);
    if (list == NULL || city->buurt == NULL) WKS_FAIL(t->err, WKS_ERR_NOMEM, "no memory for the buurten of %s", t->csv.path);
    for (size_t i = 0; i < t->csv.n_rows; i++) {
        if (i > 0 && list[i].code[0] != '\0' && strcmp(list[i - 1].code, list[i].code) == 0) {
            wks_problems_error(
                t->problems, t->csv.path, wks_csv_line(&t->csv, list[i].row), wks_csv_position(&t->csv, list[i].row, t->column[CODE]),
                "code '%s' stands in line %d already; expected each buurt once", list[i].code, wks_csv_line(&t->csv, list[i - 1].row));
        }
        city->n_buurten++;
        WKS_TRY(take_row(t, list[i].row, &city->buurt[i]));
        city->buurt[i].parent = wks_areas_row(city->wijk, city->n_wijken, list[i].parent);
    }
out:
    free(list);
    return rc;
}

static wks_status make_city(const table *t, wks_city *city)
{
    wks_status rc = WKS_OK;

    WKS_TRY(make_list(t, GEMEENTE, GEMEENTE_NAME, -1, &city->gemeente, &city->n_gemeenten));
    WKS_TRY(make_list(t, WIJK, WIJK_NAME, GEMEENTE, &city->wijk, &city->n_wijken));
    WKS_TRY(make_buurten(t, city));
    for (size_t r = 0; r < t->csv.n_rows; r++) {
        const int32_t wijk = wks_areas_row(city->wijk, city->n_wijken, wks_csv_cell(&t->csv, r, t->column[WIJK]));
        city->wijk[wijk].parent = wks_areas_row(city->gemeente, city->n_gemeenten, wks_csv_cell(&t->csv, r, t->column[GEMEENTE]));
    }
out:
    return rc;
}

wks_status wks_areas_read(const char *path, wks_city *city, bool *out_is_whole, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    table t = {.problems = problems, .err = err};

    WKS_TRY(wks_cell_read(path, &t.csv, out_is_whole, problems, err));
    if (!wks_cell_columns(&t.csv, column_name, N_ALL, t.column, problems)) WKS_FAIL(err, WKS_ERR_DATA, "%s: columns are missing", path);
    if (t.csv.n_rows == 0) {
        if (*out_is_whole) wks_problems_error(problems, path, 1, 1, "there are no buurten; expected a row for each");
        WKS_FAIL(err, WKS_ERR_DATA, "%s: no buurten", path);
    }
    WKS_TRY(make_city(&t, city));
out:
    wks_csv_free(&t.csv);
    return rc;
}
