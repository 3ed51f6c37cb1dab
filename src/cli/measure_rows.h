/* Rows of measure as CSV or JSON: index,group,versus,area,value and, when draws were asked for, what they say. */
#ifndef WKS_CLI_MEASURE_ROWS_H
#define WKS_CLI_MEASURE_ROWS_H

#include "base/text.h"

typedef struct wks_measure_row {
    const char *index, *group, *versus, *area; /* "": not of one */
    double value;                              /* NaN: undefined, an empty cell or null; as those below */
    double ci_low, ci_high, p_value, debiased, chance;
} wks_measure_row;

/** A row with nothing but an index and a value. */
wks_measure_row wks_measure_rows_plain(const char *index, double value);

/** Columns of draws: none; ci_low, ci_high, p_value; debiased and chance too. */
typedef enum wks_measure_rows_draws {
    WKS_MEASURE_ROWS_NO_DRAWS,
    WKS_MEASURE_ROWS_DRAWS,
    WKS_MEASURE_ROWS_ALL_DRAWS
} wks_measure_rows_draws;

typedef struct wks_measure_rows {
    wks_text text;
    bool is_json, any;
    wks_measure_rows_draws draws;
} wks_measure_rows;

void wks_measure_rows_begin(wks_measure_rows *rows, bool is_json, wks_measure_rows_draws draws);
void wks_measure_rows_add(wks_measure_rows *rows, const wks_measure_row *row);
/** Ends the text and writes it: to a file (whole or not at all), or to standard output when `path` is NULL. WKS_ERR_NOMEM, WKS_ERR_IO. */
wks_status wks_measure_rows_write(wks_measure_rows *rows, const char *path, wks_err *err);
void wks_measure_rows_free(wks_measure_rows *rows);

#endif
