/* Lines without quotes into the columns of a table of numbers, in parallel: the fast half of number_table.c. */
#ifndef WKS_BASE_NUMBER_LINES_H
#define WKS_BASE_NUMBER_LINES_H

#include "base/number_table.h"

typedef struct wks_number_lines {
    wks_number_table *table;
    const wks_number_table_format *format;
    char *body; /* behind the header line, NUL at body[n] */
    size_t n, n_columns;
    char separator;
    int first_line; /* of the body in the file */
    int64_t n_blocks;
    char **start;         /* n_blocks + 1: the first line of a block */
    int64_t *row, *line;  /* of every block: how many there are, then how many before it */
    bool *is_bad;         /* of every block */
    uint32_t *name_bytes; /* of every name: how long it is */
} wks_number_lines;

/** Room for n rows. WKS_ERR_NOMEM. */
wks_status wks_number_lines_make_room(wks_number_table *table, size_t n_rows, wks_err *err);
/** A cell of a number (blanks dropped): true when it is one that is expected. `problems` NULL: only whether it is. */
bool wks_number_lines_take_number(const wks_number_lines *self, size_t row, size_t index, const char *text, size_t n, int line, int column,
                                  wks_problems *problems);
/** A cell of a name; false when it is empty. */
bool wks_number_lines_take_name(const wks_number_lines *self, size_t row, size_t index, char *text, size_t n, int line, int column,
                                wks_problems *problems);
/** All lines of the body. Problems of every line; WKS_ERR_NOMEM. */
wks_status wks_number_lines_read(wks_number_lines *self, wks_problems *problems, wks_err *err);

#endif
