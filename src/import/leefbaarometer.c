#include "import/leefbaarometer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const char *const dimension[] = {"won", "fys", "vrz", "soc", "onv"};
enum { N_DIMENSIONS = 5 };

static const char *const code_names[] = {"code", "buurtcode", "bu_code", "gwb_code", "statcode"};

static int find_code(const wks_sheet *sheet)
{
    for (size_t i = 0; i < sizeof code_names / sizeof *code_names; i++) {
        int column = wks_sheet_column(sheet, code_names[i]);
        if (column >= 0) return column;
    }
    return -1;
}

static wks_status find_columns(const wks_sheet *sheet, int *out_code, int *out_value, wks_problems *problems, wks_err *err)
{
    char nearest[160];
    const char *const *header = (const char *const *)sheet->header;
    size_t n_errors = problems->n_errors;
    *out_code = find_code(sheet);
    if (*out_code < 0)
        wks_problems_error(problems, sheet->path, 1, 0, "column 'code' is missing; expected Leefbaarometer 3.0 scores of buurten%s",
                           wks_problems_nearest("code", header, sheet->n_columns, nearest));
    for (int32_t d = 0; d < N_DIMENSIONS; d++) {
        out_value[d] = wks_sheet_column(sheet, dimension[d]);
        if (out_value[d] < 0)
            wks_problems_error(problems, sheet->path, 1, 0,
                               "column '%s' is missing; expected the dimensions won, fys, vrz, soc, onv of Leefbaarometer 3.0%s",
                               dimension[d], wks_problems_nearest(dimension[d], header, sheet->n_columns, nearest));
    }
    return problems->n_errors > n_errors ? wks_err_set(err, WKS_ERR_DATA, "%s: columns are missing", sheet->path) : WKS_OK;
}

static void read_score(const wks_sheet *sheet, size_t row, int column, const char *name, bool decimal_comma, double *out,
                       wks_problems *problems)
{
    int line = sheet->line[row], position = wks_sheet_position(sheet, row, column);
    const char *cell = wks_sheet_cell(sheet, row, column);
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

static void report_unscored(const wks_draft *draft, const char *path, wks_leefbaarometer_report *out, wks_problems *problems)
{
    int32_t n_inhabited = 0;
    const char *first = NULL;
    for (int32_t i = 0; i < draft->n_buurten; i++) {
        if (isfinite(draft->buurt[i].value[WKS_CITY_lbm_won])) continue;
        out->n_unscored++;
        if (draft->buurt[i].value[WKS_CITY_households] > 0.0 && n_inhabited++ == 0) first = draft->buurt[i].code;
    }
    if (n_inhabited > 0)
        wks_problems_warning(problems, path, 0, 0,
                             "%d buurten with households have no score (first %s): filled with the mean of their wijk or gemeente",
                             (int)n_inhabited, first);
}

wks_status wks_leefbaarometer_read(const char *path, wks_draft *draft, wks_leefbaarometer_report *out, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_sheet sheet = {0};
    int code = -1, value[N_DIMENSIONS], year;
    int *seen_line = NULL;
    size_t n_errors = problems->n_errors;

    memset(out, 0, sizeof *out);
    WKS_TRY(wks_sheet_read(path, dimension, N_DIMENSIONS, &sheet, problems, err));
    WKS_TRY(find_columns(&sheet, &code, value, problems, err));
    seen_line = wks_mem_array((size_t)draft->n_buurten, sizeof *seen_line);
    if (seen_line == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the scores");
    year = wks_sheet_column(&sheet, "year");
    bool decimal_comma = wks_sheet_has_decimal_comma(&sheet);
    for (size_t row = 0; row < sheet.n_rows; row++) {
        int32_t buurt = wks_draft_buurt_row(draft, wks_sheet_cell(&sheet, row, code));
        if (buurt < 0) continue;
        if (seen_line[buurt] != 0) {
            wks_problems_error(problems, path, sheet.line[row], wks_sheet_position(&sheet, row, code),
                               "code %s occurs twice; expected each buurt once (first on line %d)", draft->buurt[buurt].code,
                               seen_line[buurt]);
            continue;
        }
        seen_line[buurt] = sheet.line[row];
        out->n_matched++;
        if (year >= 0) snprintf(draft->lbm_year, sizeof draft->lbm_year, "%.4s", wks_sheet_cell(&sheet, row, year));
        for (int32_t d = 0; d < N_DIMENSIONS; d++) {
            wks_draft_area *area = &draft->buurt[buurt];
            read_score(&sheet, row, value[d], dimension[d], decimal_comma, &area->value[WKS_CITY_lbm_won + d], problems);
            if (isfinite(area->value[WKS_CITY_lbm_won + d])) area->origin[WKS_CITY_lbm_won + d] = WKS_CITY_ORIGIN_published;
        }
    }
    out->n_rows = (int32_t)sheet.n_rows;
    if (out->n_matched == 0)
        wks_problems_error(problems, path, 0, 0, "none of its %d rows is of a buurt of this city; expected codes such as %s",
                           (int)out->n_rows, draft->buurt[0].code);
    if (problems->n_errors > n_errors) WKS_FAIL(err, WKS_ERR_DATA, "%s: problems in the scores", path);
    draft->has_leefbaarometer = true;
    report_unscored(draft, path, out, problems);
out:
    free(seen_line);
    wks_sheet_free(&sheet);
    return rc;
}
