/* A long CSV file in parts of whole lines, for tables that need not be in memory at once. */
#ifndef WKS_BASE_CSV_PARTS_H
#define WKS_BASE_CSV_PARTS_H

#include <stddef.h>

#include "base/text.h"

/** One part: the file's first line and some whole lines after it. Anything but WKS_OK stops the reading and is returned. */
typedef wks_status wks_csv_part(const wks_text *part, void *context, wks_err *err);

/** Gives every line of the file once, in order, in parts of about part_bytes (> 0; a longer line comes whole). A file with a header alone gives one part, an
 *  empty file none. Lines end at LF, also inside quotes: for tables without line ends in their fields. WKS_ERR_IO, WKS_ERR_NOMEM. O(bytes). */
wks_status wks_csv_parts_read(const char *path, size_t part_bytes, wks_csv_part *each, void *context, wks_err *err);

#endif
