/* Cells of a city's tables: text to checked numbers, with messages that name file, line, column, what was expected. */
#ifndef WKS_CITY_CELL_H
#define WKS_CITY_CELL_H

#include <stdbool.h>

#include "base/csv.h"

/** Number in a cell, within low..high. False after a problem was reported: empty, a mark for missing ('.', NA, -99997), decimal comma,
 *  text, out of range (a percentage where a share in 0..1 is expected is said so). `name` and `unit` are for the message. */
bool wks_cell_number(const wks_csv *csv, size_t row, int column, const char *name, const char *unit, double low, double high,
                     wks_problems *problems, double *out);

/** Text in a cell; NULL after the problem "is empty" was reported. Borrowed from the table. */
const char *wks_cell_text(const wks_csv *csv, size_t row, int column, const char *name, wks_problems *problems);

/** Finds the columns `name[0..n)` in the header, in any order (-1 if absent). Missing and unknown columns are problems at line 1, the
 *  latter with the nearest name; so is another separator than the comma. @return true if all are there. */
bool wks_cell_columns(const wks_csv *csv, const char *const *name, int n, int *out_column, wks_problems *problems);

/** Reads a table of a city folder. Bad rows are told and left out (*out_is_whole false), so that the others are checked as well.
 *  @return WKS_ERR_DATA when there is no table at all. */
wks_status wks_cell_read(const char *path, wks_csv *out, bool *out_is_whole, wks_problems *problems, wks_err *err);

#endif
