/* Whether a workbook holds all rows: the library that packs sheets does not notice a disk that is full while it unpacks them aside. */
#ifndef WKS_EXPORT_ZIP_CHECK_H
#define WKS_EXPORT_ZIP_CHECK_H

#include <stdint.h>
#include <stdio.h>

#include "base/err.h"

/** xl/worksheets/sheet1.xml to sheet<n>.xml are in the file's directory, each longer than `size` bytes before it was packed; `name`: for messages. */
wks_status wks_zip_check_sheets(FILE *stream, const char *name, const int64_t *size, size_t n, wks_err *err);

#endif
