/* What kind of text a file holds: UTF-8 with or without a mark, Windows-1252, or none. */
#ifndef WKS_BASE_ENCODING_H
#define WKS_BASE_ENCODING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/problems.h"

/** True if the bytes can be read as text: UTF-8, or with `allow_cp1252` anything else without NUL (then *out_convert is set and a warning
 *  says so). False, with an error at its line and column, for UTF-16, NUL bytes and other encodings. */
bool wks_encoding_check(const char *name, const char *bytes, size_t n, bool allow_cp1252, bool *out_convert, wks_problems *problems);
/** Length of a UTF-8 byte order mark at the start: 3 or 0. */
size_t wks_encoding_bom_length(const char *bytes, size_t n);
/** Adds Windows-1252 bytes as UTF-8. The five bytes without a character become the control character of their number. */
void wks_encoding_add_cp1252(const char *bytes, size_t n, wks_text *out);

#endif
