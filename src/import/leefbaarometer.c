#include "import/leefbaarometer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "import/ogr.h"

static const char *const dimension[] = {"won", "fys", "vrz", "soc", "onv"};
/* Version 2.0: veiligheid for onv; nothing for soc. */
static const char *const dimension2[] = {"RLBWON", "RLBFYS", "RLBVRZ", NULL, "RLBVEI"};
enum { N_DIMENSIONS = 5, VERSION_2 = 2, VERSION_3 = 3 };

static const char *const code_names[] = {"code", "buurtcode", "bu_code", "gwb_code", "statcode", "GBD"};

static int find_code(const wks_sheet *sheet)
{
    for (size_t i = 0; i < sizeof code_names / sizeof *code_names; i++) {
        int column = wks_sheet_column(sheet, code_names[i]);
        if (column >= 0) return column;
    }
    return -1;
}

static int32_t version_of(const wks_sheet *sheet)
{
    return wks_sheet_column(sheet, "RLBWON") >= 0 && wks_sheet_column(sheet, "RLBVEI") >= 0 ? VERSION_2 : VERSION_3;
}

bool wks_leefbaarometer_recognises(const wks_sheet *sheet)
{
    int32_t n = 0;
    for (int32_t d = 0; d < N_DIMENSIONS; d++)
        n += wks_sheet_column(sheet, dimension[d]) >= 0;
    return find_code(sheet) >= 0 && (n >= 3 || version_of(sheet) == VERSION_2);
}

/* The columns of a table of scores. */
typedef struct score_columns {
    int code, year, value[N_DIMENSIONS]; /* -1: none */
    int32_t version, latest;             /* year whose rows are taken; 0: all */
    bool decimal_comma;
} score_columns;

/* Year of a row ("2024", "2024.0"), 0 if it tells none. */
static int32_t year_of(const wks_sheet *sheet, size_t row, int column)
{
    double year;
    wks_sheet_number kind = wks_sheet_parse(wks_sheet_cell(sheet, row, column), &year);
    return kind == WKS_SHEET_NUMBER && year >= 1998.0 && year <= 2099.0 ? (int32_t)year : 0;
}

static wks_status find_columns(const wks_sheet *sheet, score_columns *out, wks_problems *problems, wks_err *err)
{
    char nearest[160];
    const char *const *header = (const char *const *)sheet->header;
    size_t n_errors = problems->n_errors;
    *out = (score_columns){.code = find_code(sheet), .version = version_of(sheet), .decimal_comma = wks_sheet_has_decimal_comma(sheet)};
    if (out->code < 0)
        wks_problems_error(problems, sheet->path, 1, 0, "column 'code' is missing; expected Leefbaarometer 3.0 scores of buurten%s",
                           wks_problems_nearest("code", header, sheet->n_columns, nearest));
    for (int32_t d = 0; d < N_DIMENSIONS; d++) {
        const char *name = out->version == VERSION_2 ? dimension2[d] : dimension[d];
        out->value[d] = name != NULL ? wks_sheet_column(sheet, name) : -1;
        if (out->value[d] < 0 && name != NULL)
            wks_problems_error(problems, sheet->path, 1, 0,
                               "column '%s' is missing; expected the dimensions won, fys, vrz, soc, onv of Leefbaarometer 3.0%s", name,
                               wks_problems_nearest(name, header, sheet->n_columns, nearest));
    }
    out->year = wks_sheet_column(sheet, "jaar");
    if (out->year < 0) out->year = wks_sheet_column(sheet, "year");
    for (size_t row = 0; out->year >= 0 && row < sheet->n_rows; row++) { /* of several measurements the latest */
        int32_t year = year_of(sheet, row, out->year);
        if (year > out->latest) out->latest = year;
    }
    return problems->n_errors > n_errors ? wks_err_set(err, WKS_ERR_DATA, "%s: columns are missing", sheet->path) : WKS_OK;
}

static void read_score(const wks_sheet *sheet, size_t row, int column, bool decimal_comma, double *out, wks_problems *problems)
{
    int line = sheet->line[row], position = wks_sheet_position(sheet, row, column);
    const char *cell = wks_sheet_cell(sheet, row, column), *name = sheet->header[column];
    double value;
    wks_sheet_number kind = wks_sheet_parse(cell, &value);
    if (kind == WKS_SHEET_MISSING) return;
    if (kind == WKS_SHEET_TEXT)
        wks_problems_error(problems, sheet->path, line, position, "'%.40s' in column %s is no number; expected a deviation such as -0.0431",
                           cell, name);
    else if (kind == WKS_SHEET_COMMA && !decimal_comma)
        wks_problems_error(problems, sheet->path, line, position,
                           "'%.40s' in column %s has a decimal comma; expected a decimal point as elsewhere in this file", cell, name);
    else if (!(value >= -2.0 && value <= 2.0))
        wks_problems_error(problems, sheet->path, line, position,
                           "%.40s in column %s is out of range; expected -2 to 2 (deviation from the national mean)", cell, name);
    else
        *out = value;
}

int32_t wks_leefbaarometer_check(const wks_draft *draft, const char *path, wks_problems *problems)
{
    int32_t n_inhabited = 0, n_unscored = 0;
    const char *first = NULL;
    for (int32_t i = 0; i < draft->n_buurten; i++) {
        const double *value = draft->buurt[i].value;
        if (isfinite(value[WKS_CITY_lbm_won])) continue;
        n_unscored++;
        bool is_inhabited = isfinite(value[WKS_CITY_households]) ? value[WKS_CITY_households] > 0.0 : value[WKS_CITY_persons] > 0.0;
        if (is_inhabited && n_inhabited++ == 0) first = draft->buurt[i].code;
    }
    if (n_inhabited > 0)
        wks_problems_warning(problems, path, 0, 0,
                             "%d buurten with households have no score (first %s): filled with the mean of their wijk or gemeente",
                             (int)n_inhabited, first);
    return n_unscored;
}

/* The draft's area with that code, NULL if it has none. */
static wks_draft_area *find_area(wks_draft *draft, const char *code, wks_area_level *out_level)
{
    if (!wks_area_level_of(code, out_level)) return NULL;
    switch (*out_level) {
    case WKS_AREA_BUURT: {
        int32_t row = wks_draft_buurt_row(draft, code);
        return row >= 0 ? &draft->buurt[row] : NULL;
    }
    case WKS_AREA_WIJK: {
        int32_t row = wks_draft_wijk_row(draft, code);
        return row >= 0 ? &draft->wijk[row] : NULL;
    }
    case WKS_AREA_GEMEENTE: {
        int32_t row = wks_draft_gemeente_row(draft, code);
        return row >= 0 ? &draft->gemeente[row] : NULL;
    }
    case WKS_AREA_LAND: break;
    }
    return NULL;
}

static void take_row(const wks_sheet *sheet, size_t row, const score_columns *columns, wks_draft *draft, wks_draft_area *area,
                     wks_area_level level, wks_problems *problems)
{
    bool is_newer = columns->version == VERSION_3;
    int32_t year = columns->year >= 0 ? year_of(sheet, row, columns->year) : 0;
    if (is_newer && year > 0 && level == WKS_AREA_BUURT) snprintf(draft->lbm_year, sizeof draft->lbm_year, "%d", (int)year);
    for (int32_t d = 0; d < N_DIMENSIONS; d++) {
        int32_t c = (int32_t)WKS_CITY_lbm_won + d;
        if (columns->value[d] < 0 || (!is_newer && isfinite(area->value[c]))) continue;
        read_score(sheet, row, columns->value[d], columns->decimal_comma, &area->value[c], problems);
        if (isfinite(area->value[c])) area->origin[c] = is_newer ? WKS_CITY_ORIGIN_published : WKS_CITY_ORIGIN_estimated;
    }
}

wks_status wks_leefbaarometer_add(const wks_sheet *sheet, wks_draft *draft, wks_leefbaarometer_report *out, wks_problems *problems,
                                  wks_err *err)
{
    wks_status rc = WKS_OK;
    score_columns columns;
    wks_codes seen = {0};
    int *seen_line = NULL;
    size_t n_errors = problems->n_errors;

    memset(out, 0, sizeof *out);
    WKS_TRY(find_columns(sheet, &columns, problems, err));
    out->level = columns.version == VERSION_2 ? WKS_AREA_WIJK : WKS_AREA_BUURT; /* when none matches */
    seen_line = wks_mem_array(sheet->n_rows, sizeof *seen_line);
    if (seen_line == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the scores");
    for (size_t row = 0; row < sheet->n_rows; row++) {
        wks_area_level level;
        const char *code = wks_sheet_cell(sheet, row, columns.code);
        if (columns.latest != 0 && year_of(sheet, row, columns.year) != columns.latest) continue;
        wks_draft_area *area = find_area(draft, code, &level);
        if (area == NULL) continue;
        int32_t at = -1, n_seen = seen.n;
        WKS_TRY(wks_codes_add(&seen, code, &at, err));
        if (at < n_seen) {
            wks_problems_error(problems, sheet->path, sheet->line[row], wks_sheet_position(sheet, row, columns.code),
                               "code %s occurs twice; expected each buurt once (first on line %d)", code, seen_line[at]);
            continue;
        }
        seen_line[at] = sheet->line[row];
        out->n_matched++;
        out->level = level;
        take_row(sheet, row, &columns, draft, area, level, problems);
    }
    out->n_rows = (int32_t)sheet->n_rows;
    out->version = columns.version;
    if (columns.latest > 0) snprintf(out->year, sizeof out->year, "%d", (int)(columns.latest % 10000));
    if (out->n_matched == 0 && columns.version == VERSION_2) /* of wijken that may have other codes now; it is only a help */
        wks_problems_warning(problems, sheet->path, 0, 0, "none of its %d rows is of a wijk of this city, such as %s: not used",
                             (int)sheet->n_rows, draft->wijk[0].code);
    else if (out->n_matched == 0)
        wks_problems_error(problems, sheet->path, 0, 0, "none of its %d rows is of a buurt of this city; expected codes such as %s",
                           (int)sheet->n_rows, draft->buurt[0].code);
    if (problems->n_errors > n_errors) WKS_FAIL(err, WKS_ERR_DATA, "%s: problems in the scores", sheet->path);
    if (columns.version != VERSION_3) {
        draft->has_leefbaarometer_2 = true;
        snprintf(draft->lbm_2_year, sizeof draft->lbm_2_year, "%s", out->year);
    }
    draft->has_leefbaarometer = draft->has_leefbaarometer || (columns.version == VERSION_3 && out->level == WKS_AREA_BUURT);
out:
    free(seen_line);
    wks_codes_free(&seen);
    return rc;
}

/* The layer of a map that has scores. */
static wks_status read_map(const char *path, wks_sheet *out, wks_problems *problems, wks_err *err)
{
    int n_layers = 1;
    for (int i = 0; i < n_layers; i++) {
        wks_status rc = wks_ogr_attributes(path, i, out, &n_layers, problems, err);
        if (rc != WKS_OK || wks_leefbaarometer_recognises(out)) return rc;
        wks_sheet_free(out);
    }
    wks_problems_error(problems, path, 0, 0, "has no layer with scores; expected attributes code, won, fys, vrz, soc, onv");
    return wks_err_set(err, WKS_ERR_DATA, "%s: no scores", path);
}

wks_status wks_leefbaarometer_read(const char *path, wks_draft *draft, wks_leefbaarometer_report *out, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_sheet sheet = {0};
    wks_sheet_kind kind;

    WKS_TRY(wks_sheet_kind_of(path, &kind, problems, err));
    if (wks_sheet_is_map(kind))
        WKS_TRY(read_map(path, &sheet, problems, err));
    else
        WKS_TRY(wks_sheet_read(path, dimension, N_DIMENSIONS, &sheet, problems, err));
    WKS_TRY(wks_leefbaarometer_add(&sheet, draft, out, problems, err));
out:
    wks_sheet_free(&sheet);
    return rc;
}
