/* What was made of a folder's results and would tell of other ones once they are replaced: the report and what export wrote under its own names. */
#ifndef WKS_OUTPUT_DERIVED_H
#define WKS_OUTPUT_DERIVED_H

#include <stddef.h>

#include "base/err.h"

/** Removes report.html, export.xlsx, .gpkg and .sqlite, and of export-rfc4180/ and export-excel-nl/ the files with one of these names, then the folder if
 *  nothing else is in it. Other files stay. */
wks_status wks_derived_remove(const char *folder, const char *const *table, size_t n, wks_err *err);

#endif
