/* A folder of results as what can be exported from it: its tables, checked cell by cell, their columns, and its codebook. */
#ifndef WKS_EXPORT_RESULT_FOLDER_H
#define WKS_EXPORT_RESULT_FOLDER_H

#include "base/csv.h"
#include "export/column_kind.h"
#include "export/row_reader.h"
#include "export/table_source.h"
#include "output/manifest.h"

typedef struct wks_result_folder_column {
    char *name;
    const char *unit;     /* of the codebook; "" */
    wks_column_kind kind; /* never UNKNOWN */
    bool is_text;         /* a cell of it is no number */
    bool follows;         /* its unit is that of the row's indicator */
    size_t width;         /* bytes of the longest cell */
    int64_t n_long;       /* numbers that need 17 digits */
} wks_result_folder_column;

typedef struct wks_result_folder_table {
    char *file, *name, *path; /* "city.csv", "city", DIR/city.csv (of a joined one in messages only) */
    wks_table_source *source; /* the files its rows are in, one after the other */
    size_t n_sources;
    wks_result_folder_column *column;
    int n_columns, indicator; /* indicator: that column; -1 */
    int64_t n_rows;
} wks_result_folder_table;

typedef struct wks_result_folder_unit {
    const char *indicator, *unit, *label_nl, *label_en;
} wks_result_folder_unit;

typedef struct wks_result_folder {
    char *path;
    const char *only; /* names of tables with commas between; NULL: all */
    wks_manifest manifest;
    wks_csv codebook;
    wks_result_folder_table *table; /* in order of name, the codebook last */
    size_t n_tables;
    wks_table_source_scenario *scenario; /* whose tables are joined, the reference first */
    size_t n_scenarios;
    wks_result_folder_unit *unit; /* of every indicator, in order of its name */
    size_t n_units;
} wks_result_folder;

/** Reads every table of ours once, or those of `only` ("summary,contrasts"; NULL: all; WKS_ERR_USAGE when one of them is not there), and checks it: all problems at once, with file and line. WKS_ERR_DATA for a folder that holds no results. Tables of
 *  individual lettings are not taken from a folder about imported people. joined: a table that only the scenarios of a comparison have is taken too, their
 *  rows one after the other. */
wks_status wks_result_folder_open(const char *path, bool joined, const char *only, wks_result_folder *out, wks_problems *problems,
                                  wks_err *err);
void wks_result_folder_free(wks_result_folder *folder);

/** NULL when there is none. */
const wks_result_folder_table *wks_result_folder_find(const wks_result_folder *folder, const char *file);
/** -1 when there is none. */
int wks_result_folder_column_of(const wks_result_folder_table *table, const char *name);
/** Of an indicator, NULL when the codebook does not have it. */
const wks_result_folder_unit *wks_result_folder_unit_of(const wks_result_folder *folder, const char *indicator);

/** The cell of a row of its codebook; "" when it has no such column. */
const char *wks_result_folder_codebook(const wks_result_folder *folder, size_t row, const char *column);
/** Of a cell of the codebook such as "a.csv;b.csv": it names the file. */
bool wks_result_folder_names(const char *files, const char *file);

/** What is said about the results beside them: pairs of what and value, for a sheet or a table. Free with wks_text_free; each pair is "key\tvalue\n". */
void wks_result_folder_about(const wks_result_folder *folder, wks_text *out);

#endif
