#include "import/kwb.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

/* Names by year: CBS kwb workbooks and their explanation (Toelichting variabelen kwb 2023 and 2024); years before 2020 as reported by users of
 * the older workbooks. For one of our columns the first line that the file has and whose years fit is used. */
#define COUNT   1.0, 0.0, ""
#define PERCENT 0.01, 0.0, "published as whole per cent"
const wks_kwb_column wks_kwb_column_table[] = {
    {WKS_CITY_persons, "a_inw", 2013, 9999, COUNT},
    {WKS_CITY_men, "a_man", 2013, 9999, COUNT},
    {WKS_CITY_women, "a_vrouw", 2013, 9999, COUNT},
    {WKS_CITY_age_00_14, "a_00_14", 2013, 9999, COUNT},
    {WKS_CITY_age_15_24, "a_15_24", 2013, 9999, COUNT},
    {WKS_CITY_age_25_44, "a_25_44", 2013, 9999, COUNT},
    {WKS_CITY_age_45_64, "a_45_64", 2013, 9999, COUNT},
    {WKS_CITY_age_65_plus, "a_65_oo", 2013, 9999, COUNT},
    /* Before 2022 CBS published migratieachtergrond (a_w_all, a_nw_all): another concept, so it is not mapped. */
    {WKS_CITY_origin_nl, "a_nl_all", 2022, 9999, COUNT},
    {WKS_CITY_origin_europe, "a_eur_al", 2022, 9999, COUNT},
    {WKS_CITY_origin_outside_europe, "a_neu_al", 2022, 9999, COUNT},
    {WKS_CITY_households, "a_hh", 2013, 9999, COUNT},
    {WKS_CITY_households_one_person, "a_1p_hh", 2013, 9999, COUNT},
    {WKS_CITY_households_without_children, "a_hh_z_k", 2013, 9999, COUNT},
    {WKS_CITY_households_with_children, "a_hh_m_k", 2013, 9999, COUNT},
    {WKS_CITY_dwellings, "a_woning", 2013, 9999, COUNT},
    {WKS_CITY_share_vacant, "p_leegsw", 2013, 9999, PERCENT},
    {WKS_CITY_share_vacant, "p_bewndw", 2013, 9999, -0.01, 1.0, "1 minus the share occupied"},
    {WKS_CITY_share_single_family, "p_1gezw", 2013, 9999, PERCENT},
    {WKS_CITY_share_single_family, "p_mgezw", 2013, 9999, -0.01, 1.0, "1 minus the share multi-family"},
    {WKS_CITY_share_owner, "p_koopw", 2013, 9999, PERCENT},
    {WKS_CITY_share_corporatie, "p_wcorpw", 2013, 9999, PERCENT},
    {WKS_CITY_share_private_rent, "p_ov_hw", 2013, 9999, PERCENT},
    {WKS_CITY_share_built_since_2000, "p_bjo2k", 2013, 9999, PERCENT},
    {WKS_CITY_share_built_since_2000, "p_bjj2k", 2013, 9999, -0.01, 1.0, "1 minus the share built before 2000"},
    {WKS_CITY_woz_eur, "g_wozbag", 2020, 9999, 1000.0, 0.0, "published in 1 000 euro"},
    {WKS_CITY_woz_eur, "g_woz", 2013, 2019, 1000.0, 0.0, "published in 1 000 euro"},
    {WKS_CITY_bijstand, "a_soz_wb", 2013, 9999, COUNT},
    {WKS_CITY_ao, "a_soz_ao", 2013, 9999, COUNT},
    {WKS_CITY_ww, "a_soz_ww", 2013, 9999, COUNT},
    {WKS_CITY_income_per_person_eur, "g_ink_pi", 2013, 9999, 1000.0, 0.0, "published in 1 000 euro"},
    {WKS_CITY_area_ha, "a_lan_ha", 2013, 9999, COUNT},
    {WKS_CITY_address_density, "ste_oad", 2013, 9999, COUNT},
};
const int32_t wks_kwb_n_columns = (int32_t)(sizeof wks_kwb_column_table / sizeof *wks_kwb_column_table);

const char *const wks_kwb_required[] = {"gwb_code", "recs", "regio", "gm_naam", "a_inw"};
const int32_t wks_kwb_n_required = (int32_t)(sizeof wks_kwb_required / sizeof *wks_kwb_required);

enum { COLUMN_CODE, COLUMN_RECS, COLUMN_NAME, COLUMN_GEMEENTE, N_TEXT_COLUMNS };

void wks_kwb_free(wks_kwb *kwb)
{
    if (kwb == NULL) return;
    for (int32_t i = 0; i < kwb->n_areas; i++) {
        free(kwb->area[i].name);
        free(kwb->area[i].gemeente_name);
    }
    free(kwb->area);
    wks_codes_free(&kwb->codes);
    for (size_t i = 0; i < kwb->n_paths; i++)
        free(kwb->path[i]);
    free(kwb->path);
    memset(kwb, 0, sizeof *kwb);
}

int32_t wks_kwb_row(const wks_kwb *kwb, const char *code)
{
    return wks_codes_row(&kwb->codes, code);
}

void wks_kwb_parent_code(const char *code, wks_kwb_level level, char *out)
{
    WKS_BUG_IF(strlen(code) < 6 || (level == WKS_KWB_WIJK && strlen(code) < 8));
    snprintf(out, 11, level == WKS_KWB_WIJK ? "WK%.6s" : "GM%.4s", code + 2);
}

bool wks_kwb_recognises(const wks_sheet *sheet)
{
    int32_t n = 0;
    for (int32_t i = 0; i < wks_kwb_n_required; i++)
        n += wks_sheet_column(sheet, wks_kwb_required[i]) >= 0;
    for (int32_t i = 0; i < wks_kwb_n_columns; i++)
        n += wks_sheet_column(sheet, wks_kwb_column_table[i].theirs) >= 0;
    return n >= 5;
}

/* ---- the year ---- */

/* The last number 2013..2099 of four digits in a text, 0 if none. */
static int32_t year_in(const char *s)
{
    int32_t year = 0;
    for (size_t n = strspn(s, "0123456789"); *s != '\0'; n = strspn(s, "0123456789")) {
        if (n == 4) {
            int32_t value = (s[0] - '0') * 1000 + (s[1] - '0') * 100 + (s[2] - '0') * 10 + (s[3] - '0');
            if (value >= 2013 && value <= 2099) year = value;
        }
        s += n > 0 ? n : 1;
    }
    return year;
}

static int32_t find_year(const wks_sheet *sheet, int32_t asked, const char **out_from)
{
    static const char *const names[] = {"year", "jaar"};
    if (asked != 0) {
        *out_from = "--year";
        return asked;
    }
    for (size_t i = 0; i < 2; i++) {
        int column = wks_sheet_column(sheet, names[i]);
        int32_t year = column >= 0 && sheet->n_rows > 0 ? year_in(wks_sheet_cell(sheet, 0, column)) : 0;
        *out_from = "column";
        if (year != 0) return year;
    }
    const char *slash = strrchr(sheet->path, '/');
    int32_t year = year_in(slash != NULL ? slash + 1 : sheet->path);
    *out_from = "file name";
    if (year != 0) return year;
    year = year_in(sheet->name);
    *out_from = year != 0 ? "sheet name" : "";
    return year;
}

/* ---- columns ---- */

typedef struct column_map {
    int text[N_TEXT_COLUMNS];
    int value[WKS_CITY_N_COLUMNS]; /* column of the sheet, -1 */
    const wks_kwb_column *map[WKS_CITY_N_COLUMNS];
} column_map;

/* Whether we read a column of that name: then it is no misspelling of another. */
static bool is_known_column(const char *name)
{
    for (int32_t i = 0; i < wks_kwb_n_required; i++) {
        if (wks_text_equal_nocase(name, wks_kwb_required[i])) return true;
    }
    for (int32_t i = 0; i < wks_kwb_n_columns; i++) {
        if (wks_text_equal_nocase(name, wks_kwb_column_table[i].theirs)) return true;
    }
    return false;
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

static void find_columns(const wks_sheet *sheet, int32_t year, column_map *out, wks_problems *problems)
{
    for (int32_t i = 0; i < wks_kwb_n_required; i++) {
        int column = wks_sheet_column(sheet, wks_kwb_required[i]);
        if (i < N_TEXT_COLUMNS) out->text[i] = column;
        if (column < 0) report_missing_column(sheet, wks_kwb_required[i], problems);
    }
    for (int32_t c = 0; c < WKS_CITY_N_COLUMNS; c++) {
        out->value[c] = -1;
        out->map[c] = NULL;
    }
    for (int32_t i = 0; i < wks_kwb_n_columns; i++) {
        const wks_kwb_column *line = &wks_kwb_column_table[i];
        if (out->map[line->ours] != NULL) continue;
        if (year != 0 && (year < line->first_year || year > line->last_year)) continue;
        int column = wks_sheet_column(sheet, line->theirs);
        if (column < 0) continue;
        out->map[line->ours] = line;
        out->value[line->ours] = column;
    }
}

/* ---- rows ---- */

static bool parse_level(const char *recs, wks_kwb_level *out)
{
    static const struct {
        const char *name;
        wks_kwb_level level;
    } names[] = {{"Buurt", WKS_KWB_BUURT},
                 {"Wijk", WKS_KWB_WIJK},
                 {"Gemeente", WKS_KWB_GEMEENTE},
                 {"Land", WKS_KWB_LAND},
                 {"Nederland", WKS_KWB_LAND}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (wks_text_equal_nocase(recs, names[i].name)) {
            *out = names[i].level;
            return true;
        }
    return false;
}

static bool code_fits(const char *code, wks_kwb_level level)
{
    static const struct {
        const char *prefix;
        size_t length;
    } form[] = {[WKS_KWB_LAND] = {"NL", 4}, [WKS_KWB_GEMEENTE] = {"GM", 6}, [WKS_KWB_WIJK] = {"WK", 8}, [WKS_KWB_BUURT] = {"BU", 10}};
    if (strlen(code) != form[level].length || strncmp(code, form[level].prefix, 2) != 0) return false;
    for (const char *s = code + 2; *s != '\0'; s++)
        if (!((*s >= '0' && *s <= '9') || (*s >= 'A' && *s <= 'Z'))) return false;
    return true;
}

static void read_value(const wks_sheet *sheet, size_t row, int column, const wks_kwb_column *map, wks_kwb_level level, bool decimal_comma,
                       double *out, wks_problems *problems)
{
    const wks_city_column_info *info = &wks_city_column_table[map->ours];
    const char *cell = wks_sheet_cell(sheet, row, column);
    int line = sheet->line[row], position = wks_sheet_position(sheet, row, column);
    double theirs;
    *out = NAN;
    switch (wks_sheet_parse(cell, &theirs)) {
    case WKS_SHEET_MISSING: return;
    case WKS_SHEET_TEXT:
        wks_problems_error(problems, sheet->path, line, position, "'%.40s' in column %s is no number; expected a number or '.' for missing",
                           cell, map->theirs);
        return;
    case WKS_SHEET_COMMA:
        if (!decimal_comma) {
            wks_problems_error(problems, sheet->path, line, position,
                               "'%.40s' in column %s has a decimal comma; expected a decimal point as elsewhere in this file", cell,
                               map->theirs);
            return;
        }
        break;
    case WKS_SHEET_NUMBER: break;
    }
    double ours = map->factor * theirs + map->offset;
    double high_ours = info->is_count && level == WKS_KWB_LAND ? 1e9 : info->high; /* the table's range is a buurt's */
    if (!(ours >= info->low && ours <= high_ours)) {
        double a = (info->low - map->offset) / map->factor, b = (high_ours - map->offset) / map->factor;
        char low[32], high[32];
        wks_problems_error(problems, sheet->path, line, position, "%.40s in column %s is out of range; expected %s to %s", cell,
                           map->theirs, wks_text_number(a < b ? a : b, low), wks_text_number(a < b ? b : a, high));
        return;
    }
    /* 44 per cent is 0.44, not 0.44000000000000006. */
    *out = info->is_count ? ours : floor(ours * 1e6 + 0.5) / 1e6;
}

static wks_status append_area(wks_kwb *kwb, wks_kwb_area **out, wks_err *err)
{
    size_t n = (size_t)kwb->n_areas;
    if (n + 1 > kwb->capacity) {
        size_t capacity = wks_mem_capacity(kwb->capacity, n + 1);
        wks_kwb_area *grown = wks_mem_resize(kwb->area, kwb->capacity, capacity, sizeof *grown);
        if (grown == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for %zu areas", capacity);
        kwb->area = grown;
        kwb->capacity = capacity;
    }
    *out = &kwb->area[kwb->n_areas++];
    return WKS_OK;
}

static wks_status add_row(wks_kwb *kwb, const wks_sheet *sheet, size_t row, const column_map *columns, bool decimal_comma,
                          wks_problems *problems, wks_err *err)
{
    static const char *const kinds[] = {"Buurt", "Wijk", "Gemeente", "Land"};
    wks_status rc = WKS_OK;
    const char *code = wks_sheet_cell(sheet, row, columns->text[COLUMN_CODE]);
    const char *recs = wks_sheet_cell(sheet, row, columns->text[COLUMN_RECS]);
    int line = sheet->line[row];
    wks_kwb_level level;
    wks_kwb_area *area = NULL;
    char nearest[160];

    if (!parse_level(recs, &level)) {
        wks_problems_error(problems, sheet->path, line, wks_sheet_position(sheet, row, columns->text[COLUMN_RECS]),
                           "'%.40s' is no kind of area; expected Buurt, Wijk, Gemeente or Land%s", recs,
                           wks_problems_nearest(recs, kinds, 4, nearest));
        return WKS_OK;
    }
    if (!code_fits(code, level)) {
        static const char *const form[] = {"NL00", "GM0344", "WK034401", "BU03440111"};
        wks_problems_error(problems, sheet->path, line, wks_sheet_position(sheet, row, columns->text[COLUMN_CODE]),
                           "'%.40s' is no code of a %s; expected one like %s", code, recs, form[level]);
        return WKS_OK;
    }
    int32_t other = wks_kwb_row(kwb, code);
    if (other >= 0) {
        wks_problems_error(problems, sheet->path, line, wks_sheet_position(sheet, row, columns->text[COLUMN_CODE]),
                           "code %s occurs twice; expected each area once (first at %s:%d)", code, kwb->area[other].file,
                           kwb->area[other].line);
        return WKS_OK;
    }
    int32_t added = -1;
    WKS_TRY(append_area(kwb, &area, err));
    WKS_TRY(wks_codes_add(&kwb->codes, code, &added, err));
    WKS_BUG_IF(added != kwb->n_areas - 1);
    area->level = level;
    area->file = kwb->path[kwb->n_paths - 1];
    area->line = line;
    area->code = kwb->codes.code[added];
    area->name = wks_mem_string(wks_sheet_cell(sheet, row, columns->text[COLUMN_NAME]));
    area->gemeente_name = wks_mem_string(wks_sheet_cell(sheet, row, columns->text[COLUMN_GEMEENTE]));
    if (area->name == NULL || area->gemeente_name == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for an area");
    for (int32_t c = 0; c < WKS_CITY_N_COLUMNS; c++) {
        area->value[c] = NAN;
        if (columns->map[c] != NULL)
            read_value(sheet, row, columns->value[c], columns->map[c], level, decimal_comma, &area->value[c], problems);
    }
out:
    return rc;
}

static wks_status add_path(wks_kwb *kwb, const char *path, wks_err *err)
{
    char **grown = wks_mem_resize(kwb->path, kwb->n_paths, kwb->n_paths + 1, sizeof *grown);
    if (grown == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for a path");
    kwb->path = grown;
    kwb->path[kwb->n_paths] = wks_mem_string(path);
    if (kwb->path[kwb->n_paths] == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for a path");
    kwb->n_paths++;
    return WKS_OK;
}

wks_status wks_kwb_add(wks_kwb *kwb, const wks_sheet *sheet, int32_t year, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    column_map columns;
    size_t n_errors = problems->n_errors;
    bool decimal_comma = wks_sheet_has_decimal_comma(sheet);
    const char *year_from = "";

    WKS_TRY(add_path(kwb, sheet->path, err));
    int32_t found = find_year(sheet, year, &year_from);
    if (kwb->year == 0 || found == kwb->year) {
        kwb->year = found;
        kwb->year_from = year_from;
    } else if (found != 0) {
        wks_problems_error(problems, sheet->path, 0, 0, "is of %d but %s of %d; expected one edition", (int)found, kwb->path[0],
                           (int)kwb->year);
    }
    kwb->n_source_columns = sheet->n_columns;
    find_columns(sheet, kwb->year, &columns, problems);
    if (problems->n_errors > n_errors) WKS_FAIL(err, WKS_ERR_DATA, "%s: columns are missing", sheet->path);
    for (int32_t c = 0; c < WKS_CITY_N_COLUMNS; c++)
        if (columns.map[c] != NULL) kwb->column[c] = columns.map[c];
    if (sheet->n_rows == 0)
        wks_problems_error(problems, sheet->path, 1, 0, "has a header but no rows; expected gemeenten, wijken and buurten");
    for (size_t row = 0; row < sheet->n_rows; row++)
        WKS_TRY(add_row(kwb, sheet, row, &columns, decimal_comma, problems, err));
    if (problems->n_errors > n_errors) rc = wks_err_set(err, WKS_ERR_DATA, "%s: problems in the data", sheet->path);
out:
    return rc;
}
