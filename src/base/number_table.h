/* A table of numbers: CSV whose first columns are names (areas) and whose other columns are numbers, read fast and strictly. */
#ifndef WKS_BASE_NUMBER_TABLE_H
#define WKS_BASE_NUMBER_TABLE_H

#include "base/csv.h"
#include "base/name_index.h"
#include "base/problems.h"

/** What the file has to be. */
typedef struct wks_number_table_format {
    size_t n_names;       /* leading columns that hold names, from 1; more than there are columns: all of them */
    double low, high;     /* a number must lie in it */
    const char *expected; /* that, in words: "a count of 0 or more" */
    bool is_unique;       /* no name in the first column twice */
    int threads;
} wks_number_table_format;

typedef struct wks_number_table {
    size_t n_rows, n_names, n_numbers;
    char **header;        /* n_names + n_numbers names of columns */
    char **name;          /* n_names * n_rows, a column after the other */
    double *value;        /* n_numbers * n_rows, a column after the other; finite */
    int *line;            /* n_rows: where the row stands in the file */
    wks_name_index index; /* of the first column, when is_unique */
    char *path, *bytes;
    wks_csv csv; /* of the header line, or of the whole file when it has quotes */
    bool is_whole_csv;
} wks_number_table;

/** Reads a file. Separator (',' ';' tab), blanks, BOM, line ends and empty lines as in csv.h; no blank stands for 0.
 *  Reports every problem to `problems` and returns WKS_ERR_DATA: what csv.h reports; no row; a column without a name; a first line of numbers
 *  (no header); a cell that is empty, no number, too large, outside low .. high; a name that is empty or stands there twice. After an error `out` is empty.
 *  A whole number of at most 2^53 and a decimal number of as many digits are exact or rounded once, others as strtod does (nearest). 2^31 lines at
 *  most. Files without quotes are read in parallel. See docs/performance.md for its speed. */
wks_status wks_number_table_read(const char *path, const wks_number_table_format *format, wks_number_table *out, wks_problems *problems,
                                 wks_err *err);
/** The same from memory (tests, fuzzing); `path` is used in messages. `bytes` (n, and a NUL behind them) is copied. */
wks_status wks_number_table_parse(const char *path, const char *bytes, size_t n, const wks_number_table_format *format,
                                  wks_number_table *out, wks_problems *problems, wks_err *err);
void wks_number_table_free(wks_number_table *table);

/** Byte column (from 1) of a cell in its line, for messages. `column` counts names and numbers. */
int wks_number_table_position(const wks_number_table *table, size_t row, size_t column);
/** Row of a name in the first column (is_unique), or -1. */
int64_t wks_number_table_find(const wks_number_table *table, const char *name);

static inline const double *wks_number_table_column(const wks_number_table *table, size_t number)
{
    return table->value + number * table->n_rows;
}

#endif
