/* All tables of a folder as one xlsx file: a sheet a table, numbers as numbers, months as dates, keys as text, the codebook behind them. */
#ifndef WKS_EXPORT_WORKBOOK_H
#define WKS_EXPORT_WORKBOOK_H

#include "export/result_folder.h"

/** Rows of a sheet, the header among them: what xlsx can hold. A longer table goes on in <name>_2, _3, ... */
enum { WKS_WORKBOOK_MAX_ROWS = 1048576 };

/** False in a build without libxlsxwriter; then wks_workbook_write is WKS_ERR_USAGE. */
extern const bool wks_workbook_is_built;

/** Memory of one row. Warns in `problems` of tables over several sheets and of numbers with more than 16 digits. `max_rows`: as above, less in tests. */
wks_status wks_workbook_write(const wks_result_folder *from, const char *path, int64_t max_rows, wks_problems *problems, wks_err *err);

#endif
