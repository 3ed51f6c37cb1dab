/* Lines of CSV looked at whole, for csv.c: the separator of the first, and lines that need no state machine. */
#ifndef WKS_BASE_CSV_LINE_H
#define WKS_BASE_CSV_LINE_H

#include <stdbool.h>
#include <stddef.h>

/** The separator (',', ';' or tab) that stands most often outside quotes in the first line that holds anything. */
char wks_csv_line_separator(const char *bytes, size_t n);

/** Length of a plain line at the start of `bytes`, its LF included: n_columns fields without quotes, CR, or blanks at their ends. 0 when it is not one (or when
 *  it has no LF). Then it is in `out` (as long as the line) with a terminator behind each field, and cell and offset (n_columns of each) tell where. */
size_t wks_csv_line_split(const char *bytes, size_t n, char separator, size_t n_columns, char *out, char **cell, int *offset);

#endif
