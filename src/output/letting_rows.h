/* Looks rows of lettings.csv up again: one letting, or all of a household, in one replication. */
#ifndef WKS_OUTPUT_LETTING_ROWS_H
#define WKS_OUTPUT_LETTING_ROWS_H

#include "base/csv.h"
#include "base/text.h"

typedef struct wks_letting_rows {
    wks_text text;       /* the header and the rows found, as they stand in the file */
    wks_csv csv;         /* the same, cut into cells */
    int64_t first, last; /* numbers of lettings in that replication; -1 when it has none */
    wks_text nearest;    /* the household of that replication with the nearest key; empty when none is near */
} wks_letting_rows;

/** Finds the rows with this letting (-1: any) and this household ("" : any). Rows found may be none. `scenario` as in the table.
 *  @return WKS_ERR_USAGE when the folder has no lettings.csv, WKS_ERR_DATA when it is not one. O(size of the file). */
wks_status wks_letting_rows_find(const char *folder, const char *scenario, int32_t replication, int64_t letting, const char *household,
                                 wks_letting_rows *out, wks_err *err);
void wks_letting_rows_free(wks_letting_rows *rows);
/** Cell of a row by column name; "" when there is none. */
const char *wks_letting_rows_cell(const wks_letting_rows *rows, size_t row, const char *column);

/** From the text of rows (no header) those of one letting (-1: any) and household ("": any) are added to `out`. */
void wks_letting_rows_pick(const char *text, const char *prefix, int64_t letting, const char *household, wks_text *out);

#endif
