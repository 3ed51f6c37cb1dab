#include "import/source.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "import/year.h"

const char *const wks_source_wanted[] = {"gwb_code", "recs", "regio", "gm_naam", "a_inw"};
const int32_t wks_source_n_wanted = (int32_t)(sizeof wks_source_wanted / sizeof *wks_source_wanted);

void wks_source_free(wks_source *source)
{
    if (source == NULL) return;
    for (int32_t i = 0; i < source->n_areas; i++) {
        free(source->area[i].name);
        free(source->area[i].gemeente_name);
    }
    free(source->area);
    wks_codes_free(&source->codes);
    free(source->path);
    free(source->sheet_name);
    memset(source, 0, sizeof *source);
}

int32_t wks_source_row(const wks_source *source, const char *code)
{
    return wks_codes_row(&source->codes, code);
}

int32_t wks_source_count(const wks_source *source, wks_area_level level)
{
    int32_t n = 0;
    for (int32_t i = 0; i < source->n_areas; i++)
        n += source->area[i].level == level;
    return n;
}

static int role(const wks_sheet *sheet, wks_columns_role which)
{
    return wks_columns_role_of(which, (const char *const *)sheet->header, sheet->n_columns);
}

/* ---- recognition ---- */

static bool is_mapped(const char *header)
{
    for (int32_t i = 0; i < wks_columns_n; i++)
        if (wks_columns_is(&wks_columns_table[i], header)) return true;
    return false;
}

/* Of the workbook's own names, how many there are: some, without the code, is a damaged workbook. */
static int32_t count_workbook_names(const wks_sheet *sheet)
{
    int32_t n = 0;
    for (int32_t i = 0; i < wks_source_n_wanted; i++)
        n += wks_sheet_column(sheet, wks_source_wanted[i]) >= 0;
    for (int32_t i = 0; i < wks_columns_n; i++)
        n += wks_columns_table[i].naming == WKS_COLUMNS_WORKBOOK && wks_sheet_column(sheet, wks_columns_table[i].theirs) >= 0;
    return n;
}

static bool has_code_column(const wks_sheet *sheet)
{
    return role(sheet, WKS_COLUMNS_CODE) >= 0;
}

bool wks_source_recognises(const wks_sheet *sheet)
{
    if (count_workbook_names(sheet) >= 3) return true;
    if (!has_code_column(sheet) && role(sheet, WKS_COLUMNS_NAME) < 0) return false;
    for (size_t j = 0; j < sheet->n_columns; j++)
        if (is_mapped(sheet->header[j])) return true;
    return false;
}

/* ---- columns ---- */

enum { MAX_PARTS = 4 }; /* columns that add up to one of ours */

typedef struct column_map {
    int role[WKS_COLUMNS_N_ROLES];
    int part[WKS_COLUMNS_N][MAX_PARTS]; /* columns of the sheet */
    int32_t n_parts[WKS_COLUMNS_N];
    const wks_columns_line *line[WKS_COLUMNS_N];
    double scale[WKS_COLUMNS_N]; /* 1, or what undoes the factor where theirs is in our unit already */
    bool decimal_comma;
    int32_t period; /* year of the rows taken; 0: all */
} column_map;

/* Whether we read a column of that name: then it is no misspelling of another. */
static bool is_known_column(const char *name)
{
    for (int32_t i = 0; i < wks_source_n_wanted; i++)
        if (wks_text_equal_nocase(name, wks_source_wanted[i])) return true;
    return is_mapped(name);
}

/* What may be meant by a missing column: a header at most a third of its letters away that is none of our columns; NULL if there is none. */
static const char *nearest_header(const wks_sheet *sheet, const char *name)
{
    const char *nearest = NULL;
    int furthest = (int)strlen(name) / 3;
    for (size_t j = 0; j < sheet->n_columns; j++) {
        const char *header = sheet->header[j];
        if (is_known_column(header)) continue;
        const char *candidates[2] = {nearest, header};
        size_t skip = nearest == NULL ? 1 : 0;
        const char *found = wks_text_nearest_within(name, furthest, candidates + skip, 2 - skip);
        if (found != NULL) nearest = found;
    }
    return nearest;
}

static void report_missing_column(const wks_sheet *sheet, const char *name, wks_problems *problems)
{
    const char *nearest = nearest_header(sheet, name);
    wks_problems_error(problems, sheet->path, 1, 0, "column '%s' is missing; expected the names of a CBS kwb workbook%s%s%s", name,
                       nearest == NULL ? "" : "; the nearest column is '", nearest == NULL ? "" : nearest, nearest == NULL ? "" : "'");
}

static int find_line(const wks_sheet *sheet, const wks_columns_line *line)
{
    for (size_t j = 0; j < sheet->n_columns; j++)
        if (wks_columns_is(line, sheet->header[j])) return (int)j;
    return -1;
}

/* The first column of inhabitants, in any naming; -1 if there is none. */
static int column_of_persons(const wks_sheet *sheet)
{
    for (int32_t i = 0; i < wks_columns_n; i++) {
        const int column = wks_columns_table[i].ours == WKS_CITY_persons ? find_line(sheet, &wks_columns_table[i]) : -1;
        if (column >= 0) return column;
    }
    return -1;
}

/* Shares (0.44) in a column that CBS publishes in per cent (44): no value above 1, and some between. */
static bool is_in_shares(const wks_sheet *sheet, int column, const wks_columns_line *line)
{
    size_t n_between = 0;
    if (fabs(line->factor) != 0.01) return false;
    for (size_t row = 0; row < sheet->n_rows; row++) {
        double value;
        wks_sheet_number kind = wks_sheet_parse(wks_sheet_cell(sheet, row, column), &value);
        if (kind == WKS_SHEET_MISSING || kind == WKS_SHEET_TEXT) continue;
        if (value > 1.0) return false;
        n_between += value > 0.0 && value < 1.0;
    }
    return n_between > 0;
}

/* Amounts in euro in a column that CBS publishes in thousands: all its values are too large for thousands. */
static bool is_in_our_unit(const wks_sheet *sheet, int column, const wks_columns_line *line)
{
    size_t n = 0, n_large = 0;
    for (size_t row = 0; line->at_most > 0.0 && row < sheet->n_rows; row++) {
        double value;
        wks_sheet_number kind = wks_sheet_parse(wks_sheet_cell(sheet, row, column), &value);
        if (kind == WKS_SHEET_MISSING || kind == WKS_SHEET_TEXT || value == 0.0) continue;
        n++;
        n_large += value > line->at_most;
    }
    return n > 0 && n_large == n;
}

static void find_columns(const wks_sheet *sheet, int32_t year, column_map *out, wks_source *source)
{
    for (int32_t i = 0; i < wks_columns_n; i++) {
        const wks_columns_line *line = &wks_columns_table[i];
        const wks_columns_line *taken = out->line[line->ours];
        bool may_add = taken != NULL && taken->adds && line->adds && taken->naming == line->naming;
        if (taken != NULL && !may_add) continue;
        if (year != 0 && (year < line->first_year || year > line->last_year)) continue;
        int column = find_line(sheet, line);
        if (column < 0 || column == out->role[WKS_COLUMNS_CODE] || out->n_parts[line->ours] == MAX_PARTS) continue;
        out->part[line->ours][out->n_parts[line->ours]++] = column;
        if (taken != NULL) continue;
        out->line[line->ours] = line;
        out->scale[line->ours] = 1.0;
        if (is_in_our_unit(sheet, column, line)) {
            out->scale[line->ours] = 1.0 / line->factor;
            source->is_in_euro = true;
        } else if (is_in_shares(sheet, column, line)) {
            out->scale[line->ours] = 100.0;
            source->is_in_shares = true;
        }
    }
    for (int32_t c = 0; c < WKS_COLUMNS_N; c++) {
        source->column[c] = out->line[c];
        source->n_mapped += out->line[c] != NULL && c < WKS_CITY_N_COLUMNS;
    }
}

/* ---- rows ---- */

static void read_part(const wks_sheet *sheet, size_t row, int column, const wks_columns_line *line, double scale, wks_area_level level,
                      bool decimal_comma, double *out, wks_problems *problems)
{
    const wks_city_column_info *info = wks_columns_info(line->ours);
    const char *cell = wks_sheet_cell(sheet, row, column), *name = sheet->header[column];
    int at_line = sheet->line[row], position = wks_sheet_position(sheet, row, column);
    double theirs;
    *out = NAN;
    switch (wks_sheet_parse(cell, &theirs)) {
    case WKS_SHEET_MISSING: return;
    case WKS_SHEET_TEXT:
        wks_problems_error(problems, sheet->path, at_line, position,
                           "'%.40s' in column %.80s is no number; expected a number or '.' for missing", cell, name);
        return;
    case WKS_SHEET_COMMA:
        if (!decimal_comma) {
            wks_problems_error(problems, sheet->path, at_line, position,
                               "'%.40s' in column %.80s has a decimal comma; expected a decimal point as elsewhere in this file", cell,
                               name);
            return;
        }
        break;
    case WKS_SHEET_NUMBER: break;
    }
    const double factor = line->factor * scale, low = line->base >= 0 ? 0.0 : info->low;
    double ours = factor * theirs + line->offset;
    double high = info->is_count && level == WKS_AREA_LAND ? 1e9 : info->high; /* the range of our tables is a buurt's */
    if (line->base >= 0) high = 1.01;                                          /* of rounded shares */
    if (!(ours >= low && ours <= high)) {
        double a = (low - line->offset) / factor, b = (high - line->offset) / factor;
        char text_low[32], text_high[32];
        wks_problems_error(problems, sheet->path, at_line, position, "%.40s in column %.80s is out of range; expected %s to %s", cell, name,
                           wks_text_number(a < b ? a : b, text_low), wks_text_number(a < b ? b : a, text_high));
        return;
    }
    if (info->is_count && line->base < 0 && floor(theirs) != theirs) {
        wks_problems_error(problems, sheet->path, at_line, position,
                           "%.40s in column %.80s is no whole number; expected a count (is the sign in it one of thousands?)", cell, name);
        return;
    }
    /* 44 per cent is 0.44, not 0.44000000000000006. */
    *out = info->is_count && line->base < 0 ? ours : floor(ours * 1e6 + 0.5) / 1e6;
}

static void check_sum_of_parts(const wks_sheet *sheet, size_t row, const column_map *map, int32_t column, const wks_source_area *area,
                               wks_problems *problems)
{
    const wks_city_column_info *info = wks_columns_info(column);
    char text[32];
    if (area->level == WKS_AREA_LAND || !(area->value[column] > info->high)) return;
    wks_problems_error(problems, sheet->path, sheet->line[row], wks_sheet_position(sheet, row, map->part[column][0]),
                       "%.80s and the columns that belong to it add up to more than %s", sheet->header[map->part[column][0]],
                       wks_text_number(info->high, text));
}

static void read_values(const wks_sheet *sheet, size_t row, const column_map *map, wks_source_area *area, wks_problems *problems)
{
    for (int32_t c = 0; c < WKS_COLUMNS_N; c++) {
        area->value[c] = map->line[c] != NULL ? 0.0 : NAN;
        for (int32_t k = 0; k < map->n_parts[c]; k++) {
            double part;
            read_part(sheet, row, map->part[c][k], map->line[c], map->scale[c], area->level, map->decimal_comma, &part, problems);
            area->value[c] += part;
        }
        if (map->n_parts[c] > 1) check_sum_of_parts(sheet, row, map, c, area, problems);
    }
    for (int32_t c = 0; c < WKS_COLUMNS_N; c++)
        if (map->line[c] != NULL && map->line[c]->base >= 0)
            area->value[c] = wks_columns_within(c, floor(area->value[c] * area->value[map->line[c]->base] + 0.5));
}

static wks_status append_area(wks_source *source, wks_source_area **out, wks_err *err)
{
    size_t n = (size_t)source->n_areas;
    if (n + 1 > source->capacity) {
        size_t capacity = wks_mem_capacity(source->capacity, n + 1);
        wks_source_area *grown = wks_mem_resize(source->area, source->capacity, capacity, sizeof *grown);
        if (grown == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for %zu areas", capacity);
        source->area = grown;
        source->capacity = capacity;
    }
    *out = &source->area[source->n_areas++];
    memset(*out, 0, sizeof **out);
    return WKS_OK;
}

/* Level and code of a row; false after a problem was reported. */
static bool find_area(const wks_sheet *sheet, size_t row, const column_map *map, const wks_source *source, const char **out_code,
                      wks_area_level *out_level, wks_problems *problems)
{
    static const char *const kinds[] = {"Buurt", "Wijk", "Gemeente", "Land"};
    char nearest[160];
    int line = sheet->line[row], code_column = map->role[WKS_COLUMNS_CODE], level_column = map->role[WKS_COLUMNS_LEVEL];
    const char *code = code_column >= 0 ? wks_sheet_cell(sheet, row, code_column) : NULL;
    *out_code = code;
    *out_level = code_column < 0 && level_column < 0 ? WKS_AREA_LAND : WKS_AREA_BUURT; /* may be the country: known when it is joined */
    if (level_column >= 0) {
        const char *word = wks_sheet_cell(sheet, row, level_column);
        if (!wks_area_parse_level(word, out_level)) {
            wks_problems_error(problems, sheet->path, line, wks_sheet_position(sheet, row, level_column),
                               "'%.40s' is no kind of area; expected Buurt, Wijk, Gemeente or Land%s", word,
                               wks_problems_nearest(word, kinds, 4, nearest));
            return false;
        }
    }
    if (code == NULL) return true;
    if (level_column >= 0 ? !wks_area_code_fits(code, *out_level) : !wks_area_level_of(code, out_level)) {
        if (level_column >= 0)
            wks_problems_error(problems, sheet->path, line, wks_sheet_position(sheet, row, code_column),
                               "'%.40s' is no code of a %s; expected one like %s", code, wks_area_level_name(*out_level),
                               wks_area_example(*out_level));
        else
            wks_problems_error(problems, sheet->path, line, wks_sheet_position(sheet, row, code_column),
                               "'%.40s' is no code of an area; expected one like GM0344, WK034401 or BU03440111", code);
        return false;
    }
    int32_t other = wks_source_row(source, code);
    if (other < 0) return true;
    wks_problems_error(problems, sheet->path, line, wks_sheet_position(sheet, row, code_column),
                       "code %s occurs twice; expected each area once (first at %s:%d)", code, source->path, source->area[other].line);
    return false;
}

static bool is_left_out(const wks_sheet *sheet, size_t row, const column_map *map, wks_source *source)
{
    int period = map->role[WKS_COLUMNS_PERIOD], water = map->role[WKS_COLUMNS_WATER];
    if (period >= 0 && map->period != 0 && wks_year_in(wks_sheet_cell(sheet, row, period)) != map->period) {
        source->n_other_period++;
        return true;
    }
    /* JA: water; B: foreign water. */
    if (water >= 0 && !wks_text_equal_nocase(wks_sheet_cell(sheet, row, water), "NEE") && wks_sheet_cell(sheet, row, water)[0] != '\0') {
        source->n_water++;
        return true;
    }
    return false;
}

static const char *text_of(const wks_sheet *sheet, size_t row, int column)
{
    return column >= 0 ? wks_sheet_cell(sheet, row, column) : "";
}

static wks_status add_row(wks_source *source, const wks_sheet *sheet, size_t row, const column_map *map, wks_problems *problems,
                          wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_source_area *area = NULL;
    wks_area_level level;
    const char *code = NULL;

    if (is_left_out(sheet, row, map, source)) return WKS_OK;
    if (!find_area(sheet, row, map, source, &code, &level, problems)) return WKS_OK;
    WKS_TRY(append_area(source, &area, err));
    if (code != NULL) {
        int32_t added = -1;
        WKS_TRY(wks_codes_add(&source->codes, code, &added, err));
        WKS_BUG_IF(added != source->n_areas - 1);
        area->code = source->codes.code[added];
    }
    area->level = level;
    area->line = sheet->line[row];
    const char *name = text_of(sheet, row, map->role[WKS_COLUMNS_NAME]), *gemeente = text_of(sheet, row, map->role[WKS_COLUMNS_GEMEENTE]);
    if (gemeente[0] == '\0' && code != NULL && level == WKS_AREA_GEMEENTE) gemeente = name;
    if (name[0] == '\0') name = level == WKS_AREA_GEMEENTE && gemeente[0] != '\0' ? gemeente : code != NULL ? code : "";
    area->name = wks_mem_string(name);
    area->gemeente_name = wks_mem_string(gemeente);
    if (area->name == NULL || area->gemeente_name == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for an area");
    read_values(sheet, row, map, area, problems);
out:
    return rc;
}

/* A table that has names of the workbook but not those that tell the area. */
static void check_workbook(const wks_sheet *sheet, const wks_source *source, wks_problems *problems)
{
    if (source->has_codes && source->n_mapped > 0) return;
    if (count_workbook_names(sheet) < 3) return;
    if (wks_sheet_column(sheet, "gwb_code") < 0) report_missing_column(sheet, "gwb_code", problems);
    if (wks_sheet_column(sheet, "a_inw") < 0) report_missing_column(sheet, "a_inw", problems);
}

static wks_status open_source(const wks_sheet *sheet, wks_source *out, wks_err *err)
{
    memset(out, 0, sizeof *out);
    out->path = wks_mem_string(sheet->path);
    out->sheet_name = wks_mem_string(sheet->name);
    out->kind = sheet->kind;
    out->n_rows = sheet->n_rows;
    out->n_source_columns = sheet->n_columns;
    return out->path == NULL || out->sheet_name == NULL ? wks_err_set(err, WKS_ERR_NOMEM, "no memory for a table") : WKS_OK;
}

wks_status wks_source_read(const wks_sheet *sheet, int32_t year, wks_source *out, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    /* Old workbooks hold numbers as cells and, here and there, as text with a comma. */
    column_map map = {.decimal_comma = sheet->kind == WKS_SHEET_XLS || wks_sheet_has_decimal_comma(sheet)};
    size_t n_errors = problems->n_errors;

    WKS_TRY(open_source(sheet, out, err));
    for (int r = 0; r < WKS_COLUMNS_N_ROLES; r++)
        map.role[r] = role(sheet, (wks_columns_role)r);
    out->has_codes = map.role[WKS_COLUMNS_CODE] >= 0;
    out->has_levels = map.role[WKS_COLUMNS_LEVEL] >= 0;
    map.period = wks_year_latest(sheet, map.role[WKS_COLUMNS_PERIOD]);
    const int area = map.role[WKS_COLUMNS_CODE] >= 0 ? map.role[WKS_COLUMNS_CODE] : map.role[WKS_COLUMNS_NAME];
    out->year = wks_year_of(sheet, year, map.role[WKS_COLUMNS_PERIOD], column_of_persons(sheet), area, &out->year_from, problems);
    find_columns(sheet, out->year, &map, out);
    check_workbook(sheet, out, problems);
    if (problems->n_errors > n_errors) WKS_FAIL(err, WKS_ERR_DATA, "%s: columns are missing", sheet->path);
    if (sheet->n_rows == 0)
        wks_problems_error(problems, sheet->path, 1, 0, "has a header but no rows; expected gemeenten, wijken and buurten");
    for (size_t row = 0; row < sheet->n_rows; row++)
        WKS_TRY(add_row(out, sheet, row, &map, problems, err));
    if (problems->n_errors > n_errors) rc = wks_err_set(err, WKS_ERR_DATA, "%s: problems in the data", sheet->path);
out:
    if (rc != WKS_OK) wks_source_free(out);
    return rc;
}
