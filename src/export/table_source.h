/* Where the rows of a table lie: in one file, or in one a scenario of a comparison. Rows of a scenario get the columns scenario and theory where their file lacks them. */
#ifndef WKS_EXPORT_TABLE_SOURCE_H
#define WKS_EXPORT_TABLE_SOURCE_H

#include "export/row_reader.h"

typedef struct wks_table_source {
    char *path;           /* of the CSV */
    const char *scenario; /* NULL: the table is the folder's own, its rows are as they are */
    const char *theory;
    int scenario_at, theory_at; /* where the cell is put; -1: the file has the column */
    int64_t n_rows;
} wks_table_source;

/** Row 0: what the file lacks is noted and its name is put there; call it before wks_table_source_complete. */
void wks_table_source_complete_header(wks_table_source *source, wks_row_reader *header);
/** The cells of a row that the file lacks. */
void wks_table_source_complete(const wks_table_source *source, wks_row_reader *row);
/** How many columns are added. */
int wks_table_source_n_added(const wks_table_source *source);

/* A scenario of a comparison. */
typedef struct wks_table_source_scenario {
    char *folder, *name, *theory; /* DIR/T0/plafond, plafond, T0 */
} wks_table_source_scenario;

/** Of folder `part` in `path`: the theory is that of its summary.csv, "" when it has no rows. WKS_ERR_DATA when `part` leads out of `path`. */
wks_status wks_table_source_scenario_open(const char *path, const char *part, wks_table_source_scenario *out, wks_err *err);
void wks_table_source_scenario_free(wks_table_source_scenario *scenario);

#endif
