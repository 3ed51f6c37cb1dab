/* Tables as CSV of another dialect: as RFC 4180 has it, or as Excel opens it by a double click in the Netherlands. */
#ifndef WKS_EXPORT_CSV_DIALECT_H
#define WKS_EXPORT_CSV_DIALECT_H

#include "export/result_folder.h"

typedef enum wks_csv_dialect {
    WKS_CSV_DIALECT_RFC4180, /* comma, decimal point, CRLF */
    WKS_CSV_DIALECT_EXCEL_NL /* BOM, semicolon, decimal comma, CRLF; text that Excel would take for a number, a date or a formula as ="..." */
} wks_csv_dialect;

/** One cell, without separators. */
void wks_csv_dialect_add(wks_csv_dialect dialect, wks_column_kind kind, const char *cell, wks_text *out);
/** A file a table (the codebook too) into `folder`, which is made: all of them or, after an error, none. */
wks_status wks_csv_dialect_write(const wks_result_folder *from, wks_csv_dialect dialect, const char *folder, wks_err *err);

#endif
