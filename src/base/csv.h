/* CSV: a whole table in memory with positions (libcsv reads), and a writer. RFC 4180, UTF-8, header required. */
#ifndef WKS_BASE_CSV_H
#define WKS_BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/problems.h"

/** Behind a message of a row with too few fields that the file ends in, without the end of a line. */
#define WKS_CSV_CUT_OFF "; the file ends in this row, without the end of a line: was it cut off when it was copied or written?"

/** A table: cell(row, column) is a terminated UTF-8 string inside `bytes`. Rows exclude the header. */
typedef struct wks_csv {
    char *path;
    char separator;
    size_t n_rows, n_columns;
    char **header; /* n_columns */
    char **cell;   /* n_rows * n_columns */
    int *line;     /* n_rows: line in the file where the row starts (1-based, header included) */
    int *position; /* n_rows * n_columns: column (1-based byte) in the line where the cell starts */
    char *bytes;
} wks_csv;

void wks_csv_free(wks_csv *csv);

/** Reads a file. Separator 0: detected from the header line among ',' ';' tab. BOM, CRLF and CR are accepted, empty lines skipped, blanks
 *  around fields without quotes dropped (inside quotes kept). A column may have no name. Reports to `problems` (and returns
 *  WKS_ERR_DATA): not readable, empty, no header (nothing but numbers), duplicate column names, ragged rows (each, with line), misplaced
 *  quotes (each; reading goes on at the next line), a quote that is never closed (where it was opened), NUL bytes, not UTF-8 (cp1252 is
 *  converted when `allow_cp1252`, with a warning). WKS_ERR_NOMEM otherwise. After an error `out` is empty, except that with a good header
 *  and bad rows (ragged, quotes) it holds the other rows beside WKS_ERR_DATA, so that their problems can be told too: free it. About 10 ns a byte (2 MB,
 *  17,025 rows of 13: 0.02 s); memory: the bytes + 12 bytes a cell. */
wks_status wks_csv_read(const char *path, char separator, bool allow_cp1252, wks_csv *out, wks_problems *problems, wks_err *err);
/** The same from memory (tests, fuzzing); `name` is used in messages. */
wks_status wks_csv_parse(const char *name, const char *bytes, size_t n, char separator, bool allow_cp1252, wks_csv *out,
                         wks_problems *problems, wks_err *err);

/** Column index by exact header name, -1 if absent. */
int wks_csv_column(const wks_csv *csv, const char *name);
const char *wks_csv_cell(const wks_csv *csv, size_t row, int column);
/** Line (where its row starts) and byte column of a cell for messages. */
int wks_csv_line(const wks_csv *csv, size_t row);
int wks_csv_position(const wks_csv *csv, size_t row, int column);

/** Adds a field, quoted when it holds separator, quote, CR or LF, or begins or ends with a blank; doubles quotes. */
void wks_csv_add_field(wks_text *out, const char *field, char separator);

#endif
