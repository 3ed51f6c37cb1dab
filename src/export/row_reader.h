/* A CSV table read row by row, in memory of one row: RFC 4180, comma, UTF-8, LF or CRLF, line ends inside quotes allowed. */
#ifndef WKS_EXPORT_ROW_READER_H
#define WKS_EXPORT_ROW_READER_H

#include <stdio.h>

#include "base/problems.h"

typedef struct wks_row_reader {
    FILE *stream;
    char *path;
    wks_text bytes; /* the cells of the row, each terminated */
    size_t *start;  /* where each begins */
    size_t n_cells, capacity;
    int line, next_line; /* where the row begins, and the one behind it */
    bool is_cut;         /* the file ends in this row, without the end of a line */
    bool failed;         /* no memory, or the disk */
} wks_row_reader;

typedef enum wks_row_reader_row { WKS_ROW_READER_END, WKS_ROW_READER_GOOD, WKS_ROW_READER_BAD } wks_row_reader_row;

wks_status wks_row_reader_open(const char *path, wks_row_reader *out, wks_err *err);
/** The next row that is not empty. BAD: misplaced or unclosed quote, NUL byte, not UTF-8, each told with its line; the reading can go on. */
wks_row_reader_row wks_row_reader_next(wks_row_reader *reader, wks_problems *problems);
/** After END: WKS_ERR_IO or WKS_ERR_NOMEM when that was not the end of the file. */
wks_status wks_row_reader_ended(const wks_row_reader *reader, wks_err *err);
/** Cell i of the row, "" behind the last one. */
const char *wks_row_reader_cell(const wks_row_reader *reader, size_t i);
/** Puts a cell before cell `at` of the row that was read. No memory: the reader has failed. */
void wks_row_reader_insert(wks_row_reader *reader, size_t at, const char *text);
void wks_row_reader_close(wks_row_reader *reader);

#endif
