/* One outside table as rows of areas: CBS key figures of any edition and naming (columns.h), StatLine exports with labels, attributes of
 * maps, selections by others. What is not published is NaN. */
#ifndef WKS_IMPORT_SOURCE_H
#define WKS_IMPORT_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/problems.h"
#include "import/area.h"
#include "import/codes.h"
#include "import/columns.h"
#include "import/sheet.h"

typedef struct wks_source_area {
    const char *code; /* in wks_source.codes; NULL when the table tells no code (yet): see sources.h */
    char *name, *gemeente_name;
    wks_area_level level;
    int line;
    double value[WKS_COLUMNS_N]; /* NaN: not published */
} wks_source_area;

typedef struct wks_source {
    char *path;
    wks_sheet_kind kind;
    char *sheet_name;           /* of its workbook or map; "" for csv */
    int32_t year;               /* 0: not known */
    const char *year_from;      /* "column", "sheet name", "file name", "--year", "inhabitants of the country" or "" */
    bool has_codes, has_levels; /* columns of codes; of the kind of area */
    wks_source_area *area;      /* in file order */
    int32_t n_areas;
    size_t capacity;
    wks_codes codes;                               /* of the areas, same rows; empty without codes */
    const wks_columns_line *column[WKS_COLUMNS_N]; /* the (first) line of the map used; NULL: the table has no such column */
    int32_t n_mapped;                              /* columns of ours among them */
    size_t n_rows, n_source_columns;
    int32_t n_water, n_other_period; /* rows left out */
    bool is_in_euro;                 /* amounts in euro where CBS has 1 000 euro */
    bool is_in_shares;               /* shares where CBS has per cent */
} wks_source;

void wks_source_free(wks_source *source);

/** What a table needs to be taken for key figures: one column that tells the area and one figure that we know. */
bool wks_source_recognises(const wks_sheet *sheet);

/** Reads a sheet that was recognised or that means to be kwb. Year: wks_year_of. Rows of another period than the latest and areas of water are left out (counted).
 *  Problems (each with its place): a column that kwb must have is missing (with the nearest name), unknown kind of area, malformed or
 *  duplicate code, text or a decimal comma where a number should be, value out of range. O(cells). */
wks_status wks_source_read(const wks_sheet *sheet, int32_t year, wks_source *out, wks_problems *problems, wks_err *err);

/** Row of an area by code, -1 if absent. O(1). */
int32_t wks_source_row(const wks_source *source, const char *code);

/** Number of areas of a level. */
int32_t wks_source_count(const wks_source *source, wks_area_level level);

/** The columns of a kwb workbook that name the area: what wks_sheet_read looks for when a workbook has several sheets. */
extern const char *const wks_source_wanted[];
extern const int32_t wks_source_n_wanted;

#endif
