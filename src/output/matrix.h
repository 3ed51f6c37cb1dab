/* Results read back: one row per (tick, indicator, group, scale, level, area), one column per replication. Summaries and contrasts are made
 * from what is written, so a resumed run gives the same bytes. */
#ifndef WKS_OUTPUT_MATRIX_H
#define WKS_OUTPUT_MATRIX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

typedef struct wks_matrix_row {
    int32_t tick;
    const char *date, *indicator, *group, *scale, *level, *area; /* borrowed from the matrix */
} wks_matrix_row;

typedef struct wks_matrix {
    wks_matrix_row *row;
    size_t n_rows;
    int32_t *replication; /* numbers, n_replications */
    size_t n_replications;
    double *value; /* n_rows * n_replications, row-major; NaN undefined */
    char *scenario;
    const char *theory; /* borrowed; set by who read it; NULL counts as empty */
    char *bytes[2];     /* the files' texts that the rows borrow from */
} wks_matrix;

void wks_matrix_free(wks_matrix *matrix);
/** Reads city.csv and buurt.csv of a run folder. WKS_ERR_IO when a file is damaged: a replication with other rows than the first, text where a
 *  number should be, replications out of order. No rows: everything 0 and NULL. */
wks_status wks_matrix_read(const char *folder, wks_matrix *out, wks_err *err);
/** The same of one replication while a run is under way: its part of city.csv and, with_areas, of buurt.csv (parts.h). */
wks_status wks_matrix_read_part(const char *parts, int32_t replication, bool with_areas, wks_matrix *out, wks_err *err);
/** Takes out every row that some replications tell and others do not: over the others a mean would be too high, and what was hidden there could
 *  be worked out. For results with real people. */
void wks_matrix_hide_partial(wks_matrix *matrix);
/** Position of the same row in another matrix, SIZE_MAX if absent; `hint` is tried first. */
size_t wks_matrix_find(const wks_matrix *matrix, const wks_matrix_row *row, size_t hint);

#endif
