/* A sheet: the text cells of one table, whether it came as a workbook (xlsx, by GDAL) or as csv (libcsv), with the place of every
 * cell in its file, so that what reads it later need not know which of the two it was. */
#ifndef WKS_IMPORT_SHEET_H
#define WKS_IMPORT_SHEET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/problems.h"

typedef enum wks_sheet_kind {
    WKS_SHEET_CSV,
    WKS_SHEET_XLSX,
    WKS_SHEET_XLS,        /* workbooks of Excel before 2007: CBS's kwb until 2020 */
    WKS_SHEET_GEOPACKAGE, /* maps: wks_ogr_layer reads their attributes as a sheet */
    WKS_SHEET_JSON,
    WKS_SHEET_SHAPE,
    WKS_SHEET_OTHER /* binary, not known */
} wks_sheet_kind;

/** Rows exclude the header; cell(row, column) is trimmed, terminated UTF-8. */
typedef struct wks_sheet {
    char *path;
    char *name; /* of the sheet in its workbook; "" for csv */
    wks_sheet_kind kind;
    size_t n_rows, n_columns;
    char **header; /* n_columns */
    char **cell;   /* n_rows * n_columns */
    int *line;     /* n_rows: line of the file (csv) or row of the sheet (xlsx), header included, 1-based */
    int *position; /* n_rows * n_columns: byte in the line (csv) or column of the sheet (xlsx), 1-based */
    char *bytes;   /* what header and cell point into */
} wks_sheet;

void wks_sheet_free(wks_sheet *sheet);

/** What a file is, from its first bytes (never its name). WKS_ERR_DATA with a problem when it is missing, unreadable or empty. */
wks_status wks_sheet_kind_of(const char *path, wks_sheet_kind *out, wks_problems *problems, wks_err *err);

/** "xlsx workbook", "csv", ... */
const char *wks_sheet_kind_name(wks_sheet_kind kind);

/** True for a map: its polygons and attributes are read by ogr.h. */
bool wks_sheet_is_map(wks_sheet_kind kind);

/** Reads a csv or a workbook. Of a workbook the first sheet is taken that has all columns of `wanted` (case ignored), else the first
 *  sheet. A csv whose every line was quoted once more as a whole (as some programs save StatLine's) is read without its quotes, with a
 *  warning. Problems: missing, empty, truncated, ragged, duplicate column names, not UTF-8. O(cells). */
wks_status wks_sheet_read(const char *path, const char *const *wanted, size_t n_wanted, wks_sheet *out, wks_problems *problems,
                          wks_err *err);

/** Column by name, case ignored; -1 if absent. */
int wks_sheet_column(const wks_sheet *sheet, const char *name);
const char *wks_sheet_cell(const wks_sheet *sheet, size_t row, int column);
int wks_sheet_position(const wks_sheet *sheet, size_t row, int column);

/** How numbers are written in a sheet. */
typedef enum wks_sheet_number { WKS_SHEET_NUMBER, WKS_SHEET_MISSING, WKS_SHEET_COMMA, WKS_SHEET_TEXT } wks_sheet_number;

/** A cell as a number. Missing: empty, ".", "..", "-", "NA", "NaN", "x", -99997 and the other -9999x marks. COMMA: a decimal comma, *out is set.
 *  *out is NaN when missing or text. Accepts exponents; never uses the locale. */
wks_sheet_number wks_sheet_parse(const char *cell, double *out);

/** True if the sheet writes decimals with a comma throughout (StatLine's download): a comma and no point in any numeric cell. */
bool wks_sheet_has_decimal_comma(const wks_sheet *sheet);

#endif
