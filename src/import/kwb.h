/* Kerncijfers wijken en buurten (CBS): which of its columns become which of ours, and the rows of a file as areas with NaN for what is
 * not published. The map is one table (kwb.c), by name and by the years in which CBS used that name: a new edition is a line. */
#ifndef WKS_IMPORT_KWB_H
#define WKS_IMPORT_KWB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/problems.h"
#include "city/folder.h"
#include "import/codes.h"
#include "import/sheet.h"

typedef enum wks_kwb_level { WKS_KWB_LAND, WKS_KWB_GEMEENTE, WKS_KWB_WIJK, WKS_KWB_BUURT } wks_kwb_level;

/** One line of the map: ours = factor * theirs (+ offset). */
typedef struct wks_kwb_column {
    wks_city_column ours;
    const char *theirs;            /* workbook name */
    int32_t first_year, last_year; /* 9999: still in use */
    double factor, offset;
    const char *note;
} wks_kwb_column;
extern const wks_kwb_column wks_kwb_column_table[];
extern const int32_t wks_kwb_n_columns;

typedef struct wks_kwb_area {
    const char *code; /* in wks_kwb.codes */
    char *name, *gemeente_name;
    wks_kwb_level level;
    const char *file; /* where it was read: wks_kwb.path[..] */
    int line;
    double value[WKS_CITY_N_COLUMNS]; /* NaN: not published */
} wks_kwb_area;

typedef struct wks_kwb {
    wks_kwb_area *area; /* in file order */
    int32_t n_areas;
    wks_codes codes; /* of the areas, same rows */
    size_t capacity;
    int32_t year;                                     /* 0: not known */
    const char *year_from;                            /* "column", "sheet name", "file name", "--year" or "" */
    const wks_kwb_column *column[WKS_CITY_N_COLUMNS]; /* the line of the map used; NULL: the file has no such column */
    char **path;                                      /* files read, in order */
    size_t n_paths;
    size_t n_source_columns; /* of the last file */
} wks_kwb;

void wks_kwb_free(wks_kwb *kwb);

/** Columns a table must have to be taken for kwb: what wks_sheet_read looks for. */
extern const char *const wks_kwb_required[];
extern const int32_t wks_kwb_n_required;

/** Enough of the required columns are there to say that the file means to be kwb. */
bool wks_kwb_recognises(const wks_sheet *sheet);

/** Adds the rows of a sheet. Year: `year` if not 0, else a column, the sheet's name, the file's name.
 *  Problems (each with its place): required column missing with the nearest name, unknown kind of area, malformed or duplicate code, text
 *  or a decimal comma where a number should be, value out of the range of wks_city_column_table. O(cells). */
wks_status wks_kwb_add(wks_kwb *kwb, const wks_sheet *sheet, int32_t year, wks_problems *problems, wks_err *err);

/** Row of an area by code, -1 if absent. O(1). */
int32_t wks_kwb_row(const wks_kwb *kwb, const char *code);

/** Code of the wijk a buurt lies in (BU03440111 -> WK034401) or of the gemeente of either (-> GM0344). `out` needs 11 bytes. */
void wks_kwb_parent_code(const char *code, wks_kwb_level level, char *out);

#endif
